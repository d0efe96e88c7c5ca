"""Chains in the store: what goes in comes out, vintages stay, and the same file is not loaded twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.chains.building import Head, build_chain
from briefing.data.chains.chain import COLUMNS, Chain
from briefing.data.chains.reading import ChainReading
from briefing.data.chains.stored import chains, find_chain, read_chain
from briefing.data.chains.table import TABLE_COLUMNS, chain_schema, from_table, to_table
from briefing.data.intake.choices import UNDECIDED, Choices
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.loads import Load
from briefing.data.stores.opening import open_store
from briefing.data.vintages import bound_of
from briefing.data.workspace import Workspace
from briefing.problems import Refused

Read = Callable[..., ChainReading]
SAMPLES = Path(__file__).parent / "samples"
FIRST, SECOND = "20260307T120000Z", "20260308T120000Z"
LOAD = Load(7, "cboe_chain", FIRST, "quotedata.csv", "ab" * 32, "cboe_chain", 1, "0.1.0")


def load(workspace: Workspace, path: Path, vintage: str = FIRST, choices: Choices = UNDECIDED) -> list[ImportReport]:
    return import_files(workspace, [path], choices=choices, vintage=vintage)


def same(one: Chain, other: Chain) -> bool:
    """Every column bit by bit; a gap is a gap."""
    heads = [(c.root, c.quote_date, c.clock, c.quote_time, c.vendor) for c in (one, other)]
    spots = np.array_equal([one.spot], [other.spot], equal_nan=True)
    columns = (
        np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        for a, b in ((getattr(one, name), getattr(other, name)) for name in COLUMNS)
    )
    return heads[0] == heads[1] and spots and all(columns)


NUMBERS = st.one_of(st.just(float("nan")), st.floats(allow_nan=False, allow_infinity=False, width=64))
KEYS = st.tuples(
    st.sampled_from(["SPX", "SPXW", "SPX1"]),
    st.dates(date(2026, 1, 2), date(2031, 12, 31)),
    st.floats(0.01, 1e6, allow_nan=False),
    st.sampled_from(["C", "P"]),
)


@st.composite
def any_chain(draw: st.DrawFn) -> Chain:
    keys = draw(st.lists(KEYS, min_size=1, max_size=6, unique=True))
    size = len(keys)
    names = ("bid", "ask", "last", "volume", "open_interest", "iv", "delta", "gamma", "theta", "vega", "forward")
    columns: dict[str, Any] = {name: draw(st.lists(NUMBERS, min_size=size, max_size=size)) for name in names}
    columns |= {"expiry": [key[1] for key in keys], "strike": [key[2] for key in keys], "cp": [key[3] for key in keys]}
    columns["flags"] = draw(st.lists(st.sampled_from([0, 5]), min_size=size, max_size=size))
    columns["lines"] = draw(st.lists(st.integers(0, 2**31 - 1), min_size=size, max_size=size))
    columns["occ_symbol"] = draw(
        st.lists(st.text(st.characters(exclude_categories=["C"]), max_size=8), min_size=size, max_size=size)
    )
    head = Head(
        root="SPX",
        quote_date=draw(st.dates(date(1990, 1, 1), date(2100, 1, 1))),
        clock=draw(st.sampled_from(["delayed", "1545", "eod"])),
        vendor="cboe",
        quote_time=draw(st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))),  # noqa: DTZ001
        spot=draw(st.floats(0.01, 1e6) | st.just(float("nan"))),
    )
    return build_chain(head, [key[0] for key in keys], columns).ordered()


@settings(deadline=None, max_examples=40)
@given(any_chain())
def test_a_chain_comes_back_from_its_table_bit_by_bit(chain: Chain) -> None:
    back = from_table(to_table(chain), LOAD)
    assert same(back, chain)
    assert (back.vintage, back.load_id) == (FIRST, 7)


@settings(deadline=None, max_examples=40)
@given(any_chain())
def test_a_chain_in_order_stays_in_order_and_has_no_twins(chain: Chain) -> None:
    shuffled = chain.where(np.arange(len(chain))[::-1])
    assert same(shuffled.ordered(), chain)
    assert not len(chain.twins())


def test_the_table_has_every_column_in_the_order_that_stores_are_told() -> None:
    assert chain_schema().names == list(TABLE_COLUMNS)


@pytest.mark.parametrize(
    ("file", "choices"),
    [
        ("quotedata.csv", Choices()),
        ("quotedata_classic.dat", Choices()),
        ("quotedata_short.csv", Choices()),
        ("UnderlyingOptionsEODCalcs_2026-03-06.csv", Choices()),
        ("UnderlyingOptionsEODQuotes_2025-11-28.csv", Choices()),
        ("ivydb_prices.csv", Choices()),
        ("strikes_side_by_side.csv", Choices(as_id="SPX")),
        ("contracts.csv", Choices()),
        ("yfinance_chain.csv", Choices(quote_date=date(2026, 3, 6))),
        ("optionsdx_quotes.txt", Choices(as_id="XYZ")),
        ("optionsdx_ladder.json", Choices()),
    ],
)
def test_every_sample_is_imported_and_comes_back(
    workspace: Workspace, read_sample: Read, file: str, choices: Choices
) -> None:
    reports = load(workspace, SAMPLES / file, choices=choices)
    assert {report.outcome for report in reports} == {Outcome.LOADED}, [report.problems for report in reports]
    decided = {"as_id": choices.as_id, "quote_date": choices.quote_date}
    read = [one.chain for one in read_sample(file, **decided).chains]
    assert len(reports) == len(read)
    snapshot = open_store(workspace).snapshot()
    for chain in read:
        assert same(read_chain(snapshot, chain.root, chain.quote_date, chain.clock), chain)


def test_every_file_of_samples_is_imported_or_refused_above() -> None:
    names = {path.name for path in SAMPLES.iterdir()}
    tested = {file for mark in test_every_sample_is_imported_and_comes_back.pytestmark for file, _ in mark.args[1]}
    assert names - tested == {"ivydb_surface.csv"}


def test_the_report_says_what_a_reader_wants_to_know(workspace: Workspace) -> None:
    (report,) = load(workspace, SAMPLES / "quotedata.csv")
    assert report.summary.en == (
        "quotedata.csv: SPX, 6 Mar 2026, delayed quote; 16 contracts, 2 expiries, spot 5,012.5; "
        "2 dropped: expired at the quote; 1 left blank: implied volatility 0; "
        "1 left blank: implied volatility above 500%; 1 left blank: ask 0, so no offer."
    )
    assert report.summary.zh.startswith(
        "quotedata.csv：SPX，2026年3月6日，延遲報價；16個合約，2個到期日，標的價格5,012.5；"
    )
    facts = json.loads(json.dumps(report.as_json()))["chain"]
    assert facts == {
        "root": "SPX",
        "quote_date": "2026-03-06",
        "clock": "delayed",
        "quote_time": "2026-03-07T15:15:00+00:00",
        "spot": 5012.5,
        "contracts": 16,
        "expiries": 2,
        "first_expiry": "2026-03-20",
        "last_expiry": "2026-04-16",
        "adjusted": 0,
        "dropped": {"expired": 2},
        "emptied": {"volatility 0": 1, "volatility above 5": 1, "ask 0": 1},
    }
    assert (report.rows_read, report.rows_kept) == (9, 9)


def test_a_chain_lies_below_its_root_and_session(workspace: Workspace) -> None:
    (report,) = load(workspace, SAMPLES / "quotedata.csv")
    (path,) = workspace.data.rglob("*.parquet")
    folder = "dataset=cboe_chain/root=SPX/quote_date=2026-03-06/vintage=20260307T120000Z"
    assert path.relative_to(workspace.data).as_posix() == f"{folder}/{report.load_id}-{report.sha256[:8]}.parquet"


def test_a_second_load_of_a_session_is_a_vintage_and_the_first_stays(workspace: Workspace, tmp_path: Path) -> None:
    text = (SAMPLES / "quotedata.csv").read_text(encoding="utf-8")
    later = tmp_path / "quotedata.csv"
    later.write_text(text.replace("10:15 AM", "11:45 AM").replace("Last: 5012.5", "Last: 5013"), encoding="utf-8")
    load(workspace, SAMPLES / "quotedata.csv", FIRST)
    load(workspace, later, SECOND)
    store = open_store(workspace)
    assert read_chain(store.snapshot(), "SPX").spot == 5013
    assert read_chain(store.snapshot(bound_of(FIRST)), "SPX").spot == 5012.5
    assert [one.vintage for one in chains(store.snapshot())] == [FIRST, SECOND]


def test_the_same_bytes_again_are_known(workspace: Workspace) -> None:
    load(workspace, SAMPLES / "quotedata.csv")
    (again,) = load(workspace, SAMPLES / "quotedata.csv", SECOND)
    assert again.outcome is Outcome.KNOWN
    assert len(chains(open_store(workspace).snapshot())) == 1


@pytest.mark.parametrize("choices", [Choices(as_id="SPX"), Choices(as_id="SPX", source="plain_chain")])
def test_the_same_bytes_with_the_same_answers_are_known(workspace: Workspace, choices: Choices) -> None:
    for _ in range(2):
        (report,) = load(workspace, SAMPLES / "strikes_side_by_side.csv", choices=choices)
    assert report.outcome is Outcome.KNOWN
    dated = Choices(quote_date=date(2026, 3, 6))
    for _ in range(2):
        (report,) = load(workspace, SAMPLES / "yfinance_chain.csv", choices=dated)
    assert report.outcome is Outcome.KNOWN


def test_another_session_for_the_same_bytes_is_another_load(workspace: Workspace) -> None:
    for day in (date(2026, 3, 5), date(2026, 3, 6)):
        (report,) = load(workspace, SAMPLES / "yfinance_chain.csv", choices=Choices(quote_date=day))
        assert report.outcome is Outcome.LOADED
    found = chains(open_store(workspace).snapshot(), "XYZ")
    assert [one.quote_date for one in found] == ["2026-03-05", "2026-03-06"]


def test_the_newest_session_until_a_day_is_found(workspace: Workspace) -> None:
    load(workspace, SAMPLES / "ivydb_prices.csv")
    snapshot = open_store(workspace).snapshot()
    assert read_chain(snapshot, "SPX").quote_date == date(2026, 3, 6)
    assert read_chain(snapshot, "SPX", as_of=date(2026, 3, 5)).quote_date == date(2026, 3, 5)
    assert find_chain(snapshot, "SPX", as_of=date(2026, 3, 4)) is None
    assert find_chain(snapshot, "SPX", clock="1545") is None


def test_a_chain_that_is_not_there_is_refused_with_what_to_do(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="No option chain of NDX is stored") as caught:
        read_chain(open_store(workspace).snapshot(), "NDX")
    assert "briefing chains" in caught.value.problems[0].hint.en


def test_an_underlying_keeps_its_own_name_where_the_catalogue_has_an_alias(workspace: Workspace) -> None:
    load(workspace, SAMPLES / "strikes_side_by_side.csv", choices=Choices(as_id="SPX"))
    assert [one.root for one in chains(open_store(workspace).snapshot())] == ["SPX"]


def test_a_hostile_row_refuses_the_whole_file_and_nothing_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    text = (SAMPLES / "quotedata.csv").read_text(encoding="utf-8")
    bad = tmp_path / "quotedata.csv"
    bad.write_text(text.replace("84.6,85.6", "84.6,eighty"), encoding="utf-8")
    (report,) = load(workspace, bad)
    assert report.outcome is Outcome.REFUSED
    (problem,) = report.problems
    assert (problem.place.row, problem.place.column) == (8, "call ask")
    assert "line 8, column call ask: “eighty” is not a number" in problem.message.en
    assert not list(workspace.data.rglob("*.parquet"))


def test_a_file_of_which_one_chain_is_wrong_brings_none(workspace: Workspace, tmp_path: Path) -> None:
    text = (SAMPLES / "ivydb_prices.csv").read_text(encoding="utf-8")
    bad = tmp_path / "ivydb.csv"
    bad.write_text(
        text.replace("2026-03-06,2026-03-20,P,5000000,70.8", "2026-03-06,2026-03-20,P,5000000,-70.8"), encoding="utf-8"
    )
    reports = load(workspace, bad)
    assert {report.outcome for report in reports} == {Outcome.REFUSED}
    assert [problem.check for report in reports for problem in report.problems].count("chain.negative") == 1
    assert not list(workspace.data.rglob("*.parquet"))


def test_marks_of_doubted_contracts_are_stored(workspace: Workspace, tmp_path: Path) -> None:
    text = (SAMPLES / "quotedata.csv").read_text(encoding="utf-8")
    odd = tmp_path / "quotedata.csv"
    odd.write_text(text.replace("84.6,85.6", "94.6,85.6"), encoding="utf-8")
    (report,) = load(workspace, odd)
    assert [(found.rule, found.line, found.column, found.value) for found in report.findings] == [
        ("crossed", 8, "bid", 94.6)
    ]
    chain = read_chain(open_store(workspace).snapshot(), "SPX")
    assert chain.lines[chain.flags == 5].tolist() == [8]
    assert chain.cp[chain.flags == 5].tolist() == ["C"]


def test_a_damaged_chain_is_said_and_does_not_stop_the_next_import(workspace: Workspace) -> None:
    load(workspace, SAMPLES / "ivydb_prices.csv", FIRST)
    for path in workspace.data.rglob("*.parquet"):
        path.write_bytes(path.read_bytes()[:-40])
    (report,) = load(workspace, SAMPLES / "quotedata.csv", SECOND)
    assert report.outcome is Outcome.LOADED
    snapshot = open_store(workspace).snapshot()
    assert read_chain(snapshot, "SPX", date(2026, 3, 6), "delayed").spot == 5012.5
    assert snapshot.faults


def test_a_table_of_something_else_is_a_damaged_chain() -> None:
    chain = replace(build_chain(Head(root="SPX", quote_date=date(2026, 3, 6), clock="eod", vendor="x"), ["SPX"], one()))
    with pytest.raises(KeyError):
        from_table(to_table(chain).drop_columns(["flag"]), LOAD)


def one() -> dict[str, Any]:
    return {"expiry": [date(2026, 3, 20)], "strike": [5000.0], "cp": ["C"], "lines": [0]}


def test_contracts_that_differ_in_settlement_alone_hide_no_twin() -> None:
    columns = {name: values * 3 for name, values in one().items()} | {"settle": np.array(["AM", "PM", "AM"])}
    chain = build_chain(Head(root="SPX", quote_date=date(2026, 3, 6), clock="eod", vendor="x"), ["SPX"] * 3, columns)
    assert chain.ordered().settle.tolist() == ["AM", "AM", "PM"]
    assert chain.ordered().twins().tolist() == [1]


LATER = """secid,date,exdate,cp_flag,strike_price,best_bid,best_offer,impl_volatility
108105,2026-03-09,2026-04-17,C,5000000,139.1,141.2,0.166
108105,2026-03-09,2026-04-17,P,5000000,121.4,123.0,0.165
"""


def test_an_expiry_that_the_stored_chain_had_is_missed(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, SAMPLES / "ivydb_prices.csv", FIRST)
    (tmp_path / "next.csv").write_text(LATER, encoding="utf-8")
    (report,) = load(workspace, tmp_path / "next.csv", "20260310T120000Z")
    assert report.outcome is Outcome.LOADED
    assert [problem.check for problem in report.problems] == ["chain.missing_expiry"]
    assert "the chain of 2026-03-06 had (2026-03-20)" in report.problems[0].message.en


def test_an_expiry_is_missed_within_one_file_too(workspace: Workspace, tmp_path: Path) -> None:
    lines = (SAMPLES / "ivydb_prices.csv").read_text(encoding="utf-8").splitlines()
    text = "\n".join([*lines[:3], *(line.replace("2026-03-20", "2026-04-17") for line in lines[3:5]), ""])
    (tmp_path / "two.csv").write_text(text, encoding="utf-8")
    first, second = load(workspace, tmp_path / "two.csv")
    assert first.problems == ()
    assert [problem.check for problem in second.problems] == ["chain.missing_expiry"]
