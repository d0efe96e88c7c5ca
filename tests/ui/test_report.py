from __future__ import annotations

import sys
import traceback

import pytest

from briefing_ui.report import Incidents, report_text, without_words

pytestmark = pytest.mark.ui
PRIVATE = "a sentence of a client note"


def _raise() -> None:
    raise ValueError(PRIVATE)


def _take(incidents: Incidents) -> None:
    try:
        _raise()
    except ValueError as fault:
        incidents.take(fault, fault.__traceback__)


def test_an_error_is_told_once_for_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[bool] = []
    incidents = Incidents(lambda: told.append(True))
    _take(incidents)
    _take(incidents)
    assert told == [True]
    assert len(incidents.stacks) == 2
    assert PRIVATE in capsys.readouterr().err


def test_a_report_holds_places_but_no_words_of_a_note_and_no_path(capsys: pytest.CaptureFixture[str]) -> None:
    incidents = Incidents(lambda: None)
    _take(incidents)
    log = f'Traceback\n  File "/home/someone/x.py", line 3, in render\n    say({PRIVATE!r})\nValueError: {PRIVATE}\n'
    text = report_text(incidents.stacks, {"render": log}, 'theme = "dark"\n')
    assert PRIVATE not in text
    assert "/home" not in text
    assert "test_report.py" in text
    assert "x.py:3 in render" in text
    assert "ValueError" in text
    assert "PySide6-Essentials 6.11.3" in text


def test_a_stack_keeps_files_lines_and_functions_only() -> None:
    try:
        _raise()
    except ValueError:
        kind, _, trace = sys.exc_info()
    assert kind is not None
    words = without_words(kind, traceback.extract_tb(trace))
    assert words.endswith("in _raise\nValueError\n")
