"""The Treasury's XML feeds: par yields, real yields and bill rates, in any order, old and new."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.workspace import Workspace

Load = Callable[..., ImportReport]

NAMESPACES = (
    'xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" '
    'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"'
)


def feed(*rows: Mapping[str, str | None]) -> str:
    """An Atom feed as the Treasury writes it; None is a value that is not there."""

    def value(name: str, text: str | None) -> str:
        kind = "Edm.DateTime" if name.endswith("DATE") else "Edm.Double"
        if text is None:
            return f'<d:{name} m:type="{kind}" m:null="true" />'
        return f'<d:{name} m:type="{kind}">{text}</d:{name}>'

    entries = (
        f'<entry>\n<id>http://feed/{at}</id><title type="text"></title><updated>2025-01-16T09:00:00Z</updated>'
        '<author><name /></author><content type="application/xml"><m:properties>\n'
        + "\n".join(value(name, text) for name, text in row.items())
        + "\n</m:properties></content></entry>\n"
        for at, row in enumerate(rows)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<feed xml:base="http://feed/" {NAMESPACES}>\n'
        f'<title type="text">Rates</title><id>http://feed</id><updated>2025-01-16T09:00:00Z</updated>\n'
        f'<link rel="self" title="Rates" href="Rates" />\n{"".join(entries)}</feed>\n'
    )


def par(day: str, six_weeks: str | None, ten: str | None, thirty: str | None, display: str) -> dict[str, str | None]:
    return {
        "NEW_DATE": f"{day}T00:00:00",
        "BC_1MONTH": "4.42",
        "BC_1_5MONTH": six_weeks,
        "BC_2YEAR": "4.37",
        "BC_10YEAR": ten,
        "BC_30YEAR": thirty,
        "BC_30YEARDISPLAY": display,
    }


def test_par_yields_are_those_of_the_csv_whatever_their_order(load: Load, workspace: Workspace) -> None:
    report = load(
        "yields.xml", feed(par("2025-01-14", None, "4.78", "4.98", "4.98"), par("2025-01-13", None, "4.79", None, "0"))
    )
    assert report.outcome is Outcome.LOADED, report.problems
    assert (report.recogniser, report.rows_read) == ("ust_par_curve", 2)
    market = Market(workspace)
    assert market.series("UST10Y").values.tolist() == [4.79, 4.78]
    assert market.series("DGS30").values.tolist() == [4.98]
    assert market.series("DGS1MO").last_date == date(2025, 1, 14)
    assert "BC_30YEARDISPLAY" not in report.reason.en


def test_the_six_week_yield_has_its_own_id(load: Load, workspace: Workspace) -> None:
    load(
        "x.xml",
        feed(par("2025-02-18", "4.36", "4.55", "4.77", "4.77"), par("2025-02-19", "4.35", "4.53", "4.76", "4.76")),
    )
    assert Market(workspace).series("UST6W").values.tolist() == [4.36, 4.35]


def test_the_old_feed_with_a_number_in_each_row_is_the_same(load: Load, workspace: Workspace) -> None:
    old = [{"Id": str(at), **par(f"2012-11-{day}", None, "1.62", "2.81", "2.81")} for at, day in enumerate((29, 30))]
    assert load("x.xml", feed(*old)).outcome is Outcome.LOADED
    assert Market(workspace).series("DGS10").values.tolist() == [1.62, 1.62]


def test_a_new_term_is_asked_about(load: Load) -> None:
    row = par("2025-01-14", None, "4.78", "4.98", "4.98") | {"BC_50YEAR": "5.00"}
    report = load("x.xml", feed(row))
    assert report.outcome is Outcome.REFUSED
    (problem,) = report.problems
    assert "x.xml, line" in problem.message.en
    assert "BC_50YEAR" in problem.message.en


def test_real_yields_are_a_dataset_of_their_own(load: Load, workspace: Workspace) -> None:
    rows = [{"NEW_DATE": f"2025-01-{day}T00:00:00", "TC_5YEAR": "2.13", "TC_10YEAR": "2.34"} for day in (13, 14)]
    report = load("x.xml", feed(*rows))
    assert (report.outcome, report.dataset) == (Outcome.LOADED, "ust_real_yields")
    assert Market(workspace).series("DFII10").values.tolist() == [2.34, 2.34]


def test_bill_rates_are_the_quoted_discount_rates(load: Load, workspace: Workspace) -> None:
    rows = [
        {
            "INDEX_DATE": f"2025-01-{day}T00:00:00",
            "ROUND_B1_CLOSE_4WK_2": "4.21",
            "ROUND_B1_YIELD_4WK_2": "4.29",
            "ROUND_B1_CLOSE_13WK_2": "4.19",
            "CS_13WK_CLOSE_AVG": "4.2",
            "MATURITY_DATE_4WK": "2025-02-11T00:00:00",
        }
        for day in (13, 14)
    ]
    report = load("x.xml", feed(*rows))
    assert (report.outcome, report.dataset) == (Outcome.LOADED, "ust_bills"), report.problems
    assert report.series == ("DTB3", "DTB4WK")
    assert Market(workspace).series("DTB4WK").values.tolist() == [4.21, 4.21]
    assert "coupon equivalents and other terms are left out" in report.doubts[0].en


@pytest.mark.parametrize("bad", ["4,78", "n/a?"])
def test_a_value_that_is_no_number_is_refused_with_its_line(load: Load, bad: str) -> None:
    report = load("x.xml", feed(par("2025-01-13", None, "4.79", None, "0"), par("2025-01-14", None, bad, None, "0")))
    assert report.outcome is Outcome.REFUSED
    assert f"“{bad}” is not a number" in report.problems[0].message.en
    assert report.problems[0].place.row == 16
