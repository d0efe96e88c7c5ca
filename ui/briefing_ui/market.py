"""The open market as the window knows it: the listing, and the series and values that have come so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from briefing.problems import Problem
from briefing.text import Label
from briefing.workers.protocol import Broken, problem_from_json
from briefing_ui.jobs import Jobs, Reply

if TYPE_CHECKING:
    from briefing.series import Kind, Late, Series

_MOST_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Listed:
    """What the catalogue says of a series in the store. `last` is None while it is empty.

    `caveats` are the days (ISO) under each caveat, `pauses` the closed days over which its line is not broken.
    """

    id: str
    aliases: tuple[str, ...]
    name: Label
    short: Label
    kind: Kind
    unit: str
    delta_unit: str
    decimals: int
    calendar: str
    source: Label
    tags: tuple[str, ...]
    last: date | None
    late: Late | None
    vintage: str = ""
    revised: bool = False
    caveats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pauses: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The series of a workspace at an as-of date, with the words of their tags, and what ails the store as a whole.

    `vintage` gives this view again later.
    """

    workspace: str = ""
    as_of: date | None = None
    newest: date | None = None
    vintage: str = ""
    entries: tuple[Listed, ...] = ()
    tags: Mapping[str, Label] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def late(self) -> tuple[Listed, ...]:
        """The series that are late."""
        return tuple(entry for entry in self.entries if entry.late is not None)


class Market(QObject):
    """Asks the data worker for what is wanted, and keeps what came until the market changes.

    Values of references stay readable, as they were, until their new ones are there.
    `problems(tuple[Problem, ...])` tells why something could not be had.
    """

    changed = Signal()
    series_arrived = Signal(str)
    values_arrived = Signal()
    problems = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.listing = Listing()
        self.movers: tuple[Mapping[str, Any], ...] = ()
        self._names: dict[str, Listed] = {}
        self._series: dict[str, Series] = {}
        self._asked: set[str] = set()
        self._values: dict[str, Mapping[str, Any]] = {}
        self._stale: set[str] = set()
        self._wanted: set[str] = set()
        self._as_of: date | None = None
        self._vintage: str | None = None
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self._ask)

    def show(self, listing: Listing) -> None:
        """Take the listing of a workspace that was opened or read again."""
        self.listing = listing
        self._names = {name: entry for entry in listing.entries for name in (entry.id, *entry.aliases)}
        self._series.clear()
        self._asked.clear()
        self._stale = set(self._values)
        self.movers = self.movers if listing.entries else ()
        if listing.entries:
            self._jobs.ask("data", "movers", {}, self._movers_came, key="movers")
        self.changed.emit()

    def set_view(self, as_of: date | None, vintage: str | None) -> None:
        """Values are those at the as-of date and vintage of a note; None means the newest, and all that was loaded."""
        if vintage != self._vintage:
            self._series.clear()
            self._asked.clear()
        if (as_of, vintage) != (self._as_of, self._vintage):
            self._as_of, self._vintage, self._stale = as_of, vintage, set(self._values)

    def entry(self, name: str) -> Listed | None:
        """The catalogue's entry of an id or alias."""
        return self._names.get(name)

    def series(self, name: str) -> Series | None:
        """A series by id or alias, or None while it is on its way or when there is none."""
        entry = self._names.get(name)
        if entry is None:
            return None
        if entry.id not in self._series and entry.id not in self._asked:
            self._asked.add(entry.id)
            self._wanted.add(entry.id)
            self._due.start()
        return self._series.get(entry.id)

    def value(self, ref: str) -> Mapping[str, Any] | None:
        """The value of a reference as it came last, or None when it never came."""
        return self._values.get(ref)

    def want_values(self, refs: Iterable[str]) -> None:
        """Make the values of these references come, unless they are there."""
        missing = [ref for ref in dict.fromkeys(refs) if ref not in self._values or ref in self._stale]
        if missing and self.listing.entries:
            as_of = self._as_of.isoformat() if self._as_of else None
            args = {"refs": missing, "as_of": as_of, "vintage": self._vintage}
            self._jobs.ask("data", "values", args, self._values_came)

    def _ask(self) -> None:
        wanted = sorted(self._wanted)
        self._wanted.clear()
        for at in range(0, len(wanted), _MOST_AT_ONCE):
            args = {"ids": wanted[at : at + _MOST_AT_ONCE], "vintage": self._vintage}
            self._jobs.ask("data", "series", args, self._series_came)

    def _movers_came(self, reply: Reply) -> None:
        if reply.ok:
            self.movers = tuple(reply.result["rows"])
            self.changed.emit()
        else:
            self.problems.emit(reply.problems)

    def _series_came(self, reply: Reply) -> None:
        if not reply.ok:
            self.problems.emit(reply.problems)
            return
        for series in unpacked(reply.result["series"], reply.body, self.listing.as_of):
            self._series[series.id] = series
            names = {series.id} | {name for name, entry in self._names.items() if entry.id == series.id}
            for name in sorted(names):
                self.series_arrived.emit(name)

    def _values_came(self, reply: Reply) -> None:
        if not reply.ok:
            self.problems.emit(reply.problems)
            return
        came = reply.result["values"]
        changed = any(self._values.get(ref) != value for ref, value in came.items())
        self._values.update(came)
        self._stale.difference_update(came)
        if changed:
            self.values_arrived.emit()


def listing_from(result: Mapping[str, Any]) -> Listing:
    """The listing in the data worker's answer to `open`. Raises `Broken` for an answer of another shape."""
    try:
        return Listing(
            workspace=str(result["workspace"]),
            as_of=_day(result["as_of"]),
            newest=_day(result["newest"]),
            vintage=str(result["vintage"]),
            entries=tuple(_listed(raw) for raw in result["series"]),
            tags={tag: _label(words) for tag, words in result["tags"].items()},
            problems=tuple(problem_from_json(problem) for problem in result["problems"]),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise Broken(f"a listing without {fault}") from fault


def unpacked(metas: Sequence[Mapping[str, Any]], body: bytes, as_of: date | None) -> tuple[Series, ...]:
    """The series in an answer: for each n days since 1970 (int32), then n values (float64)."""
    import numpy as np

    from briefing.series import Caveat, Series

    epoch = np.datetime64("1970-01-01", "D")
    found: list[Series] = []
    at = 0
    for raw in metas:
        meta, count = _listed(raw), int(raw["n"])
        end = at + 12 * count
        if count < 0 or end > len(body):
            raise Broken("fewer observations than announced")
        days = np.frombuffer(body, "<i4", count, at)
        values = np.frombuffer(body, "<f8", count, at + 4 * count)
        at = end
        found.append(
            Series(
                id=meta.id,
                name=meta.name,
                short=meta.short,
                kind=meta.kind,
                unit=meta.unit,
                delta_unit=meta.delta_unit,
                decimals=meta.decimals,
                calendar=meta.calendar,
                source=meta.source,
                dates=epoch + days.astype("timedelta64[D]"),
                values=values.astype(np.float64),
                as_of=as_of or meta.last or date.min,
                vintage=meta.vintage,
                revised=meta.revised,
                late=meta.late,
                tags=meta.tags,
                caveats={Caveat(name): np.array(days, "datetime64[D]") for name, days in meta.caveats.items()},
                pauses=meta.pauses,
            )
        )
    return tuple(found)


def _listed(raw: Mapping[str, Any]) -> Listed:
    from briefing.series import Kind, Late

    late = raw["late"]
    return Listed(
        id=str(raw["id"]),
        aliases=tuple(raw["aliases"]),
        name=_label(raw["name"]),
        short=_label(raw["short"]),
        kind=Kind(raw["kind"]),
        unit=str(raw["unit"]),
        delta_unit=str(raw["delta_unit"]),
        decimals=int(raw["decimals"]),
        calendar=str(raw["calendar"]),
        source=_label(raw["source"]),
        tags=tuple(raw["tags"]),
        last=_day(raw["last"]),
        late=Late(date.fromisoformat(late["last"]), int(late["sessions"]), str(late["freq"])) if late else None,
        vintage=str(raw.get("vintage", "")),
        revised=bool(raw.get("revised", False)),
        caveats={str(name): tuple(map(str, days)) for name, days in raw["caveats"].items()},
        pauses=tuple(map(date.fromisoformat, raw["pauses"])),
    )


def _label(raw: Mapping[str, Any]) -> Label:
    return Label(str(raw["en"]), str(raw["zh"]))


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
