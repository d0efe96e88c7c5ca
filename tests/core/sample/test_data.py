"""The synthetic data: the same bytes from the script, exact identities, believable ranges."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

EVENT = "2026-03-06"
Columns = Mapping[str, Any]
"""Columns of a file, each with `days`, `values` and `hundredths`."""
TURN = np.datetime64("2021-09-01")


def test_the_script_gives_the_shipped_files_byte_for_byte(root: Path, sample: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(root / "packaging/sample/make_sample.py"), "--to", str(tmp_path)], check=True)
    for folder in ("files", "calendars"):
        made = {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()}
        shipped = {path.name: path.read_bytes() for path in (sample / folder).iterdir()}
        assert made == shipped


def test_there_are_at_least_44_series_over_12_years(columns: Columns) -> None:
    assert len(columns) >= 44
    for name, column in columns.items():
        assert column.days[0] == np.datetime64("2014-03-07"), name
        assert column.days[-1] >= np.datetime64("2026-03-04"), name
        assert len(column.days) > 2950, name
        assert np.all(np.diff(column.days) > np.timedelta64(0, "D")), name


def test_each_file_is_small_enough_to_look_at(sample: Path) -> None:
    assert all(path.stat().st_size < 1_400_000 for path in (sample / "files").iterdir())


def test_the_days_are_those_of_the_american_exchange(columns: Columns) -> None:
    from briefing.data.calendars import sessions

    open_days = sessions("XNYS", date(2014, 3, 7), date(2026, 3, 6))
    assert np.array_equal(columns["SPX"].days, open_days)


@pytest.mark.parametrize("tenor", ["5", "10", "30"])
def test_nominal_less_real_is_breakeven_to_the_hundredth(columns: Columns, tenor: str) -> None:
    nominal, real, inflation = (columns[name].hundredths for name in (f"UST{tenor}Y", f"DFII{tenor}", f"BE{tenor}Y"))
    assert np.array_equal(nominal - real, inflation)


def test_one_series_stops_two_sessions_early(columns: Columns) -> None:
    late = {name for name, column in columns.items() if column.days[-1] != np.datetime64(EVENT)}
    assert late == {"JGB10Y"}
    assert columns["JGB10Y"].days[-1] == np.datetime64("2026-03-04")


def test_bars_hold_their_open_and_close(bars: Mapping[str, Columns]) -> None:
    for name, table in bars.items():
        opens, highs, lows, closes = (table[part].hundredths for part in ("Open", "High", "Low", "Close"))
        assert np.all(lows <= np.minimum(opens, closes)), name
        assert np.all(highs >= np.maximum(opens, closes)), name
        assert np.all(table["Volume"].values > 0), name
        assert np.all(table["Adj Close"].values <= table["Close"].values + 1e-9), name


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("VIX", 9.0, 70.0), ("MOVE", 35.0, 230.0), ("SKEW", 100.0, 170.0),
        ("UST10Y", 0.2, 6.0), ("UST3M", 0.0, 6.0), ("DFII10", -1.5, 3.0), ("BE10Y", 0.8, 3.2), ("EFFR", 0.0, 6.0),
        ("IG_OAS", 0.6, 2.5), ("HY_OAS", 2.4, 9.0), ("EURUSD", 0.95, 1.5), ("USDTWD", 26.0, 34.0),
        ("WTI", 25.0, 135.0), ("GOLD", 1000.0, 4500.0), ("TREND_UST", -100.0, 100.0),
    ],
)  # fmt: skip
def test_levels_stay_in_a_believable_range(columns: Columns, name: str, low: float, high: float) -> None:
    values = columns[name].values
    assert low < values.min() + 1e-9
    assert values.max() < high + 1e-9


def returns(column: Any) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.diff(np.log(column.values))


def ranked(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.argsort(np.argsort(values))


def test_shares_and_long_bonds_part_before_the_turn_and_go_together_after_it(columns: Columns) -> None:
    before = columns["SPX"].days[1:] < TURN
    shares, bonds = returns(columns["SPX"]), returns(columns["TLT"])
    rank = [float(np.corrcoef(ranked(shares[part]), ranked(bonds[part]))[0, 1]) for part in (before, ~before)]
    assert rank[0] < -0.25
    assert rank[1] > 0.12


def test_volatility_falls_when_shares_rise_and_spreads_follow_it(columns: Columns) -> None:
    assert np.corrcoef(returns(columns["SPX"]), np.diff(columns["VIX"].values))[0, 1] < -0.7
    both = np.isin(columns["VIX"].days, columns["HY_OAS"].days)
    fear = np.diff(columns["VIX"].values[both])
    assert np.corrcoef(fear, np.diff(columns["HY_OAS"].values))[0, 1] > 0.3


def test_the_last_day_has_the_largest_fall_of_the_real_yield_for_over_a_year(columns: Columns) -> None:
    real = columns["DFII10"]
    changes = np.diff(real.hundredths)
    as_large = real.days[1:-1][changes[:-1] <= changes[-1]]
    assert changes[-1] == -11
    assert as_large[-1] == np.datetime64("2024-11-13")


def test_the_last_day_flattens_2s10s_and_steepens_5s30s_while_yields_fall(columns: Columns) -> None:
    two, five, ten, thirty = (
        int(np.diff(columns[name].hundredths)[-1]) for name in ("UST2Y", "UST5Y", "UST10Y", "UST30Y")
    )
    assert (ten - two, thirty - five) == (-3, 5)
    assert max(two, five, ten, thirty) < 0


def test_the_last_day_is_a_good_day_for_risk(columns: Columns) -> None:
    assert -3.0 < np.diff(columns["VIX"].values)[-1] < -2.0
    assert np.diff(columns["HY_OAS"].hundredths)[-1] < 0
    assert np.diff(columns["IG_OAS"].hundredths)[-1] < 0
    assert returns(columns["SPX"])[-1] > 0.01
