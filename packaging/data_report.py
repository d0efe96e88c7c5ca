"""Imports a folder of real files into a scratch workspace and writes what became of each as a table.

`python packaging/data_report.py FOLDER ANSWERS OUTPUT`: FOLDER holds folders of files, ANSWERS says what a
person would have to say of some of them and which are to be refused, OUTPUT is a Markdown file. Every
folder has a workspace of its own. Ends with 1 when a file became something else than ANSWERS says.
"""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from briefing.data.chains.facts import ChainFacts
from briefing.data.intake.choices import UNDECIDED, Choices, choices_from_json
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.workspace import Workspace, create_workspace
from briefing.problems import Severity

_HEADINGS = (
    *("File", "Format", "Rows read", "Rows kept", "Series", "Values", "Missing", "Marked", "Outcome"),
    "Why, and what to know",
)
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says of a file, and the problem that it must be refused for, if any."""

    choices: Choices = UNDECIDED
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """A file with the reports of its tables."""

    folder: str
    name: str
    answer: Answer
    reports: tuple[ImportReport, ...]

    @property
    def is_as_expected(self) -> bool:
        """Whether all its tables are loaded, or refused for the reason that was foreseen."""
        if self.answer.refused:
            checks = {one.check for report in self.reports for one in report.problems if one.severity is Severity.ERROR}
            return checks == {self.answer.refused}
        return all(report.outcome is Outcome.LOADED for report in self.reports)


Answers = Mapping[tuple[str, str], Answer]
"""Answers by folder and file."""


def read_answers(path: Path) -> Answers:
    """The answers of a TOML file: a table a folder, in it a table a file."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        (folder, name): Answer(choices_from_json(row), str(row.get("refused", "")))
        for folder, rows in document.items()
        for name, row in rows.items()
    }


def import_folder(
    workspace: Workspace, folder: Path, answers: Answers, within: Path, *, at_most: int | None = None
) -> Iterator[Imported]:
    """Import the files of a folder, by name, each with its answer; of a folder in it at most so many."""
    name = folder.relative_to(within).as_posix()
    inner = sorted(item for item in folder.iterdir() if item.is_dir())
    nested = [path for one in inner for path in sorted(one.iterdir())[:at_most]]
    for path in (*sorted(item for item in folder.iterdir() if item.is_file()), *nested):
        answer = answers.get((name, path.relative_to(folder).as_posix()), Answer())
        reports = import_files(workspace, [path], choices=answer.choices)
        yield Imported(name, path.relative_to(folder).as_posix(), answer, tuple(reports))


def markdown(files: Sequence[Imported]) -> str:
    """All files as one Markdown document, with a line of totals above the table."""
    outcomes = Counter(_outcome(file).value for file in files)
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    strange = [f"{file.folder}/{file.name}" for file in files if not file.is_as_expected]
    lines = ["# What became of each file", "", f"{len(files)} files: {told}.", ""]
    if strange:
        lines += ["**Not as foreseen:** " + ", ".join(strange), ""]
    for folder in dict.fromkeys(file.folder for file in files):
        lines += [f"## {folder}", "", _line(_HEADINGS), _line(["---"] * len(_HEADINGS))]
        lines += [_line(_cells(file, tables)) for file in files if file.folder == folder for tables in _tables(file)]
        lines.append("")
    return "\n".join(lines)


def _outcome(file: Imported) -> Outcome:
    outcomes = [report.outcome for report in file.reports]
    return next((outcome for outcome in outcomes if outcome is not Outcome.LOADED), Outcome.LOADED)


def _tables(file: Imported) -> Iterator[tuple[ImportReport, ...]]:
    """The reports of each table of a file; a table of option chains has one for each chain."""
    for _, reports in groupby(file.reports, key=lambda report: (report.title, report.outcome, report.rows_read)):
        yield tuple(reports)


def _cells(file: Imported, reports: Sequence[ImportReport]) -> list[str]:
    report = reports[0]
    chosen = ", ".join(f"{key}={value}" for key, value in file.answer.choices.as_json().items())
    missing = ", ".join(f"{kind.value} {count:,}" for kind, count in report.missing.items())
    found = (finding for one in reports for finding in one.findings)
    marked = Counter(finding.rule for finding in found if finding.severity is not Severity.INFO)
    chains = [one.chain for one in reports if one.chain is not None]
    return [
        report.title + (f" ({chosen})" if chosen else ""),
        f"{report.recogniser} {report.score:.2f}" if report.recogniser else "",
        f"{report.rows_read:,}",
        f"{report.rows_kept:,}",
        f"{len(chains):,} chain{'s'[: len(chains) - 1]}" if chains else f"{len(report.series):,}",
        f"{sum(chain.contracts for chain in chains) or report.added + len(report.revised):,}",
        missing,
        ", ".join(f"{rule} {count:,}" for rule, count in sorted(marked.items())),
        report.outcome.value,
        " ".join((*_words(report), *(f"{told}." for told in dict.fromkeys(_ends(chains))))),
    ]


def _words(report: ImportReport) -> Iterator[str]:
    if report.reason.en:
        yield report.reason.en
    yield from (doubt.en for doubt in report.doubts)
    said = [one for one in report.problems if one.severity is not Severity.INFO]
    yield from (one.message.en for one in said[:_LISTED])
    if len(said) > _LISTED:
        yield f"({len(said) - _LISTED} more remarks.)"


def _ends(chains: Sequence[ChainFacts]) -> Iterator[str]:
    yield from (chain.sentence.en for chain in (*chains[:1], *chains[-1:]))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def main(arguments: Sequence[str]) -> int:
    """Write the report; 1 when a file became something else than was foreseen."""
    within, answers, output = Path(arguments[0]), read_answers(Path(arguments[1])), Path(arguments[2])
    files: list[Imported] = []
    with tempfile.TemporaryDirectory(prefix="data-report-") as scratch:
        os.environ["BRIEFING_STATE"] = str(Path(scratch) / "state")
        for folder in sorted(item for item in within.iterdir() if item.is_dir()):
            workspace = create_workspace(Path(scratch) / "desks" / folder.name)
            files += import_folder(workspace, folder, answers, within)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(markdown(files), encoding="utf-8")
    strange = [file for file in files if not file.is_as_expected]
    sys.stdout.write(f"{output}: {len(files)} files, {len(strange)} not as foreseen\n")
    sys.stdout.writelines(f"  {file.folder}/{file.name}\n" for file in strange)
    return 1 if strange else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
