"""Wind's economic database (EDB): labels 指标名称, 频率, 单位, 指标ID, 来源 in the first column, then dates down.

The last line, 数据来源：Wind, is no data and becomes the source.
"""

from __future__ import annotations

from briefing.data.reading.shape import Column, Shape, Sheet, quoting
from briefing.data.sources.registry import recogniser
from briefing.data.tabular.column_cells import is_blank
from briefing.data.tabular.data_width import data_width
from briefing.data.tabular.date_forms import styles_of
from briefing.data.tabular.footer import footer_below, source_note
from briefing.data.tabular.known import entry_of_heading
from briefing.data.tabular.label_rows import LabelRows, label_rows
from briefing.data.tabular.unit_problems import unit_problem
from briefing.data.tabular.unit_words import unit_in
from briefing.text import Label

_NAMES = ("指标名称", "指標名稱")
_IDS = ("指标id", "指標id", "指标代码", "指標代碼")
_UNITS = ("单位", "單位")
_SOURCES = ("来源", "來源")


@recogniser("wind", Label("Wind economic database (EDB)", "Wind經濟資料庫（EDB）"))
def look(sheet: Sheet) -> Shape | None:
    """A row that begins with 指标名称 above the dates of the first column."""
    rows = sheet.grid.rows
    labels = label_rows(rows)
    if labels is None or not any(name in labels.rows for name in _NAMES):
        return None
    footer = footer_below(rows, labels.first, labels.lead)
    columns = _columns(sheet, labels, footer.end)
    if not columns:
        return None
    line = next(labels.rows[name].line for name in (*_UNITS, *_NAMES) if name in labels.rows)
    said = [(column, unit_in(labels.first_of(_UNITS, column.index)) or "") for column in columns]
    return Shape(
        first=labels.first,
        end=footer.end,
        width=data_width(rows, labels.first, footer.end, [labels.lead, columns[-1].index]),
        dates=labels.lead,
        columns=tuple(columns),
        styles=styles_of([row.cells[labels.lead] for row in rows[labels.first : min(footer.end, labels.first + 60)]]),
        local_numbers=True,
        evidence=0.9,
        saw=quoting(Label("Wind indicators", "Wind指標"), [column.heading for column in columns]),
        source_note=footer.source or source_note(labels.first_of(_SOURCES, columns[0].index)),
        doubts=footer.doubts,
        problems=tuple(one for column, unit in said if (one := unit_problem(sheet, line, column, unit))),
    )


def _columns(sheet: Sheet, labels: LabelRows, end: int) -> list[Column]:
    """A column for each indicator: by its id, else by its name; one that is not known is asked about."""
    columns = []
    for at in labels.columns():
        code, name = labels.first_of(_IDS, at), labels.first_of(_NAMES, at)
        if not code and not name and is_blank(sheet.grid, at, labels.first, end):
            continue
        coded = sheet.catalogue.coded("wind", code)
        entry = coded or entry_of_heading(sheet.catalogue, name)
        heading = name or code or str(at + 1)
        columns.append(Column(at, heading, entry.series_id if entry else code or heading))
    return columns
