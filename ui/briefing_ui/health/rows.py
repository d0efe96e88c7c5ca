"""The rows of the data worker's `health`, `revisions` and `loads`, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from briefing.problems import Problem
from briefing.text import Label
from briefing.workers.protocol import Broken, problem_from_json

State = Literal["failed", "late", "flagged", "fresh"]
STATES: tuple[State, ...] = ("failed", "late", "flagged", "fresh")
"""The worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The load that brought the newest value of a series. `loaded_at` is ISO text in UTC."""

    dataset: str
    file: str
    folder: str
    part: str
    loaded_at: str
    load_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Suspect values that one rule doubted in one file. `line` is 0 and `value` None where unknown."""

    days: tuple[date, ...]
    what: Label
    value: float | None
    line: int
    column: str
    file: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a series stands, or a file or folder that belongs to none: `series` is empty then.

    Of very many `flags` the newest are here, `more_flags` counts the others. `refused` is the path of the file
    whose last import was refused.
    """

    series: str
    name: Label
    state: State
    words: Label
    last: date | None
    expected: date | None
    formula: str
    origin: Origin | None
    flags: tuple[Flag, ...]
    more_flags: int = 0
    refused: str
    problems: tuple[Problem, ...]

    @property
    def file(self) -> str:
        """The file that the row is about: the refused one, else that of the newest value."""
        if self.refused:
            return Path(self.refused).name
        return self.origin.file if self.origin is not None else ""

    @property
    def folder(self) -> str:
        """Where that file lies; empty where unknown."""
        if self.refused:
            return str(Path(self.refused).parent)
        return self.origin.folder if self.origin is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A past value that a load changed, in words."""

    series: str
    name: Label
    day: date
    old: Label
    new: Label
    file: str
    loaded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What entered the store at once. `load_ids` are hidden and shown together."""

    load_ids: tuple[int, ...]
    file: str
    dataset: str
    loaded_at: str
    series: tuple[str, ...]
    hidden: bool


def health_rows(result: Mapping[str, Any]) -> tuple[Health, ...]:
    """The rows of an answer to `health`. Raises `Broken` for an answer of another shape."""
    try:
        return tuple(_health(raw) for raw in result["rows"])
    except (KeyError, TypeError, ValueError) as fault:
        raise Broken(f"a row of health without {fault}") from fault


def revised_rows(result: Mapping[str, Any]) -> tuple[tuple[Revised, ...], int]:
    """The rows of an answer to `revisions`, and how many there are, of which these are the newest.

    Raises `Broken` for an answer of another shape.
    """
    try:
        return tuple(_revised(raw) for raw in result["rows"]), int(result["count"])
    except (KeyError, TypeError, ValueError) as fault:
        raise Broken(f"a revision without {fault}") from fault


def loaded_rows(result: Mapping[str, Any]) -> tuple[Loaded, ...]:
    """The loads of an answer to `loads`, one row for each file. Raises `Broken` for an answer of another shape."""
    try:
        rows = [_loaded(raw) for raw in result["loads"]]
    except (KeyError, TypeError, ValueError) as fault:
        raise Broken(f"a load without {fault}") from fault
    together: dict[tuple[int, ...], Loaded] = {}
    for row in rows:
        before = together.get(row.load_ids, row)
        series = tuple(dict.fromkeys((*before.series, *row.series)))
        together[row.load_ids] = Loaded(
            load_ids=row.load_ids,
            file=before.file,
            dataset=before.dataset,
            loaded_at=before.loaded_at,
            series=series,
            hidden=before.hidden and row.hidden,
        )
    return tuple(together.values())


def _health(raw: Mapping[str, Any]) -> Health:
    if raw["state"] not in STATES:
        raise ValueError(f"a state like {raw['state']}")
    return Health(
        series=str(raw["series"]),
        name=_label(raw["name"]),
        state=cast("State", raw["state"]),
        words=_label(raw["words"]),
        last=_day(raw["last"]),
        expected=_day(raw["expected"]),
        formula=str(raw["formula"]),
        origin=_origin(raw["origin"]) if raw["origin"] else None,
        flags=tuple(_flag(flag) for flag in raw["flags"]),
        more_flags=int(raw["more_flags"]),
        refused=str(raw["refused"]["path"]) if raw["refused"] else "",
        problems=tuple(problem_from_json(problem) for problem in raw["problems"]),
    )


def _origin(raw: Mapping[str, Any]) -> Origin:
    return Origin(
        dataset=str(raw["dataset"]),
        file=str(raw["file"]),
        folder=str(raw["folder"]),
        part=str(raw["part"]),
        loaded_at=str(raw["loaded_at"]),
        load_id=int(raw["load_id"]),
    )


def _flag(raw: Mapping[str, Any]) -> Flag:
    return Flag(
        days=tuple(date.fromisoformat(day) for day in raw["days"]),
        what=_label(raw["what"]),
        value=None if raw["value"] is None else float(raw["value"]),
        line=int(raw["row"]),
        column=str(raw["column"]),
        file=str(raw["file"]),
        part=str(raw["part"]),
    )


def _revised(raw: Mapping[str, Any]) -> Revised:
    return Revised(
        series=str(raw["series"]),
        name=_label(raw["name"]),
        day=date.fromisoformat(raw["date"]),
        old=_label(raw["old_text"]),
        new=_label(raw["new_text"]),
        file=str(raw["file"]),
        loaded=str(raw["vintage"]),
    )


def _loaded(raw: Mapping[str, Any]) -> Loaded:
    return Loaded(
        load_ids=tuple(map(int, raw["batch"])) or (int(raw["load_id"]),),
        file=str(raw["file"]),
        dataset=str(raw["dataset"]),
        loaded_at=str(raw["loaded_at"]),
        series=tuple(map(str, raw["series"])),
        hidden=raw["hidden"] is True,
    )


def _label(raw: Mapping[str, Any]) -> Label:
    return Label(str(raw["en"]), str(raw["zh"]))


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
