"""Reports of an import as the window shows them: with the names of their series and formats in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from briefing.data.catalogue import Catalogue, load_catalogue
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.sources.registry import recognisers
from briefing.data.workspace import Workspace

MOST = 200
"""So many values that changed, and rows that do not fit, are told of a table; a history that is revised has thousands."""


def told(workspace: Workspace, reports: Sequence[ImportReport]) -> list[Mapping[str, Any]]:
    """The printed form of reports, each with its `summary`, the `label` of its format, and the `names` of its series.

    Of long lists the beginning is told; `more_revised` and `more_refused` count what is left out.
    `sentence` tells what an option chain holds. `names` gives for each id the `name` and the `freq`; an id
    that the catalogue does not know is not there.
    """
    catalogue = load_catalogue(workspace)
    return [{**_short(report).as_json(), **_words(report, catalogue)} for report in reports]


def refused_told(workspace: Workspace, reports: Sequence[ImportReport]) -> list[Mapping[str, Any]]:
    """Reports in the order given: those of refused files as `told` has them, of the others only what file was loaded."""
    full = iter(told(workspace, [report for report in reports if report.outcome is Outcome.REFUSED]))
    return [next(full) if report.outcome is Outcome.REFUSED else _briefly(report) for report in reports]


def _briefly(report: ImportReport) -> Mapping[str, Any]:
    return {
        "file": report.file,
        "folder": report.folder,
        "part": report.part,
        "outcome": report.outcome.value,
        "load_id": report.load_id,
    }


def _short(report: ImportReport) -> ImportReport:
    return replace(report, revised=report.revised[:MOST], refused=report.refused[:MOST])


def _words(report: ImportReport, catalogue: Catalogue) -> Mapping[str, Any]:
    source = recognisers().get(report.recogniser)
    entries = ((series, catalogue.entry(series)) for series in report.series)
    return {
        "summary": report.summary.as_json(),
        "more_revised": max(len(report.revised) - MOST, 0),
        "more_refused": max(len(report.refused) - MOST, 0),
        "sentence": report.chain.sentence.as_json() if report.chain else None,
        "label": source.label.as_json() if source else None,
        "names": {series: {"name": entry.name.as_json(), "freq": entry.freq} for series, entry in entries if entry},
    }
