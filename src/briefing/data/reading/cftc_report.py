"""What the reports of the CFTC have in common: contracts, classes of traders, positions of a Tuesday.

A row is a contract of a week. The ids are `CFTC_<code>_<class>_LONG`, `…_SHORT`, `…_SPREAD` and
`CFTC_<code>_OI`, with `CFTCC_` for futures and options combined. Codes are text with leading zeros; the
`+` of a consolidated contract is written `PLUS`. Dates are ISO, whatever their heading says; the archive
of 2006 to 2016 has MM/DD/YYYY.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.data.reading.shape import Column, NamesOf, Shape
from briefing.text import Label

FUTURES, COMBINED = "CFTC", "CFTCC"
"""The beginnings of ids: futures only, futures and options combined."""
BARE_DATES, BARE_CODE, BARE_FIRST = 2, 3, 7
"""Where the date, the contract's code and the first position stand in a weekly file, which has no header."""

_SCOPES = {"FUTONLY": FUTURES, "COMBINED": COMBINED}
_CODE = re.compile(r"\d[0-9A-Z]{4}[0-9A-Z+]", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}", re.ASCII)


def in_one_scope(scope: str, code: int) -> NamesOf:
    """Names the contract of a row in a report that has one scope throughout. A code that is none gives an unknown id."""
    return lambda cells: f"{scope}_{cells[code].replace('+', 'PLUS')}"


def in_scope_of_row(scope: int, code: int) -> NamesOf:
    """Names the contract of a row that says itself whether options are in it."""

    def named(cells: tuple[str, ...]) -> str:
        said = cells[scope]
        return f"{_SCOPES.get(said.upper(), said)}_{cells[code].replace('+', 'PLUS')}"

    return named


def is_bare(cells: Sequence[str], width: int) -> bool:
    """Whether a first row is one of data: a weekly file has a date and a code in their places."""
    if len(cells) != width:
        return False
    return bool(_CODE.fullmatch(cells[BARE_CODE]) and _DAY.fullmatch(cells[BARE_DATES]))


def bare_columns(order: Sequence[str]) -> tuple[Column, ...]:
    """The positions of a weekly file, which stand in a known order."""
    return tuple(Column(at, series, series) for at, series in enumerate(order, BARE_FIRST))


def report_shape(
    cells: Sequence[str],
    dates: int,
    columns: tuple[Column, ...],
    names: NamesOf,
    *,
    bare: bool,
    doubts: tuple[Label, ...] = (),
) -> Shape:
    """The reading of a report; what is not a position is not read. One with doubts has to be chosen by a person."""
    return Shape(
        first=0 if bare else 1,
        width=len(cells),
        dates=dates,
        columns=columns,
        styles=("iso", "instant", "mdy", "mdy_midnight"),
        evidence=0.5 if doubts else 0.9,
        saw=_seen(cells, len(columns), bare=bare),
        cap=0.7 if doubts else 1.0,
        names=names,
        doubts=doubts,
    )


def _seen(cells: Sequence[str], read: int, *, bare: bool) -> Label:
    if bare:
        return Label(
            f"A weekly file of {len(cells)} columns without a header, the {read} of positions are read",
            f"每週檔案，共{len(cells)}欄、無標題列，讀取其中{read}個部位欄",
        )
    return Label(
        f"Header “{cells[0]},…” of {len(cells)} columns, the {read} of positions are read",
        f"標題列「{cells[0]},…」共{len(cells)}欄，讀取其中{read}個部位欄",
    )
