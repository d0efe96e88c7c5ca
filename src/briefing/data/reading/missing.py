"""Words that stand for a missing value, and what each of them means. One table for all formats."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from briefing.text import Label


class Missing(StrEnum):
    """Why there is no value. The first two keep the row; the others refuse the file."""

    NOT_AVAILABLE = "not available"
    HOLIDAY = "holiday"
    NOT_APPLICABLE = "not applicable"
    UNKNOWN_CODE = "unknown code"
    NOT_REQUESTED = "not requested"
    FORMULA_ERROR = "formula error"
    NOT_FOUND = "not found"
    DIVIDED_BY_ZERO = "divided by zero"
    NOT_CALCULATED = "not calculated"


REASONS: Mapping[Missing, Label] = MappingProxyType(
    {
        Missing.NOT_APPLICABLE: Label("the field does not exist for this security", "該證券沒有此欄位"),
        Missing.UNKNOWN_CODE: Label(
            "the vendor does not know this code or has no data for it", "資料商查無此代碼或沒有資料"
        ),
        Missing.NOT_REQUESTED: Label("the file was saved before the data arrived", "檔案在資料到齊前就已存檔"),
        Missing.FORMULA_ERROR: Label(
            "a formula failed; open the file where the add-in is installed", "公式計算失敗，請在裝有增益集的電腦上開啟"
        ),
        Missing.NOT_FOUND: Label(
            "a formula looked for a value and found none; see what it looks for",
            "公式查無對應的值，請檢查查詢對象",
        ),
        Missing.DIVIDED_BY_ZERO: Label("a formula divided by zero or by an empty cell", "公式的除數為零或空白儲存格"),
        Missing.NOT_CALCULATED: Label(
            "a formula was stored without its value; open the workbook in Excel and save it",
            "公式未存有計算結果，請以Excel開啟後重新存檔",
        ),
    }
)
"""What is said of a word that refuses its column."""

UNCALCULATED = "#FORMULA?"
"""What stands in a workbook's cell whose formula was stored without its value."""

NOT_AVAILABLE = frozenset(("", ".", "-", "--", "----", "—", "null", "NaN", "nan", "N/A", "NA", "N/D", "ND"))
"""The words that say no more than that there is no value."""

_FAILED = ("#NAME?", "#REF!", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#ERROR!")
_WAITING = ("#N/A Requesting Data...", "#N/A Connection", "#GETTING_DATA", "#BUSY!", "#CONNECT!")
_WORDS: Mapping[str, Missing] = MappingProxyType(
    dict.fromkeys(NOT_AVAILABLE, Missing.NOT_AVAILABLE)
    | {"#N/A N/A": Missing.NOT_APPLICABLE, "#ERROR": Missing.UNKNOWN_CODE, "#N/A": Missing.NOT_FOUND}
    | {"#DIV/0!": Missing.DIVIDED_BY_ZERO, UNCALCULATED: Missing.NOT_CALCULATED}
    | dict.fromkeys(_FAILED, Missing.FORMULA_ERROR)
    | dict.fromkeys(_WAITING, Missing.NOT_REQUESTED)
)
_BEGINNINGS: tuple[tuple[str, Missing], ...] = (
    ("#N/A Field Not Applicable", Missing.NOT_APPLICABLE),
    ("#N/A Invalid Field", Missing.NOT_APPLICABLE),
    ("#N/A Mandatory parameter", Missing.NOT_APPLICABLE),
    ("#N/A Invalid Security", Missing.UNKNOWN_CODE),
    ("$$ER:", Missing.UNKNOWN_CODE),
    ("#N/A Requesting", Missing.NOT_REQUESTED),
)


def missing_kind(text: str) -> Missing | None:
    """Why a trimmed cell has no value, or None when it is no word of the table. Case matters."""
    found = _WORDS.get(text)
    if found is not None or text[0] not in "#$":
        return found
    return next((kind for beginning, kind in _BEGINNINGS if text.startswith(beginning)), None)
