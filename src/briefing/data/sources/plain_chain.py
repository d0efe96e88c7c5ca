"""A plain table of options, by its headings: one contract a row, or a call and a put of one strike side by side.

`Expiration,Days,Strike,Call Bid,Call Ask,Put Bid,Put Ask` and `date,expiry,strike,type,bid,ask,iv` are such
tables; a symbol such as `SPXW220207C02400000` may stand for expiry, strike, side and root.
"""

from __future__ import annotations

from briefing.data.chains.headings import check_needed, fields_of, with_symbols_spread
from briefing.data.chains.plain_reading import read_plain
from briefing.data.chains.reading import ChainReading, ChainShape
from briefing.data.intake.choices import Choices
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_ONLY_OPTIONS = frozenset({"expiry", "cp", "open_interest", "iv", "days"})
STYLES = ("iso", "compact", "mdy", "named", "ymd")


@recogniser("plain_chain", Label("Plain table of options", "一般選擇權表"))
def look(sheet: Sheet) -> Shape | None:
    """A strike, or a symbol, and something else that only options have; what is missing is said when it is read."""
    spread = with_symbols_spread(sheet.grid)
    grid = sheet.grid if spread is None else spread
    cells = grid.rows[0].cells
    single, halves = fields_of(cells)
    names = set(single) | {name for half in halves.values() for name in half} | ({"cp"} if halves else set())
    if "strike" not in names or not names & _ONLY_OPTIONS or _of_a_vendor(cells):
        return None
    values = [at for name, at in single.items() if name in {"strike", "bid", "ask"}]
    values += [at for half in halves.values() for at in half.values()]
    return ChainShape(
        first=1,
        width=max(n for n, cell in enumerate(cells, start=1) if cell),
        dates=single.get("expiry", single.get("quote_date", 0)),
        columns=tuple(Column(at, cells[at], cells[at]) for at in values),
        styles=STYLES,
        evidence=0.6,
        saw=header_of(sheet.grid.rows[0].cells),
        read=read,
        grid=spread,
    )


def _of_a_vendor(cells: tuple[str, ...]) -> bool:
    """Headings that only vendors write whose files have readers of their own."""
    return any(cell.startswith("[") or cell.lower().endswith(("_1545", "_eod")) for cell in cells)


def read(sheet: Sheet, shape: ChainShape, choices: Choices) -> ChainReading:
    """The chains of the table. Raises `Refused` for one without the columns that make a contract."""
    single, halves = fields_of(sheet.grid.rows[0].cells)
    check_needed(sheet.grid, single, halves)
    return read_plain(sheet.grid, shape, single, halves or {"": {}}, choices)
