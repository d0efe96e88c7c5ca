"""The report of an import: what was read, what it changed, and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from briefing.data.chains.facts import ChainFacts
from briefing.data.intake.choices import UNDECIDED, Choices
from briefing.data.intake.comparing import Revision
from briefing.data.intake.part_names import part_name
from briefing.data.reading.faults import Fault
from briefing.data.reading.missing import Missing
from briefing.data.validation.finding import Finding, Skipped
from briefing.problems import Problem
from briefing.text import Label


class Outcome(StrEnum):
    """How an import ended. Only the first one changed the store."""

    LOADED = "loaded"
    KNOWN = "already loaded"
    PASSED_OVER = "passed over"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Span:
    """What a file holds of a series: its first and last day with a row, as ISO dates, and how many values."""

    first: str
    last: str
    count: int


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """One table's import; `folder` is where its file lay, `part` the sheet or archive member that holds it.

    `rows_*` count rows of the table: `rows_passed` those of series that nobody wants. `added`, `revised`,
    `vanished`, `missing` and `merged` count values, `markers` the words that the file has for missing ones.
    `headings` are the columns of the series, `decided` what a person decided on headings of the table,
    now or before, `choices` what was decided now. `spans` are those of the series that have rows. `findings`
    and `skipped` are those of the rules. `chain` is set for an option chain, which has no series.
    """

    file: str
    outcome: Outcome
    folder: str = ""
    part: str = ""
    sha256: str = ""
    size: int = 0
    encoding: str = ""
    recogniser: str = ""
    version: int = 0
    score: float = 0.0
    reason: Label = Label("", "")
    doubts: tuple[Label, ...] = ()
    source_note: Label | None = None
    dates: str = ""
    numbers: str = ""
    dataset: str = ""
    vintage: str = ""
    load_id: int = 0
    series: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)
    rows_read: int = 0
    rows_kept: int = 0
    rows_refused: int = 0
    rows_passed: int = 0
    refused: tuple[Fault, ...] = ()
    missing: Mapping[Missing, int] = field(default_factory=dict)
    markers: Mapping[str, int] = field(default_factory=dict)
    merged: int = 0
    added: int = 0
    revised: tuple[Revision, ...] = ()
    vanished: int = 0
    headings: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[str, str] = field(default_factory=dict)
    choices: Choices = UNDECIDED
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    chain: ChainFacts | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def title(self) -> str:
        """The file, and which part of it."""
        return part_name(self.file, self.part)

    @property
    def summary(self) -> Label:
        """The report in one line."""
        if self.outcome is Outcome.REFUSED:
            return _refused(self)
        if self.outcome is Outcome.KNOWN:
            return Label(f"{self.title}: loaded before, nothing to do.", f"{self.title}：先前已載入，無須處理。")
        if self.outcome is Outcome.PASSED_OVER:
            return Label(f"{self.title}: passed over, {self.reason.en}.", f"{self.title}：略過，為{self.reason.zh}。")
        return _loaded(self) if self.chain is None else _loaded_chain(self, self.chain)

    def as_json(self) -> dict[str, object]:
        """The printed form of `briefing import --json`, and the report file."""
        return {
            "file": self.file,
            "folder": self.folder,
            "part": self.part,
            "outcome": self.outcome.value,
            "sha256": self.sha256,
            "size": self.size,
            "encoding": self.encoding,
            "recogniser": self.recogniser,
            "version": self.version,
            "score": self.score,
            "reason": self.reason.as_json(),
            "doubts": [doubt.as_json() for doubt in self.doubts],
            "source_note": self.source_note.as_json() if self.source_note else None,
            "dates": self.dates,
            "numbers": self.numbers,
            "dataset": self.dataset,
            "vintage": self.vintage,
            "load_id": self.load_id,
            "series": list(self.series),
            "spans": {series: asdict(span) for series, span in self.spans.items()},
            "rows": {
                "read": self.rows_read,
                "kept": self.rows_kept,
                "refused": self.rows_refused,
                "passed": self.rows_passed,
            },
            "refused": [{"row": f.line, "column": f.column, "reason": f.reason.as_json()} for f in self.refused],
            "missing": {kind.value: count for kind, count in self.missing.items()},
            "markers": dict(self.markers),
            "merged": self.merged,
            "added": self.added,
            "revised": [{"series": r.series, "date": r.date, "old": r.old, "new": r.new} for r in self.revised],
            "vanished": self.vanished,
            "headings": dict(self.headings),
            "decided": dict(self.decided),
            "choices": self.choices.as_json(),
            "findings": [finding.as_json() for finding in self.findings],
            "skipped": [rule.as_json() for rule in self.skipped],
            "chain": self.chain.as_json() if self.chain else None,
            "problems": [problem.as_json() for problem in self.problems],
        }


def _loaded_chain(report: ImportReport, chain: ChainFacts) -> Label:
    return Label(f"{report.title}: {chain.sentence.en}.", f"{report.title}：{chain.sentence.zh}。")


def _loaded(report: ImportReport) -> Label:
    some = report.series[:4]
    more = len(report.series) - len(some)
    names_en = ", ".join(some) + (f" and {more} more" if more else "")
    names_zh = "、".join(some) + (f"等{len(report.series)}個序列" if more else "")
    gaps_en = "".join(f", {count:,} {kind.value}" for kind, count in report.missing.items())
    gaps_zh = "".join(f"，{_KINDS[kind]}{count:,}" for kind, count in report.missing.items())
    return Label(
        f"{report.title}: {names_en}; {report.rows_read:,} rows read, {report.rows_kept:,} kept, "
        f"{report.rows_refused:,} refused{gaps_en}; {report.added:,} values added, "
        f"{len(report.revised):,} revised, {report.vanished:,} vanished.",
        f"{report.title}：{names_zh}；讀取{report.rows_read:,}列，保留{report.rows_kept:,}列，"
        f"拒絕{report.rows_refused:,}列{gaps_zh}；新增{report.added:,}個數值，"
        f"修正{len(report.revised):,}個，消失{report.vanished:,}個。",
    )


def _refused(report: ImportReport) -> Label:
    if not report.rows_read:
        return Label(f"{report.title}: refused.", f"{report.title}：拒絕匯入。")
    return Label(
        f"{report.title}: refused; {report.rows_read:,} rows read, {report.rows_refused:,} do not fit, none kept.",
        f"{report.title}：拒絕匯入；讀取{report.rows_read:,}列，{report.rows_refused:,}列不符，未保留任何資料。",
    )


_KINDS: Mapping[Missing, str] = {Missing.NOT_AVAILABLE: "無資料", Missing.HOLIDAY: "假日"}
