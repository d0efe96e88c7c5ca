"""What is said of a column whose unit in the file is not the one that the catalogue stores its series in."""

from __future__ import annotations

from briefing.data.reading.shape import Column, Sheet
from briefing.data.tabular.unit_words import contradicts
from briefing.problems import Place, Problem, error
from briefing.text import Label


def unit_problem(sheet: Sheet, line: int, column: Column, unit: str) -> Problem | None:
    """An error for a known series in another unit; None when the unit is right, unsaid, or the series unknown."""
    entry = sheet.catalogue.entry(column.series or "")
    if entry is None or not contradicts(unit, entry):
        return None
    title = sheet.grid.title
    return error(
        "import.unit",
        Place(file=title, row=line, column=column.heading),
        Label(
            f"{title}, line {line}, column {column.heading}: the file says “{unit}”; "
            f"the catalogue has {entry.series_id} in “{entry.stored_unit}”.",
            f"{title}第{line}行，{column.heading}欄：檔案單位為「{unit}」，但目錄中{entry.series_id}的單位為「{entry.stored_unit}」。",
        ),
        Label(
            "Set stored_unit of the series in the workspace's catalogue.toml, or leave the column out.",
            "請在工作區的catalogue.toml設定該序列的stored_unit，或略過此欄。",
        ),
    )
