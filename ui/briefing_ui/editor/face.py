"""What a block looks like in the editor: its letters, its frame, its name and which texts it shows at first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch

from PySide6.QtGui import QFont

from briefing.blocks.disclosure import Disclosure
from briefing.blocks.figure import Figure
from briefing.blocks.glossary import Glossary
from briefing.blocks.heading import Heading
from briefing.blocks.key_points import KeyPoints
from briefing.blocks.metric_table import MetricTable
from briefing.blocks.pair import Pair
from briefing.blocks.private import Private
from briefing.blocks.registry import BLOCK_TYPES, TextField
from briefing.blocks.unknown import UnknownBlock
from briefing.note import Block
from briefing.text import Label, Side
from briefing_ui.editor.masthead import TITLE, Masthead
from briefing_ui.look import EDITOR_POINTS, FAMILIES

_TITLE_POINTS = 14.0
_HEADING_POINTS = {1: 13.0, 2: 11.5, 3: EDITOR_POINTS}
_INDENT = 16
_FAMILIES = {"en": [FAMILIES[1], FAMILIES[0]], "zh": [FAMILIES[0], FAMILIES[1]]}


@dataclass(frozen=True, slots=True)
class Face:
    """`kept` are the ends of paths of texts that show even while they are empty; () means all of them.

    `indent` is in pixels, `bullet` the sign before the words.
    """

    points: float = EDITOR_POINTS
    bold: bool = False
    indent: int = 0
    bullet: str = ""
    boxed: bool = False
    hatched: bool = False
    grey: bool = False
    kept: tuple[str, ...] = ()


@singledispatch
def face_of(_block: Block) -> Face:
    """How a block looks."""
    return Face()


@face_of.register
def _(block: Heading) -> Face:
    return Face(points=_HEADING_POINTS[block.level], bold=True)


@face_of.register
def _(_block: Masthead) -> Face:
    return Face(points=_TITLE_POINTS, bold=True)


@face_of.register
def _(block: Pair) -> Face:
    return Face(indent=_INDENT * block.bullet, bullet="•◦▪"[block.bullet - 1]) if block.bullet else Face()


@face_of.register
def _(_block: KeyPoints) -> Face:
    return Face(boxed=True, indent=_INDENT, bullet="•")


@face_of.register
def _(_block: Private) -> Face:
    return Face(hatched=True)


@face_of.register
def _(_block: Glossary) -> Face:
    return Face(boxed=True)


@face_of.register(UnknownBlock)
@face_of.register(Disclosure)
def _(block: Block) -> Face:
    return Face(boxed=True, grey=isinstance(block, UnknownBlock))


@face_of.register(Figure)
@face_of.register(MetricTable)
def _(_block: Block) -> Face:
    return Face(boxed=True, kept=("title",))


def name_of(block: Block) -> Label:
    """The name of a block in the gutter."""
    if isinstance(block, UnknownBlock):
        return Label(f"“{block.name}”", f"「{block.name}」")
    if isinstance(block, Masthead):
        return TITLE
    if isinstance(block, Heading):
        return Label(f"Heading {block.level}", f"標題{block.level}")
    if isinstance(block, Pair) and block.bullet:
        return Label("Bullet", "項目")
    return next((entry.label for entry in BLOCK_TYPES.values() if entry.cls is type(block)), Label("", ""))


def visible(face: Face, fields: tuple[TextField, ...], *, unfolded: bool) -> tuple[TextField, ...]:
    """The texts of a block that have a row now."""
    if unfolded or not face.kept:
        return fields
    return tuple(entry for entry in fields if entry.text or entry.path.rpartition(".")[2] in face.kept)


def text_font(face: Face, side: Side, path: str) -> QFont:
    """The letters of one side; the term of a glossary stands out from its definition."""
    font = QFont(_FAMILIES[side])
    font.setPointSizeF(face.points)
    font.setBold(face.bold or path == "title" or path.endswith(".term"))
    return font
