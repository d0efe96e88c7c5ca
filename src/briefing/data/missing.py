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
    }
)
"""What is said of a word that refuses its column."""

NOT_AVAILABLE = frozenset(("", ".", "-", "--", "----", "—", "null", "NaN", "nan", "N/A", "NA", "N/D", "ND"))
"""The words that say no more than that there is no value."""

_WORDS: Mapping[str, Missing] = MappingProxyType(
    dict.fromkeys(NOT_AVAILABLE, Missing.NOT_AVAILABLE)
    | {"#N/A N/A": Missing.NOT_APPLICABLE, "#ERROR": Missing.UNKNOWN_CODE, "#N/A": Missing.FORMULA_ERROR}
    | dict.fromkeys(("#NAME?", "#REF!", "#VALUE!", "#DIV/0!"), Missing.FORMULA_ERROR)
    | dict.fromkeys(("#N/A Requesting Data...", "#N/A Connection"), Missing.NOT_REQUESTED)
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
