"""What entered a team database: its loads, and the decisions to hide them, read once and then only what is new."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from briefing.data.loads import Hiding, Load
from briefing.data.stores.postgres_session import Session

_FORM = """'YYYYMMDD"T"HH24MISS"Z"'"""
_NEWEST = """
SELECT greatest((SELECT coalesce(max(load_id), 0) FROM brief.load),
                (SELECT coalesce(max(event_id), 0) FROM brief.hiding)) AS number
"""
_LOADS = f"""
SELECT load_id, batch, to_char(vintage AT TIME ZONE 'UTC', {_FORM}) AS vintage, dataset, file_name, part, file_sha256,
       recogniser, recogniser_version, program, series::text AS series, root, quote_date, clock
FROM brief.load WHERE load_id > $1 AND load_id <= $2 ORDER BY load_id
"""  # noqa: S608 - a form of ours
_HIDINGS = f"""
SELECT event_id, to_char(vintage AT TIME ZONE 'UTC', {_FORM}) AS vintage, load_ids, hidden, decided_by
FROM brief.hiding WHERE event_id > $1 AND event_id <= $2 ORDER BY event_id
"""  # noqa: S608 - the same


@dataclass(frozen=True, slots=True)
class Journal:
    """All loads and decisions up to a number, hidden loads included. Both only ever grow."""

    number: int = 0
    loads: tuple[Load, ...] = ()
    hidings: tuple[Hiding, ...] = ()


def newest_number(session: Session) -> int:
    """The number of what entered last; 0 for nothing. Costs about a millisecond."""
    return int(session.ask(_NEWEST).column("number")[0].as_py())


def read_journal(session: Session, known: Journal) -> Journal:
    """The journal as it is now. Numbers are given out and become visible in one order, so `known` stays true."""
    number = newest_number(session)
    if number == known.number:
        return known
    if number < known.number:
        known = Journal()  # the database was put back to an earlier day
    loads = session.ask(_LOADS, known.number, number).to_pylist()
    hidings = session.ask(_HIDINGS, known.number, number).to_pylist()
    return Journal(
        number,
        known.loads + tuple(_load(row) for row in loads),
        known.hidings + tuple(_hiding(row) for row in hidings),
    )


def newest_vintage(journal: Journal) -> str:
    """The vintage of what entered last; "" for nothing."""
    vintages = [load.vintage for load in journal.loads] + [hiding.vintage for hiding in journal.hidings]
    return max(vintages, default="")


def _load(row: dict[str, Any]) -> Load:
    return Load(
        load_id=row["load_id"],
        dataset=row["dataset"],
        vintage=row["vintage"],
        file=row["file_name"],
        sha256=row["file_sha256"],
        recogniser=row["recogniser"],
        version=row["recogniser_version"],
        program=row["program"],
        series=json.loads(row["series"]),
        part=row["part"],
        root=row["root"],
        quote_date=row["quote_date"],
        clock=row["clock"],
        batch=tuple(row["batch"]),
    )


def _hiding(row: dict[str, Any]) -> Hiding:
    return Hiding(row["event_id"], row["vintage"], tuple(row["load_ids"]), row["hidden"], row["decided_by"])
