"""A file with several tables: a report for each, all of them loaded or none, and sheets of notes named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from briefing.data.intake.choices import Choices
from briefing.data.intake.folders import read_folders
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.workspace import Workspace

Write = Callable[[str, str | bytes], Path]
Rows = list[list[object]]
YIELDS: Rows = [["Date", "UST10Y", "UST2Y"], [date(2025, 1, 13), 4.79, 4.38], [date(2025, 1, 14), 4.78, 4.37]]
VOLS: Rows = [["Date", "VIX", "MOVE"], [date(2025, 1, 13), 19.19, 101.5], [date(2025, 1, 14), 18.71, 99.2]]
BROKEN: Rows = [["Date", "VIX", "MOVE"], [date(2025, 1, 13), 19.19, "n.v."], [date(2025, 1, 14), 18.71, 99.2]]
NOTES: Rows = [["How to use this book"], ["Ask the desk before changing it."]]


def workbook(**sheets: Rows) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in members.items():
            made.writestr(f"{name}.csv", text)
    return out.getvalue()


def imported(workspace: Workspace, path: Path, choices: Choices | None = None) -> dict[str, ImportReport]:
    reports = import_files(workspace, [path], choices=choices or Choices())
    return {report.part: report for report in reports}


def test_each_sheet_is_a_table_with_a_report(workspace: Workspace, write: Write) -> None:
    found = imported(workspace, write("book.xlsx", workbook(Yields=YIELDS, Vols=VOLS)))
    assert {part: report.outcome for part, report in found.items()} == dict.fromkeys(("Yields", "Vols"), Outcome.LOADED)
    assert found["Vols"].series == ("MOVE", "VIXCLS")
    assert found["Vols"].load_id != found["Yields"].load_id
    assert Market(workspace).ids() == ("DGS10", "DGS2", "MOVE", "VIXCLS")


def test_members_of_an_archive_are_tables_of_one_file(workspace: Workspace, write: Write) -> None:
    content = archive(daily="DATE,DGS10\n2025-01-13,4.79\n", other="DATE,DGS2\n2025-01-13,4.38\n")
    found = imported(workspace, write("fred.zip", content))
    assert {part: report.series for part, report in found.items()} == {"daily.csv": ("DGS10",), "other.csv": ("DGS2",)}


def test_a_bad_table_keeps_the_whole_file_out(workspace: Workspace, write: Write) -> None:
    found = imported(workspace, write("book.xlsx", workbook(Yields=YIELDS, Vols=BROKEN)))
    assert {report.outcome for report in found.values()} == {Outcome.REFUSED}
    assert found["Vols"].problems[0].message.en == (
        "book.xlsx › Vols, line 2, column MOVE (C2): “n.v.” is not a number."
    )
    assert found["Yields"].problems[-1].check == "import.refused_with"
    assert not list(workspace.data.glob("dataset=*"))


def test_a_bad_table_can_be_left_out_and_stays_so(workspace: Workspace, write: Write) -> None:
    path = write("book.xlsx", workbook(Yields=YIELDS, Vols=BROKEN))
    found = imported(workspace, path, Choices(skip=frozenset({"Vols"})))
    assert (set(found), found["Yields"].outcome) == ({"Yields"}, Outcome.LOADED)
    assert "import.part_left_out" in [problem.check for problem in found["Yields"].problems]
    (folder,) = read_folders(workspace.folders).values()
    assert folder.skip == {"Vols"}
    later: Rows = [*YIELDS, [date(2025, 1, 15), 4.66, 4.27]]
    found = imported(workspace, write("book.xlsx", workbook(Yields=later, Vols=BROKEN)))
    assert (found["Yields"].outcome, found["Yields"].added) == (Outcome.LOADED, 2)


def test_a_sheet_of_notes_is_named_and_keeps_nothing_out(workspace: Workspace, write: Write) -> None:
    found = imported(workspace, write("book.xlsx", workbook(Notes=NOTES, Yields=YIELDS)))
    assert (set(found), found["Yields"].outcome) == ({"Yields"}, Outcome.LOADED)
    said = [problem.message.en for problem in found["Yields"].problems if problem.check == "import.no_table"]
    assert said == ["book.xlsx › Notes holds no table of dated values; it was not read."]


def test_a_sheet_of_dated_values_that_is_not_understood_is_no_note(workspace: Workspace, write: Write) -> None:
    odd: Rows = [[date(2025, 1, 13), 1, "a"], [date(2025, 1, 14), 2, "b"], [date(2025, 1, 15), 3, "c"]]
    found = imported(workspace, write("book.xlsx", workbook(Yields=YIELDS, Odd=odd)))
    assert {report.outcome for report in found.values()} == {Outcome.REFUSED}


def test_a_book_of_notes_alone_is_refused(workspace: Workspace, write: Write) -> None:
    found = imported(workspace, write("book.xlsx", workbook(Notes=NOTES)))
    assert [problem.check for problem in found["Notes"].problems] == ["import.unknown"]


def test_a_book_of_which_every_sheet_is_left_out_is_refused(workspace: Workspace, write: Write) -> None:
    path = write("book.xlsx", workbook(Yields=YIELDS))
    (report,) = import_files(workspace, [path], choices=Choices(skip=frozenset({"Yields"})))
    assert [problem.check for problem in report.problems] == ["import.nothing_left"]


def test_the_same_book_again_is_known_table_by_table(workspace: Workspace, write: Write) -> None:
    path = write("book.xlsx", workbook(Yields=YIELDS, Vols=VOLS))
    first = imported(workspace, path)
    again = imported(workspace, path)
    assert {part: (report.outcome, report.load_id) for part, report in again.items()} == {
        part: (Outcome.KNOWN, report.load_id) for part, report in first.items()
    }


def test_progress_is_told_before_each_file(workspace: Workspace, write: Write) -> None:
    told: list[tuple[int, int, str]] = []
    write("a.csv", "DATE,DGS10\n2025-01-13,4.79\n")
    folder = write("b.csv", "DATE,DGS2\n2025-01-13,4.38\n").parent
    import_files(workspace, [folder], progress=lambda done, count, name: told.append((done, count, name)))
    assert told == [(0, 2, "a.csv"), (1, 2, "b.csv")]


def test_what_was_loaded_before_a_cancelled_import_stays(workspace: Workspace, write: Write) -> None:
    class Cancelled(Exception):
        pass

    def cancel(done: int, _count: int, _name: str) -> None:
        if done:
            raise Cancelled

    paths = [write("a.csv", "DATE,DGS10\n2025-01-13,4.79\n"), write("b.csv", "DATE,DGS2\n2025-01-13,4.38\n")]
    with pytest.raises(Cancelled):
        import_files(workspace, paths, progress=cancel)
    assert Market(workspace).ids() == ("DGS10",)
