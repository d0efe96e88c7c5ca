"""FRED's workbooks and archives: the sheet `FRED Graph`, or sheets and files called after a frequency.

The older workbook begins with `FRED Graph Observations`, some lines about FRED, a row for each series (its
id, then title, unit, frequency and adjustment in one cell) and `Frequency: Daily`; the row that begins with
`observation_date` is the header. Newer ones have a sheet `README` and a sheet a frequency; archives have
`README.txt`, `daily.csv`, `monthly.csv`. The figures are those of FRED's CSV, so they are one dataset.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from briefing.data.catalogue import Catalogue
from briefing.data.intake.part_names import last_part
from briefing.data.reading.grid import Grid
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.problems import Place, Problem, error
from briefing.text import Label

HEADER = "observation_date"
NO_ID = Label("The file does not name its series.", "檔案未註明序列代碼。")
_SIGNATURE = "FRED Graph Observations"
_FREQUENCY = "Frequency: "
_LOOKED_AT = 200
_CODES: Mapping[str, str] = MappingProxyType(
    {"daily": "D", "weekly": "W", "biweekly": "W", "monthly": "M", "quarterly": "Q", "semiannual": "A", "annual": "A"}
)
_ORDER = "DWMQA"
_WORDS: Mapping[str, Label] = MappingProxyType(
    {
        "D": Label("daily", "日"),
        "W": Label("weekly", "週"),
        "M": Label("monthly", "月"),
        "Q": Label("quarterly", "季"),
        "A": Label("annual", "年"),
    }
)
_STYLES = ("iso", "serial")


def look_at_workbook(sheet: Sheet) -> Shape | None:
    """A sheet of FRED's own workbooks; None for any other."""
    rows = sheet.grid.rows[:_LOOKED_AT]
    at = next((place for place, row in enumerate(rows) if row.cells[0] == HEADER), None)
    signed = rows[0].cells[0] == _SIGNATURE
    if at is None or (at > 0 and not signed):
        return None
    header = rows[at].cells
    columns = tuple(Column(place, name, name.upper()) for place, name in enumerate(header) if place and name)
    if not columns:
        return None
    return Shape(
        first=at + 1,
        width=len(header),
        dates=0,
        columns=columns,
        styles=_STYLES,
        evidence=0.9 if signed else 0.6,
        saw=_saw(sheet.grid, at) if signed else header_of(header),
        doubts=tuple(_units(sheet, at)),
        problems=tuple(coarser(sheet, columns, rows[at].line)),
    )


def look_at_answer(sheet: Sheet) -> Shape | None:
    """The observations that FRED's API answers with, as JSON or XML: they do not name their series."""
    header = sheet.grid.rows[0].cells
    if not {"realtime_start", "date", "value"} <= set(header):
        return None
    return Shape(
        first=1,
        width=len(header),
        dates=header.index("date"),
        columns=(Column(header.index("value"), "value"),),
        styles=("iso",),
        evidence=0.6,
        saw=header_of(header),
        cap=0.7,
        doubts=(NO_ID,),
    )


def coarser(sheet: Sheet, columns: tuple[Column, ...], line: int) -> Iterator[Problem]:
    """An error a column whose series the catalogue has at a higher frequency than the table says of itself.

    FRED offers averages of days by week, month or quarter under the id of the daily series.
    """
    found = _frequency(sheet.grid)
    if found is None:
        return
    for column in columns:
        entry = sheet.catalogue.entry(column.series or "")
        if entry is None or entry.freq not in _WORDS or _ORDER.index(found) <= _ORDER.index(entry.freq):
            continue
        words, own = _WORDS[found], _WORDS[entry.freq]
        yield error(
            "import.coarser",
            Place(file=sheet.grid.title, row=line, column=column.heading),
            Label(
                f"{sheet.grid.title}, line {line}, column {column.heading}: {words.en} figures of a {own.en} series.",
                f"{sheet.grid.title}第{line}行，{column.heading}欄：此為{own.zh}資料序列的{words.zh}平均或期末值。",
            ),
            Label(
                "Download it again at its own frequency; averages must not stand among its values.",
                "請以原始頻率重新下載，平均值不可與原始數值混用。",
            ),
        )


def _frequency(grid: Grid) -> str | None:
    """What the table says of its frequency: in a line above the header, or by the name of the sheet or file."""
    rows = grid.rows[:_LOOKED_AT]
    said = next((row.cells[0] for row in rows if row.cells[0].startswith(_FREQUENCY)), None)
    if said is None:
        said = PurePosixPath(last_part(grid.part)).stem
    words = said.removeprefix(_FREQUENCY).replace(",", " ").lower().split()
    return _CODES.get(words[0]) if words else None


def _titles(grid: Grid, header: int) -> Mapping[str, str]:
    """The title of each series, with its unit, frequency and adjustment."""
    ids = set(grid.rows[header].cells[1:])
    rows = (row.cells for row in grid.rows[:header])
    return {cells[0]: cells[1] for cells in rows if len(cells) > 1 and cells[0] in ids}


def _saw(grid: Grid, header: int) -> Label:
    titles = _titles(grid, header)
    shown = [f"{name} “{title}”" for name, title in titles.items()][:2]
    more = len(titles) - len(shown)
    tail_en, tail_zh = (f" and {more} more", f"等{len(titles)}個序列") if more > 0 else ("", "")
    return Label(
        f"FRED's workbook of {', '.join(shown) or grid.rows[header].cells[1]}{tail_en}",
        f"FRED活頁簿，內含{'、'.join(shown) or grid.rows[header].cells[1]}{tail_zh}",
    )


def _units(sheet: Sheet, header: int) -> Iterator[Label]:
    """A doubt for each series whose title says per cent where the catalogue does not, or the other way round."""
    for name, title in _titles(sheet.grid, header).items():
        unit = _unit(title)
        stored = _stored(sheet.catalogue, name)
        if unit and stored and (unit == "Percent") != (stored == "%"):
            yield Label(
                f"{name} is in “{unit}” in this file and in “{stored}” in the catalogue.",
                f"{name}在此檔的單位為「{unit}」，目錄中為「{stored}」。",
            )


def _unit(title: str) -> str:
    """The third part from the end of `title, unit, frequency, adjustment`; of `Daily, 7-Day` the frequency is two parts."""
    parts = title.split(", ")
    at = next((place for place, part in enumerate(parts) if place and part.lower() in _CODES), 0)
    return parts[at - 1] if at > 1 else ""


def _stored(catalogue: Catalogue, name: str) -> str:
    entry = catalogue.entry(name)
    return entry.stored_unit if entry else ""
