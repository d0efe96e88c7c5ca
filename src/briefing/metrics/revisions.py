"""Which past values were changed by which load, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - a field is called date

from briefing import numbers
from briefing.data.revisions import Change
from briefing.metrics.derived import Derived
from briefing.metrics.words import level_of
from briefing.series import Series
from briefing.text import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A past value that a load changed. `old` and `new` are in the series' unit; None is a value that is missing."""

    series: str
    name: Label
    date: Day
    old: float | None
    old_text: Label
    new: float | None
    new_text: Label
    dataset: str
    file: str
    vintage: str
    load_id: int

    def as_json(self) -> dict[str, object]:
        """The printed form of `briefing revisions --json`."""
        return {
            "series": self.series,
            "name": self.name.as_json(),
            "date": self.date.isoformat(),
            "old": self.old,
            "old_text": self.old_text.as_json(),
            "new": self.new,
            "new_text": self.new_text.as_json(),
            "dataset": self.dataset,
            "file": self.file,
            "vintage": self.vintage,
            "load_id": self.load_id,
        }


def revisions(source: Derived, since: str | None = None) -> tuple[Revised, ...]:
    """The values that loads after a vintage (None: all loads) changed, up to the as-of date, by load, series and date.

    Raises `Refused` for what is no vintage, and when what the values were before cannot be read any more.
    """
    changes = source.market.changes(since)
    ids = sorted({change.revision.series for change in changes})
    series = dict(zip(ids, source.read(ids), strict=True))
    return tuple(_revised(change, series[change.revision.series]) for change in changes)


def _revised(change: Change, series: Series) -> Revised:
    revision, load = change.revision, change.load
    return Revised(
        series=revision.series,
        name=series.name,
        date=Day.fromisoformat(revision.date),
        old=revision.old,
        old_text=_text(series, revision.old),
        new=revision.new,
        new_text=_text(series, revision.new),
        dataset=load.dataset,
        file=load.file,
        vintage=load.vintage,
        load_id=load.load_id,
    )


def _text(series: Series, value: float | None) -> Label:
    return numbers.MISSING if value is None else level_of(series, value)
