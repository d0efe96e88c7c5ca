"""Cboe delayed quotes: read by position, whatever the browser made of the preamble; what does not fit is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from briefing.data.chains.chain import Chain
from briefing.data.chains.reading import ChainReading, Dropped, Emptied
from briefing.problems import Refused

Read = Callable[..., ChainReading]
SAMPLE = (Path(__file__).parent / "samples" / "quotedata.csv").read_text(encoding="utf-8")
ROW = "Fri Mar 20 2026,SPX260320C05000000"


def contract(chain: Chain, option_root: str, strike: float, cp: str) -> dict[str, float]:
    (place,) = np.flatnonzero(
        (chain.option_root == option_root)
        & (chain.strike == strike)
        & (chain.cp == cp)
        & (chain.expiry == chain.expiry[chain.expiry == np.datetime64("2026-03-20")][0])
    )
    return {name: float(getattr(chain, name)[place]) for name in ("bid", "ask", "last", "volume", "iv", "delta")}


def refusal(act: object, *args: object, **options: object) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **options)  # type: ignore[operator]
    return str(caught.value)


def test_calls_and_puts_are_told_by_their_place(read_sample: Read) -> None:
    chain = read_sample("quotedata.csv").chains[0].chain
    assert contract(chain, "SPX", 5000, "C") == {
        "bid": 84.6, "ask": 85.6, "last": 85.1, "volume": 75, "iv": 0.1523, "delta": 0.5436,
    }  # fmt: skip
    assert contract(chain, "SPX", 5000, "P") == {
        "bid": 70.8, "ask": 71.6, "last": 71.2, "volume": 132, "iv": 0.1518, "delta": -0.4564,
    }  # fmt: skip


def test_a_file_saved_on_a_saturday_belongs_to_friday_and_keeps_its_time(read_sample: Read) -> None:
    reading = read_sample("quotedata.csv")
    chain = reading.chains[0].chain
    assert (chain.root, chain.quote_date, chain.clock, chain.spot) == ("SPX", date(2026, 3, 6), "delayed", 5012.5)
    assert chain.quote_time == datetime(2026, 3, 7, 15, 15, tzinfo=UTC)
    assert [note.check for note in reading.chains[0].notes] == ["chain.session"]


def test_morning_and_evening_contracts_of_one_strike_stand_side_by_side(read_sample: Read) -> None:
    chain = read_sample("quotedata.csv").chains[0].chain
    here = (chain.strike == 5000) & (chain.cp == "C") & (chain.expiry == np.datetime64("2026-03-20"))
    assert list(zip(chain.option_root[here], chain.settle[here], chain.style[here], strict=True)) == [
        ("SPX", "AM", "E"),
        ("SPXW", "PM", "E"),
    ]
    assert not len(chain.twins())


def test_expired_contracts_go_and_empty_cells_are_counted(read_sample: Read) -> None:
    read = read_sample("quotedata.csv").chains[0]
    assert read.dropped == {Dropped.EXPIRED: 2}
    assert read.emptied == {Emptied.NO_VOLATILITY: 1, Emptied.HIGH_VOLATILITY: 1, Emptied.NO_OFFER: 1}
    assert np.datetime64("2026-03-06") not in read.chain.expiry


def test_a_bid_of_zero_stays_while_no_offer_and_no_trade_are_gaps(read_sample: Read) -> None:
    chain = read_sample("quotedata.csv").chains[0].chain
    far = (chain.strike == 9000) & (chain.cp == "C")
    assert chain.bid[far] == [0]
    assert np.isnan(chain.ask[far]).all()
    assert np.isnan(chain.last[far]).all()
    assert np.isnan(chain.iv[far]).all()


@pytest.mark.parametrize(
    ("line", "instant"),
    [
        ('"Date: February 5 2022, 8:09 PM EST",Bid: 1', datetime(2022, 2, 6, 1, 9, tzinfo=UTC)),
        ('"Date: June 11, 2022, 8:09 PM EDT",Bid: 1', datetime(2022, 6, 12, 0, 9, tzinfo=UTC)),
        ("Date: 12 June 2023, 4:35 PM EDT,Bid: 1,Volume: 23,342,321", datetime(2023, 6, 12, 20, 35, tzinfo=UTC)),
        ('"Date: September 25, 2025 at 9:05 PM EDT",Bid: 1,"Volume: 89,468,957"', datetime(2025, 9, 26, 1, 5, tzinfo=UTC)),
        ("Date: 2026年3月6日 GMT-5 10:30,Bid: 1", datetime(2026, 3, 6, 15, 30, tzinfo=UTC)),
        ('"Date: Mar 6 2026 @ 16:00 ET",Bid: 1', datetime(2026, 3, 6, 21, 0, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_every_spelling_of_the_date_line_is_read(read_text: Read, line: str, instant: datetime) -> None:
    lines = SAMPLE.splitlines()
    lines[2] = line
    text = "\n".join([*lines[:4], lines[12]]).replace("Thu Apr 16 2026", "Wed Dec 20 2028").replace("260416", "281220")
    chain = read_text(text + "\n").chains[0].chain
    assert chain.quote_time == instant


def test_a_date_without_a_year_is_a_question_with_both_readings(read_text: Read) -> None:
    text = SAMPLE.replace('"Date: March 7, 2026 at 10:15 AM EST"', "Date: 7 March 4, 10:15 AM EST")
    with pytest.raises(Refused) as caught:
        read_text(text)
    (problem,) = caught.value.problems
    assert (problem.check, problem.place.row) == ("chain.quote_date", 3)
    assert "“7 March 4, 10:15 AM EST” does not name a year" in problem.message.en
    assert "--quote-date 2026-03-06 or --quote-date 2025-03-07" in problem.hint.en
    assert "請指定報價所屬的交易日" in problem.hint.zh


def test_the_answer_settles_the_session_and_the_year(read_text: Read) -> None:
    text = SAMPLE.replace('"Date: March 7, 2026 at 10:15 AM EST"', "Date: 7 March 4, 10:15 AM EST")
    chain = read_text(text, quote_date=date(2026, 3, 6)).chains[0].chain
    assert chain.quote_date == date(2026, 3, 6)
    assert chain.quote_time == datetime(2026, 3, 7, 15, 15, tzinfo=UTC)


def test_an_answer_on_a_closed_day_is_refused(read_text: Read) -> None:
    assert "the exchange was shut on 2026-03-07" in refusal(read_text, SAMPLE, quote_date=date(2026, 3, 7))


def test_before_the_opening_quotes_are_of_the_day_before_and_overnight_trading_is_said(read_text: Read) -> None:
    text = SAMPLE.replace("March 7, 2026 at 10:15 AM", "March 9, 2026 at 6:30 AM")
    reading: ChainReading = read_text(text)
    assert reading.chains[0].chain.quote_date == date(2026, 3, 6)
    assert [note.check for note in reading.chains[0].notes] == ["chain.session", "chain.overnight"]


def test_a_name_with_commas_but_without_quotes_hides_no_price(read_text: Read) -> None:
    text = SAMPLE.replace('"Example Index, 500 names"', "Example Index, 500 names, Series 1")
    assert read_text(text).chains[0].chain.spot == 5012.5


def test_a_file_without_a_price_of_the_underlying_is_refused(read_text: Read) -> None:
    assert "no price of the underlying" in refusal(read_text, SAMPLE.replace("Last: 5012.5", "Last: n/a"))


def test_short_layouts_have_no_greeks_and_adjusted_roots_are_flagged(read_sample: Read) -> None:
    chain = read_sample("quotedata_short.csv").chains[0].chain
    assert chain.root == "XYZ"
    assert chain.option_root[chain.adjusted].tolist() == ["XYZ1", "XYZ1"]
    assert np.isnan(chain.delta).all()
    assert np.isnan(chain.gamma).all()
    assert chain.open_interest.sum() == 402 + 310 + 15 + 4 + 911 + 640
    assert set(chain.settle) == {"PM"}
    assert set(chain.style) == {"A"}


def test_the_oldest_layout_has_expiry_and_strike_in_its_symbols(read_sample: Read) -> None:
    read = read_sample("quotedata_classic.dat").chains[0]
    assert read.chain.quote_time == datetime(2017, 12, 29, 16, 12, tzinfo=UTC)
    assert read.chain.expiries == (date(2018, 1, 19), date(2018, 2, 16))
    assert read.chain.strike.tolist() == [24, 24, 25.5, 25.5, 26, 26]
    assert read.chain.bid.tolist() == [1.5, 0.18, 0.6, 0.78, 0.66, 1.36]
    assert read.chain.spot == 25.31
    assert read.dropped == {Dropped.ONE_EXCHANGE: 2}


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("84.6,85.6", "eighty,85.6", "call bid", "“eighty” is not a number"),
        ("84.6,85.6", "#N/A Requesting Data...,85.6", "call bid", "saved before the data arrived"),
        ("70.8,71.6", "70.8,7l.6", "put ask", "“7l.6” is not a number"),
        (",5000.00,SPX260320P", ",5001.00,SPX260320P", "Calls", "is not the contract of this row"),
        ("SPX260320P05000000", "SPX260320C05000000", "Puts", "is not the contract of this row"),
        (ROW, "Thu Mar 20 2026,SPX260320C05000000", "Expiration Date", "is not a date"),
        (ROW, "Fri Mar 20 2026,SPX", "Calls", "“SPX” is not an option symbol"),
        ("132,0.1518,-0.4564,0.0021,3890", "132,0.1518", "19", "19 cells where there should be 22"),
    ],
)
def test_a_hostile_row_is_named_by_line_and_column(
    read_text: Read, old: str, new: str, column: str, words: str
) -> None:
    lines = SAMPLE.splitlines()
    assert old in lines[7]
    lines[7] = lines[7].replace(old, new)
    reading: ChainReading = read_text("\n".join(lines) + "\n")
    assert reading.chains == ()
    assert {fault.line for fault in reading.faults} == {8}
    assert any(fault.column == column and words in fault.reason.en for fault in reading.faults), reading.faults


def test_contracts_of_two_underlyings_under_one_price_are_refused(read_text: Read) -> None:
    assert "2 underlyings (NDX, SPX)" in refusal(read_text, SAMPLE.replace("SPX260320C04900000", "NDX260320C04900000"))
