"""What a person decided about the reading of a file. Where nothing is decided, the file itself has to be clear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

LEFT_OUT = ""
"""The id of a column that is not to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A format, a series, a way to write dates and numbers; empty for what is left open.

    `source` is the name of a recogniser, `as_id` the series of a file that names none, `dates` a name of
    `DATE_STYLES`, `numbers` a name of `NUMBER_STYLES`. `columns` maps headings of the file (or the ids in
    the rows of a long table) to ids of the catalogue, or to `LEFT_OUT`. `encoding` is that of a text that
    does not say its own. `skip` are sheets, or members of an archive, that are not to be read. `quote_date` is the session of an
    option chain that does not state it; it is never remembered, for the next file of that name is another day's.
    """

    source: str = ""
    as_id: str = ""
    dates: str = ""
    numbers: str = ""
    encoding: str = ""
    quote_date: date | None = None
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    skip: frozenset[str] = frozenset()

    def as_json(self) -> dict[str, object]:
        """What was decided, without what was left open."""
        chosen: dict[str, object] = {
            "source": self.source,
            "as": self.as_id,
            "dates": self.dates,
            "numbers": self.numbers,
            "encoding": self.encoding,
            "quote_date": str(self.quote_date or ""),
            "columns": dict(self.columns),
            "skip": sorted(self.skip),
        }
        return {key: value for key, value in chosen.items() if value}
