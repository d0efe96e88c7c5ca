"""Cboe index history: `DATE,OPEN,HIGH,LOW,CLOSE` or `DATE,VVIX`, MM/DD/YYYY; older files have a preamble.

The older style begins with a disclaimer and the index's name, leaves open, high and low empty in the
early years, and marks a date with a star now and then. Price files do not say which index they hold;
the vendor's file name does (`VIX_History.csv`).
"""

from __future__ import annotations

from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_PRICES = ("DATE", "OPEN", "HIGH", "LOW", "CLOSE")
_OLD_SIGNATURE = "Cboe data is compiled"
_NO_ID = Label("The file does not name its index.", "檔案未註明指數名稱。")


@recogniser(
    "cboe_history", Label("Cboe index history", "Cboe指數歷史資料"), file_name=r"(?:.*_)?(?P<id>[A-Z0-9]+)_History\.csv"
)
def look(sheet: Sheet) -> Shape | None:
    """The exact header in the first rows; old files also have their disclaimer."""
    for at, row in enumerate(sheet.grid.head()):
        header = row.cells
        if tuple(cell.upper() for cell in header) == _PRICES:
            return _prices(sheet, at, header)
        if header[0] == "DATE" and len(header) == 2 and sheet.catalogue.entry(header[1]) and at == 0:
            return _shape(at, header, (Column(1, header[1], header[1]),), evidence=0.6)
    return None


def _prices(sheet: Sheet, at: int, header: tuple[str, ...]) -> Shape | None:
    old = at > 0 and sheet.grid.rows[0].cells[0].startswith(_OLD_SIGNATURE)
    if not old and header != _PRICES:
        return None
    roles = ("OPEN", "HIGH", "LOW", "")
    columns = tuple(Column(n, header[n], None, role) for n, role in enumerate(roles, 1))
    return _shape(at, header, columns, evidence=0.9 if old else 0.6, doubts=(_NO_ID,))


def _shape(
    at: int, header: tuple[str, ...], columns: tuple[Column, ...], *, evidence: float, doubts: tuple[Label, ...] = ()
) -> Shape:
    return Shape(
        first=at + 1,
        width=len(header),
        dates=0,
        columns=columns,
        styles=("mdy",),
        evidence=evidence,
        saw=header_of(header),
        strip="*",
        doubts=doubts,
    )
