"""A figure in the editor: what it shows, how large it prints, and its lines in small."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from briefing.blocks.figure import Figure
from briefing.charts.picture import ChartLayout
from briefing.text import Label
from briefing_ui.editor.card import LINE, Card
from briefing_ui.editor.sketch import HEIGHT, WIDTH, paint_sketch, sketch_of
from briefing_ui.look import colour, ui_font
from briefing_ui.session import Session

_GAP = 10
_SIZES = {
    "half": Label("Half a line", "半欄"),
    "full": Label("Whole line", "整欄"),
    "third": Label("A third of a line", "三分之一欄"),
    "strip": Label("Strip", "窄條"),
    "half_page": Label("Half a page", "半頁"),
}
_NO_SERIES = Label("No series yet", "尚無序列")


class FigureCard(Card):
    """Title, series, size and range of a figure beside a sketch of it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._picture: ChartLayout | None = None

    def refresh(self) -> None:
        if isinstance(self.block, Figure):
            self._picture = sketch_of(self.block.chart, self.session)
        super().refresh()

    def height_for(self, width: int) -> int:
        del width
        return HEIGHT + 8

    def told(self) -> str:
        return ": ".join(self._lines()[:2])

    def _lines(self) -> tuple[str, str, str]:
        lang, figure = self.session.lang, cast("Figure", self.block)
        names = [self._name(line.series) for line in figure.chart.lines]
        title = self._picture.title.of(lang) if self._picture is not None else ""
        series = ("、" if lang != "en" else ", ").join(names) or _NO_SERIES.of(lang)
        return title or series, series, f"{_SIZES[figure.size].of(lang)} · {figure.chart.range}"

    def _name(self, series_id: str) -> str:
        entry = self.session.catalogue_entry(series_id)
        return entry.short.of(self.session.lang) if entry is not None else series_id

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, tokens = QPainter(self), self.session.look.tokens
        frame = QRectF(0.5, 4.5, WIDTH - 1, HEIGHT - 1)
        painter.setPen(colour(tokens.line))
        painter.drawRect(frame)
        if self._picture is not None:
            paint_sketch(painter, self._picture, frame.adjusted(4, 5, -4, -5))
        left = WIDTH + _GAP
        for index, words in enumerate(self._lines()):
            painter.setFont(ui_font(bold=index == 0))
            painter.setPen(colour(tokens.ink if index == 0 else tokens.muted))
            room = QRect(left, 2 + index * LINE, self.width() - left, LINE)
            short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, short)
        painter.end()
