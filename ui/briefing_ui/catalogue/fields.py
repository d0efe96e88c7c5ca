"""The fields of an entry, in groups, as the form shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.text import Label


@dataclass(frozen=True, slots=True)
class Field:
    """One key of catalogue.toml. `choices` closes the list of what may stand there; `wide` takes a whole line."""

    key: str
    label: Label
    hint: Label = Label("", "")
    choices: Mapping[str, Label] = field(default_factory=dict, hash=False)
    required: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading."""

    label: Label
    fields: tuple[Field, ...]


KINDS: Mapping[str, Label] = {
    "price": Label("Price (changes in %)", "價格（變動以%計）"),
    "yield": Label("Yield (changes in bp)", "殖利率（變動以基點計）"),
    "rate": Label("Interest rate (changes in bp)", "利率（變動以基點計）"),
    "spread": Label("Spread in bp", "利差（基點）"),
    "index": Label("Index in points", "指數（點）"),
    "volatility": Label("Volatility in points", "波動率（點）"),
    "ratio": Label("Ratio", "比率"),
    "position": Label("Position", "部位"),
    "probability": Label("Probability", "機率"),
    "money": Label("Money", "金額"),
    "count": Label("Count", "數量"),
}
FREQS: Mapping[str, Label] = {
    "D": Label("Daily", "每日"),
    "W": Label("Weekly", "每週"),
    "M": Label("Monthly", "每月"),
    "Q": Label("Quarterly", "每季"),
}
QUOTES: Mapping[str, Label] = {
    "decimal": Label("Decimal", "十進位"),
    "32nds": Label("32nds (110-16)", "三十二分之一（110-16）"),
}

ID = Field(
    "series_id",
    Label("Id", "代碼"),
    Label("Capital letters, digits and underscores, such as GOLD_COPPER", "大寫字母、數字與底線，例如GOLD_COPPER"),
    required=True,
)
FORMULA = Field(
    "formula",
    Label("Formula", "公式"),
    Label(
        "Ids and metrics, such as UST10Y - UST2Y or pctile(VIX, 1y). Empty for a series that is read from files.",
        "代碼與指標，例如UST10Y - UST2Y或pctile(VIX, 1y)。由檔案讀取的序列請留空。",
    ),
    wide=True,
)
_COMMAS = Label("Several with commas between them", "多個項目以逗號分隔")

NAMES = Group(
    Label("Names", "名稱"),
    (
        Field("name_en", Label("Name, English", "名稱（英文）"), required=True),
        Field("name_zh", Label("Name, Chinese", "名稱（中文）"), required=True),
        Field("short_en", Label("Short name, English", "簡稱（英文）")),
        Field("short_zh", Label("Short name, Chinese", "簡稱（中文）")),
        Field("aliases", Label("Other ids", "其他代碼"), _COMMAS),
        Field("tags", Label("Asset class, group", "資產類別、群組"), _COMMAS),
    ),
)
MEASURE = Group(
    Label("What it measures", "衡量內容"),
    (
        Field("kind", Label("Kind", "種類"), choices=KINDS, required=True),
        Field("unit", Label("Unit", "單位")),
        Field("delta_unit", Label("Unit of changes", "變動的單位")),
        Field("stored_unit", Label("Unit in the files", "檔案中的單位")),
        Field("decimals", Label("Decimals", "小數位數")),
        Field("quote", Label("Quoted as", "報價方式"), choices=QUOTES),
        Field("low", Label("Lowest value to believe", "可信的最低值")),
        Field("high", Label("Highest value to believe", "可信的最高值")),
    ),
)
RHYTHM = Group(
    Label("When it comes", "發布時間"),
    (
        Field(
            "calendar",
            Label("Calendar", "行事曆"),
            Label(
                "An exchange (XNYS), a bond market (SIFMA_US) or a rhythm (MONTH_END)",
                "交易所（XNYS）、債券市場（SIFMA_US）或固定頻率（MONTH_END）",
            ),
        ),
        Field("freq", Label("Frequency", "頻率"), choices=FREQS),
        Field("release_lag_days", Label("Days until it is published", "發布落後天數")),
        Field("tolerated_age", Label("Sessions until it is late", "容許落後的交易日數")),
        Field(
            "discontinued_on", Label("Ended on", "停止發布日"), Label("A date like 2025-01-31", "日期，例如2025-01-31")
        ),
    ),
)
SOURCE = Group(
    Label("Source", "資料來源"),
    (
        Field("source_en", Label("Source, English", "資料來源（英文）"), required=True),
        Field("source_zh", Label("Source, Chinese", "資料來源（中文）"), required=True),
        Field("sources", Label("Datasets, best first", "資料集（優先者在前）"), _COMMAS),
        Field("licence_note", Label("Licence note", "授權說明")),
    ),
)
COMPUTED = Group(Label("How it is computed", "計算方式"), (FORMULA,))
GROUPS = (NAMES, MEASURE, RHYTHM, SOURCE, COMPUTED)
