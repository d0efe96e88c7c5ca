"""Which days a series can have a value on: exchanges, the bond market, and simple rhythms.

Exchange calendars come from exchange_calendars, the bond market's from pandas_market_calendars.
Both pull in pandas, so the sessions are kept in a small file in the cache folder and the libraries
are imported only to make it.
"""

from __future__ import annotations

import contextlib
import warnings
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from briefing.data.writing import write_file
from briefing.resources import cache_dir
from briefing.series import Dates

FIRST_YEAR = 1960
_LONG, _SESSIONS = np.timedelta64(7, "D"), 5
_LONGEST_PAUSE = 100
"""No market is closed for longer, no quarter has more days: a calendar without a session in so many has not begun."""
_CODES = (
    "AIXK ASEX BVMF CMES IEPA XAMS XASX XBDA XBEL XBKK XBOG XBOM XBRA XBRU XBSE XBUD XBUE XCBF XCSE XCYS "
    "XDUB XDUS XEEE XETR XEUR XFRA XHAM XHEL XHKG XICE XIDX XIST XJSE XKAR XKLS XKRX XLIM XLIS XLIT XLJU "
    "XLON XLUX XMAD XMEX XMIL XMOS XNYS XNZE XOSL XPAR XPHS XPRA XRIS XSAU XSES XSGO XSHG XSTO XSTU XSWX "
    "XTAE XTAI XTAL XTKS XTSE XWAR XWBO XZAG "
)
EXCHANGES = frozenset(_CODES.split())
"""The exchanges whose sessions are known."""
_WEEKLY = {f"W-{name}": number for number, name in enumerate(("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"))}
_BONDS = ("SIFMA_US", "SIFMA_UK", "SIFMA_JP")
_RHYTHMS = ("EVERY_DAY", "WEEKDAYS", "MONTH_END", "QUARTER_END", *_WEEKLY)


def is_calendar(name: str) -> bool:
    """Whether this is a calendar's name: an exchange's four-letter code, a bond market or a rhythm."""
    return name in _RHYTHMS or name in _BONDS or name in EXCHANGES


def calendar_names() -> tuple[str, ...]:
    """Every calendar's name: rhythms, bond markets, exchanges."""
    return (*_RHYTHMS, *_BONDS, *sorted(EXCHANGES))


def sessions(calendar: str, first: date, last: date) -> Dates:
    """The sessions from one day to another, both included: sorted datetime64[D], shape (n,).

    Days before the calendar's own beginning have none.
    """
    if last < first:
        return np.empty(0, dtype="datetime64[D]")
    days = np.arange(np.datetime64(first), np.datetime64(last) + 1, dtype="datetime64[D]")
    if calendar in _RHYTHMS:
        return days[_on_rhythm(calendar, days)]
    known = _known(calendar, last.year // 10 * 10 + 9)
    return known[np.searchsorted(known, days[0]) : np.searchsorted(known, days[-1], side="right")]


def closed(calendar: str, days: Dates) -> NDArray[np.bool_]:
    """For each day whether the calendar has no session on it. Days outside the calendar count as open."""
    if not len(days):
        return np.zeros(0, dtype=bool)
    first, last = days.min().item(), days.max().item()
    known = sessions(calendar, date.fromordinal(max(first.toordinal() - _LONGEST_PAUSE, 1)), last)
    if not len(known):
        return np.zeros(len(days), dtype=bool)
    shut: NDArray[np.bool_] = ~np.isin(days, known) & (days >= known[0])
    return shut


def pauses(calendar: str, days: Dates) -> tuple[date, ...]:
    """The closed weekdays in every step of more than five weekdays between sorted days: no value is missing there."""
    longer = np.flatnonzero(np.diff(days) > _LONG)
    steps = longer[np.busday_count(days[longer], days[longer + 1]) > _SESSIONS]
    if not len(steps) or not is_calendar(calendar):
        return ()
    spans = [np.arange(days[at] + 1, days[at + 1]) for at in steps]
    weekdays = np.concatenate([span[np.is_busday(span)] for span in spans])
    return tuple(weekdays[closed(calendar, weekdays)].tolist())


def _on_rhythm(calendar: str, days: Dates) -> NDArray[np.bool_]:
    weekday: NDArray[np.int64] = (days.astype(np.int64) + 3) % 7
    if calendar == "EVERY_DAY":
        return np.ones(len(days), dtype=bool)
    if calendar == "WEEKDAYS":
        return np.less(weekday, 5)
    if calendar in _WEEKLY:
        return np.equal(weekday, _WEEKLY[calendar])
    next_month = (days + 1).astype("datetime64[M]")
    ends: NDArray[np.bool_] = next_month != days.astype("datetime64[M]")
    return ends if calendar == "MONTH_END" else np.logical_and(ends, next_month.astype(np.int64) % 3 == 0)


@lru_cache(maxsize=64)
def _known(calendar: str, last_year: int) -> Dates:
    library = "pandas-market-calendars" if calendar in _BONDS else "exchange-calendars"
    path = cache_dir() / "calendars" / f"{calendar}-{last_year}-{version(library)}.days"
    kept = _read(path)
    if kept is not None:
        return kept
    made = _bond_days(calendar, last_year) if calendar in _BONDS else _exchange_days(calendar, last_year)
    with contextlib.suppress(OSError):  # a cache that cannot be kept is made again next time
        write_file(path, made.astype("<i4").tobytes())
    return made


def _read(path: Path) -> Dates | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    if not content or len(content) % 4:
        return None
    return np.frombuffer(content, dtype="<i4").astype("datetime64[D]")


def _exchange_days(calendar: str, last_year: int) -> Dates:
    import exchange_calendars as xc

    with warnings.catch_warnings():
        # The library has not followed pandas 3.1 yet; its sessions are right all the same.
        warnings.simplefilter("ignore", DeprecationWarning)
        bounds = xc.get_calendar(calendar)
        first = max(f"{FIRST_YEAR}-01-01", str(bounds.bound_min() or "")[:10])
        last = min(f"{last_year}-12-31", str(bounds.bound_max() or "9999")[:10])
        found = xc.get_calendar(calendar, start=first, end=last).sessions
    days: Dates = found.to_numpy().astype("datetime64[D]")
    return days


def _bond_days(calendar: str, last_year: int) -> Dates:
    import pandas_market_calendars as market_calendars

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found = market_calendars.get_calendar(calendar).valid_days(f"{FIRST_YEAR}-01-01", f"{last_year}-12-31", tz=None)
    days: Dates = found.to_numpy().astype("datetime64[D]")
    return days
