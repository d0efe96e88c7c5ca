"""The US Treasury's par yield curve CSV: `Date,"1 Mo",…,"30 Yr"`, newest first, a year or many in a file.

Tenors are stored under the ids that FRED uses for the same figures (`10 Yr` is `DGS10`), because they
are the same constant-maturity yields; the dataset tells them apart. `1.5 Mo`, which FRED has not, is
`DGS6WK`. Dates are MM/DD/YYYY; copies have ISO dates or, saved by a spreadsheet, M/D/YY.
"""

from __future__ import annotations

import re

from briefing.data.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.data.sources.treasury_xml import look_at_feed
from briefing.text import Label

_TENOR = re.compile(r"(?P<count>1\.5|\d{1,2}) ?(?P<unit>Mo|Month|Yr|Year)s?", re.IGNORECASE)
_FEWEST = 4


@recogniser(
    "ust_par_curve",
    Label("US Treasury par yield curve", "美國財政部平價殖利率曲線"),
    file_name=r".*treasury-rates.*\.csv",
)
def look(sheet: Sheet) -> Shape | None:
    """A date column, then at least four tenors and nothing else; or the XML feed of the same yields."""
    feed = look_at_feed(sheet)
    if feed is not None:
        return feed
    header = sheet.grid.rows[0].cells
    ids = [_series(cell) for cell in header[1:]]
    if header[0].lower() != "date" or len(ids) < _FEWEST or None in ids:
        return None
    return Shape(
        first=1,
        width=len(header),
        dates=0,
        columns=tuple(Column(at, header[at], name) for at, name in enumerate(ids, 1)),
        styles=("mdy", "iso", "mdyy"),
        evidence=0.6,
        saw=header_of(header),
    )


def _series(heading: str) -> str | None:
    match = _TENOR.fullmatch(heading)
    if match is None:
        return None
    if match["count"] == "1.5":
        return "DGS6WK"
    return f"DGS{match['count']}MO" if match["unit"].lower().startswith("mo") else f"DGS{match['count']}"
