"""The chains that a store holds: which there are, and one of them read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from briefing.data.chains.chain import Chain
from briefing.data.chains.table import from_table
from briefing.data.loads import Load
from briefing.data.stores.contract import EVER, Snapshot
from briefing.problems import Place, Refused, error
from briefing.text import Label


def chains(snapshot: Snapshot, root: str = "", as_of: date = EVER) -> tuple[Load, ...]:
    """The loads of chains until a session: by root, quote date, clock, and their order.

    Each has `root`, `quote_date`, `clock`, `vintage` and `load_id`; several of one moment are its vintages.
    """
    found = (load for load in _until(snapshot, as_of) if root in {"", load.root})
    return tuple(sorted(found, key=lambda load: (load.root, load.quote_date, load.clock, load.order)))


def find_chain(
    snapshot: Snapshot, root: str, quote_date: date | None = None, clock: str = "", *, as_of: date = EVER
) -> Load | None:
    """The load of a chain: of a session, else of the newest one until `as_of`; of a clock, else of any.

    Of several vintages the newest in the view of the snapshot; of several clocks the newest load.
    """
    of_root = [
        load
        for load in chains(snapshot, root, as_of)
        if (quote_date is None or load.quote_date == quote_date.isoformat()) and clock in {"", load.clock}
    ]
    return max(of_root, key=lambda load: (load.quote_date, load.order), default=None)


def read_chain(
    snapshot: Snapshot, root: str, quote_date: date | None = None, clock: str = "", *, as_of: date = EVER
) -> Chain:
    """The chain of `find_chain`. Raises `Refused` when there is none, or it cannot be read."""
    load = find_chain(snapshot, root, quote_date, clock, as_of=as_of)
    if load is None:
        raise Refused(
            error(
                "chain.none",
                Place(),
                Label(f"No option chain of {root} is stored for that day.", f"沒有{root}該日的選擇權鏈。"),
                Label("“briefing chains” lists what there is.", "「briefing chains」可列出現有資料。"),
            )
        )
    return chain_of(snapshot, load)


def chain_of(snapshot: Snapshot, load: Load) -> Chain:
    """The chain that a load brought. Raises `Refused` when it is damaged."""
    try:
        return from_table(snapshot.read_chain(load), load)
    except (KeyError, IndexError, TypeError, ValueError) as fault:
        raise Refused(
            error(
                "chain.damaged",
                Place(file=load.file),
                Label(
                    f"The chain of {load.root} of {load.quote_date} in the store is damaged: {fault}.",
                    f"資料庫中{load.root}於{load.quote_date}的選擇權鏈已損壞：{fault}。",
                ),
                Label("Import its file again.", "請重新匯入該檔案。"),
            )
        ) from fault


def _until(snapshot: Snapshot, as_of: date) -> Iterator[Load]:
    return (load for load in snapshot.loads if load.root and load.quote_date <= as_of.isoformat())
