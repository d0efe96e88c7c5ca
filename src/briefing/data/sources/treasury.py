"""The US Treasury's par yield curve CSV: `Date,"1 Mo",…,"30 Yr"`, newest first, a year or many in a file.

Tenors are stored under the ids that FRED uses for the same figures (`10 Yr` is `DGS10`), because they
are the same constant-maturity yields; the dataset tells them apart. `1.5 Mo`, which FRED has not, is
`DGS6WK`. Dates are MM/DD/YYYY; copies have ISO dates or, saved by a spreadsheet, M/D/YY.
"""

from __future__ import annotations

from briefing.data.reading.blank_columns import named_cells
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.data.sources.treasury_long import look_at_long
from briefing.data.sources.treasury_xml import look_at_feed
from briefing.data.tenors import par_yield
from briefing.text import Label

_FEWEST = 4


@recogniser(
    "ust_par_curve",
    Label("US Treasury par yield curve", "美國財政部平價殖利率曲線"),
    file_name=r".*treasury-rates.*\.csv",
)
def look(sheet: Sheet) -> Shape | None:
    """A date column, then at least four tenors and nothing else; or a row a tenor; or the XML feed of the same."""
    other = look_at_feed(sheet) or look_at_long(sheet)
    if other is not None:
        return other
    header = named_cells(sheet.grid, 0)
    ids = [par_yield(cell) for cell in header[1:]]
    if header[0].lower() != "date" or len(ids) < _FEWEST or None in ids:
        return None
    return Shape(
        first=1,
        width=len(sheet.grid.rows[0].cells),
        dates=0,
        columns=tuple(Column(at, header[at], name) for at, name in enumerate(ids, 1)),
        styles=("mdy", "iso", "mdyy"),
        local_numbers=True,
        evidence=0.6,
        saw=header_of(header),
    )
