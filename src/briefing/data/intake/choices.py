"""What a person decided about the reading of a file. Where nothing is decided, the file itself has to be clear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from briefing.data.dates.date_text import DATE_STYLES
from briefing.data.reading.number_text import NUMBER_STYLES
from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.text import Label

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


UNDECIDED = Choices()
"""Nothing is decided."""
_WORDS = {"source": "source", "as": "as_id", "dates": "dates", "numbers": "numbers", "encoding": "encoding"}


def choices_from_json(raw: Mapping[str, Any]) -> Choices:
    """The choices of `as_json`. Raises `Refused` for what is none."""
    try:
        words = {field: str(raw[key]) for key, field in _WORDS.items() if raw.get(key)}
        day = str(raw.get("quote_date") or "")
        columns = {str(heading): str(series) for heading, series in dict(raw.get("columns") or {}).items()}
        skip = frozenset(map(str, raw.get("skip") or ()))
        return Choices(**words, quote_date=date.fromisoformat(day) if day else None, columns=columns, skip=skip)
    except (ValueError, TypeError, AttributeError) as fault:
        raise Refused(
            error(
                "choices.unreadable",
                NOWHERE,
                Label(f"These are no choices for an import: {fault}.", f"匯入選項無法解讀：{fault}。"),
                Label("Choose again.", "請重新選擇。"),
            )
        ) from fault


def checked_choices(choices: Choices) -> Choices:
    """The same choices. Raises `Refused` for a style that there is not."""
    for flag, name, known in (
        ("--dates", choices.dates, tuple(DATE_STYLES)),
        ("--numbers", choices.numbers, tuple(NUMBER_STYLES)),
    ):
        if name and name not in known:
            raise Refused(_no_style(flag, name, known))
    return choices


def _no_style(flag: str, name: str, known: tuple[str, ...]) -> Problem:
    return error(
        "choices.unknown",
        NOWHERE,
        Label(f"{flag} cannot be “{name}”.", f"{flag}不可為「{name}」。"),
        Label(f"It can be: {', '.join(known)}.", f"可用的值：{'、'.join(known)}。"),
    )
