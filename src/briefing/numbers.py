"""Numbers, units, dates and direction words, written in both languages. The only writer of figures.

Rounding is decimal and half away from zero, after binary noise below 1e-9 is taken off; minus is
U+2212, a value that rounds to zero has no sign, and no space stands before a unit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from types import MappingProxyType

from briefing.series import Kind
from briefing.text import Label

MINUS = "\N{MINUS SIGN}"
MISSING = Label("—", "—")
UNCHANGED = Label("unchanged", "持平")
_NOISE = Decimal("1e-9")
_HAN_COUNTS = "零一兩三四五六七八九十"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = (
    ("Mon", "週一"),
    ("Tue", "週二"),
    ("Wed", "週三"),
    ("Thu", "週四"),
    ("Fri", "週五"),
    ("Sat", "週六"),
    ("Sun", "週日"),
)

POINTS = frozenset({"point", "points", "pt", "pts"})
"""The spellings of the unit of indices and volatilities; their levels are printed bare."""

UNITS: Mapping[str, Label] = MappingProxyType(
    {
        "": Label("", ""),
        "%": Label("%", "%"),
        "bp": Label("bp", "個基點"),
        "pp": Label("pp", "個百分點"),
        "x": Label("x", "倍"),
        "sd": Label("σ", "個標準差"),
        "contracts": Label(" contracts", "口"),
        "shares": Label(" shares", "股"),
        "days": Label(" days", "日"),
        "variance points": Label(" variance points", "變異數點"),
        "bp/day": Label("bp/day", "個基點／日"),
        **dict.fromkeys(POINTS, Label("pts", "點")),
    }
)
"""How a unit is written after a number. A unit that is not here is written as it is spelt."""

_CURRENCIES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "USD": ("$", "", "美元"),
        "EUR": ("€", "", "歐元"),
        "GBP": ("£", "", "英鎊"),
        "JPY": ("¥", "", "日圓"),
        "HKD": ("HK$", "", "港元"),
        "CHF": ("CHF", "", "瑞士法郎"),
        "AUD": ("A$", "", "澳元"),
        "CAD": ("C$", "", "加元"),
        "SGD": ("S$", "", "新加坡元"),
        "CNY": ("CN¥", "人民幣", "元"),
        "TWD": ("NT$", "新台幣", "元"),
    }
)
_COUNTED = frozenset({"contracts", "shares"})
_MONEY_UNIT = re.compile(r"(?P<currency>[A-Z]{3})(?:[ _]?(?P<scale>k|mn|mm|bn|tn))?")
_SCALES = {None: 0, "k": 3, "mn": 6, "mm": 6, "bn": 9, "tn": 12}
_EN_SCALE = ((12, "tn"), (9, "bn"), (6, "mm"), (3, "k"))
_ZH_SCALE = ((12, "兆"), (8, "億"), (4, "萬"))


@dataclass(frozen=True, slots=True)
class Direction:
    """The words of one way to move: verb ("fell"), adverb ("down"), noun ("drop")."""

    verb: Label
    adverb: Label
    noun: Label


def _ways(zh_up: str, zh_down: str, noun_up: str, noun_down: str) -> dict[int, Direction]:
    return {
        1: Direction(Label("rose", zh_up), Label("up", zh_up), Label("rise", noun_up)),
        -1: Direction(Label("fell", zh_down), Label("down", zh_down), Label("drop", noun_down)),
        0: Direction(UNCHANGED, UNCHANGED, Label("change", "變動")),
    }


_PRICE = _ways("上漲", "下跌", "漲幅", "跌幅")
_LEVEL = _ways("上升", "下跌", "升幅", "跌幅")
_SHARE = _ways("上升", "下降", "升幅", "降幅")
_STOCK = _ways("增加", "減少", "增幅", "減幅")
DIRECTIONS: Mapping[Kind, dict[int, Direction]] = MappingProxyType(
    {
        Kind.PRICE: _PRICE,
        Kind.YIELD: _LEVEL,
        Kind.RATE: _LEVEL,
        Kind.INDEX: _LEVEL,
        Kind.VOLATILITY: _LEVEL,
        Kind.SPREAD: _SHARE,
        Kind.RATIO: _SHARE,
        Kind.PROBABILITY: _SHARE,
        Kind.POSITION: _STOCK,
        Kind.MONEY: _STOCK,
        Kind.COUNT: _STOCK,
    }
)
"""Direction words by kind and sign (1, -1, 0)."""


def rounded(value: float, decimals: int) -> Decimal:
    """A finite value at so many decimals, half away from zero; never negative zero."""
    with localcontext() as context:
        context.prec = 400
        exact = Decimal(repr(float(value))).quantize(_NOISE, ROUND_HALF_EVEN)
        out = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return out or abs(out)


def written(value: float, decimals: int, *, signed: bool = False, trim: bool = False) -> str:
    """The digits with grouping and sign. `signed` prints a plus too, `trim` drops trailing zeros."""
    number = rounded(value, decimals)
    digits = f"{abs(number):,.{decimals}f}"
    if trim and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    if number < 0:
        return MINUS + digits
    return f"+{digits}" if signed and number else digits


def with_unit(digits: str, unit: str) -> Label:
    """Digits and their unit."""
    words = UNITS.get(unit, Label(f" {unit}", unit))
    return Label(digits + words.en, digits + words.zh)


def level(value: float, kind: Kind, unit: str, decimals: int) -> Label:
    """A level: `4.66%`, `83bp`/`83個基點`, `16.12`, `592.78`, `$82bn`/`820億美元`, `62nd percentile`."""
    if unit == "percentile":
        return percentile(value)
    if unit == "date":
        return day(date.fromordinal(date(1970, 1, 1).toordinal() + int(value)))
    if kind is Kind.PRICE or unit in POINTS:
        return Label(written(value, decimals), written(value, decimals))
    return _amount(value, unit, decimals, signed=False)


def change(value: float, unit: str, decimals: int) -> Label:
    """A signed change in its unit: `−10bp`/`−10個基點`, `+1.8%`, `−2.59pts`/`−2.59點`."""
    return _amount(value, unit, decimals, signed=True)


def size(value: float, unit: str, decimals: int) -> Label:
    """A change without its sign."""
    return _amount(abs(value), unit, decimals, signed=False, moved=True)


def sign_of(value: float, unit: str, decimals: int) -> int:
    """The sign (1, -1, 0) of a change as it is printed."""
    coin = _MONEY_UNIT.fullmatch(unit)
    if coin is not None:
        number = rounded(value * 10 ** _SCALES[coin["scale"]], 2)
    elif unit in _COUNTED:
        number = rounded(value, 0)
    else:
        number = rounded(value, _change_decimals(value, unit, decimals))
    return (number > 0) - (number < 0)


def direction(value: float, kind: Kind, unit: str, decimals: int) -> Direction:
    """The words for a change of this kind; what prints as zero is `unchanged`."""
    return DIRECTIONS[kind][sign_of(value, unit, decimals)]


def move(value: float, kind: Kind, unit: str, decimals: int) -> Label:
    """Direction and size: `down 10bp` / `下跌10個基點`; zero is `unchanged` / `持平`."""
    if sign_of(value, unit, decimals) == 0:
        return UNCHANGED
    word, much = direction(value, kind, unit, decimals).adverb, size(value, unit, decimals)
    return Label(f"{word.en} {much.en}", f"{word.zh}{much.zh}")


def percentile(value: float) -> Label:
    """`62nd percentile` / `第62百分位`."""
    whole = whole_percentile(value)
    return Label(f"{ordinal(whole)} percentile", f"第{whole}百分位")


def whole_percentile(value: float) -> int:
    """A percentile as it is printed: a whole number, and only a true 0 or 100 as such."""
    whole = int(rounded(value, 0))
    return min(max(whole, 1), 99) if 0 < value < 100 else whole


def ordinal(number: int) -> str:
    """An English ordinal: 1st, 2nd, 11th."""
    tail = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


def money(value: float, currency: str, *, signed: bool = False) -> Label:
    """`$82bn` / `820億美元`, at most two decimals of the scale word; currency as an ISO code."""
    symbol, before, after = _CURRENCIES.get(currency, (currency, "", currency))
    en, zh = _scaled(value, _EN_SCALE), _scaled(value, _ZH_SCALE)
    sign = (MINUS if value < 0 else "+" if signed else "") if en.strip("0.") else ""
    return Label(f"{sign}{symbol}{en}", f"{sign}{before}{zh}{after}")


def day(when: date) -> Label:
    """`14 Dec 2023` / `2023年12月14日`."""
    return Label(f"{when.day} {_MONTHS[when.month - 1]} {when.year}", f"{when.year}年{when.month}月{when.day}日")


def weekday_day(when: date) -> Label:
    """`Thu 14 Dec 2023` / `2023年12月14日（週四）`."""
    words, (en, zh) = day(when), _WEEKDAYS[when.weekday()]
    return Label(f"{en} {words.en}", f"{words.zh}（{zh}）")


def month(when: date) -> Label:
    """`Dec 2023` / `2023年12月`."""
    return Label(f"{_MONTHS[when.month - 1]} {when.year}", f"{when.year}年{when.month}月")


def span(count: int, unit: str) -> Label:
    """A span next to other digits: `1 day` / `1日`, `3 months` / `3個月`; unit d, w, m or y."""
    name, zh = _SPANS[unit]
    return Label(f"{count} {name}{'s' if count > 1 else ''}", f"{count}{zh}")


def span_alone(count: int, unit: str) -> Label:
    """A span in running text: `2m` / `兩個月`; up to ten in Chinese numerals."""
    return Label(f"{count}{unit}", f"{_HAN_COUNTS[count] if count <= 10 else count}{_SPANS[unit][1]}")


def span_single(count: int, unit: str) -> Label:
    """A span as an adjective of a move: `1d` / `單日`, `3m` / `三個月`."""
    if count > 1:
        return span_alone(count, unit)
    return Label(f"1{unit}", f"單{_SPANS[unit][1].removeprefix('個')}")


_SPANS = {"d": ("day", "日"), "w": ("week", "週"), "m": ("month", "個月"), "y": ("year", "年")}


def _amount(value: float, unit: str, decimals: int, *, signed: bool, moved: bool = False) -> Label:
    coin = _MONEY_UNIT.fullmatch(unit)
    if coin is not None:
        return money(value * 10 ** _SCALES[coin["scale"]], coin["currency"], signed=signed)
    if unit in _COUNTED:
        return _count(value, unit, signed=signed)
    changed = signed or moved
    places = _change_decimals(value, unit, decimals) if changed else decimals
    return with_unit(written(value, places, signed=signed, trim=changed and unit == "bp"), unit)


def _change_decimals(value: float, unit: str, decimals: int) -> int:
    """Basis points have tenths, percentages one decimal or, when that would hide the move, two."""
    if unit == "bp":
        return 1
    if unit in {"%", "pp"}:
        return 1 if rounded(value, 1) else 2
    return decimals


def _count(value: float, unit: str, *, signed: bool) -> Label:
    """In scale words from a million on, and below that only when whole thousands lose nothing."""
    whole = rounded(value, 0)
    if abs(whole) < 1_000_000 and whole % 1000:
        return with_unit(written(value, 0, signed=signed), unit)
    en, zh = _scaled(float(whole), _EN_SCALE), _scaled(float(whole), _ZH_SCALE)
    sign = (MINUS if value < 0 else "+" if signed else "") if whole else ""
    return Label(f"{sign}{en}{UNITS[unit].en}", f"{sign}{zh}{UNITS[unit].zh}")


def _scaled(value: float, scale: tuple[tuple[int, str], ...]) -> str:
    """The size below 10,000 with grouping, else in the largest scale word that it reaches."""
    if rounded(abs(value), 2) < 10_000:
        return written(abs(value), 2, trim=True)
    for power, word in scale:
        digits = written(abs(value) / 10**power, 2, trim=True)
        if math.floor(rounded(abs(value) / 10**power, 2)) >= 1:
            return digits + word
    return written(abs(value), 2, trim=True)
