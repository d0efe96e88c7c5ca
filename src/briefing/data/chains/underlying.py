"""The underlying that the contracts of one file share."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.data.chains.building import underlyings
from briefing.data.chains.option_roots import option_root, read_root
from briefing.data.reading.grid import Grid
from briefing.problems import Place, Refused, error
from briefing.text import Label


def underlying_of(grid: Grid, roots: Sequence[str], line: int) -> str:
    """The one underlying of some roots. Raises `Refused` when they have several."""
    found = underlyings(roots)
    if len(found) == 1:
        return next(iter(found))
    names = sorted(found)
    raise Refused(
        error(
            "chain.several_underlyings",
            Place(file=grid.title, row=line),
            Label(
                f"{grid.title}: the contracts belong to {len(names)} underlyings ({', '.join(names[:6])}), "
                "but the file states one price.",
                f"{grid.title}：合約分屬{len(names)}個標的（{'、'.join(names[:6])}），但檔案只有一個價格。",
            ),
            Label("Export each underlying on its own.", "請逐一匯出各標的。"),
        )
    )


def named_underlying(grid: Grid, name: str) -> str:
    """The underlying of a root that a person named. Raises `Refused` for a name that is none."""
    return option_root(named_root(grid, name)).underlying


def named_root(grid: Grid, name: str) -> str:
    """The root that a person named, in capitals. Raises `Refused` for a name that is none."""
    root = read_root(name)
    if root is not None:
        return root
    raise Refused(
        error(
            "chain.no_root",
            Place(file=grid.title),
            Label(f"{grid.title}: “{name}” is not a ticker.", f"{grid.title}：「{name}」不是代號。"),
            Label(
                "Name the underlying with letters and digits, for example --as SPX.",
                "請以英數字指定標的，例如--as SPX。",
            ),
        )
    )
