"""Macrobond blocks: a first column of labels (Title, Unit, Frequency, Source, Start, End …), then dates down.

The series is what the row of ids says, else the title. `(F)` behind a value or a date marks a forecast,
which is stored as one. No export of a real desk has been seen; the layout is that of the help pages.
"""

from __future__ import annotations

from collections.abc import Mapping

from briefing.data.reading.shape import Column, Shape, Sheet
from briefing.data.sources.registry import recogniser
from briefing.data.tabular.column_cells import is_blank
from briefing.data.tabular.data_width import data_width
from briefing.data.tabular.footer import footer_below, source_note
from briefing.data.tabular.forecasts import without_forecast_marks
from briefing.data.tabular.known import entry_of_heading, series_of_code
from briefing.data.tabular.label_rows import LabelRows, label_rows, lead_column, plain_label
from briefing.data.tabular.unit_problems import unit_problem
from briefing.data.tabular.unit_words import unit_in
from briefing.text import Label

_LABELS = frozenset(
    (
        *("title", "unit", "units", "frequency", "source", "start", "end", "start date", "end date", "last value"),
        *("currency", "region", "category", "release", "last update", "last modified", "observations"),
    )
)
_FEWEST = 3
_IDS = ("series", "series id", "id", "name", "code", "macrobond id", "primname", "macrobond name")
_STYLES = (
    *("iso", "mdy", "dmy", "named", "serial", "instant", "month", "mon_yy", "mon_yyyy", "month_m", "quarter"),
    *("quarter_first", "yyyy_mon"),
)


@recogniser("macrobond", Label("Macrobond table", "Macrobond資料表"))
def look(sheet: Sheet) -> Shape | None:
    """At least three of Macrobond's labels above the dates of the first column."""
    head = sheet.grid.head()
    lead = lead_column(head)
    if len(_LABELS & {plain_label(row.cells[lead]) for row in head if len(row.cells) > lead}) < _FEWEST:
        return None
    plain = without_forecast_marks(sheet.grid, 0)
    seen = sheet if plain is None else Sheet(plain[0], sheet.catalogue)
    rows = seen.grid.rows
    labels = label_rows(rows)
    if labels is None or len(_LABELS & labels.rows.keys()) < _FEWEST:
        return None
    end = footer_below(rows, labels.first, labels.lead).end
    columns = _columns(seen, labels, end)
    if not columns:
        return None
    units = labels.rows.get("unit") or labels.rows.get("units")
    said = [(column, unit_in(labels.first_of(("unit", "units"), column.index)) or "") for column in columns]
    return Shape(
        first=labels.first,
        end=end,
        width=data_width(rows, labels.first, end, [labels.lead, columns[-1].index]),
        dates=labels.lead,
        columns=tuple(columns),
        styles=_STYLES,
        local_numbers=True,
        evidence=0.7,
        saw=_saw(labels),
        source_note=source_note(labels.cell("source", columns[0].index)),
        problems=tuple(
            problem for column, unit in said if units and (problem := unit_problem(seen, units.line, column, unit))
        ),
        grid=plain[0] if plain else None,
        marked=plain[1] if plain else {},
    )


def _columns(sheet: Sheet, labels: LabelRows, end: int) -> list[Column]:
    """A column for each series: by its id, else by its title; one that is not known is asked about."""
    columns = []
    for at in labels.columns():
        code = labels.first_of((*_IDS, ""), at)
        heading = code or labels.cell("title", at)
        if not heading and is_blank(sheet.grid, at, labels.first, end):
            continue
        heading = heading or str(at + 1)
        entry = entry_of_heading(sheet.catalogue, heading)
        columns.append(
            Column(at, heading, entry.series_id if entry else series_of_code(sheet.catalogue, "macrobond", heading))
        )
    return columns


def _saw(labels: LabelRows) -> Label:
    found: Mapping[str, object] = labels.rows
    named = [name for name in found if name in _LABELS][:4]
    return Label(f"Labels “{', '.join(named)}” above dates", f"日期上方有標籤「{'、'.join(named)}」")
