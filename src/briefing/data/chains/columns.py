"""Columns of a grid as arrays; every cell that does not fit becomes a fault with its line, none is skipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from briefing.data.chains.option_roots import read_root
from briefing.data.dates.date_text import DATE_STYLES
from briefing.data.reading.faults import Fault, error_word, no_number, shown, wrong_width
from briefing.data.reading.grid import Row
from briefing.data.reading.missing import REASONS, Missing, missing_kind
from briefing.data.reading.number_text import read_number
from briefing.series import Dates, Values
from briefing.text import Label


@dataclass(slots=True)
class Columns:
    """The rows of a table that have the right width, and what was wrong with any of them."""

    rows: Sequence[Row]
    faults: list[Fault] = field(default_factory=list)

    @property
    def lines(self) -> NDArray[np.int32]:
        """The line of each row."""
        return np.fromiter((row.line for row in self.rows), dtype=np.int32, count=len(self.rows))

    def texts(self, index: int) -> list[str]:
        """A column as it stands."""
        return [row.cells[index] for row in self.rows]

    def numbers(self, index: int | None, heading: str) -> Values:
        """A column of numbers; NaN for a blank or a word that says so. Without the column all are NaN."""
        if index is None:
            return np.full(len(self.rows), np.nan)
        out = np.empty(len(self.rows))
        for at, row in enumerate(self.rows):
            text = row.cells[index]
            value = read_number(text)
            out[at] = self._no_number(row.line, heading, text) if value is None else value
        return out

    def _no_number(self, line: int, heading: str, text: str) -> float:
        kind = missing_kind(text)
        if kind is not None and kind in REASONS:
            self.add(line, heading, error_word(text, kind))
        elif kind is not Missing.NOT_AVAILABLE:
            self.add(line, heading, no_number(text))
        return float("nan")

    def days(self, index: int, heading: str, styles: Sequence[str]) -> Dates:
        """A column of days in one of some styles; NaT where the cell is none."""
        known: dict[str, date | None] = {}
        out = np.empty(len(self.rows), dtype="datetime64[D]")
        for at, row in enumerate(self.rows):
            text = row.cells[index]
            if text not in known:
                days = (DATE_STYLES[name].read(text, None) for name in styles)
                known[text] = next((day for day in days if day is not None), None)
            day = known[text]
            out[at] = np.datetime64("NaT") if day is None else day
            if day is None:
                self.add(row.line, heading, Label(f"“{shown(text)}” is not a date", f"「{shown(text)}」不是日期"))
        return out

    def words(self, index: int, heading: str, known: Mapping[str, str]) -> NDArray[np.str_]:
        """A column of words, each put into its common spelling; "" where the cell has none of them."""
        out = []
        for row in self.rows:
            word = known.get(row.cells[index], "")
            if not word:
                text, some = shown(row.cells[index]), ", ".join(known)
                self.add(row.line, heading, Label(f"“{text}” is none of {some}", f"「{text}」不在{some}之列"))
            out.append(word)
        return np.asarray(out, dtype=np.str_)

    def roots(self, index: int, heading: str) -> NDArray[np.str_]:
        """A column of roots or tickers, in capitals; "" where the cell has none."""
        out = []
        for row in self.rows:
            name = read_root(row.cells[index])
            if name is None:
                text = shown(row.cells[index])
                self.add(row.line, heading, Label(f"“{text}” is not a ticker", f"「{text}」不是代號"))
            out.append(name or "")
        return np.asarray(out, dtype=np.str_)

    def add(self, line: int, heading: str, reason: Label) -> None:
        """Remember what is wrong with a cell."""
        self.faults.append(Fault(line, heading, reason))


def columns_in(rows: Sequence[Row], width: int) -> Columns:
    """The rows that have the width of the header, give or take blank cells at the end; a fault for each other."""
    fitting, faults = [], []
    for row in rows:
        if len(row.cells) >= width and not any(row.cells[width:]):
            fitting.append(row)
            continue
        found = len(row.cells)
        faults.append(Fault(row.line, str(found), wrong_width(found, width)))
    return Columns(fitting, faults)
