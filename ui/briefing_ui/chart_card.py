"""One chart of the grid: title line, readout strip, plot, range row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from briefing.charts.layout import layout
from briefing.charts.palette import PALETTES
from briefing.charts.picture import SCREEN_TEXT, ChartLayout, Medium
from briefing.charts.ranges import LABELS
from briefing.charts.readout import Reading, readout
from briefing.charts.spec import RANGES, ChartSpec, Range
from briefing.charts.trace import Trace
from briefing.charts.words import late_mark
from briefing.series import Series
from briefing.text import Label, Lang
from briefing_ui.chart_strip import Group, Piece, Strip
from briefing_ui.chart_view import ChartView
from briefing_ui.look import TARGET, Look, ui_font

_NO_CHART = Label(
    "No chart here yet. Choose a series in Movers or Series and press Enter.",
    "這裡還沒有圖表。請在「異動」或「序列」選取序列後按Enter。",
)
_WAITING = Label("Waiting for data", "等候資料")
_UNKNOWN = Label("No series {} in this workspace", "此工作區沒有序列{}")
_INTO_NOTE = Label("→ Note", "→報告")
_INTO_NOTE_HINT = Label("Put this chart into the note as a figure (Ctrl+D)", "將這張圖表放入報告（Ctrl+D）")
_PINNED = Label("Pinned", "已固定")
_PIN_HINT = Label("Pinned: other series open in another chart (Space)", "已固定：其他序列會在別的圖表開啟（空白鍵）")
_SHOW_RANGE = Label("Show {}", "顯示{}")
_RANGE_NAME = Label("Range {}", "區間：{}")
_CHART = Label("Chart {}", "圖表{}")
_NO_HINT = Label("", "")
_TIGHT = f"padding: 0 5px; min-height: {TARGET - 2}px; max-height: {TARGET - 2}px;"
_STRIP_POINTS = 8.25
_LEAST = (120, 60)
"""A view smaller than this is laid out as if it had so many pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class CardState:
    """All that a card shows. `spec` None is an empty place; `series` has those that have arrived.

    `unknown` are series of the spec that the workspace does not have.
    """

    spec: ChartSpec | None
    series: Mapping[str, Series]
    as_of: date | None
    places: tuple[float, float] | None
    range_: Range | None
    look: Look
    lang: Lang
    pinned: bool = False
    unknown: tuple[str, ...] = ()


class ChartCard(QWidget):
    """One place of the grid. `show_state` tells it everything; what the user does leaves as signals."""

    range_chosen = Signal(str)
    note_wanted = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._state: CardState | None = None
        self._crosshair: float | None = None
        self._current = False
        self.title = Strip(self, more=False)
        self.strip = Strip(self)
        self.view = ChartView(self)
        self.hint = QLabel(self.view)
        self.go = QPushButton(self.view)
        self.pin_mark = QLabel(self)
        self.into_note = QToolButton(self)
        self.ranges = QButtonGroup(self)
        self._arrange()
        self.view.resized.connect(self._draw)
        self.into_note.clicked.connect(self.note_wanted)
        self.go.clicked.connect(self._go)
        self.ranges.buttonClicked.connect(lambda button: self.range_chosen.emit(button.property("range")))

    @property
    def picture(self) -> ChartLayout | None:
        """The layout on the screen, None while there is nothing to draw."""
        return self.view.picture

    def lines(self) -> tuple[tuple[Series, Trace], ...]:
        """The lines in sight with their data, in the order of the spec."""
        picture, state = self.picture, self._state
        if picture is None or state is None:
            return ()
        return tuple((state.series[line.series], line.trace) for line in picture.lines)

    def show_state(self, state: CardState) -> None:
        """Show something else."""
        before, self._state = self._state, state
        if before is None or _worded_alike(before) != _worded_alike(state):
            self._word(state)
        self._draw()

    def point_at(self, place: float | None) -> None:
        """Move the crosshair; without one the strip reads the last values in sight."""
        self._crosshair = place
        self.view.point_at(place)
        self._read()

    def set_current(self, *, current: bool) -> None:
        """Whether actions mean this chart; it then has a frame."""
        if current != self._current:
            self._current = current
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and the frame of the current chart."""
        del event
        if self._state is None:
            return
        tokens = self._state.look.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        painter.setPen(QPen(QColor(tokens.accent if self._current else tokens.line), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the hint in the middle."""
        super().resizeEvent(event)
        self._place_hint()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 3, 6, 2)
        column.setSpacing(1)
        head, row = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(6)
        row.setSpacing(1)
        self.into_note.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.into_note.setFixedHeight(TARGET)
        self.into_note.setStyleSheet(_TIGHT)
        self.strip.setFont(ui_font(_STRIP_POINTS))
        self.pin_mark.setProperty("part", "muted")
        for widget, stretch in ((self.title, 1), (self.pin_mark, 0), (self.into_note, 0)):
            head.addWidget(widget, stretch)
        for range_ in RANGES:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setProperty("range", range_)
            button.setFixedHeight(TARGET)
            button.setStyleSheet(_TIGHT)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.ranges.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setProperty("part", "muted")
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.go.hide()

    def _word(self, state: CardState) -> None:
        """Every word again, in the language of the state."""
        lang = state.lang
        self.into_note.setText(_INTO_NOTE.of(lang))
        self.into_note.setToolTip(_INTO_NOTE_HINT.of(lang))
        self.into_note.setAccessibleName(_INTO_NOTE_HINT.of(lang))
        self.into_note.setVisible(state.spec is not None)
        self.pin_mark.setText(_PINNED.of(lang))
        self.pin_mark.setToolTip(_PIN_HINT.of(lang))
        self.pin_mark.setVisible(state.pinned)
        self.ranges.setExclusive(False)
        for button in self.ranges.buttons():
            range_: Range = button.property("range")
            words = LABELS[range_].of(lang)
            button.setText(words)
            button.setAccessibleName(_RANGE_NAME.of(lang).format(words))
            button.setToolTip(_RANGE_NAME.of(lang).format(words))
            button.setChecked(range_ == state.range_)
            button.setVisible(state.spec is not None)
        self.ranges.setExclusive(state.range_ is not None)

    def _draw(self) -> None:
        """Lay the chart out for the size of the view, and paint it."""
        state = self._state
        if state is None:
            return
        palette = PALETTES[state.look.theme]
        if state.spec is None or state.as_of is None or not state.series:
            self.view.blank(palette.ground)
        else:
            picture = layout(
                state.spec,
                state.series,
                size=(max(self.view.width(), _LEAST[0]), max(self.view.height(), _LEAST[1])),
                langs=(state.lang,),
                as_of=state.as_of,
                x_range=state.places,
                medium=Medium(SCREEN_TEXT, palette),
            )
            self.view.draw(picture)
        self._say(state)
        self._read()

    def _say(self, state: CardState) -> None:
        """Title, late marks, hint and the button that leads to data."""
        picture, lang, tokens = self.picture, state.lang, state.look.tokens
        hint = _NO_HINT if picture is not None else _hint(state)
        groups: list[Group] = []
        name = _CHART.of(lang).format(self._number)
        if picture is not None:
            name = f"{name}: {picture.title.of(lang)}"
            title = Piece(picture.title.of(lang), tokens.ink, bold=True)
            late = [entry.late for entry in state.series.values() if entry.late is not None]
            groups.append((title,))
            groups += [(Piece(late_mark(one).of(lang), tokens.warn),) for one in late]
            groups += [(Piece(_unknown(state).of(lang), tokens.error),)] if state.unknown else []
            groups.append((Piece(picture.subtitle.of(lang), tokens.muted),))
        self.title.show_groups(groups)
        self.hint.setText(hint.of(lang))
        self.hint.setVisible(picture is None)
        self.view.setAccessibleName(name)
        self.view.setAccessibleDescription((hint if picture is None else picture.summary).of(lang))
        self._offer(picture.empty.range if picture is not None and picture.empty is not None else None, lang)

    def _offer(self, target: Range | None, lang: Lang) -> None:
        """A button that leads to the range with data, when the chosen one has none."""
        self.go.setVisible(target is not None)
        if target is not None:
            self.go.setText(_SHOW_RANGE.of(lang).format(LABELS[target].of(lang)))
            self.go.setProperty("range", target)
            self.go.adjustSize()
        self._place_hint()

    def _place_hint(self) -> None:
        self.hint.setGeometry(self.view.rect().adjusted(16, 8, -16, -8))
        self.go.move((self.view.width() - self.go.width()) // 2, self.view.height() * 5 // 8)

    def _go(self) -> None:
        self.range_chosen.emit(self.go.property("range"))

    def _read(self) -> None:
        picture, state = self.picture, self._state
        if picture is None or state is None or not picture.lines:
            self.strip.show_groups([])
            return
        place = picture.x_range[1] if self._crosshair is None else self._crosshair
        read = readout(self.lines(), place)
        tokens = state.look.tokens
        colours = {line.series: line.colour for line in picture.lines}
        day: Group = (Piece(read.day.of(state.lang), tokens.muted),)
        readings = [_reading(entry, colours[entry.series], state) for entry in read.readings]
        brief = [(replace(name, text=""), *rest) for name, *rest in readings]
        self.strip.show_groups([day, *readings], [day, *brief])


def _hint(state: CardState) -> Label:
    """Why nothing is drawn."""
    if state.spec is None:
        return _NO_CHART
    return _unknown(state) if state.unknown and state.as_of is not None else _WAITING


def _unknown(state: CardState) -> Label:
    names = ", ".join(state.unknown), "、".join(state.unknown)
    return Label(_UNKNOWN.en.format(names[0]), _UNKNOWN.zh.format(names[1]))


def _worded_alike(state: CardState) -> tuple[object, ...]:
    """What the buttons and marks of a card depend on."""
    return state.lang, state.range_, state.pinned, state.spec is None


def _reading(entry: Reading, colour: str, state: CardState) -> Group:
    tokens, lang = state.look.tokens, state.lang
    tone = {1: state.look.up, -1: state.look.down}.get(entry.tone, tokens.muted)
    pieces: Sequence[Piece] = (
        Piece(entry.name.of(lang), tokens.ink, key=colour),
        Piece(entry.value.of(lang), tokens.ink, bold=True),
        Piece(entry.moved.of(lang), tone),
        Piece(entry.when.of(lang), tokens.muted),
        Piece(entry.caveat.of(lang), tokens.warn),
    )
    return tuple(piece for piece in pieces if piece.text or piece.key)
