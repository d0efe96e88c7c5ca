"""The series of a workspace as a list: found by words in either language, each with what is known of it."""

from __future__ import annotations

import numpy as np

from briefing.data.catalogue import Entry
from briefing.metrics.derived import Derived
from briefing.problems import Refused
from briefing.series import Series
from briefing.text import Lang


def found(source: Derived, query: str, lang: Lang = "en") -> list[Series]:
    """The series that have data and fit the query, the closest first; all of them for an empty one.

    A derived series that cannot be computed at this date is left out; asking for it by name says why.
    """
    there = frozenset(source.ids())
    entries = [entry for entry in source.catalogue.search(query, lang) if entry.series_id in there]
    source.market.read([entry.series_id for entry in entries if not entry.formula])
    return [series for entry in entries if (series := _read(source, entry)) is not None]


def _read(source: Derived, entry: Entry) -> Series | None:
    try:
        return source.series(entry.series_id)
    except Refused:
        if not entry.formula:
            raise
        return None


def facts(source: Derived, series: Series) -> dict[str, object]:
    """A series as `briefing series --json` prints it and the window receives it; its values are not in it."""
    entry = source.catalogue.entry(series.id)
    return {
        "id": series.id,
        "aliases": list(entry.aliases) if entry else [],
        "name": series.name.as_json(),
        "short": series.short.as_json(),
        "kind": series.kind.value,
        "unit": series.unit,
        "delta_unit": series.delta_unit,
        "decimals": series.decimals,
        "calendar": series.calendar,
        "source": series.source.as_json(),
        "tags": list(series.tags),
        "n": len(series),
        "last": series.last_date.isoformat() if series.last_date else None,
        "late": series.late.as_json() if series.late else None,
        "caveats": {caveat.value: np.datetime_as_string(days).tolist() for caveat, days in series.caveats.items()},
        "pauses": [day.isoformat() for day in series.pauses],
        "vintage": series.vintage,
        "revised": series.revised,
    }
