"""What a block needs to resolve, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from briefing.problems import Problem
from briefing.series import Doubt, SeriesSource
from briefing.text import Lang, Text

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]
"""All that a template may see."""


def _hear_nothing(_doubts: Iterable[Doubt]) -> None:
    pass


@dataclass(frozen=True, kw_only=True)
class Context:
    """The market at one as-of date, and the edition that is being made.

    `langs` are the languages of the edition, in printing order. `figures` numbers the figure
    blocks by id. `disclosure` is the firm's wording from the style, with its version. `text_width` is the width of
    the sheet's text area in millimetres. `tell` is told of every caveat that what is printed rests on.
    """

    source: SeriesSource
    langs: tuple[Lang, ...] = ("en", "zh-Hant-TW")
    figures: Mapping[str, int] = field(default_factory=dict)
    disclosure: Text = Text()
    disclosure_version: str = ""
    text_width: float = 174.0
    tell: Callable[[Iterable[Doubt]], None] = _hear_nothing


@dataclass(frozen=True, slots=True)
class Resolved:
    """A block as plain data (`None` when it does not print) and its problems."""

    view: dict[str, Plain] | None
    problems: tuple[Problem, ...] = ()
