"""Words that headers, footers and columns beside the data are made of, in English and Chinese."""

from __future__ import annotations

import re

from briefing.data.reading.missing import missing_kind
from briefing.data.reading.number_text import COMMA, POINT, read_number, read_thirty_seconds

DATE_WORDS = frozenset(
    (
        *("date", "dates", "day", "time", "timestamp", "datetime", "period", "month", "quarter", "observation_date"),
        *("日期", "時間", "时间", "交易日期", "交易日", "資料日期", "月份", "年月", "期間"),
    )
)
LEVEL_WORDS = frozenset(
    (
        *("value", "values", "close", "price", "last", "rate", "level", "px_last", "last price", "last_price"),
        *("close price", "closing price", "settle", "yield", "index"),
        *("數值", "数值", "收盤", "收盘", "收盤價", "收盘价", "收盤指數", "值"),
    )
)
"""Headings of a lone column of values; they say nothing of the series."""

_TOTALS = frozenset(
    (
        *("total", "sum", "average", "avg", "mean", "median", "min", "minimum", "max", "maximum", "high", "low"),
        *("std", "stdev", "std dev", "count", "change", "grand total"),
        *(
            "合計",
            "總計",
            "小計",
            "平均",
            "平均值",
            "最高",
            "最低",
            "最大",
            "最小",
            "最大值",
            "最小值",
            "中位數",
            "標準差",
        ),
        *("合计", "总计", "小计", "中位数", "标准差"),
    )
)
_SOURCE = re.compile(r"\W*(?:(?:data )?sources?\s*[:：]|(?:資料|數據|数据|资料)?[來来]源\s*[:：]?)\s*", re.IGNORECASE)
_WEEKDAYS = frozenset(
    (
        *("mon", "tue", "wed", "thu", "fri", "sat", "sun", "tues", "thur", "thurs"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *(f"{stem}{day}" for stem in ("星期", "週", "周") for day in "一二三四五六日"),
        "星期天",
        *"一二三四五六日",
    )
)
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE = "一二三四五六日"


def is_total(cell: str) -> bool:
    """Whether a cell stands where a date should and says that its row sums up the others."""
    return cell.rstrip(":：").strip().lower() in _TOTALS


def source_in(cell: str) -> str | None:
    """What a line such as “Source: Wind” names; None for one that names no source."""
    match = _SOURCE.match(cell)
    return cell[match.end() :].strip() or None if match else None


def weekday_in(cell: str) -> int | None:
    """The weekday that a cell names, Monday 0; None for any other cell."""
    word = cell.strip(".").lower()
    if word not in _WEEKDAYS:
        return None
    if word[:3] in _ENGLISH:
        return _ENGLISH.index(word[:3])
    return _CHINESE.index("日" if word[-1] == "天" else word[-1])


def is_numeric(cell: str) -> bool:
    """Whether a cell is a number in some style, or a bond price in 32nds."""
    return (
        any(read_number(cell, style) is not None for style in (POINT, COMMA)) or read_thirty_seconds(cell) is not None
    )


def is_value(cell: str) -> bool:
    """Whether a cell can stand in a column of values: a number, or a word for a missing one."""
    return missing_kind(cell) is not None or is_numeric(cell)
