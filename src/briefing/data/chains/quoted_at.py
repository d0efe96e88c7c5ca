"""When a chain was quoted: from the file's date line, or as a person says; what is open is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from briefing.data.chains.quote_time import NEW_YORK, OPENING, StatedTime, is_session, read_stated_time, session_of
from briefing.data.intake.choices import Choices
from briefing.data.reading.grid import Grid, Row
from briefing.problems import Place, Problem, Refused, error, info, warning
from briefing.series import Dates, as_date
from briefing.text import Label

_OVERNIGHT = frozenset({"SPX", "VIX", "XSP", "RUT"})
"""Underlyings whose options trade outside the session too."""
_SAVED_LATER = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class QuotedAt:
    """The session that quotes belong to, the instant that the file states, and what should be said of both."""

    session: date
    instant: datetime | None
    notes: tuple[Problem, ...] = ()


def quoted_at(grid: Grid, line: tuple[str, Row] | None, expiries: Dates, choices: Choices, root: str) -> QuotedAt:
    """Settle the session of a chain. Raises `Refused` with a question when the file does not say it in full.

    `line` is the text of the date line and its row. A session that a person names stands before it.
    """
    stated = read_stated_time(line[0]) if line else None
    row = line[1].line if line else grid.rows[0].line
    if choices.quote_date is not None:
        return _chosen(grid, stated, row, choices.quote_date)
    if stated is None or stated.instant is None:
        raise Refused(_question(grid, line, row, stated, expiries))
    return _as_stated(grid, row, stated, stated.instant, root)


def _as_stated(grid: Grid, row: int, stated: StatedTime, instant: datetime, root: str) -> QuotedAt:
    session, local = session_of(instant), instant.astimezone(NEW_YORK)
    if session == local.date():
        return QuotedAt(session, instant)
    notes = [_moved(grid, row, stated, session)]
    if local.time() < OPENING and root in _OVERNIGHT:
        notes.append(_overnight(grid, row, root))
    return QuotedAt(session, instant, tuple(notes))


def _chosen(grid: Grid, stated: StatedTime | None, row: int, session: date) -> QuotedAt:
    """The session that a person named; the stated instant is kept when it can belong to it."""
    if not is_session(session):
        raise Refused(_closed(grid, row, session))
    instant = (stated.instant or stated.on(session.year)) if stated else None
    if instant is None:
        return QuotedAt(session, None)
    gap = instant.astimezone(NEW_YORK).date() - session
    if timedelta(0) <= gap <= _SAVED_LATER:
        return QuotedAt(session, instant)
    return QuotedAt(session, None, (_other_time(grid, row, stated.text if stated else "", session),))


def _question(
    grid: Grid, line: tuple[str, Row] | None, row: int, stated: StatedTime | None, expiries: Dates
) -> Problem:
    text = line[0] if line else ""
    first = as_date(np.nanmin(expiries))
    readings = _readings(stated, first) if stated else ()
    if readings:
        why_en, why_zh = f"“{text}” does not name a year", f"「{text}」沒有年份"
    elif text:
        why_en, why_zh = f"“{text}” is not a date that is understood", f"無法解讀日期「{text}」"
    else:
        why_en, why_zh = "no date line stands above the table", "表格上方沒有日期"
    options_en = " or ".join(f"--quote-date {day}" for day in readings) or "--quote-date YYYY-MM-DD"
    options_zh = "或".join(f"--quote-date {day}" for day in readings) or "--quote-date YYYY-MM-DD"
    return error(
        "chain.quote_date",
        Place(file=grid.title, row=row, column="1"),
        Label(
            f"{grid.title}, line {row}: {why_en}; the first contracts expire on {first}.",
            f"{grid.title}第{row}行：{why_zh}；最早的合約於{first}到期。",
        ),
        Label(f"Say which session the quotes are of: {options_en}.", f"請指定報價所屬的交易日：{options_zh}。"),
    )


def _readings(stated: StatedTime, first_expiry: date) -> tuple[date, ...]:
    """The sessions that a date without a year can mean, the nearest to the first expiry first."""
    years = (first_expiry.year + shift for shift in (-2, -1, 0, 1))
    latest = first_expiry + _SAVED_LATER
    instants = [instant for year in years if (instant := stated.on(year)) and instant.date() <= latest]
    near = sorted(instants, key=lambda instant: abs(instant.date() - first_expiry))
    return tuple(session_of(instant) for instant in near[:2])


def _moved(grid: Grid, row: int, stated: StatedTime, session: date) -> Problem:
    return info(
        "chain.session",
        Place(file=grid.title, row=row, column="1"),
        Label(
            f"{grid.title}, line {row}: {stated.text} is outside trading hours; the quotes are of the session before, {session}.",
            f"{grid.title}第{row}行：{stated.text}不在交易時段，報價屬於前一交易日{session}。",
        ),
        Label("Name another session with --quote-date if that is wrong.", "若有誤，請以--quote-date指定交易日。"),
    )


def _overnight(grid: Grid, row: int, root: str) -> Problem:
    return warning(
        "chain.overnight",
        Place(file=grid.title, row=row, column="1"),
        Label(
            f"{grid.title}, line {row}: {root} options trade overnight too; bids and asks may be newer than the price of the underlying.",
            f"{grid.title}第{row}行：{root}選擇權有夜盤，買賣報價可能比標的價格新。",
        ),
        Label("Prefer a file saved after the close.", "建議改用收盤後儲存的檔案。"),
    )


def _closed(grid: Grid, row: int, session: date) -> Problem:
    return error(
        "chain.no_session",
        Place(file=grid.title, row=row),
        Label(f"{grid.title}: the exchange was shut on {session}.", f"{grid.title}：交易所於{session}休市。"),
        Label("Name the session before it.", "請指定其前一個交易日。"),
    )


def _other_time(grid: Grid, row: int, text: str, session: date) -> Problem:
    return warning(
        "chain.other_time",
        Place(file=grid.title, row=row, column="1"),
        Label(
            f"{grid.title}, line {row}: {text} cannot belong to the session {session} that you named; no time is kept.",
            f"{grid.title}第{row}行：{text}與您指定的交易日{session}不符，未保留時間。",
        ),
        Label("See whether the session is right.", "請確認交易日是否正確。"),
    )
