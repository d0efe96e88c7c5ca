"""How much a reading of bytes looks like Chinese: by common characters and by words that stand in data files."""

from __future__ import annotations

from collections import Counter

_LOOKED_AT = 200_000
_PUNCTUATION = frozenset("，。、：；！？（）【】《》〈〉「」『』“”‘’—…·％－＋／～￥＄　")
_WORDS = {
    "cp950": (
        *("日期", "時間", "開盤", "收盤", "最高", "最低", "成交", "漲跌", "數值", "代碼", "名稱", "指標", "頻率"),
        *("單位", "來源", "資料", "殖利率", "利率", "債", "美國", "中國", "臺灣", "台灣", "指數", "匯率", "期貨"),
        *("選擇權", "價格", "年期", "序列", "個月", "美元", "波動", "股票", "證券", "黃金", "原油", "台股", "台幣"),
    ),
    "gb18030": (
        *("日期", "时间", "开盘", "收盘", "最高", "最低", "成交", "涨跌", "数值", "代码", "名称", "指标", "频率"),
        *("单位", "来源", "数据", "收益率", "利率", "债", "美国", "中国", "台湾", "指数", "汇率", "期货", "期权"),
        *("价格", "年期", "序列", "个月", "美元", "波动", "股票", "证券", "黄金", "原油", "交易", "简称", "人民币"),
    ),
}
"""Words that headings of market data are made of, in the script of each encoding."""

CHINESE = tuple(_WORDS)
"""The encodings of Chinese text without a mark: of Taiwan and Hong Kong, and of the mainland."""


def text_in(content: bytes, encoding: str) -> str:
    """The text of bytes in an encoding; "" when they are not in it."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""


def likeness(text: str, encoding: str) -> tuple[int, float]:
    """How many known words a reading has, and what share of its characters beyond ASCII are common ones (0 to 1).

    Common are punctuation and the first level of Big5 (5,401 characters); in GB 18030, which holds both
    scripts, the first level of GB 2312 (3,755) as well.
    """
    sample = text[:_LOOKED_AT]
    counts = Counter(sign for sign in sample if not sign.isascii())
    total = sum(counts.values())
    if not total:
        return 0, 0.0
    common = sum(count for sign, count in counts.items() if sign in _PUNCTUATION or _is_common(sign, encoding))
    words = {word for script in _scripts(encoding) for word in _WORDS[script]}
    return sum(word in sample for word in words), common / total


def _scripts(encoding: str) -> tuple[str, ...]:
    return ("cp950",) if encoding == "cp950" else CHINESE


def _is_common(sign: str, encoding: str) -> bool:
    return any(_LEVELS[script](sign.encode(script, "replace")) for script in _scripts(encoding))


def _first_of_big5(code: bytes) -> bool:
    return len(code) == 2 and b"\xa4\x40" <= code <= b"\xc6\x7e"


def _first_of_gb2312(code: bytes) -> bool:
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1


_LEVELS = {"cp950": _first_of_big5, "gb18030": _first_of_gb2312}
