"""What entered a store, in order: loads, and the decisions to hide one and to show it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.data.vintages import Bound, loaded_at
from briefing.problems import NOWHERE, Refused, error
from briefing.text import Label


@dataclass(frozen=True, slots=True)
class Load:
    """One table of a file as it was loaded; its rows are what it added or revised.

    `vintage` is the time of the load by the writer's clock, never before that of an earlier load unless a
    person asked for it; `load_id` counts up over the whole store, so (vintage, load_id) is the order in
    which loads stand over each other. `series` maps ids to their last date with a value, "" for none.
    `part` is the sheet or archive member, `batch` the numbers of all loads that came with it from one file:
    they are seen together or not at all. A load of an option chain has `root`, `quote_date` and `clock`
    instead of series.
    """

    load_id: int
    dataset: str
    vintage: str
    file: str
    sha256: str
    recogniser: str
    version: int
    program: str
    series: Mapping[str, str] = field(default_factory=dict, hash=False)
    part: str = ""
    root: str = ""
    quote_date: str = ""
    clock: str = ""
    batch: tuple[int, ...] = ()

    @property
    def order(self) -> tuple[str, int]:
        """What loads are sorted by."""
        return self.vintage, self.load_id

    def as_json(self) -> dict[str, object]:
        """A load as lists of loads have it."""
        return {
            "load_id": self.load_id,
            "batch": list(self.batch),
            "vintage": self.vintage,
            "loaded_at": loaded_at(self.vintage),
            "dataset": self.dataset,
            "file": self.file,
            "part": self.part,
            "sha256": self.sha256,
            "recogniser": self.recogniser,
            "series": sorted(self.series),
            "root": self.root,
            "quote_date": self.quote_date,
            "clock": self.clock,
        }


@dataclass(frozen=True, slots=True)
class Hiding:
    """The decision to hide loads, or to show them again. `event_id` is a number from the same count as loads."""

    event_id: int
    vintage: str
    load_ids: tuple[int, ...]
    hidden: bool
    by: str = ""

    @property
    def order(self) -> tuple[str, int]:
        """Where the decision stands among the loads."""
        return self.vintage, self.event_id


def hidden_ids(hidings: Iterable[Hiding], bound: Bound) -> frozenset[int]:
    """The loads that are hidden in the view at a bound: the last decision until then counts."""
    state: dict[int, bool] = {}
    for hiding in sorted(hidings, key=lambda one: one.order):
        if bound.admits(hiding.vintage, hiding.event_id):
            state.update(dict.fromkeys(hiding.load_ids, hiding.hidden))
    return frozenset(load_id for load_id, hidden in state.items() if hidden)


def visible(loads: Iterable[Load], hidings: Iterable[Hiding], bound: Bound) -> tuple[Load, ...]:
    """The loads that a view at a bound sees, in their order."""
    hidden = hidden_ids(hidings, bound)
    seen = (one for one in loads if bound.admits(one.vintage, one.load_id) and one.load_id not in hidden)
    return tuple(sorted(seen, key=lambda one: one.order))


def hidden_loads(loads: Iterable[Load], hidings: Iterable[Hiding], bound: Bound) -> tuple[Load, ...]:
    """The loads that a view at a bound would see were they not hidden, in their order."""
    hidden = hidden_ids(hidings, bound)
    kept = (one for one in loads if bound.admits(one.vintage, one.load_id) and one.load_id in hidden)
    return tuple(sorted(kept, key=lambda one: one.order))


def check_hiding(load_ids: Sequence[int], loads: Iterable[Load], hidden_now: Iterable[Load], *, hidden: bool) -> None:
    """Raise `Refused` unless there are such loads and none of them is hidden, or shown, already."""
    there = {load.load_id for load in loads}
    already = {load.load_id for load in hidden_now}
    for load_id in load_ids:
        if load_id not in there:
            message = Label(f"There is no load {load_id}.", f"沒有編號{load_id}的載入。")
        elif (load_id in already) is hidden:
            state = Label("hidden", "隱藏") if hidden else Label("shown", "顯示")
            message = Label(f"Load {load_id} is {state.en} already.", f"編號{load_id}的載入已是{state.zh}狀態。")
        else:
            continue
        hint = Label("“briefing store loads” lists the loads.", "「briefing store loads」會列出所有載入。")
        raise Refused(error("store.hiding", NOWHERE, message, hint))
