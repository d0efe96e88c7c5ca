"""Where the data of a table end: notes, sources and totals below them are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.data.reading.grid import Row
from briefing.data.tabular.date_forms import looks_dated
from briefing.data.tabular.words import is_total, is_value, source_in
from briefing.text import Label, shortened

_MOST = 20
_QUOTED = 60
_SHORT, _DIGITS = 12, 4


@dataclass(frozen=True, slots=True)
class Footer:
    """One past the last row of data, the source that a line below it names, and what was left out, in words."""

    end: int
    source: Label | None = None
    doubts: tuple[Label, ...] = ()


def footer_below(rows: Sequence[Row], first: int, dates: int) -> Footer:
    """Leave out the last rows that are notes or totals; a row of values without a date is not one of them."""
    end = len(rows)
    sources: list[str] = []
    doubts: list[Label] = []
    for row in reversed(rows[max(first, end - _MOST) : end]):
        kind = _kind(row, dates)
        if kind is None:
            break
        source = next((found for cell in row.cells if (found := source_in(cell))), None)
        if source:
            sources.append(source)
        else:
            doubts.append(_left_out(row, kind))
        end -= 1
    return Footer(end, source_note(sources[-1] if sources else ""), tuple(reversed(doubts)))


def source_note(name: str) -> Label | None:
    """The sentence that names the source of a table; None where none is named."""
    return Label(f"Source: {name}", f"資料來源：{name}") if name else None


_NOTE = Label("a note", "註解")
_TOTAL = Label("a total", "合計")


def _kind(row: Row, dates: int) -> Label | None:
    """What a row below the data is; None for one that may be data."""
    filled = [cell for cell in row.cells if cell]
    if len(row.cells) > dates and is_total(row.cells[dates] or filled[0]):
        return _TOTAL
    if source_in(filled[0]) is not None:
        return _NOTE
    return None if any(is_value(cell) for cell in filled) or _has_date_form(filled[0]) else _NOTE


def _has_date_form(cell: str) -> bool:
    """Whether a cell is a date, or so short and full of digits that it is a broken one rather than a note."""
    return looks_dated(cell) or (len(cell) < _SHORT and sum(sign.isdigit() for sign in cell) >= _DIGITS)


def _left_out(row: Row, kind: Label) -> Label:
    text = " ".join(cell for cell in row.cells if cell)
    shown = shortened(text, _QUOTED)
    return Label(
        f"Line {row.line} is {kind.en} and no data: “{shown}”.", f"第{row.line}行為{kind.zh}，不是資料：「{shown}」。"
    )
