"""What stands to the left of a block: its kind, how its two sides agree, whether something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from briefing.bilingual.pairs import STATES, PairState, pair_state
from briefing.blocks.pair import Pair
from briefing.blocks.private import Private
from briefing.note import Block
from briefing.problems import Problem, Severity
from briefing.text import Label, Lang
from briefing_ui.editor.face import name_of
from briefing_ui.look import colour, ui_font
from briefing_ui.paint import MARKS
from briefing_ui.tokens import Tokens

POINTS = 8.0
_EDGE = 18
_LINE = 15
_LOCK = Label("Never printed", "絕不輸出")
_SIGNS: dict[PairState, tuple[str, str]] = {
    PairState.EMPTY: ("", "muted"),
    PairState.ZH_MISSING: ("◐", "warn"),
    PairState.EN_MISSING: ("◑", "warn"),
    PairState.UNCONFIRMED: ("○", "muted"),
    PairState.IN_SYNC: ("✓", "ok"),
    PairState.EN_CHANGED: ("≠", "warn"),
    PairState.ZH_CHANGED: ("≠", "warn"),
    PairState.BOTH_CHANGED: ("≠", "error"),
}
_STORIES: dict[PairState, Label] = {
    PairState.EMPTY: Label("Nothing is written yet.", "尚未撰寫內容。"),
    PairState.ZH_MISSING: Label("The Chinese side is still to be written.", "中文尚待撰寫。"),
    PairState.EN_MISSING: Label("The English side is still to be written.", "英文尚待撰寫。"),
    PairState.UNCONFIRMED: Label(
        "Nobody has confirmed yet that both sides say the same. Ctrl+Enter confirms.",
        "尚無人確認兩側內容一致。按Ctrl+Enter確認。",
    ),
    PairState.IN_SYNC: Label("Both sides stand as they were confirmed.", "兩側內容與確認時相同。"),
    PairState.EN_CHANGED: Label(
        "The English was changed after both sides were confirmed. Check the Chinese, then press Ctrl+Enter.",
        "確認後英文已更動。請核對中文，再按Ctrl+Enter確認。",
    ),
    PairState.ZH_CHANGED: Label(
        "The Chinese was changed after both sides were confirmed. Check the English, then press Ctrl+Enter.",
        "確認後中文已更動。請核對英文，再按Ctrl+Enter確認。",
    ),
    PairState.BOTH_CHANGED: Label(
        "Both sides were changed after they were confirmed. Compare them, then press Ctrl+Enter.",
        "確認後兩側皆已更動。請比對內容，再按Ctrl+Enter確認。",
    ),
}
_WORST = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_COLOURS = {Severity.ERROR: "error", Severity.WARNING: "warn", Severity.INFO: "muted"}


@dataclass(frozen=True, slots=True)
class GutterWords:
    """The words beside a block and their colours, by token."""

    name: str
    sign: str
    state: str
    state_token: str
    mark: str
    mark_token: str
    story: str
    locked: bool


def gutter_words(block: Block, problems: Sequence[Problem], lang: Lang) -> GutterWords:
    """What the gutter says of a block with these problems."""
    sign, state, token, stories = "", "", "muted", list[str]()
    if isinstance(block, Pair):
        found = pair_state(block)
        (sign, token), state = _SIGNS[found], STATES[found].of(lang) if found is not PairState.EMPTY else ""
        stories.append(_STORIES[found].of(lang))
    elif isinstance(block, Private):
        state = _LOCK.of(lang)
    stories += [f"{problem.message.of(lang)} {problem.hint.of(lang)}" for problem in problems]
    worst = next((severity for severity in _WORST if any(one.severity is severity for one in problems)), None)
    mark, mark_token = (MARKS[worst.value], _COLOURS[worst]) if worst else ("", "muted")
    return GutterWords(
        name_of(block).of(lang), sign, state, token, mark, mark_token, "\n".join(stories), isinstance(block, Private)
    )


@cache
def gutter_width(lang: Lang) -> int:
    """The width that the longest state needs."""
    metrics = QFontMetrics(ui_font(POINTS))
    return (
        _EDGE + 8 + max(metrics.horizontalAdvance(f"{_SIGNS[state][0]} {STATES[state].of(lang)}") for state in STATES)
    )


def paint_gutter(painter: QPainter, words: GutterWords, top: int, width: int, tokens: Tokens) -> None:
    """Draw the gutter of a block whose first line begins at `top`."""
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(ui_font(POINTS))
    painter.setPen(colour(getattr(tokens, words.mark_token)))
    painter.drawText(QRect(3, top, _EDGE - 3, _LINE), left, words.mark)
    painter.setPen(colour(tokens.muted))
    painter.drawText(QRect(_EDGE, top, width - _EDGE, _LINE), left, words.name)
    painter.setPen(colour(getattr(tokens, words.state_token)))
    second = QRect(_EDGE, top + _LINE, width - _EDGE, _LINE)
    if words.locked:
        _paint_lock(painter, second.left(), second.center().y())
        second.setLeft(second.left() + _EDGE)
    painter.drawText(second, left, f"{words.sign} {words.state}".strip())


def _paint_lock(painter: QPainter, left: int, middle: int) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(painter.pen().color())
    painter.drawRect(left + 1, middle - 1, 8, 6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(left + 2, middle - 6, 6, 10, 0, 180 * 16)
    painter.restore()


GUTTER_HEIGHT = 2 * _LINE
