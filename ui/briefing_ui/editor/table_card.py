"""A metric table in the editor: its values as they are now, in a compact grid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from briefing import numbers
from briefing.blocks.metric_table import MetricTable
from briefing.metrics.registry import METRICS
from briefing.text import Label, side_of
from briefing_ui.editor.card import LINE, Card
from briefing_ui.editor.chip_words import chip_words
from briefing_ui.look import colour, ui_font

_HEAD = 170
_WIDEST = 130
_MOST_ROWS = 12
_COUNTED = re.compile(r"(\d+)([dwmy])")
_NO_ROWS = Label("No series yet. Ctrl+D on a series adds a row.", "尚無序列。在序列上按Ctrl+D即可加入一列。")
_MORE = Label("{} more", "另有{}列")


class TableCard(Card):
    """Rows of series, columns of metrics. Late values are muted with their day, missing ones a red dash."""

    def refresh(self) -> None:
        if isinstance(self.block, MetricTable):
            self.session.want_values(references_of(self.block))
        super().refresh()

    def height_for(self, width: int) -> int:
        del width
        table = cast("MetricTable", self.block)
        rows = min(len(table.rows), _MOST_ROWS) + (len(table.rows) > _MOST_ROWS)
        return LINE * (max(rows, 1) + 1) + 4

    def told(self) -> str:
        table = cast("MetricTable", self.block)
        rows = (
            f"{self._head(row)} {', '.join(self._cell(row, column)[0] for column in table.columns)}"
            for row in table.rows
        )
        return "; ".join(rows) or _NO_ROWS.of(self.session.lang)

    def _head(self, row: str) -> str:
        entries = [(name, self.session.catalogue_entry(name)) for name in row.split(",")]
        names = [entry.short.of(self.session.lang) if entry is not None else name for name, entry in entries]
        return "/".join(names)

    def _cell(self, row: str, column: str) -> tuple[str, str]:
        """The words of a cell and the token of their colour."""
        value: Mapping[str, Any] | None = self.session.value(f"{row}.{column}")
        if value is None:
            return "…", "muted"
        side = side_of(self.session.lang)
        if value["value"] is None:
            return numbers.MISSING.of(side), "error"
        words = chip_words(value, side)
        return words.text, {"late": "muted", "doubted": "warn"}.get(words.tone, "ink")

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        table, tokens = cast("MetricTable", self.block), self.session.look.tokens
        painter = QPainter(self)
        painter.setFont(ui_font())
        head = min(_HEAD, self.width() // 3)
        step = min(_WIDEST, (self.width() - head) // max(len(table.columns), 1))
        for at, column in enumerate(table.columns):
            self._put(painter, (head + at * step, 0, step), column_head(column).of(self.session.lang), tokens.muted)
        painter.setPen(colour(tokens.line))
        painter.drawLine(0, LINE + 1, head + step * len(table.columns), LINE + 1)
        for index, row in enumerate(table.rows[:_MOST_ROWS]):
            top = LINE * (index + 1) + 3
            self._put(painter, (0, top, head), self._head(row), tokens.ink, left=True)
            for at, column in enumerate(table.columns):
                words, token = self._cell(row, column)
                self._put(painter, (head + at * step, top, step), words, getattr(tokens, token))
        if len(table.rows) > _MOST_ROWS or not table.rows:
            more = _MORE if table.rows else _NO_ROWS
            words = more.of(self.session.lang).format(len(table.rows) - _MOST_ROWS)
            top = LINE * (min(len(table.rows), _MOST_ROWS) + 1) + 3
            self._put(painter, (0, top, self.width()), words, tokens.muted, left=True)
        painter.end()

    @staticmethod
    def _put(painter: QPainter, at: tuple[int, int, int], words: str, ink: str, *, left: bool = False) -> None:
        """Write words into (left, top, width), shortened where they have no room."""
        room = QRect(at[0] + 4, at[1], at[2] - 8, LINE)
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        painter.setPen(colour(ink))
        short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, short)


def references_of(table: MetricTable) -> list[str]:
    """The references behind the cells of a table."""
    return [f"{row}.{column}" for row in table.rows for column in table.columns]


def column_head(column: str) -> Label:
    """The name of a column: its metric and window."""
    metric, _, window = column.partition("|")[0].partition(".")
    entry = METRICS.get(metric)
    if entry is None:
        return Label(column, column)
    if not window:
        return entry.label
    counted = _COUNTED.fullmatch(window)
    words = numbers.span(int(counted[1]), counted[2]) if counted else Label(window, window)
    return Label(f"{entry.label.en}, {words.en}", f"{entry.label.zh}，{words.zh}")
