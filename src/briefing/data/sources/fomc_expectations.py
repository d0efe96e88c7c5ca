"""Policy rates expected by meeting, from dashboards: each meeting is a series, `FOMC_RATE_20260318`.

So no change is measured from one meeting to the next. `date,value,meeting_date` has a day a row, the
meeting changing along the file, and does not say what its values are. The other form has a meeting a row,
with the upper bound of the target range and its midpoint, `FOMC_RATE_20260318_MID`.
"""

from __future__ import annotations

from briefing.data.dates.date_text import DATE_STYLES
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_ALONG = ("date", "value", "meeting_date")
_UPPER, _MIDPOINT = "expected_target_upper_rate", "expected_target_midpoint_rate"
_ACROSS = frozenset({"meeting_date", "observation_date", _UPPER, _MIDPOINT})
_UNSAID = Label(
    "The file does not say that its values are expected upper bounds of the target range in per cent.",
    "檔案未註明數值為預期目標區間上限（百分比）。",
)


@recogniser("fomc_expectations", Label("Policy rates expected by meeting", "各次會議的預期政策利率"))
def look(sheet: Sheet) -> Shape | None:
    """A date, a value and a meeting; or a meeting and an observation date with the rates expected."""
    cells = sheet.grid.rows[0].cells
    headings = tuple(cell.lower() for cell in cells)
    if headings == _ALONG:
        return _shape(cells, 0, 2, (Column(1, cells[1]),), _UNSAID)
    if len(headings) != len(_ACROSS) or frozenset(headings) != _ACROSS:
        return None
    upper, midpoint = headings.index(_UPPER), headings.index(_MIDPOINT)
    columns = (Column(upper, cells[upper]), Column(midpoint, cells[midpoint], "MID"))
    return _shape(cells, headings.index("observation_date"), headings.index("meeting_date"), columns)


def _shape(cells: tuple[str, ...], dates: int, meeting: int, columns: tuple[Column, ...], *doubts: Label) -> Shape:
    return Shape(
        first=1,
        width=len(cells),
        dates=dates,
        columns=columns,
        styles=("iso",),
        local_numbers=True,
        evidence=0.5 if doubts else 0.9,
        saw=header_of(cells),
        cap=0.7 if doubts else 1.0,
        names=lambda row: _series(row[meeting]),
        doubts=doubts,
    )


def _series(meeting: str) -> str:
    """The id of a meeting; one that nobody knows for a text that is no date."""
    day = DATE_STYLES["iso"].read(meeting, None)
    return f"FOMC_RATE_{day:%Y%m%d}" if day else f"FOMC_RATE_{meeting}"
