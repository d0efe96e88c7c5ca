"""A table of a file on its way into the store: recognised and read, or refused with the questions that are open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from briefing.data.catalogue import Catalogue
from briefing.data.chains.answers import read_chains
from briefing.data.chains.reading import ChainReading, ChainShape
from briefing.data.containers.table import Table
from briefing.data.intake.choices import LEFT_OUT, Choices
from briefing.data.intake.folders import Folder
from briefing.data.intake.report import ImportReport, Outcome, Span
from briefing.data.reading.choosing import chosen_candidate
from briefing.data.reading.planning import plan
from briefing.data.reading.recognising import Candidate
from briefing.data.reading.rows import Reading, read_rows
from briefing.data.reading.shape import Sheet
from briefing.data.reading.value_marks import with_marks, without_padding
from briefing.data.tidy import Tidy
from briefing.problems import Place, Problem, Refused, info
from briefing.text import Label


@dataclass(frozen=True, slots=True, eq=False)
class Incoming:
    """A table, its report so far, and what it holds; None when the report says why it could not be read."""

    table: Table
    report: ImportReport
    content: Reading | ChainReading | None


def read_table(table: Table, catalogue: Catalogue, choices: Choices, folder: Folder) -> Incoming:
    """Recognise and read a table. What is open in `choices` is as it was decided for the folder before."""
    report = ImportReport(
        file=table.name,
        folder=str(table.folder),
        part=table.part,
        outcome=Outcome.REFUSED,
        sha256=table.sha256,
        size=table.size,
        encoding=table.encoding,
        doubts=table.doubts,
        choices=choices,
    )
    sheet, remembered = Sheet(table.grid, catalogue), folder.format_of(table.name)
    try:
        chosen = chosen_candidate(sheet, choices.source, remembered)
    except Refused as refusal:
        return Incoming(table, replace(report, problems=refusal.problems), None)
    report = _recognised(report, chosen, table)
    certain = chosen.recogniser.name in {choices.source, remembered}
    try:
        return _read(table, chosen, report, folder.settled(choices, table.name), certain=certain)
    except Refused as refusal:
        return Incoming(table, replace(report, problems=(*chosen.shape.problems, *refusal.problems)), None)


def _recognised(report: ImportReport, chosen: Candidate, table: Table) -> ImportReport:
    return replace(
        report,
        recogniser=chosen.recogniser.name,
        version=chosen.recogniser.version,
        score=chosen.score.value,
        reason=chosen.score.reason,
        doubts=(*table.doubts, *chosen.score.doubts),
        source_note=chosen.shape.source_note,
        dataset=chosen.recogniser.name,
    )


def _read(table: Table, chosen: Candidate, report: ImportReport, choices: Choices, *, certain: bool) -> Incoming:
    shape, sheet = chosen.shape, chosen.sheet
    if isinstance(shape, ChainShape):
        chains = read_chains(sheet, shape, choices)
        report = replace(report, rows_read=chains.rows_read, rows_kept=chains.rows_kept, problems=chains.notes)
        lines = {fault.line for fault in chains.faults}
        return Incoming(table, replace(report, refused=chains.faults, rows_refused=len(lines)), chains)
    settled = plan(chosen, choices, certain=certain)
    reading = with_marks(read_rows(sheet.grid, settled), settled)
    reading, remarks = without_padding(reading, settled, sheet.grid.title)
    seen = [problem for problem in shape.problems if settled.decided.get(problem.place.column or "") != LEFT_OUT]
    report = replace(
        report,
        dates=settled.dates.name,
        numbers=settled.numbers.name,
        rows_read=reading.rows_read,
        rows_kept=reading.rows_kept,
        rows_refused=reading.rows_refused,
        rows_passed=reading.rows_passed,
        refused=reading.faults,
        missing=reading.missing,
        markers=reading.markers,
        merged=reading.merged,
        series=reading.rows.names,
        spans=dict(_spans(reading.rows)),
        headings=reading.headings,
        decided=settled.decided,
        problems=(*seen, *remarks, *_left_out(sheet, settled.decided)),
    )
    return Incoming(table, report, reading)


def _spans(rows: Tidy) -> Iterator[tuple[str, Span]]:
    for name, place in rows.by_series():
        days, count = rows.dates[place], int(np.count_nonzero(~np.isnan(rows.values[place])))
        if len(days):
            yield name, Span(str(days.min()), str(days.max()), count)


def _left_out(sheet: Sheet, decided: Mapping[str, str]) -> Iterator[Problem]:
    title = sheet.grid.title
    for heading in (heading for heading, series in decided.items() if series == LEFT_OUT):
        yield info(
            "import.left_out",
            Place(file=title, column=heading),
            Label(
                f"{title}: the column {heading} was left out, as you decided.",
                f"{title}：已依您的選擇略過{heading}欄。",
            ),
            Label(
                "Import it with --column “HEADING=ID” to have it after all.", "若要匯入，請使用--column「標題=代碼」。"
            ),
        )
