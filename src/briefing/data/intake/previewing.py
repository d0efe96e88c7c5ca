"""What a file would become: its tables as they stand, the formats they may be of, and how each would be read.

A preview is a function of the file, the choices and what was decided for the folder; nothing is written.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from briefing.data.catalogue import Catalogue, load_catalogue
from briefing.data.containers.opening import open_tables
from briefing.data.containers.table import Table
from briefing.data.intake.choices import UNDECIDED, Choices, checked_choices
from briefing.data.intake.folders import Folder, read_folders
from briefing.data.reading.choosing import chosen_candidate
from briefing.data.reading.guess import Guess, guess
from briefing.data.reading.recognising import Candidate, candidates
from briefing.data.reading.shape import Sheet
from briefing.data.sniffing import folder_of, name_of, read_bytes
from briefing.data.workspace import Workspace
from briefing.problems import Problem, Refused
from briefing.text import Label, shortened

_ROWS = 20
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePreview:
    """One table of a file. `rows` are its first rows, each with its line and its cells, long ones shortened.

    `source` is the format that is certain or chosen, "" when that is open; `guess` is the reading by it,
    or by the best candidate while it is open. `skipped` says that the table is left out by choice.
    """

    part: str
    encoding: str
    guessed: bool
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    row_count: int
    candidates: tuple[Candidate, ...]
    source: str
    guess: Guess | None
    questions: tuple[Problem, ...]
    doubts: tuple[Label, ...]
    skipped: bool

    def as_json(self) -> dict[str, object]:
        """The printed form for the window."""
        return {
            "part": self.part,
            "encoding": self.encoding,
            "guessed": self.guessed,
            "rows": [{"line": line, "cells": list(cells)} for line, cells in self.rows],
            "row_count": self.row_count,
            "candidates": [_candidate(one) for one in self.candidates],
            "source": self.source,
            "guess": self.guess.as_json() if self.guess else None,
            "questions": [question.as_json() for question in self.questions],
            "doubts": [doubt.as_json() for doubt in self.doubts],
            "skipped": self.skipped,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A file. `problems` say why it cannot be opened; it has no tables then. `choices` are those in force."""

    file: str
    size: int
    sha256: str
    choices: Choices
    tables: tuple[TablePreview, ...]
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, object]:
        """The printed form for the window."""
        return {
            "file": self.file,
            "size": self.size,
            "sha256": self.sha256,
            "choices": self.choices.as_json(),
            "tables": [table.as_json() for table in self.tables],
            "problems": [problem.as_json() for problem in self.problems],
        }


def look_at(workspace: Workspace, path: Path, choices: Choices = UNDECIDED) -> Preview:
    """Look at a file without importing it. Raises `Refused` when the workspace or a choice is unusable."""
    catalogue = load_catalogue(workspace)
    folder = read_folders(workspace.folders).get(str(folder_of(path)), Folder())
    name = name_of(path)
    settled = folder.settled(checked_choices(choices), name)
    content = b""
    try:
        content = read_bytes(path)
        digest = hashlib.sha256(content).hexdigest()
        tables = open_tables(path, content, digest, encoding=settled.encoding)
    except Refused as refusal:
        return Preview(file=name, size=len(content), sha256="", choices=settled, tables=(), problems=refusal.problems)
    return Preview(
        file=name,
        size=len(content),
        sha256=digest,
        choices=settled,
        tables=tuple(_look(table, catalogue, settled, folder) for table in tables),
        problems=(),
    )


def _look(table: Table, catalogue: Catalogue, choices: Choices, folder: Folder) -> TablePreview:
    sheet, remembered = Sheet(table.grid, catalogue), folder.format_of(table.name)
    found = candidates(sheet, remembered)
    chosen, questions = _chosen(sheet, choices, remembered)
    likely = chosen or next(iter(found), None)
    seen = guess(likely, choices, certain=choices.source != "" or remembered != "") if likely else None
    rows = table.grid.rows[:_ROWS]
    return TablePreview(
        part=table.part,
        encoding=table.encoding,
        guessed=table.guessed,
        rows=tuple((row.line, tuple(shortened(cell, _LONGEST) for cell in row.cells)) for row in rows),
        row_count=len(table.grid.rows),
        candidates=tuple(found),
        source=chosen.recogniser.name if chosen else "",
        guess=seen,
        questions=(*questions, *(seen.questions if seen else ())),
        doubts=table.doubts,
        skipped=table.part in choices.skip,
    )


def _chosen(sheet: Sheet, choices: Choices, remembered: str) -> tuple[Candidate | None, tuple[Problem, ...]]:
    try:
        return chosen_candidate(sheet, choices.source, remembered), ()
    except Refused as refusal:
        return None, refusal.problems


def _candidate(one: Candidate) -> dict[str, object]:
    return {
        "source": one.recogniser.name,
        "label": one.recogniser.label.as_json(),
        "score": one.score.value,
        "reason": one.score.reason.as_json(),
        "doubts": [doubt.as_json() for doubt in one.score.doubts],
    }
