"""How a recognised file is to be read: its ids, its date style, its decimal sign. What is open is asked."""

from __future__ import annotations

from pathlib import PurePath

from briefing.data.catalogue import Catalogue
from briefing.data.date_text import DATE_STYLES, DateStyle, date_styles, without_weekends
from briefing.data.file_names import ids_in_name
from briefing.data.grid import Grid
from briefing.data.number_text import POINT, NumberStyle, number_styles
from briefing.data.reading import Names, Plan, cell_texts, date_texts
from briefing.data.recognising import Candidate
from briefing.data.shape import Shape, Sheet
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label


def plan(sheet: Sheet, chosen: Candidate, *, as_id: str | None, named: bool, date_style: str | None) -> Plan:
    """Settle everything that reading needs. Raises `Refused` with a question that a choice answers.

    `as_id` is the id the user gave, now or before. `named` says that the user named the format, so
    that a file called exactly like a series may stand for it. `date_style` is the folder's choice.
    """
    shape, grid = chosen.shape, sheet.grid
    names = _names(sheet, chosen, as_id, named=named)
    dates = _date_style(grid, shape, date_style)
    return Plan(shape, dates, _number_style(grid, shape), names, sheet.catalogue)


def _names(sheet: Sheet, chosen: Candidate, as_id: str | None, *, named: bool) -> Names:
    shape, catalogue, name = chosen.shape, sheet.catalogue, sheet.grid.name
    if shape.names is not None:
        return {}
    base = as_id or _from_file_name(chosen, catalogue, name, named=named)
    if shape.nameless and base is None:
        raise Refused(_nameless(sheet, chosen))
    if as_id and len([column for column in shape.columns if not column.role]) > 1:
        raise Refused(_several(name, as_id))
    names = {}
    for column in shape.columns:
        series = (base if as_id or column.series is None else column.series) or ""
        entry = catalogue.entry(series)
        if entry is None:
            raise Refused(_unknown(name, sheet.grid.rows[max(shape.first - 1, 0)].line, column.heading, series))
        names[column.index] = f"{entry.series_id}_{column.role}" if column.role else entry.series_id
    return names


def _from_file_name(chosen: Candidate, catalogue: Catalogue, name: str, *, named: bool) -> str | None:
    pattern = chosen.recogniser.file_name
    match = pattern.fullmatch(name) if pattern else None
    if match is not None and "id" in match.groupdict():
        return str(match["id"])
    stem = PurePath(name).stem.upper()
    return stem if named and catalogue.entry(stem) else None


def _date_style(grid: Grid, shape: Shape, chosen: str | None) -> DateStyle:
    if chosen in DATE_STYLES and chosen in shape.styles:
        return DATE_STYLES[chosen]
    texts = date_texts(grid, shape)
    fitting = date_styles(texts, shape.styles)
    if not fitting:
        return max((DATE_STYLES[name] for name in shape.styles), key=lambda style: _hits(style, texts))
    if len(fitting) > 1:
        fitting = without_weekends(texts, fitting) or fitting
    if len(fitting) > 1:
        raise Refused(_which_dates(grid, shape, fitting, texts[:3]))
    return fitting[0]


def _hits(style: DateStyle, texts: list[str]) -> int:
    return sum(style.read(text, None) is not None for text in texts)


def _number_style(grid: Grid, shape: Shape) -> NumberStyle:
    if not shape.local_numbers or grid.delimiter == ",":
        return POINT
    texts = cell_texts(grid, shape)
    fitting = number_styles(text for text in texts if any(sign.isdigit() for sign in text))
    if len(fitting) > 1:
        raise Refused(_which_numbers(grid, shape, texts))
    return fitting[0] if fitting else POINT


def _nameless(sheet: Sheet, chosen: Candidate) -> Problem:
    name, source = sheet.grid.name, chosen.recogniser.name
    known = ids_in_name(name, sheet.catalogue)
    example = known[0] if known else "ID"
    listed_en = f" The file's name suggests {', '.join(known)}." if known else ""
    listed_zh = f"檔名可能指{'、'.join(known)}。" if known else ""
    return error(
        "import.nameless",
        Place(file=name, row=sheet.grid.rows[0].line),
        Label(
            f"{name}, line {sheet.grid.rows[0].line}: the file does not say which series it holds.{listed_en}",
            f"{name}第{sheet.grid.rows[0].line}行：檔案未註明是哪個序列。{listed_zh}",
        ),
        Label(
            f"Name it: briefing import {name} --source {source} --as {example}",
            f"請指定：briefing import {name} --source {source} --as {example}",
        ),
    )


def _several(name: str, as_id: str) -> Problem:
    return error(
        "import.several",
        Place(file=name),
        Label(f"{name} holds several series; {as_id} can name only one.", f"{name}含有多個序列，{as_id}只能指定一個。"),
        Label("Import it without --as.", "請不要使用--as。"),
    )


def _unknown(name: str, line: int, heading: str, series: str) -> Problem:
    return error(
        "import.unknown_series",
        Place(file=name, row=line, column=heading),
        Label(
            f"{name}, line {line}, column {heading}: the catalogue has no series {series}.",
            f"{name}第{line}行，{heading}欄：目錄中沒有序列{series}。",
        ),
        Label(
            f'Add [[series]] with series_id = "{series}", name_en, name_zh, kind, source_en and source_zh '
            "to the workspace's catalogue.toml.",
            f'請在工作區的catalogue.toml加入[[series]]，填寫series_id = "{series}"、name_en、name_zh、kind、source_en與source_zh。',
        ),
    )


def _which_dates(grid: Grid, shape: Shape, styles: tuple[DateStyle, ...], texts: list[str]) -> Problem:
    read = [(style.label, [str(style.read(text, None)) for text in texts]) for style in styles]
    shown_en = "; ".join(f"{label.en}: {', '.join(days)}" for label, days in read)
    shown_zh = "；".join(f"{label.zh}：{'、'.join(days)}" for label, days in read)
    line = grid.rows[shape.first].line
    options = ", ".join(f'dates = "{style.name}"' for style in styles)
    return error(
        "import.ambiguous_dates",
        Place(file=grid.name, row=line, column=str(shape.dates + 1)),
        Label(
            f"{grid.name}, line {line}, column {shape.dates + 1}: the dates can be read in two ways ({shown_en}).",
            f"{grid.name}第{line}行第{shape.dates + 1}欄：日期有兩種讀法（{shown_zh}）。",
        ),
        Label(
            f"Choose one for this folder in folders.toml: {options}.", f"請在folders.toml為此資料夾選定：{options}。"
        ),
    )


def _which_numbers(grid: Grid, shape: Shape, texts: list[str]) -> Problem:
    line = grid.rows[shape.first].line
    example = next(text for text in texts if "." in text or "," in text)
    return error(
        "import.ambiguous_numbers",
        Place(file=grid.name, row=line, column=shape.columns[0].heading),
        Label(
            f"{grid.name}, line {line}, column {shape.columns[0].heading}: “{example}” can have a decimal sign or a thousands sign.",
            f"{grid.name}第{line}行，{shape.columns[0].heading}欄：「{example}」中的符號可能是小數點或千分位。",
        ),
        Label(
            "Export the file with commas between the cells and decimal points.",
            "請改以逗號分隔欄位、以句點作小數點匯出。",
        ),
    )
