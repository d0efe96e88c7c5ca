"""Which format a file is of: every recogniser scores the grid and says what it saw and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing.data.dates.date_text import DATE_STYLES, counted_from_1904, date_styles
from briefing.data.reading.number_text import COMMA, POINT, read_number
from briefing.data.reading.sampling import blank_count, date_texts, fitting_places, value_texts
from briefing.data.reading.shape import Shape, Sheet
from briefing.data.sources.registry import Recogniser, recognisers
from briefing.text import Label

SURE = 0.8
AHEAD = 0.2
EXACT_HEADER = 0.6
_OFFERED = 0.6
_ENOUGH = 0.98
_LOOKED_AT = 2000


@dataclass(frozen=True, slots=True)
class Score:
    """How well a format fits, from 0 to 1, with a sentence for the user and what is not certain."""

    value: float
    reason: Label
    doubts: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A format that can read a table: how it sees the table, its reading, and the score of that."""

    recogniser: Recogniser
    sheet: Sheet
    shape: Shape
    score: Score


def candidates(sheet: Sheet, remembered: str | None = None) -> list[Candidate]:
    """The formats that can be meant, the best first. `remembered` is the folder's format of last time."""
    found = [candidate for one in recognisers().values() if (candidate := candidate_of(sheet, one, remembered))]
    return sorted(_with_listed_first(found), key=lambda item: (-item.score.value, item.recogniser.name))


def candidate_of(sheet: Sheet, recogniser: Recogniser, remembered: str | None = None) -> Candidate | None:
    """A format's reading of a table; None when the table cannot be of the format."""
    shape = recogniser.look(sheet)
    if shape is None:
        return None
    seen = sheet if shape.grid is None else replace(sheet, grid=shape.grid)
    return Candidate(recogniser, seen, shape, score(seen, recogniser, shape, remembered))


def _with_listed_first(found: list[Candidate]) -> list[Candidate]:
    """A format that reads tables of any origin stands back behind a vendor's: gone behind an exact header."""
    listed = [candidate for candidate in found if not candidate.recogniser.general]
    if not listed:
        return found
    if any(one.shape.evidence >= EXACT_HEADER for one in listed):
        return listed
    offered = [_lowered(candidate) for candidate in found if candidate.recogniser.general]
    return [*listed, *offered]


def _lowered(candidate: Candidate) -> Candidate:
    return replace(candidate, score=replace(candidate.score, value=min(candidate.score.value, _OFFERED)))


def score(sheet: Sheet, recogniser: Recogniser, shape: Shape, remembered: str | None = None) -> Score:
    """What a reading of a grid is worth: header, dates, numbers, file name, and the folder's past."""
    dates = date_texts(sheet.grid, shape)
    dated = max((_share(name, _some(dates)) for name in shape.styles), default=0.0)
    numeric = _numeric(value_texts(sheet.grid, shape, _LOOKED_AT))
    worth = shape.evidence
    worth += 0.2 if dated >= _ENOUGH else 0.0
    worth += 0.1 if numeric >= _ENOUGH else 0.0
    if recogniser.file_name and recogniser.file_name.fullmatch(sheet.grid.name):
        worth += 0.05
    if remembered == recogniser.name:
        worth += 0.1
    if dates and dated == 0.0:
        worth -= 0.5
    value = round(max(0.0, min(worth, shape.cap)), 2)
    return Score(value, _reason(sheet, shape, dates), shape.doubts)


def _some(texts: list[str]) -> list[str]:
    """Texts from all over a column, enough to know it by; reading looks at every one."""
    return texts[:: max(1, len(texts) // _LOOKED_AT)]


def _share(style: str, texts: list[str]) -> float:
    read = DATE_STYLES[style].read
    return sum(read(text, None) is not None for text in texts) / len(texts) if texts else 0.0


def _numeric(texts: list[str]) -> float:
    good = sum(read_number(text, POINT) is not None or read_number(text, COMMA) is not None for text in texts)
    return good / len(texts) if texts else 1.0


def _reason(sheet: Sheet, shape: Shape, dates: list[str]) -> Label:
    rows = f"{len(fitting_places(sheet.grid, shape)):,}"
    fitting = date_styles(dates, shape.styles) if dates else ()
    if not fitting:
        return Label(
            f"{shape.saw.en}; {rows} rows, not all with a date.", f"{shape.saw.zh}；{rows}列，並非每列都有日期。"
        )
    blanks = blank_count(sheet.grid, shape)
    style = counted_from_1904(fitting[0]) if sheet.grid.from_1904 else fitting[0]
    days = [day for text in dates if (day := style.read(text, None))]
    span = f"{min(days)}–{max(days)}"
    return Label(
        f"{shape.saw.en}; {rows} rows, {span}, {blanks:,} blank.",
        f"{shape.saw.zh}；{rows}列，{span}，空白{blanks:,}格。",
    )
