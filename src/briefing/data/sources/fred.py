"""FRED CSV: `observation_date,DGS10`, `DATE,DGS10`, `date,dgs10`, `date,value`, or two bare columns.

A missing value is a point, an empty cell, or a row that is not there. With `value` or no header the
series id is not in the file.
"""

from __future__ import annotations

from dataclasses import replace

from briefing.data.catalogue import Catalogue
from briefing.data.dates.date_text import DATE_STYLES
from briefing.data.reading.number_text import read_number
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.fredgraph import HEADER, NO_ID, coarser, look_at_answer, look_at_workbook
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_NAME = "fred_graph"


@recogniser(_NAME, Label("FRED graph CSV", "FRED圖表CSV"))
def look(sheet: Sheet) -> Shape | None:
    """A date column first, then FRED ids; ISO dates. Workbooks and answers of the API are looked at as such."""
    first = sheet.grid.rows[0].cells
    if not sheet.grid.delimiter:
        return look_at_workbook(sheet) or look_at_answer(sheet)
    if len(first) < 2 or sheet.grid.delimiter != ",":
        return None
    heading = first[0]
    if heading == HEADER or (heading == "DATE" and not _is_others(sheet.catalogue, first)):
        columns = tuple(Column(at, name, name.upper()) for at, name in enumerate(first[1:], 1))
        problems = tuple(coarser(sheet, columns, sheet.grid.rows[0].line))
        return replace(_named(first, columns, 0.6), problems=problems)
    if len(first) != 2:
        return None
    if heading == "date" and _is_fred(sheet.catalogue, first[1]):
        return _named(first, (Column(1, first[1], first[1].upper()),), 0.6)
    if heading.lower() == "date" and first[1].lower() == "value":
        return _nameless(first, data=1, evidence=0.4, saw=header_of(first))
    if DATE_STYLES["iso"].read(heading, None) and read_number(first[1]) is not None:
        return _nameless(first, data=0, evidence=0.3, saw=Label("Two columns without a header", "兩欄，無標題列"))
    return None


def _named(header: tuple[str, ...], columns: tuple[Column, ...], evidence: float) -> Shape:
    return Shape(
        first=1,
        width=len(header),
        dates=0,
        columns=columns,
        styles=("iso",),
        evidence=evidence,
        saw=header_of(header),
    )


def _nameless(cells: tuple[str, ...], *, data: int, evidence: float, saw: Label) -> Shape:
    heading = cells[1] if data else "2"
    return Shape(
        first=data,
        width=2,
        dates=0,
        columns=(Column(1, heading),),
        styles=("iso",),
        evidence=evidence,
        saw=saw,
        cap=0.7,
        doubts=(NO_ID,),
    )


def _is_others(catalogue: Catalogue, header: tuple[str, ...]) -> bool:
    """Whether a header with `DATE` is one of prices, or names series that come from other sources only."""
    if {"OPEN", "HIGH", "LOW", "CLOSE"} <= {cell.upper() for cell in header}:
        return True
    entries = (catalogue.entry(cell.upper()) for cell in header[1:])
    return any(entry is not None and entry.sources and _NAME not in entry.sources for entry in entries)


def _is_fred(catalogue: Catalogue, heading: str) -> bool:
    entry = catalogue.entry(heading.upper())
    return entry is not None and entry.series_id == heading.upper() and _NAME in entry.sources
