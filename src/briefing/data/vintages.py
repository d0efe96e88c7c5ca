"""The vintage of a load: its time in UTC as text of one fixed form, so that it sorts; and views at a vintage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

_FORM = "%Y%m%dT%H%M%SZ"
_SHAPE = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_BOUND = re.compile(r"(?P<vintage>\d{8}T\d{6}Z)(?:-(?P<load>\d{1,18}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a view of the store ends: at all loads of a vintage, or among them at the one with a number.

    The number tells apart loads of the same second, so that a view that was pinned stays as it is.
    """

    vintage: str
    load_id: int | None = None

    def admits(self, vintage: str, load_id: int) -> bool:
        """Whether what entered the store as this is seen."""
        if vintage != self.vintage or self.load_id is None:
            return vintage <= self.vintage
        return load_id <= self.load_id

    @property
    def text(self) -> str:
        """The bound as it is written in options, notes and manifests."""
        return self.vintage if self.load_id is None else f"{self.vintage}-{self.load_id}"


LATEST = Bound("99991231T235959Z")
"""The bound that admits everything."""


def vintage_now() -> str:
    """The vintage of a load that happens now."""
    return datetime.now(UTC).strftime(_FORM)


def instant(vintage: str) -> datetime:
    """The time that a vintage stands for, in UTC."""
    return datetime.strptime(vintage, _FORM).replace(tzinfo=UTC)


def loaded_at(vintage: str) -> str:
    """The time of a vintage as ISO text in UTC: `2026-03-06T21:15:00Z`."""
    day, time = vintage[:8], vintage[9:15]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{time[:2]}:{time[2:4]}:{time[4:]}Z"


def checked_vintage(text: str) -> str:
    """The same vintage. Raises `Refused` when it is not written like 20260306T211500Z."""
    if _SHAPE.fullmatch(text):
        return text
    raise Refused(_malformed(text))


def bound_of(text: str | None) -> Bound:
    """The bound that a text names: a vintage like 20260306T211500Z, or one with a load like 20260306T211500Z-118.

    None stands for everything. Raises `Refused` for another form.
    """
    if text is None:
        return LATEST
    match = _BOUND.fullmatch(text)
    if match is None:
        raise Refused(_malformed(text))
    return Bound(match["vintage"], int(match["load"]) if match["load"] else None)


def _malformed(text: str) -> Problem:
    return error(
        "vintage.form",
        Place(),
        Label(f"“{text}” is not a vintage.", f"「{text}」不是有效的資料版本。"),
        Label("Write it like 20260306T211500Z (UTC).", "請寫成20260306T211500Z（世界協調時間）。"),
    )
