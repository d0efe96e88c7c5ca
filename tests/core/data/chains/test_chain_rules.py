"""Each rule over a chain finds the fault that is planted for it, with line, column and value; clean chains pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from briefing.data.chains.chain import QUOTED, Chain
from briefing.data.chains.field_words import FIELD_WORDS
from briefing.data.chains.reading import ChainReading, Emptied, ReadChain
from briefing.data.chains.rules.registry import all_chain_rules
from briefing.data.chains.validating import ChainValidation, validate_chain
from briefing.data.tidy import Flag
from briefing.problems import Severity

Read = Callable[..., ChainReading]
DAY = date(2026, 3, 10)


@pytest.fixture
def chain(read_sample: Read) -> Chain:
    return read_sample("quotedata.csv").chains[0].chain


def judged(chain: Chain, before: Chain | None = None, emptied: dict[Emptied, int] | None = None) -> ChainValidation:
    return validate_chain(ReadChain(chain, {}, emptied or {}), before, DAY, file="quotedata.csv")


def changed(chain: Chain, name: str, places: list[int], value: float) -> Chain:
    column = getattr(chain, name).copy()
    column[places] = value
    return replace(chain, **{name: column})


def rules(found: ChainValidation) -> list[str]:
    return [finding.rule for finding in found.findings]


def test_a_clean_chain_has_no_findings(chain: Chain) -> None:
    found = judged(chain, before=chain)
    assert found.findings == ()
    assert not found.refused
    assert set(found.chain.flags) == {Flag.OK}


def test_a_finding_names_file_line_column_and_value(chain: Chain) -> None:
    at = int(np.flatnonzero((chain.lines == 8) & (chain.cp == "P"))[0])
    found = judged(changed(chain, "bid", [at], -3.5))
    (problem,) = found.problems
    assert (problem.check, problem.severity) == ("chain.negative", Severity.ERROR)
    assert (problem.place.file, problem.place.row, problem.place.column) == ("quotedata.csv", 8, "bid")
    assert problem.message.en == (
        "quotedata.csv, line 8: SPX of 6 Mar 2026 has a negative bid (SPX 2026-03-20 5000 P, bid -3.5)."
    )
    assert problem.message.zh == (
        "quotedata.csv第8行：SPX（2026年3月6日）有負的買價（SPX 2026-03-20 5000 P，買價為-3.5）。"
    )
    (finding,) = found.findings
    assert (finding.line, finding.column, finding.value, finding.count) == (8, "bid", -3.5, 1)


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("strike", 0, "strike"),
        ("strike", -5, "strike"),
        ("ask", -1, "negative"),
        ("last", -1, "negative"),
        ("volume", -1, "negative"),
        ("open_interest", -1, "negative"),
        ("iv", -0.2, "negative"),
    ],
)
def test_a_number_that_cannot_be_refuses_the_file(chain: Chain, name: str, value: float, rule: str) -> None:
    found = judged(changed(chain, name, [2], value).ordered())
    assert found.refused
    assert rule in rules(found)


def test_one_bid_above_its_ask_is_marked_and_the_chain_accepted(chain: Chain) -> None:
    found = judged(changed(chain, "bid", [3], 9999.0))
    assert rules(found) == ["crossed"]
    assert not found.refused
    assert np.flatnonzero(found.chain.flags == Flag.SUSPECT).tolist() == [3]


def test_bid_and_ask_exchanged_refuse_the_file(chain: Chain) -> None:
    found = judged(replace(chain, bid=chain.ask, ask=chain.bid))
    assert rules(found) == ["all_crossed"]
    assert found.refused


def test_one_wrong_delta_is_marked_and_unsigned_deltas_refuse_the_file(chain: Chain) -> None:
    put = int(np.flatnonzero(chain.cp == "P")[0])
    assert rules(judged(changed(chain, "delta", [put], 0.4))) == ["delta_sign"]
    assert rules(judged(replace(chain, delta=np.abs(chain.delta)))) == ["all_delta_signs"]


def test_calls_and_puts_exchanged_refuse_the_file(chain: Chain) -> None:
    swapped = replace(chain, cp=np.where(chain.cp == "C", "P", "C")).ordered()
    found = judged(replace(swapped, delta=np.full(len(swapped), np.nan)))
    assert rules(found) == ["sides"]
    assert found.refused


def test_volatilities_in_per_cent_refuse_the_file(chain: Chain) -> None:
    found = judged(replace(chain, iv=np.full(len(chain), np.nan)), emptied={Emptied.HIGH_VOLATILITY: 16})
    assert rules(found) == ["volatility_unit"]
    assert "16 of 16 contracts" in found.problems[0].message.en


@pytest.mark.parametrize("factor", [1000.0, 0.001])
def test_strikes_on_another_scale_than_the_underlying_refuse_the_file(chain: Chain, factor: float) -> None:
    assert rules(judged(replace(chain, strike=chain.strike * factor))) == ["strike_scale"]


def test_without_a_price_the_scale_is_that_of_the_last_chain(chain: Chain) -> None:
    bare = replace(chain, spot=float("nan"))
    assert rules(judged(replace(bare, strike=bare.strike * 1000))) == []
    assert rules(judged(replace(bare, strike=bare.strike * 1000), before=bare)) == ["strike_scale"]


def test_a_contract_twice_with_other_values_refuses_the_file(chain: Chain) -> None:
    twice = chain.where(np.r_[0, np.arange(len(chain))])
    assert rules(judged(changed(twice, "bid", [1], 1.0))) == ["twins"]


def test_an_expiry_that_the_last_chain_had_is_missed_until_it_is_over(chain: Chain) -> None:
    late = chain.where(chain.expiry > np.datetime64("2026-03-20"))
    found = judged(late, before=chain)
    assert rules(found) == ["missing_expiry"]
    assert "lacks 1 expiries that the chain of 2026-03-06 had (2026-03-20)" in found.problems[0].message.en
    assert rules(judged(replace(late, quote_date=date(2026, 3, 20)), before=chain)) == ["future"]


def test_an_older_quote_of_the_same_session_is_said(chain: Chain) -> None:
    later = replace(chain, quote_time=datetime(2026, 3, 7, 18, 0, tzinfo=UTC))
    assert rules(judged(chain, before=later)) == ["earlier_quote"]
    assert rules(judged(later, before=chain)) == []


def test_a_chain_of_a_closed_day_is_said(chain: Chain) -> None:
    assert rules(judged(replace(chain, quote_date=date(2026, 3, 8)))) == ["closed_day"]


def test_a_chain_of_a_day_to_come_is_refused(chain: Chain) -> None:
    found = judged(replace(chain, quote_date=date(2026, 3, 12)))
    assert rules(found) == ["future"]
    assert found.refused


def test_a_chain_without_contracts_or_bids_is_refused(chain: Chain) -> None:
    assert rules(judged(chain.where(np.zeros(len(chain), dtype=bool)))) == ["empty"]
    assert rules(judged(replace(chain, bid=np.zeros(len(chain))))) == ["empty"]


def test_every_number_of_a_contract_has_words() -> None:
    assert set(FIELD_WORDS) == {"strike", *QUOTED}


def test_every_rule_speaks_both_languages_and_says_what_to_do() -> None:
    for rule in all_chain_rules().values():
        for label in (rule.label, rule.hint):
            assert label.en
            assert any("\u4e00" <= sign <= "\u9fff" for sign in label.zh), rule.name
