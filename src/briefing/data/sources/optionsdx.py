"""OptionsDX chains: headings in brackets, call and put of a strike in one row; its ladders of puts as JSON too."""

from __future__ import annotations

from briefing.data.chains.headings import check_needed, fields_of
from briefing.data.chains.plain_reading import read_plain
from briefing.data.chains.reading import ChainReading, ChainShape
from briefing.data.intake.choices import Choices
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_NEEDED = frozenset({"[QUOTE_DATE]", "[EXPIRE_DATE]", "[STRIKE]", "[UNDERLYING_LAST]"})


@recogniser("optionsdx_chain", Label("OptionsDX option chain", "OptionsDX選擇權鏈"))
def look(sheet: Sheet) -> Shape | None:
    """Its headings in brackets."""
    cells = sheet.grid.rows[0].cells
    if not set(cells) >= _NEEDED:
        return None
    return ChainShape(
        first=1,
        width=len(cells),
        dates=cells.index("[QUOTE_DATE]"),
        columns=(Column(cells.index("[STRIKE]"), "[STRIKE]", "[STRIKE]"),),
        styles=("iso",),
        evidence=0.6,
        saw=header_of(cells),
        read=read,
    )


def read(sheet: Sheet, shape: ChainShape, choices: Choices) -> ChainReading:
    """One chain a day. Raises `Refused` with a question when the file does not name the underlying."""
    single, halves = fields_of(sheet.grid.rows[0].cells)
    check_needed(sheet.grid, single, halves)
    return read_plain(sheet.grid, shape, single, halves, choices, vendor="optionsdx")
