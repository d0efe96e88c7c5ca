"""The market with its derived series: what the catalogue declares by a formula is a series like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Protocol

from briefing.data.calendars import pauses
from briefing.data.catalogue import Catalogue, Entry
from briefing.data.health import Health
from briefing.data.revisions import Change
from briefing.data.workspace import Workspace
from briefing.metrics.arithmetic import Operand, combined, in_unit, negative
from briefing.metrics.formula import Binary, Call, Leg, Negative, Node, Number, legs, parse_formula
from briefing.metrics.metric import Shape
from briefing.metrics.registry import history
from briefing.problems import Place, Problem, Refused, error
from briefing.series import Series, SeriesSource
from briefing.text import Label


class Stored(SeriesSource, Protocol):
    """A source of stored series that knows its catalogue: the market."""

    @property
    def catalogue(self) -> Catalogue:
        """Every series that the workspace has words for."""
        ...

    def ids(self) -> tuple[str, ...]:
        """The ids of all stored series, sorted."""
        ...

    def read(self, series_ids: Sequence[str]) -> list[Series]:
        """Several series at once, in the order asked for."""
        ...

    def newest(self) -> date:
        """The date of the newest value, whatever the as-of date."""
        ...

    @property
    def vintage(self) -> str:
        """The vintage that gives this view again later."""
        ...

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the store could not be read so far."""
        ...

    def changes(self, since: str | None = None) -> tuple[Change, ...]:
        """The past values that loads after a vintage changed."""
        ...

    def health(self) -> tuple[Health, ...]:
        """How every stored series stands, then what ails files and the store."""
        ...


@dataclass(frozen=True)
class Derived:
    """A `SeriesSource` over a market and the formulas of its catalogue. A stored series comes before a formula."""

    market: Stored
    _made: dict[str, Series] = field(default_factory=dict, repr=False, compare=False)

    @property
    def as_of(self) -> date:
        """The last observation date admitted."""
        return self.market.as_of

    @property
    def catalogue(self) -> Catalogue:
        """The market's catalogue."""
        return self.market.catalogue

    def newest(self) -> date:
        """The date of the newest stored value, whatever the as-of date."""
        return self.market.newest()

    @property
    def vintage(self) -> str:
        """The vintage that gives this view again later: what a note pins."""
        return self.market.vintage

    def events(self, name: str) -> tuple[date, ...]:
        """The dates of a calendar of events, sorted."""
        return self.market.events(name)

    def ids(self) -> tuple[str, ...]:
        """Stored series, and derived ones all of whose legs are there, sorted."""
        known = {entry.series_id for entry in self.catalogue.entries if self._is_there(entry, ())}
        return tuple(sorted(self._stored | known))

    def series(self, series_id: str) -> Series:
        """A series by id or alias.

        Raises `Refused` for an unknown one, and for a formula that is malformed, names a series that
        is not there, goes round in a circle, mixes units, or gives another unit than declared.
        """
        return self._series(series_id, ())

    def read(self, series_ids: Sequence[str]) -> list[Series]:
        """Several series, the stored ones fetched together. Raises `Refused` as `series` does."""
        self.market.read([name for name in series_ids if self._formula(name) is None])
        return [self.series(name) for name in series_ids]

    @cached_property
    def _stored(self) -> frozenset[str]:
        return frozenset(self.market.ids())

    def preview(self, entry: Entry) -> Series:
        """What an entry's formula gives, whether or not the catalogue holds it. Raises `Refused` as `series` does."""
        return self._computed(entry, (entry.series_id,))

    def _series(self, series_id: str, trail: tuple[str, ...]) -> Series:
        entry = self._formula(series_id)
        name = entry.series_id if entry else series_id
        if name in trail:
            raise Refused(_circle((*trail, name)))
        if entry is None:
            return self.market.series(series_id)
        if entry.series_id not in self._made:
            self._made[entry.series_id] = self._computed(entry, (*trail, entry.series_id))
        return self._made[entry.series_id]

    def _computed(self, entry: Entry, trail: tuple[str, ...]) -> Series:
        try:
            made = self._evaluated(parse_formula(entry.formula), trail)
            fitted = in_unit(_as_series(made, entry), Shape(entry.kind, entry.unit, entry.delta_unit, entry.decimals))
        except Refused as refused:
            raise Refused(*(_because(entry, problem) for problem in refused.problems)) from refused
        return replace(
            fitted,
            id=entry.series_id,
            name=entry.name,
            short=entry.short,
            calendar=entry.calendar,
            pauses=pauses(entry.calendar, fitted.dates),
            source=entry.source,
            tags=entry.tags,
        )

    def _evaluated(self, node: Node, trail: tuple[str, ...]) -> Operand:
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Leg):
            return self._series(node.series_id, trail)
        if isinstance(node, Negative):
            return negative(self._evaluated(node.operand, trail))
        if isinstance(node, Binary):
            return combined(node.operator, self._evaluated(node.left, trail), self._evaluated(node.right, trail))
        return self._measured(node, trail)

    def _measured(self, call: Call, trail: tuple[str, ...]) -> Series:
        inputs = [self._evaluated(argument, trail) for argument in call.arguments]
        series = [one for one in inputs if isinstance(one, Series)]
        if len(series) < len(inputs):
            raise Refused(_number_for_series(call.metric))
        return history(call.metric, series, call.window, self)

    def _formula(self, series_id: str) -> Entry | None:
        entry = self.catalogue.entry(series_id)
        return entry if entry is not None and entry.formula and entry.series_id not in self._stored else None

    def _is_there(self, entry: Entry, trail: tuple[str, ...]) -> bool:
        if entry.series_id in self._stored:
            return True
        if not entry.formula or entry.series_id in trail:
            return False
        try:
            names = legs(parse_formula(entry.formula))
        except Refused:
            return False
        found = [self.catalogue.entry(name) for name in names]
        return all(leg is not None and self._is_there(leg, (*trail, entry.series_id)) for leg in found)


def legs_of(entry: Entry) -> tuple[str, ...]:
    """The series that the formula of an entry names; none for a malformed one."""
    try:
        return legs(parse_formula(entry.formula))
    except Refused:
        return ()


def open_source(workspace: Workspace, as_of: date | None = None, vintage: str | None = None) -> Derived:
    """The market of a workspace with its derived series. Raises `Refused` as `Market` does."""
    from briefing.data.market import Market

    return Derived(Market(workspace, as_of, vintage))


def _as_series(made: Operand, entry: Entry) -> Series:
    if isinstance(made, Series):
        return made
    raise Refused(
        error(
            "formula.number",
            Place(field="formula"),
            Label(f"“{entry.formula}” names no series.", f"「{entry.formula}」未引用任何序列。"),
            Label("Write it like UST10Y - UST2Y.", "請寫成UST10Y - UST2Y。"),
        )
    )


def _because(entry: Entry, problem: Problem) -> Problem:
    label = Label(
        f"{entry.series_id} cannot be computed: {problem.message.en}",
        f"無法計算{entry.series_id}：{problem.message.zh}",
    )
    return replace(problem, message=label)


def _circle(trail: tuple[str, ...]) -> Problem:
    path = " → ".join(trail)
    return error(
        "formula.circle",
        Place(field="formula"),
        Label(f"The formulas go round in a circle: {path}.", f"公式互相循環引用：{path}。"),
        Label("Let one of them name stored series only.", "請讓其中一個公式僅引用已匯入的序列。"),
    )


def _number_for_series(name: str) -> Problem:
    return error(
        "formula.number",
        Place(field="formula"),
        Label(f"{name} takes series, not numbers.", f"{name}的引數須為序列，而非數字。"),
        Label("Put the id of a series there.", "請填入序列代碼。"),
    )
