"""Files that are dropped on the window, wherever they fall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from importing import AMBIGUOUS, CLEAR, Drag, carried, drop_files, window_on
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.blocks.pair import Pair
from briefing.data.workspace import create_workspace
from briefing.note import Note
from briefing.store.notefile import note_bytes
from briefing.text import Text
from briefing_ui.window import MainWindow

pytestmark = pytest.mark.ui
NOTE = Note(date=date(2025, 1, 15), blocks=(Pair(id="pair0001", text=Text("Yields fell.", "殖利率下跌。")),))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    place = tmp_path / "inbox"
    place.mkdir()
    (place / "DGS10.csv").write_text(CLEAR, encoding="utf-8")
    return place


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with window_on(create_workspace(tmp_path / "desk").root, qtbot) as made:
        made.session.show_note(NOTE)
        yield made


def over(window: MainWindow, widget: object) -> QPointF:
    """The middle of a widget, in the window."""
    return QPointF(widget.mapTo(window, QPoint(widget.width() // 2, widget.height() // 2)))


def test_a_dropped_file_is_read_and_told_on_a_card(window: MainWindow, inbox: Path) -> None:
    drop_files(window, inbox / "DGS10.csv")
    page = window.desk.imports
    assert page.isVisible()
    (card,) = page.cards
    assert [line.text() for line in card.lines] == [
        "✓ DGS10.csv",
        "FRED graph CSV · DGS10 US Treasury 10-year yield · 13 Jan 2025 to 15 Jan 2025 · daily",
        "3 rows read, 3 kept · 3 values new",
    ]
    assert window.session.catalogue_entry("DGS10") is not None
    QTest.mouseClick(page.close_button, Qt.MouseButton.LeftButton)
    assert window.desk.splitter.isVisible()


def test_while_files_are_over_the_window_it_says_what_letting_go_does(window: MainWindow, inbox: Path) -> None:
    drag = Drag(window, carried([inbox / "DGS10.csv", inbox / "x.xlsx", inbox]), QPointF(300, 300))
    assert drag.enter()
    assert window.drops.isVisible()
    assert window.drops.title.text() == "Release to read 2 files and 1 folder"
    assert window.drops.geometry() == window.rect()
    drag.leave()
    assert not window.drops.isVisible()
    window.set_language("zh-Hant-TW")
    drag.enter()
    assert window.drops.title.text() == "放開即可讀取2個檔案與1個資料夾"
    drag.leave()


def test_a_file_dropped_on_the_note_is_read_and_leaves_no_word_in_it(window: MainWindow, inbox: Path) -> None:
    cell = window.editor
    drop_files(window, inbox / "DGS10.csv", place=over(window, cell))
    assert window.session.note == NOTE
    assert window.desk.imports.isVisible()


def test_a_file_dropped_on_a_search_line_is_read_and_leaves_no_word_in_it(window: MainWindow, inbox: Path) -> None:
    window.show_pane("series")
    drop_files(window, inbox / "DGS10.csv", place=over(window, window.series.search))
    assert window.series.search.text() == ""
    assert window.desk.imports.isVisible()


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_file_dropped_on_a_pane_that_stands_alone_is_read(window: MainWindow, inbox: Path, qtbot: QtBot) -> None:
    dock = window.docks["series"]
    dock.setFloating(True)
    qtbot.waitUntil(lambda: dock.windowHandle() is not None)
    drag = Drag(dock, carried([inbox / "DGS10.csv"]), QPointF(60, 60))
    assert drag.enter()
    drag.drop()
    assert window.series.search.text() == ""
    assert [card.group for card in window.desk.imports.cards] == ["read"]


def test_a_file_from_the_clipboard_is_read_and_leaves_no_word_in_the_note(window: MainWindow, inbox: Path) -> None:
    window.go_to_block("pair0001")
    QApplication.clipboard().setMimeData(carried([inbox / "DGS10.csv"]))
    cell = QApplication.focusWidget()
    assert cell is not None
    cell.paste()
    assert window.session.note == NOTE
    assert [card.group for card in window.desk.imports.cards] == ["read"]


def test_words_that_are_dragged_go_where_they_always_went(window: MainWindow) -> None:
    words = QMimeData()
    words.setText("Yields")
    window.show_pane("series")
    drag = Drag(window, words, over(window, window.series.search))
    drag.enter()
    assert not window.drops.isVisible()
    drag.drop()
    assert window.series.search.text() == "Yields"


def test_a_dropped_folder_gives_a_card_for_each_file_those_that_need_a_person_first(
    window: MainWindow, inbox: Path
) -> None:
    (inbox / "days.csv").write_text(AMBIGUOUS, encoding="utf-8")
    (inbox / "prose.csv").write_text("one,two\nthree,four\n", encoding="utf-8")
    (inbox / "README.md").write_text("notes", encoding="utf-8")
    drop_files(window, inbox)
    page = window.desk.imports
    assert [(card.group, card.report["file"]) for card in page.cards] == [
        ("refused", "days.csv"),
        ("refused", "prose.csv"),
        ("read", "DGS10.csv"),
        ("left", "README.md"),
    ]
    assert page.chips.buttons["refused"].text() == "Refused 2"
    QTest.mouseClick(page.chips.buttons["read"], Qt.MouseButton.LeftButton)
    assert [card.report["file"] for card in page.cards if card.isVisible()] == ["DGS10.csv"]
    assert not page.chips.buttons["flagged"].isEnabled()


def test_an_import_is_taken_back_and_shown_again(window: MainWindow, inbox: Path) -> None:
    drop_files(window, inbox / "DGS10.csv")
    (inbox / "DGS2.csv").write_text(CLEAR.replace("DGS10", "DGS2"), encoding="utf-8")
    drop_files(window, inbox / "DGS2.csv")
    page = window.desk.imports
    QTest.mouseClick(page.cards[0].buttons["undo"], Qt.MouseButton.LeftButton)
    assert window.session.catalogue_entry("DGS2") is None
    assert page.cards[0].buttons["undo"].text() == "Show it again"
    QTest.mouseClick(page.cards[0].buttons["undo"], Qt.MouseButton.LeftButton)
    assert window.session.catalogue_entry("DGS2") is not None


def test_taking_the_only_import_back_leaves_an_empty_workspace(window: MainWindow, inbox: Path) -> None:
    drop_files(window, inbox / "DGS10.csv")
    QTest.mouseClick(window.desk.imports.cards[0].buttons["undo"], Qt.MouseButton.LeftButton)
    assert window.session.listing.entries == ()
    assert window.session.workspace is not None


def test_a_folder_is_watched_by_a_tick_and_shown_by_a_button(
    window: MainWindow, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    drop_files(window, inbox / "DGS10.csv")
    page = window.desk.imports
    box = page.watches[inbox]
    assert not box.isChecked()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert box.isChecked()
    assert ("watch", {"path": str(inbox), "on": True}) in window.session.jobs.asked
    QTest.mouseClick(page.cards[0].buttons["folder"], Qt.MouseButton.LeftButton)
    assert shown == [str(inbox)]


def test_revised_values_are_listed_with_old_and_new(window: MainWindow, inbox: Path) -> None:
    drop_files(window, inbox / "DGS10.csv")
    (inbox / "DGS10.csv").write_text(CLEAR.replace("4.78", "4.77"), encoding="utf-8")
    drop_files(window, inbox / "DGS10.csv")
    (card,) = window.desk.imports.cards
    fold = next(fold for fold in card.folds if "revised" in fold.button.text())
    QTest.mouseClick(fold.button, Qt.MouseButton.LeftButton)
    assert fold.lines == ("DGS10, 14 Jan 2025: 4.78 → 4.77",)


def test_a_note_among_the_files_is_opened(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "desk" / "notes" / "other.brief"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(note_bytes(Note(date=date(2025, 1, 14))))
    drag = Drag(window, carried([file]), QPointF(300, 300))
    drag.enter()
    assert window.drops.title.text() == "Release to open other.brief"
    with qtbot.waitSignal(window.notes.opened, timeout=5000):
        drag.drop()
