"""The preview: the real PDF, page by page, a moment behind the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget

from briefing.problems import Problem
from briefing.text import Label
from briefing_ui.page_view import Mark, PageView
from briefing_ui.proof import Proof
from briefing_ui.session import Session

_NAME = Label("Preview: the pages of the PDF", "預覽：PDF頁面")
_PAGE = Label("Page {page} / {pages}", "第{page}頁，共{pages}頁")
_EMPTY = Label("The pages of the note appear here.", "報告頁面會顯示在這裡。")
_LAST_GOOD = Label("These are the last good pages. {reason}", "目前顯示最後一次成功的頁面。{reason}")
_SMALLER = Label("Zoom out", "縮小")
_LARGER = Label("Zoom in", "放大")
_FIT = Label("Fit the width", "符合寬度")
_FOLLOW = Label("Follow the caret", "跟隨游標")
_STEP = 1.25
_SLOW = 300
"""Work that takes no longer shows nothing, in milliseconds."""


class PreviewPanel(QWidget):
    """The page view with its row of buttons. `block_clicked(str)` tells which block was clicked."""

    block_clicked = Signal(str)

    def __init__(self, session: Session, proof: Proof, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._proof = proof
        self._problems: tuple[Problem, ...] = ()
        self.view = PageView(proof, session.look, self)
        self.where = QLabel(self)
        self.where.setProperty("part", "muted")
        self.smaller, self.larger, self.fit, self.follow = (QToolButton(self) for _ in range(4))
        self.strip = QLabel(self)
        self.strip.setProperty("part", "error")
        self.strip.setWordWrap(True)
        self.strip.setMargin(6)
        self.strip.hide()
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(3)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._arrange()
        self._connect()
        self.retell()

    def retell(self) -> None:
        """Say everything in the language of the interface."""
        words = self._session.words
        for button, sign, label in (
            (self.smaller, "−", _SMALLER),
            (self.larger, "+", _LARGER),
            (self.fit, "↔", _FIT),
            (self.follow, "⇄", _FOLLOW),
        ):
            button.setText(sign)
            button.setToolTip(words(label))
            button.setAccessibleName(words(label))
        self.view.setAccessibleName(words(_NAME))
        self.progress.setAccessibleName(words(_NAME))
        self._tell_page()
        self._tell_problems()

    def show_block(self, block: str | None) -> None:
        """Mark where a block lies, and scroll there if the caret is followed."""
        boxes = self._proof.layout.boxes_of(block)
        self.view.set_marks(tuple(Mark(box, self._session.look.tokens.accent) for box in boxes))
        if boxes and self.follow.isChecked():
            self.view.show_box(boxes[0])

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 4, 0)
        row.addWidget(self.where, 1)
        for button in (self.follow, self.smaller, self.fit, self.larger):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self.strip)
        column.addWidget(self.view, 1)
        self.follow.setCheckable(True)
        self.follow.setChecked(True)
        self.setFocusProxy(self.view)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.hide()

    def _connect(self) -> None:
        self.smaller.clicked.connect(lambda: self.view.zoom_by(1 / _STEP))
        self.larger.clicked.connect(lambda: self.view.zoom_by(_STEP))
        self.fit.clicked.connect(self.view.fit_width)
        self.view.clicked.connect(self._clicked)
        self.view.page_changed.connect(self._tell_page)
        self._proof.laid_out.connect(self._laid_out)
        self._proof.failed.connect(self._failed)
        session = self._session
        session.jobs.busy_changed.connect(self._busy)
        self._slow.timeout.connect(self.progress.show)
        session.selection_changed.connect(lambda: self.show_block(session.selection.block))
        session.look_changed.connect(lambda: self.view.set_look(session.look))
        session.language_changed.connect(self.retell)

    def _busy(self, worker: str, busy: bool) -> None:
        if worker == "render" and busy:
            self._slow.start()
        elif worker == "render":
            self._slow.stop()
            self.progress.hide()

    def _clicked(self, page: int, x: float, y: float) -> None:
        block = self._proof.layout.block_at(page, x, y)
        if block is not None:
            self.block_clicked.emit(block)

    def _laid_out(self) -> None:
        self._problems = ()
        self._tell_page()
        self._tell_problems()
        self.show_block(self._session.selection.block)

    def _failed(self, problems: tuple[Problem, ...]) -> None:
        self._problems = problems
        self._tell_problems()

    def _tell_page(self) -> None:
        pages = len(self._proof.layout.sizes)
        words = self._session.words(_PAGE if pages else _EMPTY)
        self.where.setText(words.format(page=self.view.page, pages=pages))
        self.where.setAccessibleName(self.where.text())

    def _tell_problems(self) -> None:
        self.strip.setVisible(bool(self._problems))
        if self._problems:
            reason = self._session.words(self._problems[0].message)
            self.strip.setText(self._session.words(_LAST_GOOD).format(reason=reason))
            self.strip.setAccessibleName(self.strip.text())
            self.strip.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
