"""Asks for files and folders, with the desktop's own boxes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from briefing_ui.window import MainWindow


def choose_note(window: MainWindow) -> None:
    """Ask for a note and open it."""
    workspace = window.session.workspace
    start = str(workspace / "notes") if workspace is not None else ""
    name, _ = QFileDialog.getOpenFileName(window, window.actions_["file.open"].text(), start, "*.brief")
    if name:
        window.workspaces.open(Path(name))


def choose_workspace(window: MainWindow) -> None:
    """Ask for a workspace and open it."""
    _with_folder(window, "file.workspace", window.workspaces.open)


def create_workspace(window: MainWindow) -> None:
    """Ask for a folder and make a workspace of it."""
    _with_folder(window, "file.create", window.workspaces.create)


def choose_data_folder(window: MainWindow) -> None:
    """Ask for a folder of data files."""
    _with_folder(window, "data.import", window.workspaces.open_data_folder)


def choose_watched(window: MainWindow) -> None:
    """Ask for a folder that is watched from now on."""
    _with_folder(window, "data.watch", window.workspaces.watch)


def choose_files(window: MainWindow) -> None:
    """Ask for data files and import them. Every kind is offered: what a file is tells its content, not its name."""
    names, _ = QFileDialog.getOpenFileNames(window, window.actions_["data.import"].text())
    if names:
        window.workspaces.take([Path(name) for name in names])


def show_folder(folder: Path) -> None:
    """Show a folder in the desktop's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _with_folder(window: MainWindow, action: str, call: Callable[[Path], None]) -> None:
    folder = QFileDialog.getExistingDirectory(window, window.actions_[action].text())
    if folder:
        call(Path(folder))
