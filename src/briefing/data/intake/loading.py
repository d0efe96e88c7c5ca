"""What a load is called when it enters a store: its number, its vintage, what it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from briefing import __version__
from briefing.data.intake.report import ImportReport
from briefing.data.loads import Load
from briefing.data.stores.contract import Arrival, ChainTable
from briefing.data.tidy import Tidy
from briefing.data.vintages import vintage_now
from briefing.problems import Place, Refused, error
from briefing.series import as_date
from briefing.text import Label


def known_load(
    loads: Iterable[Load], digest: str, source: str | None, names: Collection[str], quote_date: str = ""
) -> Load | None:
    """The load that brought exactly this file in the same way before, if there is one.

    `names` are those of the series or the underlying that a person named, `quote_date` the session; empty for none.
    """
    for load in loads:
        named = not names or not {*load.series, load.root}.isdisjoint(names)
        if (
            load.sha256 == digest
            and source in {None, load.recogniser}
            and named
            and quote_date in {"", load.quote_date}
        ):
            return load
    return None


def vintage_after(newest: str) -> str:
    """The vintage of what enters a store now, whose newest entry has the vintage `newest`."""
    return max(vintage_now(), newest)


def settled_vintage(asked: str | None, report: ImportReport, loads: Iterable[Load], newest: str) -> str:
    """The vintage of the load of a report; `newest` is that of whatever entered the store last.

    Without one asked for it is the time now, but never before the newest: the last load wins although a
    clock went back. Raises `Refused` for one asked for that would stand before a load of its dataset.
    """
    if asked is None:
        return vintage_after(newest)
    dataset = report.dataset
    before = max((load.vintage for load in loads if load.dataset == dataset), default="")
    if asked < before:
        raise Refused(
            error(
                "vintage.order",
                Place(file=report.file),
                Label(
                    f"{dataset} was loaded at {before}; a load at {asked} would stand before it.",
                    f"{dataset}已有{before}的版本，{asked}的版本不能排在其前。",
                ),
                Label("Load older vintages first.", "請先載入較舊的版本。"),
            )
        )
    return asked


def loads_of(arrivals: Sequence[Arrival], first_id: int, vintages: Sequence[str]) -> tuple[Load, ...]:
    """The loads of the tables of one file, numbered from `first_id`; several of them form a batch."""
    numbers = range(first_id, first_id + len(arrivals))
    batch = tuple(numbers) if len(arrivals) > 1 else ()
    return tuple(
        _load(arrival, number, vintage, batch)
        for arrival, number, vintage in zip(arrivals, numbers, vintages, strict=True)
    )


def _load(arrival: Arrival, load_id: int, vintage: str, batch: tuple[int, ...]) -> Load:
    report, content = arrival.report, arrival.content
    chain = content if isinstance(content, ChainTable) else None
    return Load(
        load_id=load_id,
        dataset=report.dataset,
        vintage=vintage,
        file=report.file,
        sha256=report.sha256,
        recogniser=report.recogniser,
        version=report.version,
        program=__version__,
        series=_last_dates(report, content) if isinstance(content, Tidy) else {},
        part=report.part,
        root=chain.root if chain else "",
        quote_date=chain.quote_date.isoformat() if chain else "",
        clock=chain.clock if chain else "",
        batch=batch,
    )


def _last_dates(report: ImportReport, rows: Tidy) -> dict[str, str]:
    """All series of the report, with their last date among the rows that are kept."""
    last = dict.fromkeys(report.series, "")
    for name, place in rows.by_series():
        days = rows.dates[place][np.isfinite(rows.values[place])]
        last[name] = as_date(days[-1]).isoformat() if len(days) else ""
    return last
