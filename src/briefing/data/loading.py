"""One load enters the store: its partition and its report, both or neither."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from briefing import __version__
from briefing.data.joining import Stored, stored_by_series
from briefing.data.partitions import Load, Partition, partition_bytes, partition_path
from briefing.data.querying import EVER, open_store, rows_of
from briefing.data.report import ImportReport, Outcome
from briefing.data.tidy import Tidy
from briefing.data.vintages import vintage_now
from briefing.data.workspace import Workspace
from briefing.data.writing import write_files
from briefing.problems import Place, Problem, Refused, error
from briefing.series import as_date
from briefing.text import Label


def known_load(stored: Sequence[Partition], digest: str, source: str | None, series: str | None) -> Load | None:
    """The load that brought exactly this file in the same way before, if there is one."""
    for item in stored:
        load = item.load
        if load.sha256 == digest and source in {None, load.recogniser} and (series is None or series in load.series):
            return load
    return None


def stored_values(
    workspace: Workspace, stored: Sequence[Partition], dataset: str, series: Sequence[str]
) -> Mapping[str, Stored]:
    """The newest stored values of some series in one dataset."""
    wanted = set(series)
    holding = [item for item in stored if item.load.dataset == dataset and not wanted.isdisjoint(item.load.series)]
    if not holding:
        return {}
    with open_store(workspace.data) as connection:
        found = stored_by_series(rows_of(connection, holding, sorted(wanted), EVER), holding)
    return {name: held[dataset] for name, held in found.items()}


def write_load(
    workspace: Workspace, report: ImportReport, fresh: Tidy, stored: Sequence[Partition], vintage: str | None
) -> ImportReport:
    """Write the partition and the report of a load. Raises `Refused`; the store is then as it was."""
    load = _load(report, fresh, stored, _vintage(report, stored, vintage))
    report = replace(report, outcome=Outcome.LOADED, vintage=load.vintage, load_id=load.load_id)
    document = json.dumps(report.as_json(), ensure_ascii=False, indent=1).encode()
    name = f"{load.vintage}-{load.sha256[:8]}.json"
    try:
        write_files(
            {
                partition_path(workspace.data, load): partition_bytes(fresh, load),
                workspace.data / "reports" / name: document,
            }
        )
    except OSError as fault:
        raise Refused(_unwritable(workspace, report, fault)) from fault
    return report


def _vintage(report: ImportReport, stored: Sequence[Partition], asked: str | None) -> str:
    """The time of the load, never before the newest one of its dataset, so that the newest load wins."""
    newest = max((item.load.vintage for item in stored if item.load.dataset == report.dataset), default="")
    if asked is None:
        return max(vintage_now(), newest)
    if asked < newest:
        raise Refused(
            error(
                "vintage.order",
                Place(file=report.file),
                Label(
                    f"{report.dataset} was loaded at {newest}; a load at {asked} would stand before it.",
                    f"{report.dataset}已有{newest}的版本，{asked}的版本不能排在其前。",
                ),
                Label("Load older vintages first.", "請先載入較舊的版本。"),
            )
        )
    return asked


def _load(report: ImportReport, fresh: Tidy, stored: Sequence[Partition], vintage: str) -> Load:
    last = dict.fromkeys(report.series, "")
    for name, place in fresh.by_series():
        days = fresh.dates[place][np.isfinite(fresh.values[place])]
        last[name] = as_date(days[-1]).isoformat() if len(days) else ""
    return Load(
        load_id=max((item.load.load_id for item in stored), default=0) + 1,
        dataset=report.dataset,
        vintage=vintage,
        file=report.file,
        sha256=report.sha256,
        recogniser=report.recogniser,
        version=report.version,
        program=__version__,
        series=last,
    )


def _unwritable(workspace: Workspace, report: ImportReport, fault: OSError) -> Problem:
    return error(
        "import.unwritable",
        Place(file=report.file),
        Label(
            f"{report.file} was not loaded: {workspace.data} cannot be written ({fault.strerror}).",
            f"{report.file}未載入：無法寫入{workspace.data}（{fault.strerror}）。",
        ),
        Label(
            "Make room or choose another disk; what was loaded before is untouched.",
            "請騰出空間或改用其他磁碟；先前的資料未受影響。",
        ),
    )
