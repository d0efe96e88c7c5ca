"""The health of the data: what is late, failed or flagged, what was revised, what was imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from briefing.text import Label
from briefing_ui.health.desk import HIDE, HealthDesk
from briefing_ui.health.imports_page import ImportsPage
from briefing_ui.health.revisions_page import RevisionsPage
from briefing_ui.health.rows import Health, Revised
from briefing_ui.health.standing_page import StandingPage
from briefing_ui.session import Session

_REVISIONS = Label("Revised values", "修正數值")
_IMPORTS = Label("Imports", "匯入紀錄")
_BACK = Label("← Back", "←返回")
_BACK_NAME = Label("Back to the health of the data", "返回資料狀態")
_CHART = Label("Chart the series", "繪製序列")
_REPORT = Label("Show the report of the file", "顯示檔案報告")
_FOLDER = Label("Open the folder of the file", "開啟檔案所在資料夾")
_AGAIN = Label("Import the file again", "重新匯入檔案")
_DISMISS = Label("Speak no more of this file", "不再提示此檔案")
_ITS_REVISIONS = Label("Revised values of this series", "此序列的修正數值")
_PROPERTIES = Label("Series properties…", "序列屬性…")

Choice = tuple[Label, Callable[[], None]]


class HealthPanel(QWidget):
    """Health, revisions and imports, one page at a time.

    `series_wanted(str)` asks for a series, `folder_wanted(str)` to open a folder, `file_wanted(str)` to import a
    file again, `properties_wanted(str)` for the catalogue's entry, `block_wanted(str)` for a block of the note.
    `counted(int)` tells how many rows are not fresh.
    """

    series_wanted = Signal(str)
    folder_wanted = Signal(str)
    file_wanted = Signal(str)
    properties_wanted = Signal(str)
    block_wanted = Signal(str)
    counted = Signal(int)

    def __init__(self, session: Session, desk: HealthDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = desk
        self.standing = StandingPage(session, desk, self)
        self.revisions = RevisionsPage(session, desk, self)
        self.imports = ImportsPage(session, desk, self)
        self.pages = QStackedWidget(self)
        for page in (self.standing, self.revisions, self.imports):
            self.pages.addWidget(page)
        self.back, self.to_revisions, self.to_imports = (QPushButton(self) for _ in range(3))
        self.title = QLabel(self)
        self.title.setProperty("part", "section")
        self._arrange()
        self._connect()
        self.retell()
        self.show_standing()

    def show_standing(self) -> None:
        """Show how series and files stand."""
        self._turn_to(self.standing)

    def show_revisions(self, rows: tuple[Revised, ...]) -> None:
        """Show these revisions."""
        self.revisions.show_revisions(rows)
        self._turn_to(self.revisions)

    def want_revisions(self, series: str = "") -> None:
        """Show the revisions of one series, or all."""
        self._desk.want_revisions(series)

    def want_imports(self) -> None:
        """Show what entered the store."""
        self._turn_to(self.imports)
        self._desk.want_loads()

    def choices(self, row: Health) -> Iterator[Choice]:
        """What can be done with a row."""
        if row.series:
            yield _CHART, lambda: self.series_wanted.emit(row.series)
        yield _REPORT, lambda: self.standing.show_report(shown=True)
        if row.folder:
            yield _FOLDER, lambda: self.folder_wanted.emit(row.folder)
        if row.refused:
            yield _AGAIN, lambda: self.file_wanted.emit(row.refused)
            yield _DISMISS, lambda: self._desk.dismiss(row.refused)
        if row.series and not row.formula:
            yield _ITS_REVISIONS, lambda: self.want_revisions(row.series)
        origin = row.origin
        if origin is not None:
            yield HIDE, lambda: self._desk.hide_import(origin.load_id, origin.file)
        if row.series:
            yield _PROPERTIES, lambda: self.properties_wanted.emit(row.series)

    def retell(self) -> None:
        """Say everything in the language of the interface."""
        words = self._session.words
        for button, label, name in (
            (self.back, _BACK, _BACK_NAME),
            (self.to_revisions, _REVISIONS, _REVISIONS),
            (self.to_imports, _IMPORTS, _IMPORTS),
        ):
            button.setText(words(label))
            button.setAccessibleName(words(name))
        self.title.setText(words(_IMPORTS if self.pages.currentWidget() is self.imports else _REVISIONS))

    def _turn_to(self, page: QWidget) -> None:
        standing = page is self.standing
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.pages.setCurrentWidget(page)
        self.setFocusProxy(page)
        for widget, shown in (
            (self.back, not standing),
            (self.title, not standing),
            (self.to_revisions, standing),
            (self.to_imports, standing),
        ):
            widget.setVisible(shown)
        self.retell()
        if had_focus:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        for button in (self.back, self.to_revisions, self.to_imports):
            button.setProperty("part", "link")
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        foot.addWidget(self.to_revisions)
        foot.addWidget(self.to_imports)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.back.clicked.connect(self.show_standing)
        self.to_revisions.clicked.connect(partial(self.want_revisions, ""))
        self.to_imports.clicked.connect(self.want_imports)
        self.standing.chosen.connect(self._go)
        self.standing.menu_wanted.connect(self._offer)
        self.revisions.series_wanted.connect(self.series_wanted)
        self.revisions.block_wanted.connect(self.block_wanted)
        self._desk.revisions_came.connect(self.show_revisions)
        self._desk.loads_came.connect(self.imports.show_loads)
        self._desk.changed.connect(self._health_came)
        self._session.language_changed.connect(self.retell)

    def _go(self, row: Health) -> None:
        if row.series:
            self.series_wanted.emit(row.series)
        else:
            self.standing.show_report(shown=True)

    def _offer(self, row: Health, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for label, call in self.choices(row):
            menu.addAction(self._session.words(label)).triggered.connect(call)
        menu.popup(place)

    def _health_came(self) -> None:
        counts = self._desk.counts
        self.counted.emit(sum(counts.values()) - counts["fresh"])
        if self.pages.currentWidget() is self.imports:
            self._desk.want_loads()
