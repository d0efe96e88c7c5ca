"""The middle of the window: banners over the start page, the cards of an import, recovered text, or charts and note."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from briefing.settings import Settings
from briefing_ui.banners import Banners
from briefing_ui.import_page import ImportPage
from briefing_ui.session import Session
from briefing_ui.start_page import StartPage


class Desk(QWidget):
    """Holds the pages. Charts and note come after the first paint; until then their places are empty."""

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "desk")
        self.banners = Banners(session, self)
        self.start = StartPage(session, settings, self)
        self.imports = ImportPage(session, self)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setObjectName("splitter")
        self.splitter.setChildrenCollapsible(False)
        for _ in range(2):
            place = QWidget(self.splitter)
            place.setProperty("part", "surface")
            self.splitter.addWidget(place)
        self.stack = QStackedWidget(self)
        for page in (self.start, self.imports, self.splitter):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.banners)
        column.addWidget(self.stack, 1)

    def put(self, charts: QWidget, editor: QWidget) -> None:
        """Put charts and note into their places, at the sizes that these have."""
        sizes = self.splitter.sizes()
        for index, widget in enumerate((charts, editor)):
            old = self.splitter.replaceWidget(index, widget)
            if old is not None:
                widget.setVisible(old.isVisibleTo(self.splitter))
                old.deleteLater()
        self.splitter.setSizes(sizes)

    def add_page(self, page: QWidget) -> None:
        """Add a page that is seldom needed."""
        self.stack.addWidget(page)

    def drop_page(self, page: QWidget) -> None:
        """Take a page away that was added."""
        self.stack.removeWidget(page)
        page.deleteLater()

    def show_page(self, page: QWidget) -> None:
        """Show one page."""
        self.stack.setCurrentWidget(page)
