"""What metrics see: units, aliases, sources in order, bounds, lateness, calendars of events."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from briefing.data.intake.choices import Choices
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport
from briefing.data.market import Market
from briefing.data.workspace import Workspace
from briefing.problems import Refused
from briefing.series import Kind

Load = Callable[..., ImportReport]
SAMPLES = Path(__file__).parent / "samples"


def test_an_alias_gives_the_series_of_its_source_id(load: Load, workspace: Workspace) -> None:
    load("a.csv", "observation_date,DGS10\n2025-01-13,4.79\n")
    market = Market(workspace)
    series = market.series("UST10Y")
    assert series is market.series("DGS10")
    assert (series.id, series.kind, series.unit, series.delta_unit, series.decimals) == (
        "DGS10",
        Kind.YIELD,
        "%",
        "bp",
        2,
    )
    assert (series.short.en, series.short.zh) == ("UST 10Y", "美債10年")
    assert series.tags[:2] == ("rates", "treasury")


def test_a_spread_stored_in_per_cent_is_read_in_basis_points(load: Load, workspace: Workspace) -> None:
    load("a.csv", "observation_date,BAMLC0A0CM\n2025-01-13,0.57\n2025-01-14,0.82\n")
    series = Market(workspace).series("IG_OAS")
    assert series.unit == "bp"
    assert series.values.tolist() == [57.0, 82.0]


def test_money_stored_in_millions_is_read_in_billions(load: Load, workspace: Workspace) -> None:
    load("a.csv", "observation_date,WALCL\n2025-01-15,6834070\n")
    series = Market(workspace).series("WALCL")
    assert (series.unit, series.values.tolist()) == ("USD bn", [6834.07])


def test_the_as_of_date_ends_the_series_and_defaults_to_the_newest_value(load: Load, workspace: Workspace) -> None:
    load("a.csv", "observation_date,DGS10,DGS2\n2025-01-13,4.79,4.4\n2025-01-14,4.78,.\n2025-01-15,.,.\n")
    assert Market(workspace).as_of == Market(workspace).newest() == date(2025, 1, 14)
    earlier = Market(workspace, date(2025, 1, 13))
    assert earlier.series("DGS10").last_date == date(2025, 1, 13)
    assert earlier.newest() == date(2025, 1, 14)


def test_nothing_after_the_as_of_date_changes_what_stood_before(load: Load, workspace: Workspace) -> None:
    load("a.csv", "observation_date,DGS10\n2025-01-13,4.79\n2025-01-14,4.78\n")
    before = Market(workspace, date(2025, 1, 14)).series("DGS10")
    load("b.csv", "observation_date,DGS10\n2025-01-15,4.66\n2025-01-16,4.61\n")
    after = Market(workspace, date(2025, 1, 14)).series("DGS10")
    assert np.array_equal(before.dates, after.dates)
    assert np.array_equal(before.values, after.values)


def test_arrays_cannot_be_changed_by_who_reads_them(load: Load, workspace: Workspace) -> None:
    load("a.csv", "observation_date,DGS10\n2025-01-13,4.79\n")
    with pytest.raises(ValueError, match="read-only"):
        Market(workspace).series("DGS10").values[0] = 1.0


def test_a_yield_is_joined_day_by_day_from_its_sources_in_order(load: Load, workspace: Workspace) -> None:
    load("a.csv", "Date,3 Mo,6 Mo,2 Yr,10 Yr\n01/14/2025,4.3,4.3,4.37,4.78\n01/15/2025,4.3,4.3,4.27,4.66\n")
    load("b.csv", "observation_date,DGS10\n2025-01-13,4.79\n2025-01-14,4.70\n")
    assert Market(workspace).series("DGS10").values.tolist() == [4.79, 4.70, 4.66]


def test_a_price_is_never_mixed_from_two_sources(load: Load, workspace: Workspace) -> None:
    load(
        "a.csv",
        "Date,Open,High,Low,Close\n2025-01-14,570,580,569,575.9\n2025-01-15,584,588,582,586.4\n",
        source="stooq",
        as_id="SPY",
    )
    load("b.csv", "Date,Close\n2025-01-14,582.19\n", source="ohlcv", as_id="SPY")
    assert Market(workspace).series("SPY").values.tolist() == [582.19]


def test_open_high_low_and_volume_stand_beside_the_close(workspace: Workspace) -> None:
    import_files(workspace, [SAMPLES / "yahoo.csv"], choices=Choices(source="ohlcv", as_id="SPY"))
    market = Market(workspace)
    assert market.ids() == ("SPY", "SPY_ADJ", "SPY_HIGH", "SPY_LOW", "SPY_OPEN", "SPY_VOLUME")
    high, volume = market.series("SPY_HIGH"), market.series("SPY_VOLUME")
    assert (high.kind, high.name.zh) == (Kind.PRICE, "SPDR標普500 ETF最高")
    assert (volume.kind, volume.unit, volume.values[-1]) == (Kind.COUNT, "shares", 56_900_200)


def test_a_series_that_was_never_loaded_is_told_from_an_unknown_one(load: Load, workspace: Workspace) -> None:
    load("a.csv", "observation_date,DGS10\n2025-01-13,4.79\n")
    with pytest.raises(Refused, match=r"SPY \(SPDR S&P 500 ETF\) has not been loaded"):
        Market(workspace).series("SPY")
    with pytest.raises(Refused, match="No series is called UST11Y") as refusal:
        Market(workspace).series("UST11Y")
    assert refusal.value.problems[0].hint.en.startswith("Did you mean")


def test_a_market_without_data_says_so(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="holds no data yet"):
        Market(workspace)


def test_a_vintage_before_the_first_load_says_that_nothing_was_loaded_by_then(load: Load, workspace: Workspace) -> None:
    load("DGS10.csv", "observation_date,DGS10\n2025-01-13,4.79\n")

    with pytest.raises(Refused, match="Nothing was loaded by 19990101T000000Z"):
        Market(workspace, vintage="19990101T000000Z")


def test_a_series_that_begins_after_the_as_of_date_is_empty(load: Load, workspace: Workspace) -> None:
    load("a.csv", "observation_date,DGS10\n2025-01-13,4.79\n")
    series = Market(workspace, date(2020, 1, 1)).series("DGS10")
    assert (len(series), series.last_date, series.late) == (0, None, None)


PRICES = "Date,Close\n2025-01-07,588.6\n{last},590.1\n"
YIELDS = "observation_date,DGS10\n2025-01-07,4.67\n{last},4.67\n"


@pytest.mark.parametrize(
    ("series", "last", "as_of", "sessions"),
    [
        # 9 January 2025: stocks were shut for a day of mourning, Treasuries traded.
        ("SPY", "2025-01-08", date(2025, 1, 10), None),
        ("UST10Y", "2025-01-08", date(2025, 1, 10), 1),
        ("SPY", "2025-01-08", date(2025, 1, 13), 1),
        # 13 October 2025: stocks traded, Treasuries were shut for Columbus Day.
        ("SPY", "2025-10-10", date(2025, 10, 14), 1),
        ("UST10Y", "2025-10-10", date(2025, 10, 14), None),
        ("UST10Y", "2025-10-10", date(2025, 10, 15), 1),
        # A weekend is no session, and the last value of the as-of date is never late.
        ("SPY", "2025-01-10", date(2025, 1, 13), None),
        ("UST10Y", "2025-01-15", date(2025, 1, 15), None),
    ],
)
def test_a_series_is_late_by_its_own_calendar(
    load: Load, workspace: Workspace, series: str, last: str, as_of: date, sessions: int | None
) -> None:
    if series == "SPY":
        load("a.csv", PRICES.format(last=last), source="ohlcv", as_id="SPY")
    else:
        load("a.csv", YIELDS.format(last=last))
    late = Market(workspace, as_of).series(series).late
    assert (late.sessions if late else None) == sessions
    assert late is None or late.last == date.fromisoformat(last)


def test_a_release_lag_is_waited_for(load: Load, workspace: Workspace) -> None:
    load("a.csv", "observation_date,WALCL,DTWEXBGS\n2025-01-08,6853000,129.5\n2025-01-10,.,129.9\n")
    friday = Market(workspace, date(2025, 1, 17))
    assert friday.series("WALCL").late is None
    assert friday.series("DTWEXBGS").late is None
    later = Market(workspace, date(2025, 1, 31))
    assert later.series("WALCL").late is not None
    assert later.series("DTWEXBGS").late is not None


def test_meetings_of_the_fed_are_there_without_doing_anything(load: Load, workspace: Workspace) -> None:
    load("a.csv", "observation_date,DGS10\n2025-01-13,4.79\n")
    meetings = Market(workspace).events("fomc")
    assert meetings == tuple(sorted(set(meetings)))
    assert date(2024, 9, 18) in meetings
    assert all(sum(day.year == year for day in meetings) >= 8 for year in range(2014, 2027))


def test_a_calendar_of_the_workspace_stands_before_the_shipped_one(load: Load, workspace: Workspace) -> None:
    load("a.csv", "observation_date,DGS10\n2025-01-13,4.79\n")
    workspace.calendars.mkdir()
    (workspace.calendars / "fomc.csv").write_text("date,kind\n2024-03-20,x\n2024-01-31,x\n", encoding="utf-8")
    assert Market(workspace).events("fomc") == (date(2024, 1, 31), date(2024, 3, 20))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("day\n2024-01-31\n", "own.csv, line 1: has no column “date”."),
        ("date\n2024-01-31\n31 Jan\n", "own.csv, line 3: “31 Jan” is not a date."),
    ],
)
def test_a_damaged_calendar_is_refused_with_its_line(load: Load, workspace: Workspace, text: str, message: str) -> None:
    load("a.csv", "observation_date,DGS10\n2025-01-13,4.79\n")
    workspace.calendars.mkdir()
    (workspace.calendars / "own.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        Market(workspace).events("own")
    assert refusal.value.problems[0].message.en == message


@pytest.mark.parametrize("name", ["ecb", "../fomc", ""])
def test_a_calendar_that_is_not_there_is_refused(load: Load, workspace: Workspace, name: str) -> None:
    load("a.csv", "observation_date,DGS10\n2025-01-13,4.79\n")
    with pytest.raises(Refused, match="There is no event calendar"):
        Market(workspace).events(name)


def test_a_second_process_reads_without_pandas_or_calendar_libraries(load: Load, workspace: Workspace) -> None:
    load("a.csv", YIELDS.format(last="2025-01-08"))
    program = (
        "import sys, datetime, pathlib\n"
        "from briefing.data.market import Market\n"
        "from briefing.data.workspace import find_workspace\n"
        f"market = Market(find_workspace(pathlib.Path({str(workspace.root)!r})), datetime.date(2025, 1, 10))\n"
        "assert market.series('UST10Y').late\n"
        "print(sorted({'pandas', 'exchange_calendars', 'pandas_market_calendars'} & set(sys.modules)))\n"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False) for _ in range(2)
    )
    assert first.returncode == 0, first.stderr
    assert second.stdout == "[]\n", second.stderr
