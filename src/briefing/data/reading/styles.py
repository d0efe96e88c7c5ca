"""In which style a table writes its dates and numbers: declared, plain from the file, or asked."""

from __future__ import annotations

from briefing.data.dates.date_text import (
    DATE_STYLES,
    DateStyle,
    counted_from_1904,
    date_styles,
    rivals,
    without_weekends,
)
from briefing.data.reading.cells import CutLines
from briefing.data.reading.grid import Grid
from briefing.data.reading.number_columns import first_signed, number_styles
from briefing.data.reading.number_text import NUMBER_STYLES, POINT, NumberStyle, read_number
from briefing.data.reading.sampling import date_texts, value_columns
from briefing.data.reading.shape import Shape
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label


def date_style(grid: Grid, shape: Shape, declared: str) -> DateStyle:
    """The style of a table's dates. Raises `Refused` with the readings when two of them are possible.

    `declared` is what a person chose, "" for nothing. It counts where the dates are written that way, or
    in a way that can be mistaken for it; dates that do not fit are then faults of their rows.
    """
    style = _style(grid, shape, declared)
    return counted_from_1904(style) if grid.from_1904 else style


def _style(grid: Grid, shape: Shape, declared: str) -> DateStyle:
    texts = date_texts(grid, shape)
    chosen = DATE_STYLES.get(declared)
    if chosen is not None and any(style.read(text, None) for style in (chosen, *rivals(chosen)) for text in texts):
        return chosen
    fitting = date_styles(texts, shape.styles)
    if not fitting:
        return max((DATE_STYLES[name] for name in shape.styles), key=lambda style: _hits(style, texts))
    if len(fitting) > 1:
        fitting = without_weekends(texts, fitting) or fitting
    if len({tuple(style.read(text, None) for text in texts) for style in fitting}) > 1:
        raise Refused(_which_dates(grid, shape, fitting, texts))
    return fitting[0]


def number_style(grid: Grid, shape: Shape, declared: str) -> NumberStyle:
    """The style of a table's numbers. Raises `Refused` when the decimal sign cannot be told.

    A format that fixes its decimal sign is read in no other. Cells parted by commas, and those of a
    workbook, have decimal points unless commas inside the cells say otherwise.
    """
    if shape.local_numbers and declared in NUMBER_STYLES:
        return NUMBER_STYLES[declared]
    fitting = number_choices(grid, shape)
    if len(fitting) > 1:
        raise Refused(_which_numbers(grid, shape, first_signed(value_columns(grid, shape)) or ""))
    return fitting[0]


def number_choices(grid: Grid, shape: Shape) -> tuple[NumberStyle, ...]:
    """The styles in which a table's numbers can be read: one, or two where the decimal sign cannot be told."""
    if not shape.local_numbers:
        return (POINT,)
    if grid.delimiter == "," and isinstance(grid.rows, CutLines):
        return (POINT,)  # without quotes no cell can hold a comma
    columns = value_columns(grid, shape)
    if grid.delimiter in {",", ""} and first_signed(columns, ",") is None:
        return (POINT,)
    return number_styles(columns, shape.sentinels) or (POINT,)


def _hits(style: DateStyle, texts: list[str]) -> int:
    return sum(style.read(text, None) is not None for text in texts)


def _which_dates(grid: Grid, shape: Shape, styles: tuple[DateStyle, ...], texts: list[str]) -> Problem:
    first = [(style, [str(style.read(text, None)) for text in texts[:3]], _weekends(style, texts)) for style in styles]
    shown_en = "; ".join(f"{s.label.en}: {', '.join(days)}, {n:,} on a weekend" for s, days, n in first)
    shown_zh = "；".join(f"{s.label.zh}：{'、'.join(days)}，週末{n:,}日" for s, days, n in first)
    line = grid.rows[shape.first].line
    options = " | ".join(f"--dates {style.name}" for style in styles)
    return error(
        "import.ambiguous_dates",
        Place(file=grid.title, row=line, column=str(shape.dates + 1)),
        Label(
            f"{grid.title}, line {line}, column {shape.dates + 1}: the dates can be read in two ways ({shown_en}).",
            f"{grid.title}第{line}行第{shape.dates + 1}欄：日期有兩種讀法（{shown_zh}）。",
        ),
        Label(
            f"Choose one: {options}. The choice is remembered for the folder.",
            f"請選擇：{options}。此資料夾會沿用這項選擇。",
        ),
    )


def _weekends(style: DateStyle, texts: list[str]) -> int:
    days = (style.read(text, None) for text in texts)
    return sum(day is not None and day.weekday() >= 5 for day in days)


def _which_numbers(grid: Grid, shape: Shape, example: str) -> Problem:
    line = grid.rows[shape.first].line
    heading = shape.columns[0].heading
    read = [(style, read_number(example, style)) for style in NUMBER_STYLES.values()]
    shown_en = "; ".join(f"{style.label.en}: {value:,.6g}" for style, value in read)
    shown_zh = "；".join(f"{style.label.zh}：{value:,.6g}" for style, value in read)
    options = " | ".join(f"--numbers {style.name}" for style, _ in read)
    return error(
        "import.ambiguous_numbers",
        Place(file=grid.title, row=line, column=heading),
        Label(
            f"{grid.title}, line {line}, column {heading}: “{example}” can have a decimal sign or a thousands sign"
            f" ({shown_en}).",
            f"{grid.title}第{line}行，{heading}欄：「{example}」中的符號可能是小數點或千分位（{shown_zh}）。",
        ),
        Label(
            f"Choose one: {options}. The choice is remembered for the folder.",
            f"請選擇：{options}。此資料夾會沿用這項選擇。",
        ),
    )
