"""The other vendors' chains, each by a sample: what every column becomes, and what is asked or refused."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from briefing.data.chains.chain import Chain
from briefing.data.chains.reading import ChainReading, Dropped, Emptied
from briefing.problems import Refused

Read = Callable[..., ChainReading]
SAMPLES = Path(__file__).parent / "samples"
CALCS = "UnderlyingOptionsEODCalcs_2026-03-06.csv"
PRICES = "ivydb_prices.csv"


def by_clock(reading: ChainReading, root: str) -> dict[str, Chain]:
    return {one.chain.clock: one.chain for one in reading.chains if one.chain.root == root}


def refusal(act: object, *args: object, **options: object) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **options)  # type: ignore[operator]
    return str(caught.value)


def test_datashop_rows_hold_two_moments_that_become_two_chains(read_sample: Read) -> None:
    chains = by_clock(read_sample(CALCS), "XYZ")
    assert set(chains) == {"1545", "eod"}
    early, late = chains["1545"], chains["eod"]
    at = (early.strike == 25) & (early.cp == "C")
    assert (early.bid[at], early.ask[at], early.iv[at], early.delta[at]) == (0.82, 0.88, 0.3012, 0.5605)
    assert (late.bid[at], late.ask[at], late.last[at], late.volume[at]) == (0.83, 0.87, 0.85, 40)
    assert np.isnan(late.iv).all()
    assert np.isnan(early.last).all()
    assert np.isnan(early.volume).all()
    assert early.open_interest.tolist() == late.open_interest.tolist()
    assert (early.spot, late.spot) == pytest.approx((25.3, 25.31), abs=1e-12)


def test_datashop_marks_indices_with_a_caret_and_gives_them_no_price(read_sample: Read) -> None:
    reading = read_sample(CALCS)
    early = by_clock(reading, "SPX")["1545"]
    assert np.isnan(early.spot)
    assert [[note.check for note in one.notes] for one in reading.chains] == [["chain.no_spot"]] * 2 + [[]] * 2
    assert early.forward[early.option_root == "SPX"].tolist() == [5012.71, 5012.71]


def test_datashop_contracts_of_the_evening_live_at_1545_and_are_dead_at_the_end_of_the_day(read_sample: Read) -> None:
    reading = read_sample(CALCS)
    assert by_clock(reading, "SPX")["1545"].expiries == (date(2026, 3, 6), date(2026, 3, 20))
    assert by_clock(reading, "SPX")["eod"].expiries == (date(2026, 3, 20),)
    (late,) = [one for one in reading.chains if (one.chain.root, one.chain.clock) == ("SPX", "eod")]
    assert late.dropped == {Dropped.EXPIRED: 1}


def test_datashop_small_letters_and_delivery_codes_are_read(read_sample: Read) -> None:
    reading = read_sample(CALCS)
    early = by_clock(reading, "SPX")["1545"]
    assert early.cp[early.option_root == "SPXW"].tolist() == ["C"]
    other = by_clock(reading, "XYZ")["eod"]
    assert other.strike[other.adjusted].tolist() == [24]


def test_datashop_early_closes_leave_one_moment_blank_and_it_is_said(read_sample: Read) -> None:
    reading = read_sample("UnderlyingOptionsEODQuotes_2025-11-28.csv")
    assert list(by_clock(reading, "XYZ")) == ["eod"]
    assert [note.check for note in reading.notes] == ["chain.no_quotes"]


def test_optionmetrics_strikes_are_thousandths_and_its_mark_is_no_volatility(read_sample: Read) -> None:
    reading = read_sample(PRICES)
    assert [one.chain.quote_date for one in reading.chains] == [date(2026, 3, 5), date(2026, 3, 6)]
    read = reading.chains[1]
    assert read.chain.root == "SPX"
    assert sorted(set(read.chain.strike)) == [2000, 5000]
    assert np.isnan(read.chain.iv[read.chain.strike == 2000]).all()
    assert read.emptied == {Emptied.SENTINEL: 1}
    assert read.chain.forward.tolist() == [5012.71] * 4


def test_optionmetrics_says_itself_when_a_contract_settles(read_sample: Read) -> None:
    chain = read_sample(PRICES).chains[1].chain
    at = (chain.strike == 5000) & (chain.cp == "C")
    assert list(zip(chain.settle[at], chain.bid[at], strict=True)) == [("AM", 84.6), ("PM", 85.2)]
    assert not len(chain.twins())


def test_an_unknown_secid_is_a_question_that_a_name_answers(read_text: Read) -> None:
    text = (
        "secid,date,exdate,cp_flag,strike_price,best_bid,best_offer,impl_volatility\n"
        "999001,2026-03-06,2026-03-20,C,25000,0.83,0.87,0.3\n999001,2026-03-06,2026-03-20,P,25000,0.53,0.57,0.31\n"
    )
    assert "secid 999001 is not known" in refusal(read_text, text)
    chain = read_text(text, as_id="xyz").chains[0].chain
    assert (chain.root, chain.strike.tolist(), set(chain.settle)) == ("XYZ", [25, 25], {"PM"})


def test_the_standardised_surface_is_refused_with_its_reason(read_sample: Read) -> None:
    assert "volatilities interpolated to fixed days and deltas" in refusal(read_sample, "ivydb_surface.csv")


def test_side_by_side_tables_take_the_day_from_the_days_to_expiry(read_sample: Read) -> None:
    assert "does not say what the options are on" in refusal(read_sample, "strikes_side_by_side.csv")
    chain = read_sample("strikes_side_by_side.csv", as_id="SPX").chains[0].chain
    assert chain.quote_date == date(2026, 3, 6)
    assert len(chain) == 6
    assert chain.bid[(chain.strike == 5000) & (chain.cp == "P")].tolist() == [70.8, 121.9]


def test_days_to_expiry_that_disagree_are_a_question(read_text: Read) -> None:
    text = "Expiration,Days,Strike,Call Bid,Call Ask,Put Bid,Put Ask\n20260320,14,25,1,2,1,2\n20260417,40,25,1,2,1,2\n"
    assert "does not say which day the quotes are of" in refusal(read_text, text, as_id="XYZ")


def test_parts_of_days_to_expiry_are_a_question(read_text: Read) -> None:
    text = (
        "Expiration,Days,Strike,Call Bid,Call Ask,Put Bid,Put Ask\n20260320,13.6,25,1,2,1,2\n20260417,41.6,25,1,2,1,2\n"
    )
    assert "does not say which day" in refusal(read_text, text, as_id="XYZ")


def test_contracts_one_a_row_are_read_by_their_headings(read_sample: Read) -> None:
    chain = read_sample("contracts.csv").chains[0].chain
    assert (chain.root, chain.quote_date, chain.spot, len(chain)) == ("XYZ", date(2026, 3, 6), 25.31, 4)
    at = (chain.strike == 24) & (chain.cp == "P")
    assert (chain.bid[at], chain.delta[at], chain.open_interest[at]) == (0.28, -0.29, 91)


def test_symbols_stand_for_expiry_strike_and_side(read_sample: Read) -> None:
    assert "which day the quotes are of" in refusal(read_sample, "yfinance_chain.csv")
    chain = read_sample("yfinance_chain.csv", quote_date=date(2026, 3, 6)).chains[0].chain
    assert chain.root == "XYZ"
    assert chain.cp.tolist() == ["C", "C", "P"]
    assert chain.expiries == (date(2026, 3, 20),)
    assert chain.iv.tolist() == [0.312, 0.3012, 0.3055]


def test_optionsdx_headings_in_brackets_are_read(read_sample: Read) -> None:
    chain = read_sample("optionsdx_quotes.txt", as_id="XYZ").chains[0].chain
    assert (chain.quote_date, chain.spot, len(chain)) == (date(2026, 3, 6), 25.31, 4)
    at = (chain.strike == 25) & (chain.cp == "P")
    assert (chain.bid[at], chain.iv[at], chain.delta[at], chain.theta[at]) == (0.53, 0.3055, -0.4395, -0.02)
    assert np.isnan(chain.volume[(chain.strike == 25) & (chain.cp == "C")]).all()


def test_optionsdx_ladders_become_one_chain_for_each_day_of_quotes(read_sample: Read) -> None:
    reading = read_sample("optionsdx_ladder.json")
    assert [(one.chain.root, one.chain.quote_date, len(one.chain), one.chain.spot) for one in reading.chains] == [
        ("XYZ", date(2026, 2, 2), 2, 25.1),
        ("XYZ", date(2026, 2, 27), 1, 25.4),
    ]
    assert reading.chains[0].chain.lines.tolist() == [6, 4]


def test_a_table_of_options_without_prices_is_refused_by_what_it_lacks(read_text: Read) -> None:
    assert "no column has an expiry, a bid, an ask" in refusal(
        read_text, "term,strike,type,midpoint\nnear,1370,put,0.2\n"
    )


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("2026-03-06,XYZ,20/03/2026,24,Call,1.5,1.6,0.3,0.7,8,25.3", "expiry", "“20/03/2026” is not a date"),
        ("2026-03-06,XYZ,2026-03-20,24,Cal,1.5,1.6,0.3,0.7,8,25.3", "type", "“Cal” is none of"),
        ("2026-03-06,XYZ,2026-03-20,24,Call,1.5,x,0.3,0.7,8,25.3", "ask", "“x” is not a number"),
        ("2026-03-06,XYZ,2026-03-20,24,Call,1.5", "6", "6 cells where there should be 11"),
    ],
)
def test_a_hostile_contract_is_named_by_line_and_column(read_text: Read, row: str, column: str, words: str) -> None:
    header = "Quote Date,Underlying,Expiry,Strike,Type,Bid,Ask,IV,Delta,Open Interest,Underlying Price"
    good = "2026-03-06,XYZ,2026-03-20,25,Call,0.83,0.87,0.3,0.56,902,25.3"
    reading = read_text("\n".join([header, good, row, good.replace("Call", "Put").replace("0.56", "-0.44"), ""]))
    assert reading.chains == ()
    ((line, heading, reason),) = [(fault.line, fault.column, fault.reason.en) for fault in reading.faults]
    assert (line, heading) == (3, column)
    assert words in reason


def test_an_answer_that_contradicts_the_file_is_refused(read_sample: Read) -> None:
    assert "says SPX itself; --as NDX contradicts it" in refusal(read_sample, "quotedata.csv", as_id="NDX")
    said = refusal(read_sample, "contracts.csv", quote_date=date(2026, 3, 5))
    assert "says 2026-03-06 itself; --quote-date 2026-03-05 contradicts it" in said


def test_an_answer_that_agrees_is_no_contradiction(read_sample: Read) -> None:
    assert read_sample("quotedata.csv", as_id="spxw").chains[0].chain.root == "SPX"
    assert read_sample("contracts.csv", quote_date=date(2026, 3, 6)).chains


def test_files_packed_by_day_are_read_as_they_are(read_file: Read, tmp_path: Path) -> None:
    packed = tmp_path / f"{CALCS}.gz"
    packed.write_bytes(gzip.compress((SAMPLES / CALCS).read_bytes()))
    assert len(read_file(packed).chains) == 4


def test_rows_that_differ_in_the_price_of_the_underlying_give_the_median_and_a_warning(read_text: Read) -> None:
    header = "date,root,expiry,strike,type,bid,ask,spot"
    rows = [f"2026-03-06,XYZ,2026-03-20,{strike},C,1,2,{spot}" for strike, spot in ((24, 25.1), (25, 0), (26, 25.3))]
    (read,) = read_text("\n".join([header, *rows, ""])).chains
    assert read.chain.spot == pytest.approx(25.2)
    assert [note.check for note in read.notes] == ["chain.spots", "chain.clock"]
    assert "from 25.1 to 25.3" in read.notes[0].message.en


def test_a_table_without_a_time_counts_as_the_end_of_the_day_and_that_is_said(read_sample: Read) -> None:
    (read,) = read_sample("contracts.csv").chains
    assert (read.chain.clock, read.chain.quote_time) == ("eod", None)
    assert [note.check for note in read.notes] == ["chain.clock"]
    assert read_sample("optionsdx_quotes.txt", as_id="XYZ").chains[0].notes == ()
