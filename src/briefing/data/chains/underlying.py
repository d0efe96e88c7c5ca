"""The underlying that the contracts of one file share."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.data.chains.building import underlyings
from briefing.data.grid import Grid
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
