"""Real chains as browsers saved them: counted a second way, held to parity and to figures worked out elsewhere."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from briefing.data.chains.chain import Chain
from briefing.data.chains.reading import ChainReading, Dropped, Emptied, ReadChain
from briefing.data.chains.validating import validate_chain
from briefing.problems import Refused

Read = Callable[..., ChainReading]
pytestmark = pytest.mark.data
CBOE = "option_chains_cboe"


@dataclass(frozen=True)
class Real:
    """A file, its session and time; how many contracts had expired; calls and puts of dealer gamma in USD bn."""

    file: str
    root: str
    session: date
    instant: datetime
    spot: float
    expired: int = 0
    gamma: tuple[float, float] | None = None
    answer: date | None = None


FILES = (
    Real(
        "2022-02-05_spx_quotedata.csv", "SPX", date(2022, 2, 4), datetime(2022, 2, 6, 1, 9, tzinfo=UTC), 4500.5298,
        gamma=(62.8797, -82.0359),
    ),
    Real(
        "2023-06_spx_quotedata.csv", "SPX", date(2023, 6, 9), datetime(2023, 6, 9, 17, 40, tzinfo=UTC), 4300.0098,
        gamma=(139.2480, -87.4401),
    ),
    Real(
        "2023-06_spx_quotedata-1.csv", "SPX", date(2023, 6, 9), datetime(2023, 6, 10, 2, 18, tzinfo=UTC), 4298.8599,
        expired=12,
    ),
    Real(
        "2023-06_spy_quotedata.csv", "SPY", date(2023, 6, 2), datetime(2023, 6, 4, 19, 15, tzinfo=UTC), 427.92,
        gamma=(15.5966, -11.5081), answer=date(2023, 6, 2),
    ),
    Real(
        "2023-06_qqq_quotedata.csv", "QQQ", date(2023, 6, 12), datetime(2023, 6, 12, 20, 35, tzinfo=UTC), 358.27,
        expired=230, gamma=(6.0694, -5.3895),
    ),
    Real(
        "2025-09-25_SPY_quotedata.csv", "SPY", date(2025, 9, 25), datetime(2025, 9, 26, 1, 5, tzinfo=UTC), 658.05,
        gamma=(5.9126, -9.8304),
    ),
)  # fmt: skip


def plain_rows(path: Path) -> list[list[str]]:
    """The rows below the three lines of the preamble and the header, by a reader that knows nothing."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file) if row][3:]


def live(path: Path, real: Real) -> list[list[str]]:
    """The rows that had not expired, by the day alone or, on the day itself, by what the table above says."""
    days = [datetime.strptime(row[0], "%a %b %d %Y").date() for row in plain_rows(path)]  # noqa: DTZ007
    first = min(days)
    over = {first} if real.expired else set()
    return [row for row, day in zip(plain_rows(path), days, strict=True) if day not in over]


@pytest.fixture(params=FILES, ids=lambda real: real.file)
def real(request: pytest.FixtureRequest) -> Real:
    return request.param


@pytest.fixture
def read(real: Real, shared: Path, read_file: Read) -> ReadChain:
    (found,) = read_file(shared / CBOE / real.file, quote_date=real.answer).chains
    return found


def test_the_head_says_whose_and_when(real: Real, read: ReadChain) -> None:
    chain = read.chain
    assert (chain.root, chain.quote_date, chain.quote_time) == (real.root, real.session, real.instant)
    assert (chain.clock, chain.vendor, chain.spot) == ("delayed", "cboe", real.spot)


def test_every_cell_is_where_plain_positions_say(real: Real, read: ReadChain, shared: Path) -> None:
    rows, chain = live(shared / CBOE / real.file, real), read.chain
    assert len(chain) == 2 * len(rows)
    assert read.dropped == ({Dropped.EXPIRED: real.expired} if real.expired else {})
    by_symbol = {symbol: place for place, symbol in enumerate(chain.occ_symbol.tolist())}
    assert len(by_symbol) == len(chain)
    fields = {"bid": 3, "volume": 5, "delta": 7, "gamma": 8, "open_interest": 9}
    for start, side in ((1, "C"), (12, "P")):
        places = np.array([by_symbol[row[start]] for row in rows])
        assert set(chain.cp[places]) == {side}
        assert chain.strike[places].tolist() == [float(row[11]) for row in rows]
        for name, at in fields.items():
            assert getattr(chain, name)[places].tolist() == [float(row[start + at]) for row in rows], name
        for name, at in (("ask", 4), ("last", 1)):
            cells = [float(row[start + at]) or np.nan for row in rows]
            np.testing.assert_array_equal(getattr(chain, name)[places], cells)
        volatilities = np.array([float(row[start + 6]) for row in rows])
        kept = (volatilities > 0) & (volatilities <= 5)
        np.testing.assert_array_equal(chain.iv[places], np.where(kept, volatilities, np.nan))


def test_what_is_left_blank_is_counted(real: Real, read: ReadChain, shared: Path) -> None:
    rows = live(shared / CBOE / real.file, real)
    cells = [(float(row[start + 6]), float(row[start + 4])) for row in rows for start in (1, 12)]
    counts = {
        Emptied.NO_VOLATILITY: sum(iv == 0 for iv, _ in cells),
        Emptied.HIGH_VOLATILITY: sum(iv > 5 for iv, _ in cells),
        Emptied.NO_OFFER: sum(ask == 0 for _, ask in cells),
    }
    assert read.emptied == {why: count for why, count in counts.items() if count}


def test_calls_less_puts_give_forwards_near_the_price(real: Real, read: ReadChain) -> None:
    for expiry in read.chain.expiries:
        forward = implied_forward(read.chain, expiry)
        years = (expiry - real.session).days / 365
        assert abs(forward / real.spot - 1) < 0.003 + 0.06 * years, expiry


def implied_forward(chain: Chain, expiry: date) -> float:
    """K + C − P at the strike where call and put cost about the same, of contracts with bids on both sides."""
    mids = (chain.bid + chain.ask) / 2
    here = (chain.expiry == np.datetime64(expiry)) & (chain.bid > 0) & np.isfinite(mids)
    root = chain.option_root[np.flatnonzero(chain.expiry == np.datetime64(expiry))[0]]
    prices = [
        dict(zip(chain.strike[own].tolist(), mids[own].tolist(), strict=True))
        for side in ("C", "P")
        for own in [here & (chain.cp == side) & (chain.option_root == root)]
    ]
    strike = min(prices[0].keys() & prices[1].keys(), key=lambda at: abs(prices[0][at] - prices[1][at]))
    return strike + prices[0][strike] - prices[1][strike]


@pytest.mark.parametrize("real", [one for one in FILES if one.gamma], ids=lambda real: real.file, indirect=True)
def test_dealer_gamma_of_the_vendors_column_is_the_figure_worked_out_elsewhere(real: Real, read: ReadChain) -> None:
    chain = read.chain
    later = chain.expiry > np.datetime64(real.session)
    each = chain.gamma * chain.open_interest * 100 * real.spot**2 * 0.01 / 1e9
    calls, puts = (float(each[later & (chain.cp == side)].sum()) for side in ("C", "P"))
    assert (calls, -puts) == pytest.approx(real.gamma, abs=1e-4)


def test_nothing_is_wrong_with_a_real_chain(real: Real, read: ReadChain) -> None:
    assert validate_chain(read, None, date(2026, 8, 1), file=real.file).findings == ()


def test_a_third_friday_has_a_morning_and_an_evening_series(shared: Path, read_file: Read) -> None:
    chain = read_file(shared / CBOE / FILES[0].file, quote_date=None).chains[0].chain
    here = chain.expiry == np.datetime64("2022-02-18")
    assert {(root, settle) for root, settle in zip(chain.option_root[here], chain.settle[here], strict=True)} == {
        ("SPX", "AM"),
        ("SPXW", "PM"),
    }
    assert not len(chain.twins())


def test_the_date_without_a_year_is_asked_with_the_right_answer_first(shared: Path, read_file: Read) -> None:
    with pytest.raises(Refused, match="“4 June 4, 3:15 PM EDT” does not name a year") as caught:
        read_file(shared / CBOE / "2023-06_spy_quotedata.csv")
    assert "--quote-date 2023-06-02 or" in caught.value.problems[0].hint.en


def test_the_white_papers_chain_needs_its_underlying_named(shared: Path, read_file: Read) -> None:
    path = shared / "vix_whitepaper" / "khrapovs_2009_options.csv"
    with pytest.raises(Refused, match="does not say what the options are on"):
        read_file(path)
    chain = read_file(path, as_id="SPX").chains[0].chain
    assert chain.quote_date == date(2009, 1, 1)
    assert [implied_forward(chain, expiry) for expiry in chain.expiries] == pytest.approx([920.5, 921.0], abs=0.01)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    calls = chain.cp == "C"
    assert sorted(zip(chain.strike[calls], chain.bid[calls], strict=True)) == sorted(
        (float(row["Strike"]), float(row["Call Bid"])) for row in rows
    )


def test_the_strip_of_the_white_paper_is_refused_by_what_it_lacks(shared: Path, read_file: Read) -> None:
    with pytest.raises(Refused, match="no column has an expiry, a bid, an ask"):
        read_file(shared / "vix_whitepaper" / "cboe_current_appendix5_strip.csv")


def test_ladders_of_puts_are_chains_of_each_day_of_quotes(shared: Path, read_file: Read) -> None:
    reading = read_file(shared / "option_chains_other" / "optionsdx_SPY_monthly_options_chain.json")
    assert len(reading.chains) == 2 * 163
    assert sum(len(one.chain) for one in reading.chains) == 9662 + 9321
    first = reading.chains[0].chain
    assert (first.root, first.quote_date, first.spot, first.expiries) == (
        "SPY", date(2010, 1, 4), 113.29, (date(2010, 2, 19),),
    )  # fmt: skip
    at = first.strike == 113
    assert (first.bid[at], first.ask[at], first.iv[at]) == (2.73, 2.75, 0.1757)
