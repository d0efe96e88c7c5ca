"""The report of an import: what was read, what it changed, and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from briefing.data.comparing import Revision
from briefing.data.missing import Missing
from briefing.data.reading import Fault
from briefing.problems import Problem
from briefing.text import Label


class Outcome(StrEnum):
    """How an import ended. Only the first one changed the store."""

    LOADED = "loaded"
    KNOWN = "already loaded"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """One file's import. `rows_*` count rows of the file; `added`, `revised`, `vanished` and `missing` values."""

    file: str
    outcome: Outcome
    sha256: str = ""
    size: int = 0
    encoding: str = ""
    recogniser: str = ""
    version: int = 0
    score: float = 0.0
    reason: Label = Label("", "")
    doubts: tuple[Label, ...] = ()
    dataset: str = ""
    vintage: str = ""
    load_id: int = 0
    series: tuple[str, ...] = ()
    rows_read: int = 0
    rows_kept: int = 0
    refused: tuple[Fault, ...] = ()
    missing: Mapping[Missing, int] = field(default_factory=dict)
    merged: int = 0
    added: int = 0
    revised: tuple[Revision, ...] = ()
    vanished: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def rows_refused(self) -> int:
        """How many rows do not fit."""
        return len({fault.line for fault in self.refused})

    @property
    def summary(self) -> Label:
        """The report in one line."""
        if self.outcome is Outcome.REFUSED:
            return _refused(self)
        if self.outcome is Outcome.KNOWN:
            return Label(f"{self.file}: loaded before, nothing to do.", f"{self.file}：先前已載入，無須處理。")
        return _loaded(self)

    def as_json(self) -> dict[str, object]:
        """The printed form of `briefing import --json`, and the report file."""
        return {
            "file": self.file,
            "outcome": self.outcome.value,
            "sha256": self.sha256,
            "size": self.size,
            "encoding": self.encoding,
            "recogniser": self.recogniser,
            "version": self.version,
            "score": self.score,
            "reason": self.reason.as_json(),
            "doubts": [doubt.as_json() for doubt in self.doubts],
            "dataset": self.dataset,
            "vintage": self.vintage,
            "load_id": self.load_id,
            "series": list(self.series),
            "rows": {"read": self.rows_read, "kept": self.rows_kept, "refused": self.rows_refused},
            "refused": [{"row": f.line, "column": f.column, "reason": f.reason.as_json()} for f in self.refused],
            "missing": {kind.value: count for kind, count in self.missing.items()},
            "merged": self.merged,
            "added": self.added,
            "revised": [{"series": r.series, "date": r.date, "old": r.old, "new": r.new} for r in self.revised],
            "vanished": self.vanished,
            "choices": dict(self.choices),
            "problems": [problem.as_json() for problem in self.problems],
        }


def _loaded(report: ImportReport) -> Label:
    some = report.series[:4]
    more = len(report.series) - len(some)
    names_en = ", ".join(some) + (f" and {more} more" if more else "")
    names_zh = "、".join(some) + (f"等{len(report.series)}個序列" if more else "")
    gaps_en = "".join(f", {count:,} {kind.value}" for kind, count in report.missing.items())
    gaps_zh = "".join(f"，{_KINDS[kind]}{count:,}" for kind, count in report.missing.items())
    return Label(
        f"{report.file}: {names_en}; {report.rows_read:,} rows read, {report.rows_kept:,} kept, "
        f"{report.rows_refused:,} refused{gaps_en}; {report.added:,} values added, "
        f"{len(report.revised):,} revised, {report.vanished:,} vanished.",
        f"{report.file}：{names_zh}；讀取{report.rows_read:,}列，保留{report.rows_kept:,}列，"
        f"拒絕{report.rows_refused:,}列{gaps_zh}；新增{report.added:,}個數值，"
        f"修正{len(report.revised):,}個，消失{report.vanished:,}個。",
    )


def _refused(report: ImportReport) -> Label:
    if not report.rows_read:
        return Label(f"{report.file}: refused.", f"{report.file}：拒絕匯入。")
    return Label(
        f"{report.file}: refused; {report.rows_read:,} rows read, {report.rows_refused:,} do not fit, none kept.",
        f"{report.file}：拒絕匯入；讀取{report.rows_read:,}列，{report.rows_refused:,}列不符，未保留任何資料。",
    )


_KINDS: Mapping[Missing, str] = {Missing.NOT_AVAILABLE: "無資料", Missing.HOLIDAY: "假日"}
