"""A plain wide table: a date column, then one column a series, headed by its id or alias."""

from __future__ import annotations

from briefing.data.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.text import Label

DATE_HEADINGS = ("date", "dates", "day", "日期")
PLAIN_STYLES = ("iso", "mdy", "dmy", "ymd", "compact", "named", "instant")
_GENERIC = ("value", "close", "price", "last", "rate", "level", "px_last", "數值", "收盤")


@recogniser("plain_wide", Label("Plain table, one column a series", "一般寬表（每欄一個序列）"))
def look(sheet: Sheet) -> Shape | None:
    """A date heading; ids of the catalogue weigh most, a lone heading such as “close” asks for the id."""
    header = sheet.grid.rows[0].cells
    if header[0].lower() not in DATE_HEADINGS or len(header) < 2 or not all(header):
        return None
    if len(header) == 2 and header[1].lower() in _GENERIC:
        doubt = Label("The file does not name its series.", "檔案未註明序列代碼。")
        return _shape(header, (Column(1, header[1]),), evidence=0.3, cap=0.7, doubts=(doubt,))
    names = [heading.upper() for heading in header[1:]]
    known = sum(sheet.catalogue.entry(name) is not None for name in names)
    columns = tuple(Column(at, header[at], names[at - 1]) for at in range(1, len(header)))
    if not known:
        return None
    if known < len(names) or _belongs_to_vendor(sheet, header):
        return _shape(header, columns, evidence=0.3, cap=0.7)
    return _shape(header, columns, evidence=0.6)


def _shape(
    header: tuple[str, ...],
    columns: tuple[Column, ...],
    *,
    evidence: float,
    cap: float = 1.0,
    doubts: tuple[Label, ...] = (),
) -> Shape:
    return Shape(
        first=1,
        width=len(header),
        dates=0,
        columns=columns,
        styles=PLAIN_STYLES,
        evidence=evidence,
        saw=header_of(header),
        cap=cap,
        local_numbers=True,
        doubts=doubts,
    )


def _belongs_to_vendor(sheet: Sheet, header: tuple[str, ...]) -> bool:
    """Spellings that FRED and Cboe use themselves, in files with commas."""
    if sheet.grid.delimiter != ",":
        return False
    if header[0] == "DATE":
        return True
    entry = sheet.catalogue.entry(header[1].upper())
    return len(header) == 2 and header[0] == "date" and entry is not None and "fred_graph" in entry.sources
