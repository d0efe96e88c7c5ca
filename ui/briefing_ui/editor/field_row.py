"""One text of a block: its English and its Chinese cell side by side, as high as the longer one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from briefing.blocks.registry import TextField
from briefing.text import SIDES, Label, Side
from briefing_ui.editor.cell import Cell
from briefing_ui.editor.dropping import drop
from briefing_ui.editor.face import Face, text_font
from briefing_ui.session import Session

BETWEEN = 8
LANGUAGES = {"en": Label("English", "英文"), "zh": Label("Chinese", "中文")}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a text of the note is: block, path in it, side."""

    block: str
    path: str
    side: Side


class FieldRow:
    """The two cells of a text. They are children of the block's view, so that tabbing follows reading."""

    def __init__(self, session: Session, block: str, path: str, parent: QWidget) -> None:
        self.path = path
        self.cells = {side: Cell(side, session, parent) for side in SIDES}
        self.addresses = {side: Address(block, path, side) for side in SIDES}
        self.top = 0
        self.height = 0
        self._session = session

    def show_field(self, entry: TextField, face: Face) -> None:
        """Show what the note says now, in the letters of the block."""
        for side, cell in self.cells.items():
            font = text_font(face, side, entry.path)
            if cell.document().defaultFont() != font:
                cell.set_text_font(font)
            cell.show_words(entry.text.of(side))

    def name_cells(self, block: str, entry: TextField) -> None:
        """Tell screen readers what each cell is, and readers of an empty one what belongs there."""
        lang = self._session.lang
        for side, cell in self.cells.items():
            language, label = LANGUAGES[side].of(lang), entry.label.of(lang)
            cell.setAccessibleName(f"{block}: {label}, {language}" if lang == "en" else f"{block}：{label}，{language}")
            cell.setPlaceholderText(f"{label} ({language})" if lang == "en" else f"{label}（{language}）")

    def arrange(self, left: int, top: int, width: int, indent: int) -> int:
        """Put the cells side by side, both set in by `indent`; gives the height that they take."""
        half = (width - BETWEEN) // 2
        self.top = top
        self.height = max(cell.height_for(half - indent) for cell in self.cells.values())
        for index, cell in enumerate(self.cells.values()):
            cell.setGeometry(left + index * (half + BETWEEN) + indent, top, half - indent, self.height)
        return self.height

    def drop(self) -> None:
        """Take the cells away."""
        for cell in self.cells.values():
            drop(cell)
