"""Numbers, units, dates and direction words in both languages."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import numbers
from briefing.numbers import MINUS
from briefing.series import Kind

FINITE = st.floats(-1e15, 1e15, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "kind", "unit", "decimals", "en", "zh"),
    [
        (4.66, Kind.YIELD, "%", 2, "4.66%", "4.66%"),
        (83.0, Kind.SPREAD, "bp", 0, "83bp", "83個基點"),
        (-19.0, Kind.SPREAD, "bp", 0, "−19bp", "−19個基點"),
        (16.12, Kind.VOLATILITY, "points", 2, "16.12", "16.12"),
        (592.780029296875, Kind.PRICE, "", 2, "592.78", "592.78"),
        (6049.24, Kind.INDEX, "points", 2, "6,049.24", "6,049.24"),
        (17.0689, Kind.VOLATILITY, "%", 1, "17.1%", "17.1%"),
        (1.25, Kind.RATIO, "x", 2, "1.25x", "1.25倍"),
        (0.1416, Kind.RATIO, "", 2, "0.14", "0.14"),
        (62.0, Kind.INDEX, "percentile", 0, "62nd percentile", "第62百分位"),
        (119.977, Kind.MONEY, "USD bn", 1, "$119.98bn", "1,199.77億美元"),
        (6834.07, Kind.MONEY, "USD bn", 1, "$6.83tn", "6.83兆美元"),
        (-1848765.0, Kind.POSITION, "contracts", 0, "−1.85mm contracts", "−184.88萬口"),
        (89000.0, Kind.POSITION, "contracts", 0, "89k contracts", "8.9萬口"),
        (29500.0, Kind.POSITION, "contracts", 0, "29,500 contracts", "29,500口"),
        (-0.4, Kind.POSITION, "contracts", 0, "0 contracts", "0口"),
        (-2000.4, Kind.POSITION, "contracts", 0, "−2,000 contracts", "−2,000口"),
        (217000.0, Kind.COUNT, "", 0, "217,000", "217,000"),
        (3.5, Kind.COUNT, "barrels", 1, "3.5 barrels", "3.5barrels"),
    ],
)
def test_levels(value: float, kind: Kind, unit: str, decimals: int, en: str, zh: str) -> None:
    words = numbers.level(value, kind, unit, decimals)
    assert (words.en, words.zh) == (en, zh)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "en", "zh"),
    [
        (-10.0, "bp", 2, "−10bp", "−10個基點"),
        (-7.3, "bp", 2, "−7.3bp", "−7.3個基點"),
        (17.0, "bp", 2, "+17bp", "+17個基點"),
        (0.0, "bp", 2, "0bp", "0個基點"),
        (1.8190, "%", 2, "+1.8%", "+1.8%"),
        (-0.04, "%", 2, "−0.04%", "−0.04%"),
        (-2.59, "points", 2, "−2.59pts", "−2.59點"),
        (1.5, "pp", 1, "+1.5pp", "+1.5個百分點"),
        (-82.0, "USD bn", 1, "−$82bn", "−820億美元"),
        (1.32, "sd", 1, "+1.3σ", "+1.3個標準差"),
    ],
)
def test_changes_carry_their_sign(value: float, unit: str, decimals: int, en: str, zh: str) -> None:
    words = numbers.change(value, unit, decimals)
    assert (words.en, words.zh) == (en, zh)


@pytest.mark.parametrize(
    ("value", "kind", "unit", "en", "zh"),
    [
        (-10.0, Kind.YIELD, "bp", "down 10bp", "下跌10個基點"),
        (17.0, Kind.YIELD, "bp", "up 17bp", "上升17個基點"),
        (1.82, Kind.PRICE, "%", "up 1.8%", "上漲1.8%"),
        (-1.0, Kind.SPREAD, "bp", "down 1bp", "下降1個基點"),
        (-82.0, Kind.MONEY, "USD bn", "down $82bn", "減少820億美元"),
        (0.0, Kind.YIELD, "bp", "unchanged", "持平"),
        (0.04, Kind.YIELD, "bp", "unchanged", "持平"),
    ],
)
def test_a_move_has_a_word_and_no_sign(value: float, kind: Kind, unit: str, en: str, zh: str) -> None:
    words = numbers.move(value, kind, unit, 2)
    assert (words.en, words.zh) == (en, zh)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_words_for_every_direction(kind: Kind) -> None:
    up, down, still = (numbers.direction(value, kind, "bp", 2).verb for value in (1.0, -1.0, 0.0))
    assert (up.en, down.en, still.en, still.zh) == ("rose", "fell", "unchanged", "持平")
    assert len({up.zh, down.zh, still.zh}) == 3


@pytest.mark.parametrize(
    ("value", "currency", "en", "zh"),
    [
        (87e9, "USD", "$87bn", "870億美元"),
        (2.2e6, "USD", "$2.2mm", "220萬美元"),
        (1.5e12, "USD", "$1.5tn", "1.5兆美元"),
        (95_000.0, "USD", "$95k", "9.5萬美元"),
        (0.34, "USD", "$0.34", "0.34美元"),
        (9_500.0, "USD", "$9,500", "9,500美元"),
        (999_999_600.0, "USD", "$1bn", "10億美元"),
        (82e9, "TWD", "NT$82bn", "新台幣820億元"),
        (5e9, "SEK", "SEK5bn", "50億SEK"),
        (-82e9, "EUR", "−€82bn", "−820億歐元"),
    ],
)
def test_money_in_scale_words(value: float, currency: str, en: str, zh: str) -> None:
    words = numbers.money(value, currency)
    assert (words.en, words.zh) == (en, zh)


@pytest.mark.parametrize(
    ("value", "en"), [(0.2, "1st"), (99.65, "99th"), (0.0, "0th"), (100.0, "100th"), (12.0, "12th")]
)
def test_only_a_true_end_is_called_the_end(value: float, en: str) -> None:
    assert numbers.percentile(value).en == f"{en} percentile"


def test_ordinals_of_the_teens_and_the_rest() -> None:
    numbers_in_words = [numbers.ordinal(one) for one in (1, 2, 3, 4, 11, 12, 13, 21, 62, 103, 111)]
    assert numbers_in_words == ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "62nd", "103rd", "111th"]


def test_dates_in_both_languages() -> None:
    when = date(2023, 12, 14)
    assert (numbers.day(when).en, numbers.day(when).zh) == ("14 Dec 2023", "2023年12月14日")
    assert (numbers.weekday_day(when).en, numbers.weekday_day(when).zh) == ("Thu 14 Dec 2023", "2023年12月14日（週四）")
    assert (numbers.month(when).en, numbers.month(when).zh) == ("Dec 2023", "2023年12月")


@pytest.mark.parametrize(
    ("count", "unit", "spelled", "alone", "single"),
    [
        (1, "d", ("1 day", "1日"), ("1d", "一日"), ("1d", "單日")),
        (1, "m", ("1 month", "1個月"), ("1m", "一個月"), ("1m", "單月")),
        (2, "m", ("2 months", "2個月"), ("2m", "兩個月"), ("2m", "兩個月")),
        (3, "m", ("3 months", "3個月"), ("3m", "三個月"), ("3m", "三個月")),
        (12, "m", ("12 months", "12個月"), ("12m", "12個月"), ("12m", "12個月")),
        (1, "y", ("1 year", "1年"), ("1y", "一年"), ("1y", "單年")),
    ],
)
def test_spans(
    count: int, unit: str, spelled: tuple[str, str], alone: tuple[str, str], single: tuple[str, str]
) -> None:
    made = [write(count, unit) for write in (numbers.span, numbers.span_alone, numbers.span_single)]
    assert [(one.en, one.zh) for one in made] == [spelled, alone, single]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (2.675, 2, "2.68"),
        (-2.675, 2, "−2.68"),
        (0.125, 2, "0.13"),
        (-0.004, 2, "0.00"),
        (2.24 - 2.34, 2, "−0.10"),
        (1e-12, 0, "0"),
    ],
)
def test_halves_go_away_from_zero_and_binary_noise_does_not_count(value: float, decimals: int, text: str) -> None:
    assert numbers.written(value, decimals) == text


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_a_decimal_number_survives_binary_and_rounds_as_on_paper(quanta: int, decimals: int) -> None:
    exact = Decimal(quanta).scaleb(-6)
    wanted = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert numbers.rounded(float(exact), decimals) == wanted


@given(FINITE, st.integers(0, 4))
def test_zero_is_never_negative(value: float, decimals: int) -> None:
    text = numbers.written(value, decimals, signed=True)
    assert text[0].isdigit() == (numbers.rounded(value, decimals) == 0)


def test_what_rounds_to_zero_from_below_is_plain_zero() -> None:
    assert str(numbers.rounded(-0.001, 2)) == "0.00"


@given(FINITE, st.integers(0, 4))
def test_written_digits_read_back_as_the_rounded_value(value: float, decimals: int) -> None:
    text = numbers.written(value, decimals, signed=True)
    assert Decimal(text.replace(",", "").replace(MINUS, "-")) == numbers.rounded(value, decimals)


SCALES = {"k": 3, "mm": 6, "bn": 9, "tn": 12, "萬": 4, "億": 8, "兆": 12, "": 0}


@given(st.floats(0.01, 9e15))
def test_money_reads_back_within_a_half_of_its_last_digit_in_both_languages(value: float) -> None:
    words = numbers.money(value, "USD")
    for text in (words.en.removeprefix("$"), words.zh.removesuffix("美元")):
        digits = text.rstrip("kmbnt萬億兆")
        power = SCALES[text.removeprefix(digits)]
        read = float(digits.replace(",", "")) * 10**power
        assert abs(read - value) <= 0.00501 * 10**power


@given(FINITE, st.sampled_from(["bp", "%", "points", "pp", "x", "sd", "USD bn", "contracts"]))
def test_word_and_size_never_contradict_the_signed_number(value: float, unit: str) -> None:
    signed = numbers.change(value, unit, 2).en
    move = numbers.move(value, Kind.YIELD, unit, 2).en
    way = {"+": "up ", MINUS: "down "}.get(signed[0])
    assert move == (f"{way}{signed[1:]}" if way else "unchanged")
