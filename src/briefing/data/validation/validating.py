"""All rules over all series of a file: findings, the flags that travel with the rows, and problems."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

import briefing.data.validation
from briefing.data.catalogue import Catalogue
from briefing.data.stored import Stored
from briefing.data.tidy import Flag, Tidy
from briefing.data.validation.finding import Finding, Hit, Skipped
from briefing.data.validation.rules import RULES, Rule
from briefing.data.validation.session_days import SessionDays, session_days
from briefing.data.validation.subject import Subject, led_by
from briefing.data.validation.telling import told
from briefing.problems import Problem, Severity, has_errors
from briefing.text import Label

T = TypeVar("T", bound=np.generic)

_LED = 400
"""So many stored values lead up to those of a file."""

_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}

__all__ = ["Finding", "Skipped", "Validation", "all_rules", "validate"]


@dataclass(frozen=True, slots=True, eq=False)
class Validation:
    """The rows with `Flag.SUSPECT` on those that a rule doubts, and what every rule found.

    `skipped` are the rules that apply but could not be judged. `problems` tell both in words, with file,
    row and column; the file is refused when one is an error.
    """

    rows: Tidy
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether nothing of the file may enter the store."""
        return has_errors(self.problems)


@cache
def all_rules() -> Mapping[str, Rule]:
    """The table with every file of this package read."""
    for module in pkgutil.iter_modules(briefing.data.validation.__path__):
        importlib.import_module(f"{briefing.data.validation.__name__}.{module.name}")
    return RULES


def validate(
    rows: Tidy,
    catalogue: Catalogue,
    before: Mapping[str, Stored],
    loaded_on: date,
    *,
    file: str,
    elsewhere: Mapping[str, Mapping[str, Stored]] | None = None,
    headings: Mapping[str, str] | None = None,
    cut_line: int = 0,
) -> Validation:
    """Judge the rows of one table by every rule. Nothing is changed but flags, and nothing is repaired.

    `before` is what the store holds of the same dataset, `elsewhere` what it holds of each series in others,
    `loaded_on` the day of the load's vintage: the clock is not asked. `file` names the table in messages,
    `headings` gives the column of each series (default: its id), `cut_line` is the last line when it has no
    line end (0: it has one).
    """
    subjects = _subjects(rows, catalogue, before, elsewhere or {}, loaded_on)
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    suspect = np.zeros(len(rows), dtype=bool)
    if cut_line:
        suspect |= rows.lines == cut_line
    for subject in subjects.values():
        column = (headings or {}).get(subject.series, subject.series)
        for entry in all_rules().values():
            if not entry.fits(subject.entry):
                continue
            if len(subject) < entry.least:
                skipped.append(Skipped(entry.name, subject.series, _few(entry.least, len(subject))))
                suspect[_doubted_before(subject)] |= entry.doubts
                continue
            for hit in _in_file(subject, entry.judge(subject)):
                findings.append(_finding(entry, subject, hit, column))
                if entry.doubts:
                    suspect[subject.place[hit.start : hit.stop]] = True
    found = tuple(sorted(findings, key=_order))
    flagged = _flagged(rows, suspect)
    return Validation(flagged, found, tuple(skipped), told(file, found, tuple(skipped)))


def _order(found: Finding) -> tuple[int, str, str, date]:
    """What refuses the file first, then by rule, series and day."""
    return _GRAVITY[found.severity], found.rule, found.series, found.first


def _subjects(
    rows: Tidy,
    catalogue: Catalogue,
    before: Mapping[str, Stored],
    elsewhere: Mapping[str, Mapping[str, Stored]],
    loaded_on: date,
) -> dict[str, Subject]:
    """The series with at least one value that the catalogue knows; they see each other."""
    file: dict[str, Subject] = {}
    made: dict[str, SessionDays] = {}
    for name, place in rows.by_series():
        entry = catalogue.entry(name)
        kept = np.flatnonzero(np.isfinite(rows.values[place])) + place.start
        if entry is None or not len(kept):
            continue
        at = place if len(kept) == place.stop - place.start else kept
        days, values = led_by(before.get(name), rows.dates[at][0], _LED)
        led, dates = len(days), _after(days, rows.dates[at])
        file[name] = Subject(
            entry=entry,
            led=led,
            place=_after(np.full(led, -1), kept),
            dates=dates,
            values=_after(values, rows.values[at]),
            flags=_after(np.zeros(led, dtype=np.uint8), rows.flags[at]),
            lines=_after(np.zeros(led, dtype=np.int32), rows.lines[at]),
            days=session_days(entry.calendar, dates, rows.dates[place], made),
            before=before.get(name),
            elsewhere=elsewhere.get(name, {}),
            loaded_on=loaded_on,
            file=file,
        )
    return file


def _after(lead: NDArray[T], own: NDArray[T]) -> NDArray[T]:
    return np.concatenate([lead, own]) if len(lead) else own


def _in_file(subject: Subject, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The part of each hit that lies in the file; what the store has was judged when it came."""
    for hit in hits:
        if hit.stop > subject.led:
            yield replace(hit, start=max(hit.start, subject.led))


def _doubted_before(subject: Subject) -> NDArray[np.int64]:
    """The rows of the file that the store has with the same value, as suspect: what cannot be judged stays so."""
    if subject.before is None:
        return subject.place[:0]
    here, there = subject.common
    flags = subject.before.flags[np.isfinite(subject.before.values)][there]
    same = subject.values[here] == subject.known[1][there]
    rows: NDArray[np.int64] = subject.place[here[same & (flags == Flag.SUSPECT)]]
    return rows


def _finding(entry: Rule, subject: Subject, hit: Hit, column: str) -> Finding:
    return Finding(
        rule=entry.name,
        severity=entry.severity,
        series=subject.series,
        first=subject.dates[hit.start].item(),
        last=subject.dates[hit.stop - 1].item(),
        count=hit.stop - hit.start,
        value=float(subject.values[hit.start]),
        line=int(subject.lines[hit.start]),
        column=column,
        what=hit.what,
    )


def _flagged(rows: Tidy, suspect: NDArray[np.bool_]) -> Tidy:
    """The rows with plain values marked where they are doubted; an estimate or forecast stays one."""
    plain = suspect & (rows.flags == Flag.OK)
    if not plain.any():
        return rows
    return replace(rows, flags=np.where(plain, np.uint8(Flag.SUSPECT), rows.flags).astype(np.uint8))


def _few(least: int, has: int) -> Label:
    return Label(f"needs {least} values, has {has}", f"需要{least}個數值，僅有{has}個")
