"""Files that are dragged over the window: whatever lies under the pointer, they are read and never land as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from briefing.text import Label
from briefing_ui.look import colour
from briefing_ui.session import Session

_OPEN = Label("Release to open {name}", "放開即可開啟{name}")
_INTO = Label("Into the workspace {name}. What is not clear will be asked.", "讀入工作區{name}。不明確之處會再詢問。")
_ASIDE = Label("A workspace is made beside them, in the folder {name}.", "將在同一處建立工作區，資料夾名稱為{name}。")
_FILES = (Label("{n} file", "{n}個檔案"), Label("{n} files", "{n}個檔案"))
_FOLDERS = (Label("{n} folder", "{n}個資料夾"), Label("{n} folders", "{n}個資料夾"))
_READ = Label("Release to read {what}", "放開即可讀取{what}")
_MARGIN = 24
_CLEAR = 246


def files_in(data: QMimeData) -> list[Path]:
    """The local files and folders that a drag or the clipboard carries."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def is_ours(path: Path) -> bool:
    """Whether a path is a note or a workspace, which are opened and not read."""
    return path.suffix == ".brief" or (path / "workspace.toml").exists()


class DropTarget(QWidget):
    """Lies over the window while files are over it. `dropped(list[Path])` gives them when they are released.

    It stands before the widgets of every window that it guards, because a text field would take a
    file's address for words.
    """

    dropped = Signal(object)

    def __init__(self, session: Session, inside: str, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._inside = inside
        self._over = window
        self.title, self.hint = QLabel(self), QLabel(self)
        self.title.setProperty("part", "heading")
        self.hint.setProperty("part", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * _MARGIN, 2 * _MARGIN, 2 * _MARGIN, 2 * _MARGIN)
        column.addStretch(1)
        for label in (self.title, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        column.addStretch(1)
        self.hide()

    def guard(self, window: QWidget) -> None:
        """Stand before everything in a window that is in sight."""
        window.setAcceptDrops(True)
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DragLeave:
            self.hide()
        paths = files_in(event.mimeData()) if isinstance(event, QDropEvent) else []
        if not isinstance(event, QDropEvent) or not paths:  # what enters and moves is a QDropEvent too
            return super().eventFilter(watched, event)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() is QEvent.Type.Drop:
            self.hide()
            self.dropped.emit(paths)
        elif event.type() is QEvent.Type.DragEnter:
            self._show(paths)
        return True

    def _show(self, paths: Sequence[Path]) -> None:
        title, hint = (self._session.words(label) for label in self._said(paths))
        self.title.setText(title)
        self.hint.setText(hint)
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def _said(self, paths: Sequence[Path]) -> tuple[Label, Label]:
        ours = next((path for path in paths if is_ours(path)), None)
        if ours is not None:
            return _filled(_OPEN, name=ours.name), Label("", "")
        workspace = self._session.workspace
        where = _filled(_INTO, name=workspace.name) if workspace else _filled(_ASIDE, name=self._inside)
        return words_for(paths), where

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._session.look.tokens
        painter = QPainter(self)
        ground = colour(tokens.surface)
        ground.setAlpha(_CLEAR)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(colour(tokens.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN), 8, 8)
        painter.end()


def words_for(paths: Sequence[Path]) -> Label:
    """What is read when these are released: how many files, how many folders."""
    folders = sum(path.is_dir() for path in paths)
    counts = ((len(paths) - folders, _FILES), (folders, _FOLDERS))
    parts = [_filled(words[count != 1], n=count) for count, words in counts if count]
    en, zh = " and ".join(part.en for part in parts), "與".join(part.zh for part in parts)
    return Label(_READ.en.format(what=en), _READ.zh.format(what=zh))


def _filled(label: Label, **parts: object) -> Label:
    return Label(label.en.format(**parts), label.zh.format(**parts))
