"""A file that is not clear is asked about, answered with keys and mouse, read, and not asked about again."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from importing import AMBIGUOUS, UNKNOWN, drop_files, window_on
from legibility import faults
from openpyxl import Workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from briefing.data.workspace import create_workspace
from briefing_ui.catalogue.form import CatalogueForm
from briefing_ui.mapping.columns import SERIES
from briefing_ui.mapping.dialog import MappingDialog
from briefing_ui.mapping.series_line import SeriesLine
from briefing_ui.window import MainWindow

pytestmark = [pytest.mark.ui, pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing")]
LAST = 4
Ask = Callable[[str, str], MappingDialog]
EUROPEAN = "Date;UST10Y\n2024-04-03;4,125\n2024-04-04;4,250\n2024-04-05;4,375\n"
NAMELESS = "Date,Open,High,Low,Close\n2025-01-13,19.0,19.5,18.9,19.2\n2025-01-14,19.2,19.9,18.7,18.7\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    place = tmp_path / "inbox"
    place.mkdir()
    return place


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with window_on(create_workspace(tmp_path / "desk").root, qtbot) as made:
        yield made


@pytest.fixture
def ask(window: MainWindow, inbox: Path, qtbot: QtBot) -> Ask:
    """Drops a file of a name with a content; gives the questions about it."""

    def drop(name: str, content: str) -> MappingDialog:
        (inbox / name).write_text(content, encoding="utf-8")
        drop_files(window, inbox / name)
        dialog = window.intake.mapping
        assert dialog is not None
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return drop


def click(widget: QWidget) -> None:
    place = QPoint(8, widget.height() // 2) if isinstance(widget, QRadioButton) else QPoint()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)


def editor(dialog: MappingDialog) -> SeriesLine:
    """The line in which the series of a column is named just now."""
    return dialog.columns.findChild(SeriesLine)


def seen(dialog: MappingDialog) -> list[list[str]]:
    """What the table of columns says."""
    model = dialog.columns.columns
    return [[model.index(row, part).data() for part in range(model.columnCount())] for row in range(model.rowCount())]


def last_of(window: MainWindow, series: str) -> float:
    asked = window.session.jobs.verbs["values"]
    values = asked({"refs": [f"{series}.last"]}, b"")[0]["values"]
    value: float = values[f"{series}.last"]["value"]
    return value


def test_an_unknown_table_is_mapped_with_keys_read_and_not_asked_about_again(
    window: MainWindow, inbox: Path, ask: Ask, qtbot: QtBot
) -> None:
    dialog = ask("house.csv", UNKNOWN)
    assert not dialog.isModal()
    assert dialog.questions.count() == 2
    assert not dialog.import_button.isEnabled()
    assert QApplication.focusWidget() is dialog.columns
    QTest.keyClicks(dialog.columns, "d")
    line = editor(dialog)
    QTest.keyClicks(line, "gs10")
    qtbot.waitUntil(line.list.isVisible)
    QTest.keyClick(line.list, Qt.Key.Key_Down)
    QTest.keyClick(line.list, Qt.Key.Key_Return)
    assert seen(dialog)[0] == [
        "House yield",
        "DGS10",
        "US Treasury 10-year yield",
        "13 Jan 2025  4.79%",
        "15 Jan 2025  4.66%",
        "4.79  4.78  4.66",
    ]
    dialog.columns.setFocus()
    QTest.keyClick(dialog.columns, Qt.Key.Key_Down)
    QTest.keyClick(dialog.columns, Qt.Key.Key_Delete)
    assert seen(dialog)[1][SERIES] == "— left out"
    assert dialog.state.text() == "Nothing is open: 1 series will be read."
    dialog.import_button.setFocus()
    QTest.keyClick(dialog.import_button, Qt.Key.Key_Return)
    assert [card.group for card in window.desk.imports.cards] == ["read"]
    assert last_of(window, "DGS10") == 4.66
    (inbox / "next.csv").write_text(UNKNOWN.replace("4.66", "4.60"), encoding="utf-8")
    drop_files(window, inbox / "next.csv")
    assert window.intake.mapping is None
    assert last_of(window, "DGS10") == 4.60


def test_choices_that_are_not_to_be_remembered_are_asked_for_again(window: MainWindow, inbox: Path, ask: Ask) -> None:
    dialog = ask("days.csv", AMBIGUOUS)
    assert dialog.remember.text() == "Remember this for files in inbox"
    click(dialog.answers.dates.buttons["dmy"])
    QTest.keyClick(dialog.remember, Qt.Key.Key_Space)
    click(dialog.import_button)
    assert [card.group for card in window.desk.imports.cards] == ["read"]
    again = ask("more.csv", AMBIGUOUS.replace("4.40", "4.41"))
    assert again.questions.count() == 1


def test_both_readings_of_ambiguous_dates_are_shown_and_one_click_settles_them(
    window: MainWindow, inbox: Path, ask: Ask
) -> None:
    dialog = ask("days.csv", AMBIGUOUS)
    dates = dialog.answers.dates
    assert {name: button.accessibleDescription() for name, button in dates.buttons.items()} == {
        "mdy": "Mon 4 Mar 2024, Thu 4 Apr 2024, Wed 4 Sep 2024 …; 0 on a weekend",
        "dmy": "Wed 3 Apr 2024, Thu 4 Apr 2024, Tue 9 Apr 2024 …; 0 on a weekend",
    }
    assert QApplication.focusWidget() is dates.buttons["mdy"]
    assert not any(button.isChecked() for button in dates.buttons.values())
    click(dates.buttons["mdy"])
    assert seen(dialog)[0][LAST] == "4 Sep 2024  4.4%"
    click(dates.buttons["dmy"])
    assert seen(dialog)[0][LAST] == "9 Apr 2024  4.4%"
    click(dialog.import_button)
    assert window.session.catalogue_entry("DGS10").last.isoformat() == "2024-04-09"
    (inbox / "more.csv").write_text(AMBIGUOUS.replace("09/04", "10/04"), encoding="utf-8")
    drop_files(window, inbox / "more.csv")
    assert window.intake.mapping is None
    assert window.session.catalogue_entry("DGS10").last.isoformat() == "2024-04-10"


def test_the_sign_in_a_number_is_asked_with_what_it_would_give(window: MainWindow, inbox: Path, ask: Ask) -> None:
    dialog = ask("european.csv", EUROPEAN)
    signs = dialog.answers.numbers.buttons
    assert signs["point"].accessibleDescription() == "“4,125” is 4,125"
    assert signs["comma"].accessibleDescription() == "“4,125” is 4.125"
    click(signs["comma"])
    assert seen(dialog)[0][LAST] == "5 Apr 2024  4.375%"
    assert dialog.import_button.isEnabled()


def test_a_file_that_names_no_series_is_given_one(window: MainWindow, inbox: Path, ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("prices.csv", NAMELESS)
    line = dialog.answers.series
    assert line.isVisible()
    line.setFocus()
    QTest.keyClicks(line, "VIXCLS")
    qtbot.waitUntil(line.list.isVisible)
    QTest.keyClick(line.list, Qt.Key.Key_Down)
    QTest.keyClick(line.list, Qt.Key.Key_Return)
    click(dialog.answers.formats.buttons["ohlcv"])
    assert dialog.questions.count() == 0
    assert "VIXCLS_HIGH" in [row[SERIES] for row in seen(dialog)]


def test_a_question_leads_to_where_it_is_answered(window: MainWindow, inbox: Path, ask: Ask) -> None:
    dialog = ask("house.csv", UNKNOWN)
    dialog.questions.setFocus()
    QTest.keyClick(dialog.questions, Qt.Key.Key_Down)
    QTest.keyClick(dialog.questions, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is dialog.columns
    assert dialog.columns.currentIndex().row() == 1


def test_the_first_rows_stand_with_their_lines_and_the_header_is_marked(
    window: MainWindow, inbox: Path, ask: Ask
) -> None:
    dialog = ask("house.csv", f"House view,,\n\n{UNKNOWN}")
    rows = dialog.rows.rows
    head = rows.header_row()
    assert head is not None
    assert [rows.headerData(head, Qt.Orientation.Vertical), rows.index(head, 1).data()] == ["3", "House yield"]
    assert rows.index(head, 1).data(Qt.ItemDataRole.FontRole).bold()
    across = [rows.headerData(at, Qt.Orientation.Horizontal) for at in range(rows.columnCount())]
    assert across == ["1  dates", "2  ?", "3  ?"]


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


BLOOMBERG = [
    ["Start Date", "1/13/2025", None],
    ["End Date", None, None],
    [None, "H15T10Y Index", "VIX Index"],
    ["Dates", "PX_LAST", "PX_LAST"],
    ["1/13/2025", 4.79, 19.19],
    ["1/14/2025", 4.78, "#N/A N/A"],
    ["1/15/2025", 4.66, 16.12],
]


def test_a_workbook_of_a_terminal_is_read_and_its_missing_values_are_counted(window: MainWindow, inbox: Path) -> None:
    (inbox / "bdh.xlsx").write_bytes(workbook({"BDH": BLOOMBERG}))
    drop_files(window, inbox / "bdh.xlsx")
    (card,) = window.desk.imports.cards
    assert card.lines[1].text() == (
        "Bloomberg history (BDH) · DGS10 US Treasury 10-year yield; VIXCLS Cboe Volatility Index (VIX)"
        " · 13 Jan 2025 to 15 Jan 2025 · daily"
    )
    assert (
        card.lines[2].text() == "3 rows read, 3 kept · 1 missing (1 not available, written “#N/A N/A”) · 5 values new"
    )
    assert last_of(window, "VIXCLS") == 16.12


def test_a_code_that_the_terminal_did_not_know_is_asked_about_and_can_be_left_out(
    window: MainWindow, inbox: Path, qtbot: QtBot
) -> None:
    rows = [*BLOOMBERG[:4], *([day, level, "#N/A Invalid Security"] for day, level, _ in BLOOMBERG[4:])]
    (inbox / "bdh.xlsx").write_bytes(workbook({"BDH": rows}))
    drop_files(window, inbox / "bdh.xlsx")
    (card,) = window.desk.imports.cards
    assert card.group == "refused"
    assert any("does not know this code" in line.text() for line in card.lines)
    click(card.buttons["map"])
    dialog = window.intake.mapping
    assert dialog is not None
    dialog.columns.go_to("VIX Index")
    click(dialog.leave_button)
    click(dialog.import_button)
    assert last_of(window, "DGS10") == 4.66


def test_a_sheet_is_left_out_and_the_other_is_read(window: MainWindow, inbox: Path) -> None:
    clear = [["Date", "UST10Y"], ["2025-01-13", 4.79], ["2025-01-14", 4.78]]
    odd = [["Date", "House view"], ["2025-01-13", 1.0], ["2025-01-14", 2.0]]
    (inbox / "two.xlsx").write_bytes(workbook({"Yields": clear, "Views": odd}))
    drop_files(window, inbox / "two.xlsx")
    dialog = window.intake.mapping
    assert dialog is not None
    assert [dialog.tabs.tabText(at) for at in range(dialog.tabs.count())] == ["Yields", "Views"]
    assert dialog.tabs.currentIndex() == 1
    QTest.keyClick(dialog.skip, Qt.Key.Key_Space)
    assert dialog.questions.count() == 0
    click(dialog.import_button)
    assert [(card.group, card.report["part"]) for card in window.desk.imports.cards] == [("read", "Yields")]


def test_a_new_series_is_declared_from_its_column(window: MainWindow, inbox: Path, ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("house.csv", UNKNOWN)
    click(dialog.new_button)
    form = dialog.findChild(CatalogueForm)
    assert form.about == "HOUSE_YIELD"
    for key in ("name_en", "name_zh", "source_en", "source_zh"):
        QTest.keyClicks(form.fields[key].control, "House yield")
    kind = form.fields["kind"].control
    kind.setCurrentIndex(kind.findData("yield"))
    kind.activated.emit(kind.currentIndex())
    click(form.save)
    assert seen(dialog)[0][SERIES] == "HOUSE_YIELD"


def test_everything_is_said_in_chinese_as_soon_as_the_language_changes(
    window: MainWindow, inbox: Path, ask: Ask
) -> None:
    dialog = ask("days.csv", AMBIGUOUS)
    window.set_language("zh-Hant-TW")
    assert dialog.windowTitle() == "如何讀取days.csv"
    assert dialog.state.text() == "尚有1個問題。"
    assert dialog.answers.dates.buttons["dmy"].accessibleDescription() == (
        "2024年4月3日（週三）、2024年4月4日（週四）、2024年4月9日（週二）…；週末0日"
    )
    click(dialog.answers.dates.buttons["dmy"])
    assert seen(dialog)[0][LAST] == "2024年4月9日  4.4%"
    click(dialog.import_button)
    (card,) = window.desk.imports.cards
    assert card.lines[2].text() == "讀取3列，保留3列 · 新增3個數值"
    assert card.buttons["undo"].text() == "撤回此次匯入"


@pytest.mark.parametrize("lang", ["en", "zh-Hant-TW"])
def test_nothing_is_cut_or_nameless_on_a_small_screen(window: MainWindow, inbox: Path, ask: Ask, lang: str) -> None:
    window.set_language(lang)
    dialog = ask("house.csv", UNKNOWN.replace("2025-01-13", "03/04/2025").replace("Positions", "P"))
    assert (dialog.width() <= 1280, dialog.height() <= 800) == (True, True)
    assert faults(dialog) == []
    assert not dialog.columns.horizontalScrollBar().isVisible()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
    parts = [one for one in dialog.findChildren(QWidget) if one.isVisible() and isinstance(one, kinds)]
    own = [one for one in parts if not one.objectName().startswith("qt_") and type(one).__name__ != "QHeaderView"]
    nameless = [type(one).__name__ for one in own if not (one.accessibleName() or getattr(one, "text", str)())]
    assert nameless == []


def test_closing_the_questions_leaves_nothing_behind(window: MainWindow, inbox: Path, ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("days.csv", AMBIGUOUS)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.intake.mapping is None
    qtbot.waitUntil(lambda: window.findChildren(MappingDialog) == [])
