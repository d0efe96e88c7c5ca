"""Series made by a seed, as a file would bring them: sessions of the real calendars, values that wander."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
import pytest

from briefing.data.calendars import sessions
from briefing.data.catalogue import Catalogue, load_catalogue
from briefing.data.stored import Stored
from briefing.data.tidy import Flag, SeriesRows, tidy_of
from briefing.data.validation.validating import Validation, validate
from briefing.series import Dates, Values

FIRST, LAST, LOADED_ON = date(2021, 1, 4), date(2024, 6, 28), date(2024, 7, 1)

Judge = Callable[..., Validation]
Rows = Callable[..., SeriesRows]


@pytest.fixture(scope="session", autouse=True)
def _state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFING_STATE", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def judge(catalogue: Catalogue) -> Judge:
    """Validates the rows of some series as one file, loaded after others of the same dataset and of one more."""

    def judged(
        *series: SeriesRows,
        before: tuple[SeriesRows, ...] = (),
        elsewhere: tuple[SeriesRows, ...] = (),
        cut_line: int = 0,
    ) -> Validation:
        known = {one.name: _stored(one) for one in before}
        others = {one.name: {"fred_graph": _stored(one)} for one in elsewhere}
        return validate(
            tidy_of(series), catalogue, known, LOADED_ON, file="desk.csv", elsewhere=others, cut_line=cut_line
        )

    return judged


def _stored(rows: SeriesRows) -> Stored:
    return Stored(rows.dates, rows.values, rows.flags, "20240628T200000Z", revised=False)


@pytest.fixture(scope="session")
def rows() -> Rows:
    return rows_of


@pytest.fixture(scope="session")
def price() -> Rows:
    return wandering_price


@pytest.fixture(scope="session")
def yields() -> Rows:
    return wandering_yield


@pytest.fixture(scope="session")
def bars() -> Callable[[int], tuple[SeriesRows, ...]]:
    return priced_bars


def trading_days(calendar: str) -> Dates:
    """The sessions of some three years."""
    return sessions(calendar, FIRST, LAST)


def wandering_price(seed: int, start: float = 400.0) -> SeriesRows:
    """A price of two decimals with the tails of a Student distribution."""
    days = trading_days("XNYS")
    returns = np.random.default_rng(seed).standard_t(5, len(days)) * 0.007
    return rows_of("SPY", days, np.round(start * np.exp(np.cumsum(np.clip(returns, -0.05, 0.05))), 2))


def wandering_yield(seed: int) -> SeriesRows:
    """A yield of two decimals that is drawn back to 4 per cent."""
    days = trading_days("SIFMA_US")
    steps = np.clip(np.random.default_rng(seed).standard_t(5, len(days)) * 0.05, -0.25, 0.25)
    level = np.empty(len(days))
    level[0] = 4.0
    for row in range(1, len(days)):
        level[row] = level[row - 1] + 0.02 * (4.0 - level[row - 1]) + steps[row]
    return rows_of("DGS10", days, np.round(level, 2))


def priced_bars(seed: int) -> tuple[SeriesRows, ...]:
    """A price with its open, high and low."""
    close = wandering_price(seed)
    random = np.random.default_rng(seed + 1)
    opening = np.round(close.values * (1 + random.normal(0, 0.003, len(close.dates))), 2)
    room = np.abs(random.normal(0, 0.004, (2, len(close.dates))))
    high = np.round(np.maximum(opening, close.values) * (1 + room[0]), 2)
    low = np.round(np.minimum(opening, close.values) * (1 - room[1]), 2)
    named = {"SPY_HIGH": high, "SPY_LOW": low, "SPY_OPEN": opening}
    return (close, *(rows_of(name, close.dates, values) for name, values in named.items()))


def rows_of(name: str, dates: Dates, values: Values, first_line: int = 2) -> SeriesRows:
    """Rows that stand one below the other in a file."""
    lines = np.arange(first_line, first_line + len(dates), dtype=np.int32)
    flags = np.where(np.isnan(values), np.uint8(Flag.MISSING), np.uint8(Flag.OK)).astype(np.uint8)
    return SeriesRows(name, dates, values, flags, lines)
