"""Undo as a list of notes: unchanged blocks are shared, so thousands of steps cost little."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

T = TypeVar("T")
LIMIT = 5000


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """A value, and the key under which further edits may merge with the one that made it."""

    value: T
    merge: str = ""


@dataclass(frozen=True, slots=True)
class History(Generic[T]):
    """Past steps, the present one, and what was undone. Itself immutable."""

    present: Step[T]
    past: tuple[Step[T], ...] = ()
    future: tuple[Step[T], ...] = ()

    @property
    def value(self) -> T:
        """The present value."""
        return self.present.value


def begin(value: T) -> History[T]:
    """A history with one value and nothing to undo."""
    return History(Step(value))


def record(history: History[T], value: T, merge: str = "") -> History[T]:
    """The history after an edit. An equal value makes no step; an equal merge key extends the last one.

    A last step that is extended back to where it began is no step any more.
    """
    if value == history.value:
        return history
    if merge and merge == history.present.merge and not history.future and history.past:
        if value == history.past[-1].value:
            return History(_closed(history.past[-1]), history.past[:-1])
        return replace(history, present=Step(value, merge))
    return History(Step(value, merge), (*history.past[-(LIMIT - 1) :], history.present))


def undo(history: History[T]) -> History[T]:
    """The history one step back; unchanged when there is none."""
    if not history.past:
        return history
    return History(_closed(history.past[-1]), history.past[:-1], (history.present, *history.future))


def redo(history: History[T]) -> History[T]:
    """The history one step forward again; unchanged when there is none."""
    if not history.future:
        return history
    return History(_closed(history.future[0]), (*history.past, history.present), history.future[1:])


def _closed(step: Step[T]) -> Step[T]:
    """A step that no later edit merges into."""
    return Step(step.value)
