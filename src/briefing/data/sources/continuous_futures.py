"""Continuous futures as Quandl's CHRIS had them: `Date,Open,High,Low,Settle,Volume,Prev. Day Open Interest`.

The front contract, newest first, not adjusted for rolls. The settlement is the series itself, `Last` its
companion `…_LAST`; the open interest of a row is that of the day before and is stored as `…_OIPREV`. The
column of changes is not read. The file does not name its market.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from briefing.data.reading.blank_columns import named_cells
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "open": "OPEN",
        "high": "HIGH",
        "low": "LOW",
        "last": "LAST",
        "settle": "",
        "volume": "VOLUME",
        "prev. day open interest": "OIPREV",
        "previous day open interest": "OIPREV",
        "open interest": "OI",
    }
)
_UNREAD = "change"
_NO_ID = Label("The file does not name its market.", "檔案未註明期貨商品。")
_ROLLED = Label(
    "A continuous contract is not adjusted when it rolls: a change over a roll is not a gain or loss.",
    "連續合約換月時未調整，跨換月日的變動並非損益。",
)


@recogniser("continuous_futures", Label("Continuous futures with settlements", "連續期貨（結算價）"))
def look(sheet: Sheet) -> Shape | None:
    """A date, a settlement, and only columns of prices, volume and open interest."""
    cells = named_cells(sheet.grid, 0)
    headings = [cell.lower() for cell in cells]
    wanted = [(at, _ROLES.get(heading)) for at, heading in enumerate(headings) if at and heading != _UNREAD]
    roles = [role for _, role in wanted]
    if headings[0] != "date" or "" not in roles or None in roles or len(set(roles)) < len(roles):
        return None
    return Shape(
        first=1,
        width=len(sheet.grid.rows[0].cells),
        dates=0,
        columns=tuple(Column(at, cells[at], None, role or "") for at, role in wanted),
        styles=("iso", "mdy", "instant"),
        local_numbers=True,
        evidence=0.6,
        saw=header_of(cells),
        cap=0.7,
        doubts=(_NO_ID, _ROLLED),
    )
