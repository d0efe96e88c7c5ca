"""The note to be written in: English and Chinese side by side, block under block."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QStackedLayout, QVBoxLayout, QWidget

from briefing.blocks.registry import texts
from briefing.charts.spec import ChartSpec
from briefing.inline import references
from briefing.note import Block, Note
from briefing.problems import Place
from briefing.text import SIDES, Label
from briefing_ui.editor.block_list import BlockList
from briefing_ui.editor.caret import Caret
from briefing_ui.editor.completion import Completion
from briefing_ui.editor.heads import Heads
from briefing_ui.editor.masthead import MASTHEAD, Masthead, with_masthead
from briefing_ui.editor.menus import context_menu, insert_menu
from briefing_ui.editor.scribe import Scribe
from briefing_ui.session import Session

_NAME = Label("Note", "報告")
_NO_NOTE = Label("No note is open.", "尚未開啟報告。")


class EditorPanel(QWidget):
    """Shows the session's note and turns what the author does into edits of it.

    `caret_moved(str)` gives the id of the block that the author went to.
    """

    caret_moved = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._masthead: Masthead | None = None
        self._marks_hidden = False
        self._scribe = Scribe(session, self)
        self._blocks = BlockList(session, self._scribe, self)
        self._caret = Caret(self._blocks, self)
        self.completion = Completion(session, self)
        self._scribe.serve(self._blocks, self._caret, self.completion)
        self._heads = Heads(session, self)
        self._empty = QLabel(self)
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self._show_values)
        self._arrange()
        self._connect(session)
        self.show_note(None, session.note)
        self._retitle()

    def _arrange(self) -> None:
        self.setProperty("part", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._empty.setProperty("part", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._blocks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heads)
        column.addLayout(self._stack, 1)

    def _connect(self, session: Session) -> None:
        session.note_changed.connect(self.show_note)
        session.values_changed.connect(self._due.start)
        session.series_arrived.connect(lambda _series: self._due.start())
        session.market_changed.connect(self._market_changed)
        session.problems_changed.connect(self._refresh_gutters)
        session.look_changed.connect(self._refresh_look)
        session.language_changed.connect(self._refresh_look)
        self._caret.moved.connect(self.caret_moved)
        self._scribe.heights_changed.connect(self._blocks.height_changed)
        self._scribe.marks_toggled.connect(self._toggle_marks)
        self._scribe.menu_wanted.connect(self._show_menu)

    # --- what others ask for

    def current_block(self) -> str | None:
        """The id of the block that the author is in; None in the title or nowhere."""
        return self._caret.block or None

    def run(self, action: str) -> None:
        """Do an action of the area `editor`, by its id, where the author is."""
        self._scribe.run(action)

    def drop_figure(self, spec: ChartSpec) -> None:
        """Insert a chart after the current block, or bring the figure of the same series up to date."""
        self._scribe.drop_figure(spec)

    def drop_metric_row(self, series: str) -> None:
        """Add a series to the metric table at or nearest above the current block, or make a new table."""
        self._scribe.drop_metric_row(series)

    def go_to(self, place: Place) -> None:
        """Put the caret at a place of the note, with its span selected."""
        block = place.block or MASTHEAD
        view = self._blocks.view(block)
        if view is None:
            return
        side = place.side or self._caret.side
        cell = view.cell(place.field, side) if place.field else None
        if cell is None:
            self._caret.go(block, side=side)
        else:
            self._caret.put(cell, *(place.span or ()))

    # --- showing

    def show_note(self, old: Note | None, new: Note | None) -> None:
        """Show a note: what did not change is left alone."""
        self._heads.setVisible(new is not None)
        self._stack.setCurrentWidget(self._empty if new is None else self._blocks)
        if new is None:
            self._masthead = None
            self._blocks.show_blocks(())
            return
        if old is None:
            self.completion.close_list()
            self._caret.forget()
            self._masthead = None
            self._blocks.clear()
        blocks = with_masthead(new, self._masthead)
        self._masthead = blocks[0] if isinstance(blocks[0], Masthead) else None
        at, focused = self._caret.index(), self._focused()
        changed = self._blocks.show_blocks(blocks)
        self._session.want_values(_references(view.block for view in changed))
        self._caret.settle(at, focused=focused)

    def _focused(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self._blocks.isAncestorOf(focused)

    def _market_changed(self) -> None:
        note = self._session.note
        if note is not None:
            self._session.want_values(_references(with_masthead(note, self._masthead)))
        self._due.start()

    def _show_values(self) -> None:
        for view in self._blocks.filled():
            view.refresh_values()
        self._blocks.arrange()

    def _refresh_gutters(self) -> None:
        for view in self._blocks.views:
            view.refresh_gutter()

    def _refresh_look(self) -> None:
        self._retitle()
        for view in self._blocks.views:
            view.refresh_look()
        self._blocks.arrange()

    def _retitle(self) -> None:
        self.setAccessibleName(_NAME.of(self._session.lang))
        self._empty.setText(_NO_NOTE.of(self._session.lang))
        self._blocks.retitle()
        self._heads.retitle(insert_menu(self._session.lang, self._scribe.insert, self))

    def _toggle_marks(self) -> None:
        self._marks_hidden = not self._marks_hidden
        self._blocks.hide_marks(self._marks_hidden)

    def _show_menu(self, point: QPoint) -> None:
        self.menu().popup(point)

    def menu(self) -> QMenu:
        """What can be done where the author is."""
        return context_menu(self._session.lang, self._caret.cell(), self._scribe.run, self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._caret.back()


def _references(blocks: Iterable[Block]) -> list[str]:
    """The references in the texts of blocks, each once."""
    found = (
        run.ref.strip()
        for block in blocks
        for entry in texts(block)
        for side in SIDES
        for run in references(entry.text.of(side))
        if run.ref is not None
    )
    return [*dict.fromkeys(found)]
