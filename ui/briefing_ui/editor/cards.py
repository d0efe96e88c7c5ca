"""Which card a block shows above its texts, if any."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from briefing.blocks.editing import growing
from briefing.blocks.figure import Figure
from briefing.blocks.metric_table import MetricTable
from briefing.blocks.registry import texts
from briefing.note import Block
from briefing_ui.editor.card import Card
from briefing_ui.editor.figure_card import FigureCard
from briefing_ui.editor.table_card import TableCard
from briefing_ui.session import Session


def card_class(block: Block) -> type[Card] | None:
    """The class of a block's card. A block without any text of its own is told by a plain one."""
    if isinstance(block, Figure):
        return FigureCard
    if isinstance(block, MetricTable):
        return TableCard
    return None if texts(block) or growing(type(block)) else Card


def card_for(block: Block, session: Session, parent: QWidget) -> Card | None:
    """A card that is still to be told its block."""
    cls = card_class(block)
    return cls(session, parent) if cls is not None else None
