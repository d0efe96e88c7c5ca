"""Series for the metrics: made ones, and real ones from the files beside the repository, read without the data room."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from briefing.metrics.registry import Value, evaluate
from briefing.problems import NOWHERE, Refused, error
from briefing.reference import parse_reference
from briefing.series import Kind, Series
from briefing.text import Label

ROOT = Path(__file__).resolve().parents[3].parent / "shared" / "data"
NEW, API, OLD = "fred_new_observation_date", "fred_api_date", "fred_classic_DATE_dot"
_MISSING = {"", ".", "NA"}

# id: (file, column, kind, unit, delta unit, decimals, factor)
_YIELD = (Kind.YIELD, "%", "bp", 2, 1.0)
_POINTS = (Kind.VOLATILITY, "points", "points", 2, 1.0)
_INDEX = (Kind.INDEX, "points", "points", 2, 1.0)
_OAS = (Kind.SPREAD, "bp", "bp", 0, 100.0)
_PRICE = (Kind.PRICE, "", "%", 2, 1.0)
FILES = {
    "DFII10": (f"{NEW}/chatterjee_DFII10.csv", -1, *_YIELD),
    "UST2Y": (f"{NEW}/chatterjee_DGS2.csv", -1, *_YIELD),
    "UST10Y": (f"{NEW}/qie2003_DGS10.csv", -1, *_YIELD),
    "UST3M": (f"{NEW}/leo_DGS3MO.csv", -1, *_YIELD),
    "UST5Y": (f"{NEW}/leo_DGS5.csv", -1, *_YIELD),
    "UST30Y": (f"{NEW}/leo_DGS30.csv", -1, *_YIELD),
    "TREASURY_2Y": ("ust_par_curve/touyang219_daily-treasury-rates.csv", 6, *_YIELD),
    "TREASURY_10Y": ("ust_par_curve/touyang219_daily-treasury-rates.csv", 10, *_YIELD),
    "T10Y2Y": (f"{NEW}/qie2003_T10Y2Y.csv", -1, Kind.SPREAD, "bp", "bp", 0, 100.0),
    "T10Y3M": (f"{NEW}/qie2003_T10Y3M.csv", -1, Kind.SPREAD, "bp", "bp", 0, 100.0),
    "T10YIE_C": (f"{OLD}/apress_T10YIE.csv", -1, *_YIELD),
    "T10YIE": (f"{API}/thecoderstef_T10YIE.csv", -1, *_YIELD),
    "IG": (f"{NEW}/chatterjee_BAMLC0A0CM.csv", -1, *_OAS),
    "HY": (f"{NEW}/chatterjee_BAMLH0A0HYM2.csv", -1, *_OAS),
    "IG_1996": (f"{API}/siva_BAMLC0A0CM.csv", -1, *_OAS),
    "HY_1996": (f"{API}/siva_BAMLH0A0HYM2.csv", -1, *_OAS),
    "IG_2023": (f"{API}/thecoderstef_BAMLC0A0CM.csv", -1, *_OAS),
    "HY_2023": (f"{API}/thecoderstef_BAMLH0A0HYM2.csv", -1, *_OAS),
    "VIX": ("cboe_history/bellingxu_VIX_History.csv", -1, *_POINTS),
    "VVIX": ("cboe_history/bellingxu_VVIX_History.csv", -1, *_POINTS),
    "SKEW": ("cboe_history/bellingxu_SKEW_History.csv", -1, *_INDEX),
    "COR1M": ("cboe_history/bellingxu_COR1M_History.csv", -1, *_INDEX),
    "DSPX": ("cboe_history/bellingxu_DSPX_History.csv", -1, *_INDEX),
    "MOVE": ("misc_indices/bellingxu_move.csv", -1, *_INDEX),
    "SPY": ("ohlcv/yfinance_CHLOV_SPY.csv", 1, *_PRICE),
    "TLT": ("ohlcv/yfinance_CHLOV_TLT.csv", 1, *_PRICE),
    "SPY_ADJ": ("stooq/spy_us_d.csv", 4, *_PRICE),
    "SPXTR": ("misc_indices/arns11_SPXTR.csv", -1, *_PRICE),
    "DTWEXBGS": (f"{NEW}/qie2003_DTWEXBGS.csv", -1, Kind.INDEX, "points", "%", 4, 1.0),
    "WTI": (f"{API}/siva_DCOILWTICO.csv", -1, *_PRICE),
}


@cache
def real_series(series_id: str) -> Series:
    """A whole file as a series."""
    name, column, kind, unit, delta_unit, decimals, factor = FILES[series_id]
    with (ROOT / name).open(encoding="utf-8-sig", newline="") as file:
        rows = [(_iso(row[0]), row[column].strip()) for row in list(csv.reader(file))[1:] if row]
    kept = sorted((day, float(text) * factor) for day, text in rows if text not in _MISSING)
    dates = np.array([day for day, _ in kept], dtype="datetime64[D]")
    words = Label(series_id, series_id)
    return Series(
        id=series_id,
        name=words,
        short=words,
        kind=kind,
        unit=unit,
        delta_unit=delta_unit,
        decimals=decimals,
        calendar="XNYS",
        source=words,
        dates=dates,
        values=np.array([value for _, value in kept]),
        as_of=date.fromisoformat(str(dates[-1])),
    )


@dataclass(frozen=True)
class Real:
    """The files as of a day."""

    as_of: date
    calendars: dict[str, tuple[date, ...]] = field(default_factory=dict)

    def series(self, series_id: str) -> Series:
        if series_id not in FILES:
            words = Label(f"no {series_id}", f"沒有{series_id}")
            raise Refused(error("series.unknown", NOWHERE, words, words))
        return real_series(series_id).until(self.as_of)

    def events(self, name: str) -> tuple[date, ...]:
        return self.calendars.get(name, ())


@dataclass(frozen=True)
class Made:
    """Made series, by id."""

    known: Mapping[str, Series]
    calendars: Mapping[str, tuple[date, ...]] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        return max(one.as_of for one in self.known.values())

    def series(self, series_id: str) -> Series:
        return self.known[series_id]

    def events(self, name: str) -> tuple[date, ...]:
        return self.calendars.get(name, ())


def make_series(
    values: Sequence[float],
    *,
    series_id: str = "X",
    kind: Kind = Kind.YIELD,
    unit: str = "%",
    delta_unit: str = "bp",
    decimals: int = 2,
    start: str = "2020-01-01",
) -> Series:
    """A series on consecutive days."""
    first = np.datetime64(start, "D")
    dates = first + np.arange(len(values))
    words = Label(series_id, series_id)
    as_of = date.fromisoformat(str(dates[-1] if len(values) else first))
    return Series(
        id=series_id,
        name=words,
        short=words,
        kind=kind,
        unit=unit,
        delta_unit=delta_unit,
        decimals=decimals,
        calendar="XNYS",
        source=words,
        dates=dates,
        values=np.array(values, dtype=np.float64),
        as_of=as_of,
    )


@pytest.fixture(scope="session")
def made() -> Callable[..., Series]:
    return make_series


@pytest.fixture(scope="session")
def price() -> Callable[..., Series]:
    def make(values: Sequence[float], series_id: str = "P") -> Series:
        return make_series(values, series_id=series_id, kind=Kind.PRICE, unit="", delta_unit="%")

    return make


@pytest.fixture(scope="session")
def source_of() -> Callable[..., Made]:
    def make(*series: Series, calendars: Mapping[str, tuple[date, ...]] | None = None) -> Made:
        return Made({one.id: one for one in series}, calendars or {})

    return make


@pytest.fixture(scope="session")
def value_of(source_of: Callable[..., Made]) -> Callable[..., Value]:
    """The value of a reference on made series."""

    def measure(reference: str, *series: Series, **more: object) -> Value:
        return evaluate(parse_reference(reference, NOWHERE), source_of(*series, **more))

    return measure


@pytest.fixture(scope="session")
def data_root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def real_market() -> Callable[[str], Real]:
    """The real files as of a day; skipped where they are not beside the repository."""
    if not ROOT.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{ROOT} is missing")
        pytest.skip("the real data are not beside the repository")
    fomc = (date(2024, 9, 18), date(2024, 11, 7), date(2024, 12, 18))
    return lambda day: Real(date.fromisoformat(day), {"fomc": fomc})


@pytest.fixture(scope="session")
def real(real_market: Callable[[str], Real]) -> Callable[..., Value]:
    """The value of a reference on the real files, as of 2025-01-15 unless told otherwise."""
    return lambda reference, day="2025-01-15": evaluate(parse_reference(reference, NOWHERE), real_market(day))


@pytest.fixture(scope="session")
def whole(real_market: Callable[[str], Real]) -> Callable[[str], Series]:
    """A whole real file as a series."""
    return real_series


def _iso(text: str) -> str:
    text = text.strip()
    if "/" not in text:
        return text[:10]
    month, day, year = text.split("/")
    return f"{year}-{int(month):02}-{int(day):02}"
