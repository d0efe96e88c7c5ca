"""The zero-coupon curves of Gürkaynak, Sack and Wright: nominal (feds200628) and TIPS (feds200805).

As CSV with some lines of notes above the header, as a workbook or a Parquet file. The date column may be
unnamed and may stand anywhere. Holidays are `NA`; `-999.99` is a parameter that is not in use, in this
family alone. Both files call their parameters BETA0 to TAU2, so these are stored as `GSW_BETA0` and
`GSW_TIPS_BETA0`; a table with one row a month holds month-end values and is stored as `…_MONTHLY`.
"""

from __future__ import annotations

import re
from datetime import date

from briefing.data.dates.date_text import DATE_STYLES
from briefing.data.reading.blank_columns import named_cells
from briefing.data.reading.grid import Grid
from briefing.data.reading.rhythm import is_monthly
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_NOMINAL = re.compile(r"SVEN(?:PY|Y|F|1F)\d\d")
_TIPS = re.compile(r"TIPS(?:PY|Y|F|1F|5F)\d\d?|BKEVEN(?:PY|F|1F|5F)?\d\d?")
_PARAMETER = re.compile(r"BETA[0-3]|TAU[12]")
_DATES = ("DATE", "OBSERVATION_DATE", "")
_STYLES = ("iso", "instant", "mdy", "named")
_SENTINELS = frozenset({"-999.99", "-999.990", "-999.9900"})
_FEWEST = 4
_FIRST_TIPS = date(1999, 1, 1)
_WHICH = Label(
    "The file holds parameters only and does not say of which curve.", "檔案僅含參數，未註明屬於哪一條殖利率曲線。"
)


@recogniser(
    "gsw",
    Label("GSW nominal Treasury curve (feds200628)", "GSW美國公債殖利率曲線（feds200628）"),
    file_name=r"(?i).*(feds200628|gsw).*",
)
def look_nominal(sheet: Sheet) -> Shape | None:
    """A date and the mnemonics of the nominal curve, or its parameters alone."""
    return _look(sheet.grid, _NOMINAL, "GSW")


@recogniser(
    "gsw_tips",
    Label("GSW TIPS curve (feds200805)", "GSW抗通膨公債殖利率曲線（feds200805）"),
    file_name=r"(?i).*(feds200805|tips).*",
)
def look_tips(sheet: Sheet) -> Shape | None:
    """A date and the mnemonics of the TIPS curve, or parameters alone that can be of it."""
    return _look(sheet.grid, _TIPS, "GSW_TIPS")


def _look(grid: Grid, mnemonic: re.Pattern[str], prefix: str) -> Shape | None:
    for at, row in enumerate(grid.head()):
        if sum(_is_known(cell.upper(), mnemonic) for cell in row.cells) >= _FEWEST:
            headings = tuple(cell.upper() for cell in named_cells(grid, at))
            return _shape(grid, at, headings, mnemonic, prefix)
    return None


def _is_known(heading: str, mnemonic: re.Pattern[str]) -> bool:
    return bool(mnemonic.fullmatch(heading) or _PARAMETER.fullmatch(heading))


def _shape(grid: Grid, at: int, headings: tuple[str, ...], mnemonic: re.Pattern[str], prefix: str) -> Shape | None:
    """The reading below a header; None when a heading is not of this curve or there is no one date column."""
    others = [place for place, heading in enumerate(headings) if not _is_known(heading, mnemonic)]
    if len(others) != 1 or headings[others[0]] not in _DATES or at + 1 >= len(grid.rows):
        return None
    dates = others[0]
    alone = not any(mnemonic.fullmatch(heading) for heading in headings)
    old = _has_date_before_tips(grid, at + 1, dates)
    if alone and old and prefix == "GSW_TIPS":
        return None
    texts = (row.cells[dates] if dates < len(row.cells) else "" for row in grid.rows[at + 1 :])
    ending = "_MONTHLY" if is_monthly(texts, _STYLES) else ""
    unsure = alone and not old
    cells = grid.rows[at].cells
    return Shape(
        first=at + 1,
        width=len(cells),
        dates=dates,
        columns=tuple(
            Column(place, cells[place], _series(heading, prefix) + ending)
            for place, heading in enumerate(headings)
            if place != dates
        ),
        styles=_STYLES,
        local_numbers=True,
        evidence=0.9 if not unsure else 0.4,
        saw=header_of(cells[: len(headings)]),
        cap=1.0 if not unsure else 0.7,
        sentinels=_SENTINELS,
        doubts=(_WHICH,) if unsure else (),
    )


def _series(heading: str, prefix: str) -> str:
    return f"{prefix}_{heading}" if _PARAMETER.fullmatch(heading) else heading


def _has_date_before_tips(grid: Grid, first: int, dates: int) -> bool:
    """Whether the first or last row is older than the first curve of TIPS, so that parameters are nominal."""
    ends = (grid.rows[first], grid.rows[-1])
    texts = [row.cells[dates] for row in ends if dates < len(row.cells)]
    days = (DATE_STYLES[name].read(text, None) for text in texts for name in _STYLES)
    return any(day is not None and day < _FIRST_TIPS for day in days)
