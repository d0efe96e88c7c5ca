"""What is said of each line at the plot's sides or in the legend: last value, name, lateness."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from briefing import marks
from briefing.charts import words
from briefing.charts.edge import Row
from briefing.charts.legend import Entry
from briefing.charts.lettering import Lettering
from briefing.charts.scale import Scale
from briefing.charts.sight import Seen
from briefing.charts.value_ticks import tick_text
from briefing.text import Label


class Style(Enum):
    """Where names and last values stand: at the line ends, names above, or both above."""

    DIRECT = "direct"
    LEGEND = "legend"
    LEGEND_WITH_VALUES = "legend with values"


def rows(
    style: Style,
    axis: int,
    lines: Sequence[Seen],
    scales: Sequence[Scale],
    places: tuple[float, float],
    edges: tuple[float, float],
    letters: Lettering,
) -> tuple[Row, ...]:
    """The rows beside one axis. Names of all lines stand on the right, where the lines end.

    `axis` is that of the side; `edges` are the plot's top and bottom.
    """
    if style is Style.LEGEND_WITH_VALUES:
        return ()
    right = axis == len(scales) - 1
    named = style is Style.DIRECT and right
    out: list[Row] = []
    for line in lines:
        at = line.last(places)
        tagged = at is not None and scale_index(line, scales) == axis
        if not tagged and not named:
            continue
        value = float(line.trace.y[at]) if at is not None else float("nan")
        wanted = scales[scale_index(line, scales)].y(value, *edges) if at is not None else edges[1]
        tag = last_text(line, places, letters) if tagged else ""
        names = letters.lines(name_of(line, lines)) if named else ()
        notes = tuple(run for note in _notes(line, at) for run in letters.lines(note)) if named else ()
        out.append(Row(line, wanted, value, tag, names, notes))
    return tuple(out)


def entries(style: Style, lines: Sequence[Seen], places: tuple[float, float], letters: Lettering) -> tuple[Entry, ...]:
    """The legend of a style; none when names stand at the line ends."""
    if style is Style.DIRECT:
        return ()
    out: list[Entry] = []
    for line in lines:
        at = line.last(places)
        notes = [run for note in _notes(line, at) for run in letters.runs(note)]
        if style is Style.LEGEND_WITH_VALUES and at is not None:
            notes.insert(0, (last_text(line, places, letters) + (" " if notes else ""), letters.langs[0]))
        out.append(Entry(line, letters.runs(name_of(line, lines)), tuple(notes)))
    return tuple(out)


def name_of(line: Seen, lines: Sequence[Seen]) -> Label:
    """The short name, marked when it is read on the right of two axes."""
    two = len({entry.axis for entry in lines}) > 1
    return words.on_second_axis(line.series.short) if two and line.axis == 1 else line.series.short


def last_text(line: Seen, places: tuple[float, float], letters: Lettering) -> str:
    """The last value in sight, as on an axis; empty when there is none."""
    at = line.last(places)
    if at is None:
        return ""
    return tick_text(float(line.trace.y[at]), line.series, line.series.decimals, letters.langs[0])


def scale_index(line: Seen, scales: Sequence[Scale]) -> int:
    """The scale on which a line is drawn."""
    return min(line.axis, len(scales) - 1)


def _notes(line: Seen, at: int | None) -> tuple[Label, ...]:
    if at is None:
        return (words.NOT_IN_RANGE,)
    late = line.series.late
    if late is None or at < len(line.trace) - 1:
        return ()
    return marks.how_late(late.sessions, late.freq), marks.last_day(late.last)
