"""Whole columns of text to numbers, by the grammar of `number_text` but without looking at every cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from briefing.data.reading.cells import Places
from briefing.data.reading.missing import missing_kind
from briefing.data.reading.number_text import COMMA, POINT, NumberStyle, read_number
from briefing.series import Values

if TYPE_CHECKING:
    import pyarrow as pa

_PLAIN = r"^-?[0-9]+(?:\.[0-9]+)?$"


def plain_numbers(texts: pa.StringArray, style: NumberStyle) -> tuple[Values, Places]:
    """Trimmed cells as numbers, shape (n,), and the places of those that are not plain ones.

    A plain number has no groups, brackets or percent sign; `read_number` gives the same for it. All
    other cells are NaN here and have to be looked at one by one.
    """
    import pyarrow as pa

    cells = texts if style is POINT else _pointed(texts, style)
    try:
        read = cells.cast(pa.float64())
    except pa.ArrowInvalid:
        read = _plain_ones(cells).cast(pa.float64())
    values = np.array(read.to_numpy(zero_copy_only=False))
    odd = np.flatnonzero(~np.isfinite(values))
    values[odd] = np.nan
    return values, odd


def _pointed(texts: pa.StringArray, style: NumberStyle) -> pa.StringArray:
    """The cells with decimal points; null where there is a point already."""
    import pyarrow as pa
    import pyarrow.compute as pc

    dotted = pc.match_substring(texts, POINT.decimal)
    pointed = pc.replace_substring(texts, style.decimal, POINT.decimal)
    return pc.if_else(dotted, pa.scalar(None, pa.string()), pointed)


def _plain_ones(cells: pa.StringArray) -> pa.StringArray:
    """The cells that are plain numbers; null for all other."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pc.match_substring_regex(cells, _PLAIN), cells, pa.scalar(None, pa.string()))


def number_styles(columns: Sequence[pa.StringArray], sentinels: frozenset[str]) -> tuple[NumberStyle, ...]:
    """The styles in which every cell with a digit is a number; both when no cell tells them apart.

    Cells such as `1.234` and `5.678` alone are numbers in both styles: the caller has to ask.
    """
    fitting = tuple(style for style in (POINT, COMMA) if _fits(columns, style, sentinels))
    if len(fitting) == 2 and first_signed(columns) is None:
        return (POINT,)
    return fitting


def first_signed(columns: Sequence[pa.StringArray], signs: str = ".,") -> str | None:
    """The first cell of digits and points, commas or both that has one of some signs."""
    import pyarrow.compute as pc

    digits = f"(?:[0-9][0-9.,]*[{signs}][0-9.,]*|[.,]*[{signs}][.,]*[0-9][0-9.,]*)"
    for column in columns:
        signed = pc.match_substring_regex(column, rf"^[(]?[+\-−]?{digits}(?:[eE][+-]?[0-9]+)?%?[)]?$")
        at = pc.index(signed, value=True).as_py()
        if at >= 0:
            text: str = column[at].as_py()
            return text
    return None


def _fits(columns: Sequence[pa.StringArray], style: NumberStyle, sentinels: frozenset[str]) -> bool:
    for column in columns:
        _, odd = plain_numbers(column, style)
        for text in column.take(odd).unique().to_pylist():
            word = text in sentinels or missing_kind(text) is not None or not any(map(str.isdigit, text))
            if not word and read_number(text, style) is None:
                return False
    return True
