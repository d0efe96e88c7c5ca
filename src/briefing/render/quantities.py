"""Where a line must not break: quantities with their units, dates, and what hangs on them.

A conservative recogniser of both languages. It decides about line breaks alone; what a quantity
means is another module's business.
"""

from __future__ import annotations

import re

from briefing.text import Side

Span = tuple[int, int]
"""From and to, in code points of the text."""

_SIGN = r"[~≈<>≤≥]?[+\u2212\-±]?(?:US|HK|NT|A|C)?[$€£¥]?[+\u2212\-]?"
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?(?:/\d+)?"
_RANGE = rf"(?:[-–~～]{_NUMBER})?"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_EN_WORDS = (
    r"bps?|basis points?|percentage points?|per cent|percent|percentile|points?|pts|pp|delta|vols?|handles?"
    r"|standard deviations?|times|contracts|lots|shares|sessions?|observations?"
    r"|thousand|million|billion|trillion|mm|bn|tn|USD|dollars|euros|yen"
    r"|(?:trading )?(?:days?|weeks?|months?|quarters?|years?|hours?|minutes?)"
)
_EN = re.compile(
    rf"\d{{1,2}} {_MONTH}(?: \d{{4}}| ['’]\d\d)?"
    rf"|{_MONTH} \d{{1,2}}, \d{{4}}"
    rf"|{_MONTH} (?:\d{{4}}|['’]\d\d|\d{{1,2}})(?:/\d+)?(?!\d)"
    rf"|Q[1-4] \d{{4}}"
    rf"|{_SIGN}{_NUMBER} vs\.? {_NUMBER}"
    rf"|{_SIGN}{_NUMBER}[A-Za-z%]*{_RANGE}[A-Za-z%]*(?:/01)?"
    rf"(?:[-\u2010](?:year|month|week|day|session|quarter|delta|point)s?\b| (?:{_EN_WORDS})\b)?"
)
_DIGITS_UNIT = (
    r"個?百分點|個?基點|百分位數?|個標準差|標準差|美元|歐元|日圓|日元|新台幣|台幣|港元|人民幣|英鎊|元"
    r"|年期|個交易日|交易日|個月|個季度|季度|季|小時|分鐘|年初|年底|年|月底|月|日|天|週|周|點子|點|倍|口|張|檔|股|次|個|%|％"
)
_SCALE = r"[千百十]?(?:萬億|兆|億|萬)?"
_ZH_NUMBER = rf"{_SIGN}{_NUMBER}"
_ZH = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?|第[一二三四1-4]季|底|初)?"
    r"|\d{1,2}月\d{1,2}日"
    rf"|{_NUMBER}年期?/{_NUMBER}年期?"
    rf"|第\d+百分位數?"
    rf"|(?:每基點)?{_ZH_NUMBER}對{_NUMBER}"
    rf"|(?:每基點)?{_ZH_NUMBER}[A-Za-z]*{_RANGE}{_SCALE}(?: ?delta|{_DIGITS_UNIT})?(?:/01)?"
    r"|[一二兩三四五六七八九十]{1,3}(?:個百分點|個基點|個月|個交易日|年期|週|天)"
)
_PATTERNS: dict[Side, re.Pattern[str]] = {"en": _EN, "zh": _ZH}
_GUARD = re.compile(r"\S(?:—+|…+|·|～|／)")
_ENDING = re.compile(r"[\u3400-\u9fff]{2}[\u3001-\u3011\uff01-\uff5e”’…—]*$")


def quantities(text: str, side: Side) -> tuple[Span, ...]:
    """The stretches that read as a quantity or a date, left to right, without overlap."""
    return tuple(match.span() for match in _PATTERNS[side].finditer(text))


def kept_together(text: str, side: Side) -> tuple[Span, ...]:
    """Every stretch that must stay on one line: quantities, dashes with the character before, a block's end.

    Stretches that overlap are given as one; those that only touch may be parted.
    """
    spans = [*quantities(text, side), *(match.span() for match in _GUARD.finditer(text))]
    if side == "zh" and (ending := _ENDING.search(text)):
        spans.append(ending.span())
    return merged(spans)


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """Overlapping stretches as one, in order."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)
