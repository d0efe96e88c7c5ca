"""The grid of linked charts: one range and one crosshair over all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QWidget

from briefing.charts.palette import PALETTES
from briefing.charts.readout import beside
from briefing.charts.sight import range_places, seen
from briefing.charts.spec import RANGES, ChartSpec, Range
from briefing.series import Series
from briefing.text import Label, Lang
from briefing_ui.chart_card import CardState, ChartCard
from briefing_ui.look import Look

SLOTS = 4
_NAME = Label("Charts", "圖表")


class ChartSession(Protocol):
    """What the charts need of the session."""

    @property
    def as_of(self) -> date | None: ...
    @property
    def look(self) -> Look: ...
    @property
    def lang(self) -> Lang: ...
    @property
    def series_arrived(self) -> SignalInstance: ...
    @property
    def market_changed(self) -> SignalInstance: ...
    @property
    def look_changed(self) -> SignalInstance: ...
    @property
    def language_changed(self) -> SignalInstance: ...
    @property
    def note_changed(self) -> SignalInstance: ...

    def catalogue_entry(self, series_id: str) -> object | None: ...

    def series(self, series_id: str) -> Series | None: ...


class ChartsPanel(QWidget):
    """Up to four charts, 1 x 1 to 2 x 2, with one range and one crosshair.

    `note_wanted(ChartSpec)` asks to drop a chart into the note, `current_changed(int)` tells that
    another chart is the current one, `specs_changed()` that a chart or its pin changed.
    """

    note_wanted = Signal(object)
    current_changed = Signal(int)
    specs_changed = Signal()

    def __init__(self, session: ChartSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._specs: list[ChartSpec | None] = [None] * SLOTS
        self._pinned: set[int] = set()
        self._range: Range = "1Y"
        self._zoom: tuple[float, float] | None = None
        self._crosshair: float | None = None
        self._current = 0
        self._held: dict[str, Series] = {}
        self._as_of = session.as_of
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self.cards = tuple(self._card(slot) for slot in range(SLOTS))
        self._shape = (2, 2)
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self.refresh)
        self._connect(session)
        self.set_grid(2, 2)

    @property
    def current(self) -> int:
        """The place of the chart that actions mean."""
        return self._current

    @property
    def current_card(self) -> ChartCard:
        """The chart that actions mean."""
        return self.cards[self._current]

    @property
    def range_(self) -> Range | None:
        """The chosen range, None after zooming or panning."""
        return self._range if self._zoom is None else None

    def current_spec(self) -> ChartSpec | None:
        """What the current chart shows, with the chosen range."""
        spec = self._specs[self._current]
        return replace(spec, range=self._range) if spec is not None else None

    def specs(self) -> tuple[ChartSpec | None, ...]:
        """What each place shows, with the chosen range."""
        return tuple(replace(spec, range=self._range) if spec is not None else None for spec in self._specs)

    def is_pinned(self, slot: int) -> bool:
        """Whether a chart is kept when others are opened."""
        return slot in self._pinned

    def show_chart(self, spec: ChartSpec, slot: int | None = None, *, pinned: bool = False) -> int:
        """Show a chart at a place, made current; gives the place.

        Without a place: the current one, or the next in the grid that is free or not pinned. The
        range of the grid stays.
        """
        place = self._free_place() if slot is None else slot
        self._specs[place] = spec
        if pinned:
            self._pinned.add(place)
        self.set_current(place)
        self._later()
        self.specs_changed.emit()
        return place

    def clear(self, slot: int) -> None:
        """Make a place empty."""
        self._specs[slot] = None
        self._pinned.discard(slot)
        self._later()
        self.specs_changed.emit()

    def toggle_pin(self, slot: int) -> None:
        """Pin a chart, or let it go."""
        if self._specs[slot] is None:
            return
        self._pinned ^= {slot}
        self._later()
        self.specs_changed.emit()

    def set_current(self, slot: int) -> None:
        """Make a chart the one that actions mean."""
        for card in self.cards:
            card.set_current(current=card is self.cards[slot])
        if slot != self._current:
            self._current = slot
            self.current_changed.emit(slot)

    def set_grid(self, rows: int, columns: int) -> None:
        """Show 1 x 1 to 2 x 2 charts; those that have no place are kept for later."""
        self._shape = (rows, columns)
        for slot, card in enumerate(self.cards):
            self._grid.removeWidget(card)
            card.setVisible(slot < rows * columns)
            if slot < rows * columns:
                self._grid.addWidget(card, slot // columns, slot % columns)
        for index in range(2):
            self._grid.setRowStretch(index, int(index < rows))
            self._grid.setColumnStretch(index, int(index < columns))
        if self._current >= rows * columns:
            self.set_current(0)
        self._later()

    def set_range(self, range_: Range) -> None:
        """Choose a range for all charts and forget the zoom."""
        self._range, self._zoom = range_, None
        self._later()
        self.specs_changed.emit()

    def reset_zoom(self) -> None:
        """Back to the chosen range."""
        self._zoom = None
        self._later()

    def zoom_to(self, low: float, high: float) -> None:
        """Show another stretch of the date axis in all charts."""
        self._zoom = (low, high)
        self._later()

    def point_at(self, place: float | None) -> None:
        """Put the crosshair of all charts at a place of the date axis, or take it away."""
        self._crosshair = place
        for card in self._shown():
            card.point_at(place)

    def refresh(self) -> None:
        """Lay all charts out again, at once."""
        self._due.stop()
        self._as_of = self._session.as_of
        self.setAccessibleName(_NAME.of(self._session.lang))
        given = [self._given(spec) for spec in self._specs]
        places = self._zoom or self._places(given)
        for slot, card in enumerate(self.cards):
            if slot < self._shape[0] * self._shape[1]:
                card.show_state(self._state(slot, given[slot], places))

    def _state(self, slot: int, given: dict[str, Series], places: tuple[float, float] | None) -> CardState:
        session = self._session
        spec = self._specs[slot]
        pinned = slot in self._pinned
        names = {line.series for line in spec.lines} if spec is not None else set()
        known = {name for name in names if name in given or session.catalogue_entry(name) is not None}
        unknown = tuple(sorted(names - known))
        return CardState(spec, given, session.as_of, places, self.range_, session.look, session.lang, pinned, unknown)

    def _places(self, given: list[dict[str, Series]]) -> tuple[float, float] | None:
        """The chosen range over all charts: Max begins with the oldest observation of any."""
        as_of = self._session.as_of
        if as_of is None:
            return None
        palette = PALETTES[self._session.look.theme]
        pairs = zip(self._specs, given, strict=True)
        lines = [line for spec, own in pairs if spec is not None for line in seen(spec, own, as_of, palette)]
        return range_places(self._range, lines, as_of)

    def _given(self, spec: ChartSpec | None) -> dict[str, Series]:
        """The series of a chart that are there; asking for the others makes them come."""
        names = [line.series for line in spec.lines] if spec is not None else []
        for name in names:
            found = self._session.series(name) if name not in self._held else None
            if found is not None:
                self._held[name] = found
        return {name: self._held[name] for name in names if name in self._held}

    def _free_place(self) -> int:
        count = self._shape[0] * self._shape[1]
        places = [(self._current + step) % count for step in range(count)]
        return next((place for place in places if place not in self._pinned), self._current)

    def _shown(self) -> tuple[ChartCard, ...]:
        return self.cards[: self._shape[0] * self._shape[1]]

    def _card(self, slot: int) -> ChartCard:
        card = ChartCard(slot + 1, self)
        view = card.view
        card.range_chosen.connect(self.set_range)
        card.note_wanted.connect(partial(self._into_note, slot))
        view.focused.connect(partial(self.set_current, slot))
        view.range_wanted.connect(self.zoom_to)
        view.reset_wanted.connect(self.reset_zoom)
        view.range_key.connect(lambda index: self.set_range(RANGES[index]))
        view.pointed.connect(self.point_at)
        view.stepped.connect(partial(self._step, slot))
        view.jumped.connect(partial(self._jump, slot))
        view.pin_wanted.connect(partial(self.toggle_pin, slot))
        return card

    def _connect(self, session: ChartSession) -> None:
        session.series_arrived.connect(self._arrived)
        session.market_changed.connect(self._anew)
        session.note_changed.connect(self._note_changed)
        session.look_changed.connect(self._later)
        session.language_changed.connect(self._later)

    def _arrived(self, series_id: str) -> None:
        """Draw what was waited for. A chart may name a series by an alias of the id that arrives."""
        del series_id
        if any(line.series not in self._held for spec in self._specs if spec is not None for line in spec.lines):
            self._later()

    def _note_changed(self) -> None:
        """A note has its own as-of date."""
        if self._session.as_of != self._as_of:
            self._anew()

    def _anew(self) -> None:
        """Ask for every series again."""
        self._held.clear()
        self._later()

    def _later(self) -> None:
        """Lay out once for all that happens before the next turn of the event loop."""
        self._due.start()

    def _into_note(self, slot: int) -> None:
        self.set_current(slot)
        spec = self.current_spec()
        if spec is not None:
            self.note_wanted.emit(spec)

    def _step(self, slot: int, step: int) -> None:
        """Move the crosshair to the next observation of the chart's first line in sight."""
        picture = self.cards[slot].picture
        if picture is None or not picture.lines:
            return
        low, high = picture.x_range
        start = high + 1 if self._crosshair is None else self._crosshair
        place = beside(picture.lines[0].trace, start, step)
        if low <= place <= high:
            self.point_at(place)

    def _jump(self, slot: int, end: int) -> None:
        """Move the crosshair to the first or the last observation in sight."""
        picture = self.cards[slot].picture
        if picture is None or not picture.lines:
            return
        low, high = picture.x_range
        trace = picture.lines[0].trace
        self.point_at(beside(trace, low - 1e-3, 1) if end < 0 else beside(trace, high + 1e-3, -1))
