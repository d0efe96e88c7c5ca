"""A block, or a part of it, that is shown but not written in: a chart, a table of values, a page break."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from briefing.blocks.disclosure import Disclosure
from briefing.blocks.page_break import PageBreak
from briefing.blocks.unknown import UnknownBlock
from briefing.note import Block
from briefing.text import Label
from briefing_ui.look import colour, ui_font
from briefing_ui.session import Session

LINE = 18
_DISCLOSURE = Label(
    "The firm's wording comes from the style; it is not written here.", "公司核定的揭露文字由版型提供，不在此撰寫。"
)
_UNKNOWN = Label(
    "This version cannot read the block. It is kept as it is, can be moved and deleted, and is not printed.",
    "此版本無法讀取該區塊。內容原樣保留，可移動或刪除，但不會列印。",
)
_BREAK = Label("What follows begins on a new page", "其後的內容由新的一頁開始")


class Card(QWidget):
    """The words of a block without texts. Subclasses show more."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.block: Block | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_block(self, block: Block) -> None:
        """Show another state of the block."""
        self.block = block
        self.refresh()

    def refresh(self) -> None:
        """Show it again, because values, look or language changed."""
        self.setAccessibleName(self.told())
        self.update()

    def height_for(self, width: int) -> int:
        """The height that the card needs at a width."""
        words = self.fontMetrics().boundingRect(QRect(0, 0, width, 1000), Qt.TextFlag.TextWordWrap, self.told())
        return max(words.height() + 6, LINE + 6)

    def told(self) -> str:
        """The words of the card."""
        if isinstance(self.block, PageBreak):
            return self.session.words(_BREAK)
        if isinstance(self.block, Disclosure):
            return self.session.words(_DISCLOSURE)
        return self.session.words(_UNKNOWN) if isinstance(self.block, UnknownBlock) else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setFont(ui_font())
        painter.setPen(colour(self.session.look.tokens.muted))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        if isinstance(self.block, PageBreak):
            self._paint_break(painter)
        else:
            painter.drawText(self.rect(), flags, self.told())
        painter.end()

    def _paint_break(self, painter: QPainter) -> None:
        words = self.told()
        width, middle = painter.fontMetrics().horizontalAdvance(words) + 20, self.height() // 2
        left = (self.width() - width) // 2
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
        painter.setPen(colour(self.session.look.tokens.border))
        painter.drawLine(0, middle, left, middle)
        painter.drawLine(left + width, middle, self.width(), middle)
