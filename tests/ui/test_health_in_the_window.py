"""A workspace with late, suspect, refused and revised data in the real window with the real data worker."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from ailing import REVISED_DAY, create_ailing, revise
from legibility import faults
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing import numbers
from briefing.blocks.pair import Pair
from briefing.settings import Settings
from briefing.text import Text
from briefing_ui.catalogue.form import CatalogueForm
from briefing_ui.jobs import Jobs
from briefing_ui.look import load_fonts
from briefing_ui.tokens import Theme
from briefing_ui.window import MainWindow

pytestmark = [pytest.mark.ui, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files and the workspace lie."""
    return tmp_path_factory.mktemp("ailing")


@pytest.fixture(scope="module")
def window(qapp: QApplication, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    os.environ["BRIEFING_STATE"] = str(tmp_path_factory.mktemp("state"))
    load_fonts()
    workspace = create_ailing(folder)
    made = MainWindow(Jobs(), Settings(language="en", theme="light"), workspace.root)
    made.show()
    wait(lambda: len(made.health_desk.rows) > 0 and len(made.movers.model.rows) > 0)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def state(window: MainWindow) -> Path:
    """All tests of this file share the state folder of the window."""
    return Path(os.environ["BRIEFING_STATE"])


def wait(done: Callable[[], bool], seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "the window did not get ready"
        QTest.qWait(10)


def quiet(window: MainWindow) -> None:
    jobs = window.session.jobs
    wait(lambda: not (jobs.busy("data") or jobs.busy("render") or window.notes.files.busy))
    QTest.qWait(60)


def badge(window: MainWindow, series: str) -> QModelIndex:
    """The cell beside the name of a series in the tree."""
    window.series.reveal(series)
    return window.series.view.currentIndex().siblingAtColumn(1)


def test_the_status_bar_counts_and_leads_to_the_health_of_the_data(window: MainWindow) -> None:
    assert window.status.fresh.text() == "1 fresh · 4 late · 3 failed · 1 flagged"
    QTest.mouseClick(window.status.fresh, Qt.MouseButton.LeftButton)
    assert window.health.standing.list.isVisible()
    assert window.docks["health"].windowTitle() == "Data 8"


def test_f7_shows_the_health_of_the_data_with_the_worst_first(window: MainWindow) -> None:
    QTest.keySequence(window, QKeySequence("F7"))
    rows = window.health.standing.shown
    assert (rows[0].series, rows[0].state) == ("DGS30", "failed")
    assert window.panes.focused() == "health" or not window.isActiveWindow()


def test_a_failed_series_leads_to_the_line_of_its_file(window: MainWindow) -> None:
    window.show_health()
    page = window.health.standing
    page.select("DGS30")
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    told = page.card.toPlainText()
    assert "DGS30.csv, line 263, column DGS30" in told.replace("\u2028", "\n")
    QTest.keyClick(page.list, Qt.Key.Key_Space)


def test_late_and_suspect_series_are_marked_in_movers_tree_and_charts(window: MainWindow) -> None:
    quiet(window)
    cells = {row["series"]: [window.movers.model.cell(row, at) for at in (0, 1)] for row in window.movers.model.rows}
    assert cells["DGS2"][0].endswith("3 late)")
    assert cells["DGS10"][1].endswith("†")
    assert badge(window, "DGS2").data() == "10 Jan, 3 late"
    assert badge(window, "DGS10").data() == "DGS10 †"
    assert "flagged as suspect, 15 Jan 2025" in badge(window, "DGS10").data(Qt.ItemDataRole.AccessibleTextRole)
    window.show_series("DGS2")
    quiet(window)
    wait(lambda: "3 sessions late" in window.charts.current_card.title.accessibleName(), seconds=10)


def test_the_marks_speak_chinese_at_once(window: MainWindow) -> None:
    window.set_language("zh-Hant-TW")
    assert window.status.fresh.text() == "1個最新 · 4個延遲 · 3個失敗 · 1個存疑"
    assert badge(window, "DGS2").data() == "1月10日，遲3"
    window.set_language("en")


@pytest.mark.parametrize("lang", ["en", "zh-Hant-TW"])
@pytest.mark.parametrize("theme", ["light", "contrast-dark"])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_no_words_of_the_panel_are_cut(window: MainWindow, size: tuple[int, int], theme: Theme, lang: str) -> None:
    window.resize(*size)
    window.arrange("compose")
    window.set_theme(theme)
    window.set_language(lang)  # type: ignore[arg-type]
    window.show_health()
    quiet(window)
    found = faults(window.health)
    assert found == [], "\n".join(found)
    window.set_language("en")


def test_revised_values_are_told_in_a_banner_that_leads_to_them_and_to_the_block(
    window: MainWindow, folder: Path
) -> None:
    pair = Pair(id="five0001", text=Text("Five years: {DGS5.last}.", "5年期{DGS5.last}。"))
    note = window.session.note
    assert note is not None
    window.session.edit(lambda old: replace(old, blocks=(*old.blocks, pair)))
    window.workspaces.take([revise(folder)])
    wait(lambda: any("revised" in banner.words.text() for banner in window.desk.banners.shown()))
    banner = next(banner for banner in window.desk.banners.shown() if "revised" in banner.words.text())
    assert "1 past value was revised: US Treasury 5-year yield." in banner.words.text()
    assert "Used in this note, block" in banner.words.text()
    window.show_desk()
    QTest.mouseClick(banner.buttons[0], Qt.MouseButton.LeftButton)
    table = window.health.revisions.table
    row = next(at for at in range(table.rowCount()) if "5-year yield" in table.item(at, 0).text())
    assert table.item(row, 1).text() == numbers.day(date.fromisoformat(REVISED_DAY)).en
    assert table.item(row, 3).text() == "4.21%"
    used = window.health.revisions.blocks
    assert used.count() == 1
    QTest.mouseClick(used.viewport(), Qt.MouseButton.LeftButton, pos=used.visualItemRect(used.item(0)).center())
    assert window.session.selection.block == "five0001"


def test_an_import_is_hidden_and_the_banner_shows_it_again(window: MainWindow) -> None:
    window.show_health()
    row = next(row for row in window.health_desk.rows if row.series == "DGS2")
    assert row.origin is not None
    window.health_desk.hide_import(row.origin.load_id, row.origin.file)
    wait(lambda: window.session.catalogue_entry("DGS2") is None)
    wait(lambda: any("is hidden" in banner.words.text() for banner in window.desk.banners.shown()))
    banner = next(banner for banner in window.desk.banners.shown() if "is hidden" in banner.words.text())
    QTest.mouseClick(banner.buttons[0], Qt.MouseButton.LeftButton)
    wait(lambda: window.session.catalogue_entry("DGS2") is not None)


def test_the_properties_of_a_series_open_from_the_tree_by_a_key(window: MainWindow, qtbot: QtBot) -> None:
    window.series.reveal("DGS10")
    QTest.keySequence(window, QKeySequence("Ctrl+E"))
    form = next(form for form in window.findChildren(CatalogueForm) if form.isVisible())
    assert form.about == "DGS10"
    wait(lambda: bool(form.fields["name_zh"].control.placeholderText()))  # type: ignore[union-attr]
    form.reject()
