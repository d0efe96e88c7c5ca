"""The tables of one file beside each other: which hold no data, which a person left out, what was said in vain."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from briefing.data.containers.table import Table
from briefing.data.intake.choices import Choices
from briefing.data.intake.incoming import Incoming
from briefing.data.tabular.date_column import date_columns
from briefing.problems import Place, Problem, Refused, error, info, warning
from briefing.text import Label


def sorted_out(read: Sequence[Incoming]) -> tuple[tuple[Problem, ...], Sequence[Incoming]]:
    """Remarks on the tables of a file that hold no data, and the others; all when none holds any.

    A sheet of notes is no table. One that has dates beside values is, also when no format fits it.
    """
    if not read:
        raise Refused(_nothing_left())
    notes = [one for one in read if _is_note(one)]
    if len(read) == 1 or len(notes) == len(read):
        return (), read
    return tuple(_no_table(one) for one in notes), [one for one in read if one not in notes]


def remarks_on_parts(tables: Sequence[Table], skip: Collection[str]) -> Iterator[Problem]:
    """One for each sheet or member that a person left out."""
    for table in tables:
        if table.part in skip:
            title = table.grid.title
            yield info(
                "import.part_left_out",
                Place(file=title),
                Label(f"{title} was left out, as you decided.", f"已依您的選擇略過{title}。"),
                Label("Delete it from folders.toml to have it read.", "若要讀取，請由folders.toml移除。"),
            )


def unused(choices: Choices, read: Sequence[Incoming]) -> Iterator[Problem]:
    """One for each decision on a heading that no table of the file has."""
    if any(one.content is None for one in read):
        return
    decided = {heading for one in read for heading in one.report.decided}
    for heading in choices.columns:
        if heading not in decided:
            name = read[0].report.file
            yield warning(
                "import.no_heading",
                Place(file=name, column=heading),
                Label(
                    f"{name} has no column {heading}; what you said of it was not used.",
                    f"{name}沒有{heading}欄，相關設定未使用。",
                ),
                Label("Write the heading exactly as the file has it.", "請依檔案中的標題填寫。"),
            )


def _is_note(one: Incoming) -> bool:
    """Whether no format fits a table and nothing in it looks like dated values."""
    unknown = {problem.check for problem in one.report.problems} in ({"import.unknown"}, {"import.not_series"})
    return one.content is None and unknown and not date_columns(one.table.grid.head())


def _no_table(one: Incoming) -> Problem:
    title = one.table.grid.title
    return info(
        "import.no_table",
        Place(file=title),
        Label(f"{title} holds no table of dated values; it was not read.", f"{title}沒有含日期的資料表，未讀取。"),
        Label("Nothing needs to be done.", "無須處理。"),
    )


def _nothing_left() -> Problem:
    return error(
        "import.nothing_left",
        Place(),
        Label("Every table of the file has been left out.", "檔案中的所有資料表都已略過。"),
        Label("Take one of them out of “skip” in folders.toml.", "請由folders.toml的skip移除其中之一。"),
    )
