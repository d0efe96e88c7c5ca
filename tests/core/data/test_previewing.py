"""The mapping dialog is drawn from a preview: what a file holds, what it may be, what each column would become."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.data.intake.choices import LEFT_OUT, Choices
from briefing.data.intake.folders import Folder, write_folders
from briefing.data.intake.importing import import_files
from briefing.data.intake.previewing import Preview, TablePreview, look_at
from briefing.data.workspace import Workspace
from briefing.problems import Refused

Write = Callable[[str, str | bytes], Path]
TABLE = "Date,UST10Y,Our spread\n03/04/2024,4.2,13\n04/04/2024,4.3,\n09/04/2024,4.4,15\n"


def only_table(preview: Preview) -> TablePreview:
    (table,) = preview.tables
    return table


def test_a_clear_file_shows_its_format_styles_columns_and_first_values(workspace: Workspace, write: Write) -> None:
    path = write("x.csv", "DATE,DGS10\n2025-01-13,4.79\n2025-01-14,.\n2025-01-15,4.66\n2025-01-16,4.6\n")
    table = only_table(look_at(workspace, path))
    assert (table.source, table.questions, table.row_count) == ("fred_graph", (), 5)
    assert table.rows[1] == (2, ("2025-01-13", "4.79"))
    assert table.guess is not None
    (column,) = table.guess.columns
    assert column.entry is not None
    assert (table.guess.dates, table.guess.numbers, column.entry.series_id) == ("iso", "point", "DGS10")
    assert column.texts == ("4.79", ".", "4.66")
    assert column.values == (("2025-01-13", 4.79), ("2025-01-14", None), ("2025-01-15", 4.66))
    assert column.last == (("2025-01-14", None), ("2025-01-15", 4.66), ("2025-01-16", 4.6))
    assert (table.guess.date_columns, column.index, table.guess.first_line) == ((0,), 1, 2)


def test_everything_that_is_open_is_asked_at_once(workspace: Workspace, write: Write) -> None:
    table = only_table(look_at(workspace, write("x.csv", TABLE), Choices(source="plain_wide")))
    assert {question.check for question in table.questions} == {"import.unknown_series", "import.ambiguous_dates"}
    assert table.guess is not None
    assert [(one.style.name, one.days, one.weekends) for one in table.guess.date_choices] == [
        ("mdy", ("2024-03-04", "2024-04-04", "2024-09-04"), 0),
        ("dmy", ("2024-04-03", "2024-04-04", "2024-04-09"), 0),
    ]
    assert [(one.heading, one.entry is not None, one.values) for one in table.guess.columns] == [
        ("UST10Y", True, ()),
        ("Our spread", False, ()),
    ]


def test_both_readings_of_a_number_are_shown_where_its_sign_is_not_clear(workspace: Workspace, write: Write) -> None:
    path = write("x.csv", "Date;UST10Y\n2024-04-03;4,125\n2024-04-04;4,250\n2024-04-05;4,375\n")
    table = only_table(look_at(workspace, path, Choices(source="plain_wide")))
    assert [question.check for question in table.questions] == ["import.ambiguous_numbers"]
    assert table.guess is not None
    assert [(one.style.name, one.text, one.value) for one in table.guess.number_choices] == [
        ("point", "4,125", 4125.0),
        ("comma", "4,125", 4.125),
    ]
    settled = only_table(look_at(workspace, path, Choices(source="plain_wide", numbers="comma")))
    assert settled.questions == ()
    assert settled.guess is not None
    assert settled.guess.columns[0].last[-1] == ("2024-04-05", 4.375)


def test_the_last_values_are_those_at_the_end_of_the_table(workspace: Workspace, write: Write) -> None:
    days = "".join(f"2024-04-{day:02d},4.{day:02d}\n" for day in range(1, 31))
    table = only_table(look_at(workspace, write("x.csv", f"Date,UST10Y\n{days}"), Choices(source="plain_wide")))
    assert table.guess is not None
    assert table.guess.columns[0].values[0] == ("2024-04-01", 4.01)
    assert table.guess.columns[0].last == (("2024-04-28", 4.28), ("2024-04-29", 4.29), ("2024-04-30", 4.3))


def test_each_answer_changes_the_guess(workspace: Workspace, write: Write) -> None:
    path = write("x.csv", TABLE)
    said = Choices(source="plain_wide", dates="dmy", columns={"Our spread": "VIX"})
    table = only_table(look_at(workspace, path, said))
    assert table.questions == ()
    assert table.guess is not None
    assert table.guess.columns[1].values == (("2024-04-03", 13.0), ("2024-04-04", None), ("2024-04-09", 15.0))
    without = Choices(source="plain_wide", dates="mdy", columns={"Our spread": LEFT_OUT})
    table = only_table(look_at(workspace, path, without))
    assert table.questions == ()
    assert table.guess is not None
    assert [one.left_out for one in table.guess.columns] == [False, True]
    assert table.guess.columns[0].values[0] == ("2024-03-04", 4.2)


def test_what_the_preview_asks_is_what_the_import_asks(workspace: Workspace, write: Write) -> None:
    path = write("x.csv", TABLE)
    said = Choices(source="plain_wide")
    (report,) = import_files(workspace, [path], choices=said)
    assert report.problems == only_table(look_at(workspace, path, said)).questions


def test_looking_changes_nothing(workspace: Workspace, write: Write) -> None:
    def files() -> list[Path]:
        return sorted(workspace.root.rglob("*"))

    before = files()
    look_at(workspace, write("x.csv", "DATE,DGS10\n2025-01-13,4.79\n"))
    assert files() == before


def test_what_was_decided_for_the_folder_is_in_force(workspace: Workspace, write: Write) -> None:
    path = write("x.csv", TABLE)
    folder = Folder(source="plain_wide", dates="dmy", columns={"Our spread": LEFT_OUT})
    write_folders(workspace.folders, {str(path.parent): folder})
    preview = look_at(workspace, path)
    assert (preview.choices.dates, only_table(preview).questions) == ("dmy", ())


def test_a_long_table_shows_a_column_for_each_key(workspace: Workspace, write: Write) -> None:
    path = write("x.csv", "date,ticker,value\n2025-01-13,DGS10,4.79\n2025-01-13,MINE,1.5\n2025-01-14,DGS10,4.78\n")
    table = only_table(look_at(workspace, path, Choices(source="plain_long")))
    assert table.guess is not None
    assert [(one.heading, one.texts, one.values) for one in table.guess.columns] == [
        ("DGS10", ("4.79", "4.78"), (("2025-01-13", 4.79), ("2025-01-14", 4.78))),
        ("MINE", ("1.5",), ()),
    ]


def test_a_file_that_is_no_table_says_why(workspace: Workspace, write: Write) -> None:
    preview = look_at(workspace, write("x.csv", "<!DOCTYPE html><title>404</title>"))
    assert preview.tables == ()
    assert "web page" in preview.problems[0].message.en


def test_a_table_of_no_known_format_is_shown_with_its_rows(workspace: Workspace, write: Write) -> None:
    table = only_table(look_at(workspace, write("x.csv", "one,two\nthree,four\n")))
    assert (table.candidates, table.source, table.guess) == ((), "", None)
    assert [question.check for question in table.questions] == ["import.unknown"]
    assert table.rows == ((1, ("one", "two")), (2, ("three", "four")))


def test_a_preview_can_be_sent_to_the_window(workspace: Workspace, write: Write) -> None:
    sent = json.loads(json.dumps(look_at(workspace, write("x.csv", TABLE), Choices(source="plain_wide")).as_json()))
    (table,) = sent["tables"]
    assert table["rows"][0] == {"line": 1, "cells": ["Date", "UST10Y", "Our spread"]}
    assert table["candidates"][0]["source"] == "plain_wide"
    assert table["guess"]["columns"][0]["series"] == "DGS10"
    assert table["guess"]["date_choices"][0]["label"] == {"en": "month/day/year", "zh": "月/日/年"}


def test_a_style_that_there_is_not_is_refused(workspace: Workspace, write: Write) -> None:
    with pytest.raises(Refused, match="--dates cannot be “american”"):
        look_at(workspace, write("x.csv", TABLE), Choices(dates="american"))
