"""One entry of the catalogue: what a series is, declared once and never read off its values."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.data.units import factor
from briefing.series import Kind
from briefing.text import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of a series before its first value.

    `sources` orders the datasets that may hold it. `stored_unit` is the unit in the files, `unit` the
    one that is shown. `release_lag_days` counts calendar days from an observation to its publication;
    `tolerated_age` counts sessions of `calendar` after that until the series is late. `low` and `high` are the
    least and the greatest value in the shown unit where those of the kind do not hold. `freq` is D, W,
    M or Q. `formula` is empty for a series that is read from files. `codes` are the names that vendors have
    for exactly this figure, as pairs of vendor and code. The first two `tags` are the asset class and the group.
    """

    series_id: str
    name: Label
    short: Label
    kind: Kind
    unit: str
    delta_unit: str
    stored_unit: str
    decimals: int
    calendar: str
    source: Label
    freq: str = "D"
    tz: str = ""
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    formula: str = ""
    release_lag_days: int = 0
    tolerated_age: int = 1
    low: float | None = None
    high: float | None = None
    quote: str = "decimal"
    licence_note: str = ""
    discontinued_on: str = ""
    tags: tuple[str, ...] = ()

    @property
    def factor(self) -> float:
        """What a stored value is multiplied by when it is read."""
        return factor(self.stored_unit, self.unit) or 1.0
