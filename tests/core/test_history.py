from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from briefing.history import LIMIT, begin, record, redo, undo


def test_undo_and_redo_walk_over_the_values() -> None:
    history = record(record(begin("a"), "ab"), "abc")
    assert undo(history).value == "ab"
    assert undo(undo(history)).value == "a"
    assert redo(undo(history)).value == "abc"


def test_an_equal_value_makes_no_step() -> None:
    history = record(begin("a"), "a")
    assert undo(history) is history


def test_edits_with_one_key_are_one_step() -> None:
    history = record(record(record(begin(""), "a", "p1.en"), "ab", "p1.en"), "abc", "p1.en")
    assert undo(history).value == ""


def test_an_edit_of_another_place_is_a_step_of_its_own() -> None:
    history = record(record(begin(""), "a", "p1.en"), "ab", "p1.zh")
    assert undo(history).value == "a"


def test_nothing_merges_into_a_step_that_was_undone_to() -> None:
    history = record(undo(record(record(begin(""), "a", "k"), "b", "other")), "ac", "k")
    assert undo(history).value == "a"


def test_typing_that_is_taken_back_leaves_no_step_that_undoes_nothing() -> None:
    history = record(record(record(begin("x"), "xa"), "xab", "k"), "xa", "k")
    assert undo(history).value == "x"


def test_only_so_many_steps_are_kept() -> None:
    history = begin(0)
    for number in range(1, LIMIT + 10):
        history = record(history, number)
    assert len(history.past) == LIMIT
    assert history.past[0].value == 9


class Undoing(RuleBasedStateMachine):
    """The history beside a model of two plain lists."""

    def __init__(self) -> None:
        super().__init__()
        self.history = begin(0)
        self.past: list[int] = []
        self.now = 0
        self.future: list[int] = []

    @rule(value=st.integers(0, 5))
    def edit(self, value: int) -> None:
        self.history = record(self.history, value)
        if value != self.now:
            self.past, self.now, self.future = [*self.past, self.now], value, []

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.history = undo(self.history)
        *self.past, before = self.past
        self.future, self.now = [self.now, *self.future], before

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.history = redo(self.history)
        after, *self.future = self.future
        self.past, self.now = [*self.past, self.now], after

    @rule()
    def undo_at_the_end(self) -> None:
        if not self.past:
            assert undo(self.history) is self.history

    @invariant()
    def the_history_is_the_model(self) -> None:
        assert self.history.value == self.now
        assert [step.value for step in self.history.past] == self.past
        assert [step.value for step in self.history.future] == self.future


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
