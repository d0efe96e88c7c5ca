"""Tenors of Treasury yields as files write them: `10 Yr`, `10-Year`, `10Y`, `1.5 Month`."""

from __future__ import annotations

import re

_TENOR = re.compile(
    r"(?P<count>1\.5|\d{1,2})[ -]?(?P<unit>m|mo|mos|mth|month|months|y|yr|yrs|year|years)\.?", re.IGNORECASE
)


def par_yield(text: str) -> str | None:
    """The id of the par yield of a tenor, as FRED names it (`DGS10`, `DGS6MO`); None for text that is no tenor.

    `1.5 Mo`, which FRED has not, is `DGS6WK`. Whether there is such a tenor is for the catalogue to say.
    """
    match = _TENOR.fullmatch(text)
    if match is None:
        return None
    count = match["count"]
    monthly = match["unit"][0] in "mM"
    if count == "1.5":
        return "DGS6WK" if monthly else None
    return f"DGS{int(count)}MO" if monthly else f"DGS{int(count)}"
