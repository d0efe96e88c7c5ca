"""One line of words over a chart: its title, or what the crosshair reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_BETWEEN = 10.0
_KEY = 9.0
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a colour; `key` is the colour of a short stroke before them."""

    text: str
    colour: str
    bold: bool = False
    key: str = ""


Group = tuple[Piece, ...]
"""Pieces that are shown together or not at all."""


class Strip(QWidget):
    """Groups of words from left to right, as many as have room; the full words are its tool tip.

    Where they do not all have room the `brief` ones are shown, if given, as far as they go. The
    first group is shortened with an ellipsis rather than left out. `more` says by an ellipsis that
    others were left out.
    """

    def __init__(self, parent: QWidget | None = None, *, more: bool = True) -> None:
        super().__init__(parent)
        self._more = _ELLIPSIS if more else ""
        self._groups: tuple[Group, ...] = ()
        self._brief: tuple[Group, ...] = ()
        self._fonts: tuple[tuple[QFont, QFontMetricsF], tuple[QFont, QFontMetricsF]] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_groups(self, groups: Sequence[Group], brief: Sequence[Group] = ()) -> None:
        """Show other words."""
        if (tuple(groups), tuple(brief)) == (self._groups, self._brief):
            return
        self._groups, self._brief = tuple(groups), tuple(brief)
        words = "   ".join(" ".join(piece.text for piece in group) for group in self._groups)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    @property
    def shown(self) -> tuple[str, ...]:
        """The words that have room now, one string for each group."""
        return tuple(" ".join(piece.text for piece in group) for group in self._fitting())

    def sizeHint(self) -> QSize:
        """One line of words."""
        return QSize(120, round(self._metrics(bold=False).height()) + 2)

    def minimumSizeHint(self) -> QSize:
        """One line, however narrow."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the groups that fit."""
        del event
        painter = QPainter(self)
        metrics = self._metrics(bold=False)
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        left = 0.0
        for group in self._fitting():
            for piece in group:
                left = self._paint(painter, piece, left, base)
            left += _BETWEEN - self._space()
        painter.end()

    def _paint(self, painter: QPainter, piece: Piece, left: float, base: float) -> float:
        if piece.key:
            metrics = self._metrics(bold=False)
            painter.fillRect(round(left), round(base - metrics.xHeight() / 2 - 1), round(_KEY), 2, QColor(piece.key))
            left += _KEY + self._space()
        painter.setFont(self._faces()[piece.bold][0])
        painter.setPen(QColor(piece.colour))
        painter.drawText(QPointF(left, base), piece.text)
        return left + self._words(piece) + self._space()

    def _fitting(self) -> tuple[Group, ...]:
        whole = sum(self._width(group) + _BETWEEN for group in self._groups) - _BETWEEN
        groups = self._brief if self._brief and whole > self.width() else self._groups
        room = float(self.width())
        out: list[Group] = []
        for index, group in enumerate(groups):
            wide = self._width(group)
            last = index == len(groups) - 1
            if wide + (0 if last else self._more_width()) > room:
                out.append(self._shortened(group, room) if not out else (Piece(self._more, group[0].colour),))
                break
            out.append(group)
            room -= wide + _BETWEEN
        return tuple(out)

    def _shortened(self, group: Group, room: float) -> Group:
        """The first group, cut to the room; pieces that follow a cut one are left out."""
        out: list[Piece] = []
        for piece in group:
            metrics = self._metrics(bold=piece.bold)
            lead = _KEY + self._space() if piece.key else 0.0
            text = metrics.elidedText(piece.text, Qt.TextElideMode.ElideRight, max(0.0, room - lead))
            out.append(Piece(text, piece.colour, piece.bold, piece.key))
            room -= lead + metrics.horizontalAdvance(text) + self._space()
            if text != piece.text:
                break
        return tuple(out)

    def _width(self, group: Group) -> float:
        keys = sum(_KEY + self._space() for piece in group if piece.key)
        return sum(map(self._words, group)) + keys + self._space() * (len(group) - 1)

    def _words(self, piece: Piece) -> float:
        return self._metrics(bold=piece.bold).horizontalAdvance(piece.text)

    def _more_width(self) -> float:
        return self._metrics(bold=False).horizontalAdvance(self._more) + _BETWEEN if self._more else 0.0

    def _space(self) -> float:
        return self._metrics(bold=False).horizontalAdvance(" ")

    def _metrics(self, *, bold: bool) -> QFontMetricsF:
        return self._faces()[bold][1]

    def _faces(self) -> tuple[tuple[QFont, QFontMetricsF], tuple[QFont, QFontMetricsF]]:
        """The regular and the bold font with their metrics, made once for each font of the widget."""
        if self._fonts is None or self._fonts[0][0] != self.font():
            heavy = QFont(self.font())
            heavy.setBold(True)
            plain = QFont(self.font())
            self._fonts = ((plain, QFontMetricsF(plain)), (heavy, QFontMetricsF(heavy)))
        return self._fonts
