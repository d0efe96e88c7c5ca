"""The date line of a quote file, the session it belongs to, and what symbols and roots of options say."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.chains.occ_symbol import OptionSymbol, read_old_symbol, read_symbol
from briefing.data.chains.option_roots import option_root
from briefing.data.chains.quote_time import is_session, read_stated_time, session_of


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("January 7, 2024 at 10:52 AM EST", datetime(2024, 1, 7, 15, 52, tzinfo=UTC)),
        ("February 5 2022, 8:09 PM EST", datetime(2022, 2, 6, 1, 9, tzinfo=UTC)),
        ("12 June 2023, 4:35 PM EDT", datetime(2023, 6, 12, 20, 35, tzinfo=UTC)),
        ("June 11, 2022, 12:00 AM CDT", datetime(2022, 6, 11, 5, 0, tzinfo=UTC)),
        ("Jul 21 2026 @ 16:00 ET", datetime(2026, 7, 21, 20, 0, tzinfo=UTC)),
        ("12 Jun 2023, 12:05 PM", datetime(2023, 6, 12, 16, 5, tzinfo=UTC)),
        ("12 Jun 2023, 16:05 GMT", datetime(2023, 6, 12, 16, 5, tzinfo=UTC)),
        ("2026年3月19日 GMT-4 10:30", datetime(2026, 3, 19, 14, 30, tzinfo=UTC)),
        ("2026年3月19日 下午1:40", datetime(2026, 3, 19, 17, 40, tzinfo=UTC)),
    ],
)
def test_spellings_of_a_moment(text: str, instant: datetime) -> None:
    stated = read_stated_time(text)
    assert stated is not None
    assert stated.instant == instant


@pytest.mark.parametrize("text", ["4 June 4, 3:15 PM EDT", "June 4, 3:15 PM EDT", "4 June, 3:15 PM EDT"])
def test_a_moment_without_a_year_has_no_instant_but_one_in_each_year(text: str) -> None:
    stated = read_stated_time(text)
    assert stated is not None
    assert stated.instant is None
    assert stated.on(2023) == datetime(2023, 6, 4, 19, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "Smarch 4, 2023, 3:15 PM EDT", "June 4, 2023, 13:15 PM EDT", "June 4, 2023, 0:15 AM EDT",
        "June 4, 2023, 25:15 EDT", "June 4, 2023, 3:75 PM EDT", "June 4, 2023, 3:15 PM HKT", "6/4/2023 3:15 PM EDT",
        "June 4, 2023, 3:15 PM GMT+99",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_none(text: str) -> None:
    assert read_stated_time(text) is None


def test_a_day_that_the_calendar_does_not_have_is_no_instant() -> None:
    stated = read_stated_time("February 30, 2023, 3:15 PM EST")
    assert stated is not None
    assert stated.instant is None


@settings(deadline=None)
@given(st.text(max_size=40) | st.from_regex(r"[A-Z][a-z]{2,8} \d{1,2},? \d{4}(,| at) \d{1,2}:\d{2} [AP]M [A-Z]{3}"))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    stated = read_stated_time(text)
    assert stated is None or stated.instant is None or stated.instant.tzinfo is UTC


@pytest.mark.parametrize(
    ("instant", "session"),
    [
        (datetime(2022, 2, 6, 1, 9, tzinfo=UTC), date(2022, 2, 4)),  # Saturday evening
        (datetime(2025, 9, 26, 1, 5, tzinfo=UTC), date(2025, 9, 25)),  # the evening of a session
        (datetime(2026, 3, 9, 13, 29, tzinfo=UTC), date(2026, 3, 6)),  # Monday, a minute before the opening
        (datetime(2026, 3, 9, 13, 30, tzinfo=UTC), date(2026, 3, 9)),  # the opening, in summer time
        (datetime(2025, 1, 9, 18, 0, tzinfo=UTC), date(2025, 1, 8)),  # a day of mourning
        (datetime(2025, 12, 25, 18, 0, tzinfo=UTC), date(2025, 12, 24)),
    ],
)
def test_an_instant_belongs_to_the_session_that_had_begun(instant: datetime, session: date) -> None:
    assert session_of(instant) == session
    assert is_session(session)


@given(
    st.from_regex(r"[A-Z]{1,5}[1-9]?", fullmatch=True),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from("CP"),
    st.integers(1, 99_999_999),
)
def test_a_symbol_says_what_it_was_made_of(root: str, expiry: date, cp: str, mills: int) -> None:
    symbol = OptionSymbol(root, expiry, cp, mills / 1000)
    assert read_symbol(symbol.text) == symbol
    assert read_symbol(f"{root:<6}{symbol.text[len(root) :]}") == symbol


@pytest.mark.parametrize("text", ["", "SPX", "SPXW220230C02400000", "SPXW220207X02400000", "spxw220207C02400000"])
def test_what_is_no_symbol_is_none(text: str) -> None:
    assert read_symbol(text) is None


def test_old_symbols_have_a_letter_for_month_and_side() -> None:
    assert read_old_symbol("SPX1821L100") == OptionSymbol("SPX", date(2018, 12, 21), "C", 100)
    assert read_old_symbol("IBM1327X125.5-E") == OptionSymbol("IBM", date(2013, 12, 27), "P", 125.5, "E")
    assert read_old_symbol("IBM1332X125") is None


def test_roots_say_how_their_options_settle_and_what_they_deliver() -> None:
    said = {name: option_root(name) for name in ("SPX", "SPXW", "VIXW", "OEX", "XYZ", "XYZ1", "XYZ7")}
    assert {name: (one.underlying, one.settle, one.style, one.multiplier, one.adjusted) for name, one in said.items()} == {
        "SPX": ("SPX", "AM", "E", 100, False),
        "SPXW": ("SPX", "PM", "E", 100, False),
        "VIXW": ("VIX", "AM", "E", 100, False),
        "OEX": ("OEX", "PM", "A", 100, False),
        "XYZ": ("XYZ", "PM", "A", 100, False),
        "XYZ1": ("XYZ", "PM", "A", 100, True),
        "XYZ7": ("XYZ", "PM", "A", 10, False),
    }  # fmt: skip
