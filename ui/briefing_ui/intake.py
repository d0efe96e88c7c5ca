"""Ties imports together: what was dropped, the cards, and the mapping of files that are not clear."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from briefing.data.intake.choices import Choices
from briefing_ui.catalogue.form import CatalogueForm
from briefing_ui.choosing import show_folder
from briefing_ui.desk import Desk
from briefing_ui.mapping.asking import Asking
from briefing_ui.mapping.dialog import MappingDialog
from briefing_ui.report_words import Report, is_asking, path_of
from briefing_ui.session import Session
from briefing_ui.workspaces import Workspaces


class Intake(QObject):
    """Shows what imports did, and asks how a file is to be read when one waits for answers."""

    def __init__(self, session: Session, workspaces: Workspaces, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._workspaces = workspaces
        self._desk = desk
        self._window = window
        self._asking = Asking(session, self)
        self.mapping: MappingDialog | None = None
        page = desk.imports
        workspaces.imported.connect(self._show)
        workspaces.hid.connect(lambda load_ids, hidden: page.show_hidden(load_ids, hidden=hidden))
        workspaces.watched.connect(page.show_watched)
        page.map_wanted.connect(self.map)
        page.folder_wanted.connect(show_folder)
        page.hide_wanted.connect(lambda load_ids, hidden: workspaces.hide(load_ids, hidden=hidden))
        page.watch_wanted.connect(lambda folder, on: workspaces.watch(folder, on=on))

    def map(self, path: Path) -> None:
        """Ask how a file is to be read. Only one file is asked about at a time."""
        if self.mapping is not None:
            self.mapping.close()
        self.mapping = MappingDialog(self._session, self._asking, path, self._window)
        self.mapping.import_wanted.connect(self._import)
        self.mapping.new_wanted.connect(partial(self._declare, self.mapping))
        self.mapping.finished.connect(self._closed)
        self.mapping.show()
        self.mapping.activateWindow()

    def _declare(self, mapping: MappingDialog, key: str, series: str) -> None:
        """Make a series for a column; once it is in the catalogue the column is read as it."""
        form = CatalogueForm(self._session, mapping, series)
        form.kept.connect(partial(mapping.name_column, key))
        form.show()

    def _import(self, path: Path, choices: Choices, remember: bool) -> None:
        self._workspaces.import_files([path], choices, remember=remember)

    def _closed(self) -> None:
        if self.sender() is self.mapping:
            self.mapping = None

    def _show(self, reports: Sequence[Report]) -> None:
        self._desk.imports.show_reports(reports)
        self._desk.show_page(self._desk.imports)
        self._workspaces.watch()
        asking = {path_of(report) for report in reports if is_asking(report)}
        if len(asking) == 1:
            self.map(asking.pop())
