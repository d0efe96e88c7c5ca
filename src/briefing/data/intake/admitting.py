"""Whether what was read may enter the store: the rules, and the comparison with what is known already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from briefing.data.catalogue import Catalogue
from briefing.data.chains.chain import Chain
from briefing.data.chains.facts import facts_of
from briefing.data.chains.reading import ChainReading, ReadChain
from briefing.data.chains.stored import chain_of, find_chain
from briefing.data.chains.table import to_table
from briefing.data.chains.validating import validate_chain
from briefing.data.intake.comparing import compare
from briefing.data.intake.incoming import Incoming
from briefing.data.intake.report import ImportReport
from briefing.data.reading.rows import Reading
from briefing.data.stored import Stored
from briefing.data.stores.contract import Arrival, ChainTable, Snapshot
from briefing.data.validation.validating import validate
from briefing.data.validation.whole import check_whole, cut_line, faults_as_problems
from briefing.problems import Place, Refused, error, has_errors
from briefing.text import Label


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The reports of a table, one of each chain, and what is to be written: nothing when any of them has errors."""

    reports: tuple[ImportReport, ...]
    arrivals: tuple[Arrival, ...]

    @property
    def refused(self) -> bool:
        """Whether anything is wrong with the table."""
        return any(has_errors(report.problems) for report in self.reports)


def judge(incoming: Incoming, catalogue: Catalogue, store: Snapshot, loaded_on: date) -> Judged:
    """Judge a table against its rules and against a store. Raises `Refused` when the store cannot be read."""
    content = incoming.content
    if content is None or has_errors(incoming.report.problems):
        return Judged((incoming.report,), ())
    title = incoming.table.grid.title
    problems = (*incoming.report.problems, *faults_as_problems(title, content.faults))
    if isinstance(content, Reading):
        problems += tuple(check_whole(incoming.table, content))
    report = replace(incoming.report, problems=problems)
    if content.faults or has_errors(problems):
        return Judged((report,), ())
    if isinstance(content, ChainReading):
        return _chains(report, content, store, loaded_on, title)
    return _series(replace(incoming, report=report), content, catalogue, store, loaded_on)


def _series(incoming: Incoming, reading: Reading, catalogue: Catalogue, store: Snapshot, loaded_on: date) -> Judged:
    report, grid = incoming.report, incoming.table.grid
    before, elsewhere = _known(store, report)
    found = validate(
        reading.rows,
        catalogue,
        before,
        loaded_on,
        file=grid.title,
        elsewhere=elsewhere,
        headings=reading.headings,
        cut_line=cut_line(grid),
    )
    compared = compare(found.rows, before)
    report = replace(
        report,
        added=compared.added,
        revised=compared.revised,
        vanished=compared.vanished,
        findings=found.findings,
        skipped=found.skipped,
        problems=(*report.problems, *found.problems),
    )
    return Judged((report,), (Arrival(report, compared.fresh),))


def _known(store: Snapshot, report: ImportReport) -> tuple[Mapping[str, Stored], Mapping[str, Mapping[str, Stored]]]:
    """What a store holds of the series of a report: in the same dataset, and in each other one."""
    held, own = store.read(report.series), report.dataset
    before = {name: found[own] for name, found in held.items() if own in found}
    elsewhere = {name: {other: found[other] for other in found if other != own} for name, found in held.items()}
    return before, elsewhere


def _chains(report: ImportReport, reading: ChainReading, store: Snapshot, loaded_on: date, title: str) -> Judged:
    """The chains by day, each judged against the one before it: in the file, or in the store.

    What concerns the whole table is said with the first.
    """
    reports, arrivals = [], []
    last: dict[tuple[str, str], Chain] = {}
    said = report.problems
    for read in sorted(reading.chains, key=lambda one: one.chain.quote_date):
        kind = read.chain.root, read.chain.clock
        found = validate_chain(read, last.get(kind) or _before(store, read), loaded_on, file=title)
        chain = last[kind] = found.chain
        problems = (*said, *read.notes, *found.problems)
        facts = facts_of(replace(read, chain=chain))
        one = replace(report, chain=facts, findings=found.findings, problems=problems)
        reports.append(one)
        arrivals.append(Arrival(one, ChainTable(chain.root, chain.quote_date, chain.clock, to_table(chain))))
        said = ()
    return Judged(tuple(reports) or (_without_chains(report, title),), tuple(arrivals))


def _before(store: Snapshot, read: ReadChain) -> Chain | None:
    """The newest stored chain of the same underlying and clock until this one's session, if it can be read."""
    chain = read.chain
    load = find_chain(store, chain.root, clock=chain.clock, as_of=chain.quote_date)
    if load is None:
        return None
    try:
        return chain_of(store, load)
    except Refused:
        return None  # the store says itself what of it is damaged; new files come in all the same


def _without_chains(report: ImportReport, title: str) -> ImportReport:
    problem = error(
        "chain.nothing",
        Place(file=title),
        Label(f"{title}: there is no quote in the table.", f"{title}：表格中沒有任何報價。"),
        Label("Export the quotes again.", "請重新匯出報價。"),
    )
    return replace(report, problems=(*report.problems, problem))
