"""Tables that hold no series are named for what they are, with what they can be used for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.data.intake.report import ImportReport, Outcome

Load = Callable[..., ImportReport]


@pytest.mark.parametrize(
    ("text", "en", "zh", "use"),
    [
        (
            "start_date,end_date,meeting_type,has_projection_materials\n2027-01-26,2027-01-27,regular,False\n",
            "a list of FOMC meetings",
            "聯準會會議清單",
            "calendars/fomc.csv",
        ),
        (
            "FOMCDate,Time,Actual,Forecast,Previous\n2024-07-31,14:00,5.50%,5.50%,5.50%\n",
            "a list of FOMC decisions",
            "聯準會決議",
            "calendars/fomc.csv",
        ),
        (
            "meeting_date,rate_low,rate_high,probability_pct\n2027-01-27,350,375,60.5\n",
            "FedWatch's probabilities",
            "FedWatch",
            "ZQ contracts",
        ),
        (
            (
                '"CUSIP","Security Type","Security Term","Auction Date","Issue Date","Maturity Date","Price per $100"\n'
                '"91282CXX0","Note","3-Year","05/07/2024","05/15/2024","05/15/2027","99.5"\n'
            ),
            "a list of Treasury auctions",
            "美國公債標售清單",
            "calendars/auctions.csv",
        ),
        (
            "Date,Days,Rate\n20250101,9,0.5\n",
            "interest rates by days to expiry",
            "各到期天數的利率",
            "Treasury's yields",
        ),
    ],
)
def test_a_table_without_series_is_refused_by_its_name(load: Load, text: str, en: str, zh: str, use: str) -> None:
    report = load("table.csv", text)
    assert report.outcome is Outcome.REFUSED
    (problem,) = report.problems
    assert problem.check == "import.not_series"
    assert problem.place.row == 1
    assert en in problem.message.en
    assert zh in problem.message.zh
    assert use in problem.hint.en


def test_a_person_who_names_a_format_is_not_contradicted(load: Load) -> None:
    text = "Date,Days,Rate\n2025-01-13,9,0.5\n2025-01-14,9,0.25\n"
    report = load("rates.csv", text, source="plain_wide", columns={"Days": "", "Rate": "DFF"})
    assert report.outcome is Outcome.LOADED, report.problems
    assert report.series == ("DFF",)
