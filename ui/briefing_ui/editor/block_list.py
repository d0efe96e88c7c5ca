"""The blocks of a note from top to bottom. What is out of sight is filled when there is time for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from briefing.note import Block
from briefing.text import Label
from briefing_ui.editor.block_view import BlockView, Listener
from briefing_ui.editor.dropping import drop
from briefing_ui.session import Session

_NEAR = 200
_BELOW = 40
_STEP = 32
_NAME = Label("Note: English and Chinese side by side", "報告：中英對照")


class BlockList(QScrollArea):
    """Keeps a view for each block and gives it room. Views of blocks that did not change are left alone."""

    def __init__(self, session: Session, listener: Listener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._listener = listener
        self.views: list[BlockView] = []
        self._marks_hidden = False
        self.inside = QWidget(self)
        self.inside.setProperty("part", "surface")
        self.setWidget(self.inside)
        self.setAccessibleName(_NAME.of(session.lang))
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.verticalScrollBar().setSingleStep(_STEP)
        self.verticalScrollBar().valueChanged.connect(self._fill_near)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fill_next)
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self.arrange)

    def show_blocks(self, blocks: Sequence[Block]) -> tuple[BlockView, ...]:
        """Show these blocks; gives the views of those that changed or are new."""
        old = {view.block.id: view for view in self.views}
        changed: list[BlockView] = []
        views: list[BlockView] = []
        for block in blocks:
            view = old.pop(block.id, None)
            if view is None:
                view = BlockView(block, self._session, self._listener, self.inside)
                view.hide_marks(self._marks_hidden)
                changed.append(view)
            elif view.block is not block:
                view.show_block(block)
                changed.append(view)
            views.append(view)
        for gone in old.values():
            drop(gone)
        self.views = views
        for view in changed:
            view.refresh_gutter()
        self.arrange()
        return tuple(changed)

    def clear(self) -> None:
        """Forget every view, because another note comes."""
        self.show_blocks(())
        self.verticalScrollBar().setValue(0)

    def hide_marks(self, hidden: bool) -> None:
        """Show or hide the delimiters of inline marks, in views to come as well."""
        self._marks_hidden = hidden
        for view in self.views:
            view.hide_marks(hidden)

    def view(self, block_id: str) -> BlockView | None:
        """The view of a block."""
        return next((view for view in self.views if view.block.id == block_id), None)

    def neighbour(self, block_id: str, step: int) -> BlockView | None:
        """The view above (-1) or below (1) a block."""
        at = next((index for index, view in enumerate(self.views) if view.block.id == block_id), -1) + step
        return self.views[at] if 0 <= at < len(self.views) else None

    def filled(self) -> Iterator[BlockView]:
        """The views that have their cells."""
        return (view for view in self.views if view.filled)

    def retitle(self) -> None:
        """Say what this is in the language of the interface."""
        self.setAccessibleName(_NAME.of(self._session.lang))

    def height_changed(self) -> None:
        """Give room again before the next painting, once for all that grew."""
        self._due.start()

    def reveal(self, box: QRect) -> None:
        """Scroll as little as needed to show a part of the list."""
        bar, shown = self.verticalScrollBar(), self.viewport().height()
        if box.top() - 4 < bar.value():
            bar.setValue(box.top() - 4)
        elif box.bottom() + 4 > bar.value() + shown:
            bar.setValue(min(box.bottom() + 4 - shown, box.top() - 4))

    def arrange(self) -> None:
        """Put every view in its place, and fill those in sight."""
        self._due.stop()
        self._place()
        self._fill_near()

    def _place(self) -> None:
        """Give every view its room; what stands at the upper edge of the list stays there."""
        anchor = self._anchor()
        before = anchor.y() if anchor is not None else 0
        width, top = self.viewport().width(), 0
        for view in self.views:
            height = view.arrange(width)
            box = QRect(0, top, width, height)
            if view.geometry() != box:
                view.setGeometry(box)
            if view.isHidden():
                view.show()
            top += height
        self.inside.resize(width, max(top + _BELOW, self.viewport().height()))
        if anchor is not None and anchor.y() != before:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + anchor.y() - before)

    def _anchor(self) -> BlockView | None:
        """The first view that is in sight, when the list is scrolled."""
        top = self.verticalScrollBar().value()
        return next((view for view in self.views if top and view.geometry().bottom() > top), None)

    def _near(self) -> list[BlockView]:
        top = self.verticalScrollBar().value() - _NEAR
        bottom = self.verticalScrollBar().value() + self.viewport().height() + _NEAR
        return [one for one in self.views if not one.filled and one.geometry().bottom() > top and one.y() < bottom]

    def _fill_near(self) -> None:
        """Fill what is in sight or close to it; what that brings into sight as well."""
        while near := self._near():
            for view in near:
                view.fill()
            self._place()
        if any(not view.filled for view in self.views):
            self._later.start()

    def _fill_next(self) -> None:
        waiting = next((view for view in self.views if not view.filled), None)
        if waiting is not None:
            waiting.fill()
            self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
