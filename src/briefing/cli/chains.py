"""The command that lists option chains."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from briefing.cli.options import AsOfOption, JsonOption, VintageOption, WorkspaceOption, day_of, workspace_of
from briefing.cli.printing import language, print_json, print_line, print_table
from briefing.data.chains.by_expiry import by_expiry
from briefing.data.chains.chain import Chain
from briefing.data.chains.facts import facts_of
from briefing.data.chains.reading import ReadChain
from briefing.data.chains.stored import chains, read_chain
from briefing.data.stores.contract import EVER
from briefing.data.stores.opening import open_store
from briefing.data.vintages import bound_of
from briefing.text import Side

_HEADS: dict[Side, tuple[str, ...]] = {
    "en": ("root", "session", "clock", "source", "file", "vintage", "load"),
    "zh": ("標的", "交易日", "時點", "來源", "檔案", "版本", "載入"),
}
_EXPIRY_HEADS: dict[Side, tuple[str, ...]] = {
    "en": ("expiry", "root", "settles", "strikes", "contracts", "with a bid", "suspect", "volume", "open interest"),
    "zh": ("到期日", "代號", "結算", "履約價", "合約", "有買價", "存疑", "成交量", "未平倉"),
}


def list_chains(
    root: Annotated[str, typer.Argument(help="Only chains of this underlying.")] = "",
    workspace: WorkspaceOption = None,
    quote_date: Annotated[
        datetime | None,
        typer.Option("--quote-date", formats=["%Y-%m-%d"], help="Show the chain of this session by expiry."),
    ] = None,
    clock: Annotated[str, typer.Option("--clock", help="Of this moment: delayed, 1545, eod.")] = "",
    as_of: AsOfOption = None,
    vintage: VintageOption = None,
    json: JsonOption = False,
) -> None:
    """List the option chains of the workspace; with a root and a session, that chain by expiry."""
    snapshot = open_store(workspace_of(workspace)).snapshot(bound_of(vintage))
    session = day_of(quote_date)
    if session is not None and root:
        _show(read_chain(snapshot, root.upper(), session, clock), json)
        return
    loads = [
        load
        for load in chains(snapshot, root.upper(), day_of(as_of) or EVER)
        if clock in {"", load.clock} and (session is None or load.quote_date == session.isoformat())
    ]
    if json:
        print_json(
            [
                {
                    "root": load.root,
                    "quote_date": load.quote_date,
                    "clock": load.clock,
                    "dataset": load.dataset,
                    "file": load.file,
                    "vintage": load.vintage,
                    "load_id": load.load_id,
                }
                for load in loads
            ]
        )
        return
    print_table(
        _HEADS[language()],
        [
            (load.root, load.quote_date, load.clock, load.dataset, load.file, load.vintage, str(load.load_id))
            for load in loads
        ],
        numbers=1,
    )


def _show(chain: Chain, json: bool) -> None:
    rows = by_expiry(chain)
    facts = facts_of(ReadChain(chain))
    if json:
        print_json(
            facts.as_json()
            | {"vintage": chain.vintage, "load_id": chain.load_id, "by_expiry": [row.as_json() for row in rows]}
        )
        return
    side = language()
    print_line(facts.sentence.of(side))
    print_table(
        _EXPIRY_HEADS[side],
        [
            (
                str(row.expiry),
                row.option_root,
                row.settle,
                f"{row.low:,.10g}–{row.high:,.10g}",
                f"{row.contracts:,}",
                f"{row.quoted:,}",
                f"{row.suspect:,}",
                f"{row.volume:,.0f}",
                f"{row.open_interest:,.0f}",
            )
            for row in rows
        ],
        numbers=5,
    )
