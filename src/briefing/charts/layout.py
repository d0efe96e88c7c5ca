"""The one place where a chart is decided: ranges, ticks, words, colours, gaps, last-value tags.

The page and the screen show the same picture because both painters draw what `layout` returned.
The date axis counts weekdays (`briefing.charts.weekdays`) in every range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.charts import words
from briefing.charts.contrast import legible
from briefing.charts.date_axis import GAP, date_axis
from briefing.charts.date_ticks import rows as date_rows
from briefing.charts.edge import Edge, edge, names, tags, ticks
from briefing.charts.ends import Style, entries, rows, scale_index
from briefing.charts.legend import Legend, legend
from briefing.charts.lettering import Lettering
from briefing.charts.palette import Palette
from briefing.charts.picture import PAGE, Box, ChartLayout, Empty, Gap, Medium, PlotLine, ValueAxis
from briefing.charts.scale import Scale, axis_texts, scales
from briefing.charts.sight import Seen, range_places, range_with_data, seen
from briefing.charts.spec import ChartSpec
from briefing.charts.typeface import fitted
from briefing.series import Series, as_date
from briefing.text import LANGS, Lang

_DIRECT_LINES = 4
_DIRECT_SHARE = 0.36
"""Up to four lines are named at their ends, unless the names take more of the width than this."""

_LEAST_PLOT = 0.3
"""The part of the width that is the plot's, whatever stands beside it."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A plot with what stands beside and above it, measured. `sides` are those of `scales`."""

    plot: Box
    scales: tuple[Scale, ...]
    sides: tuple[Edge, ...]
    legend: Legend
    fits: bool


def layout(
    spec: ChartSpec,
    series: Mapping[str, Series],
    *,
    size: tuple[float, float],
    langs: Sequence[Lang] = LANGS,
    as_of: date,
    x_range: tuple[float, float] | None = None,
    medium: Medium = PAGE,
) -> ChartLayout:
    """Decide a chart of `size` (width, height in the unit of the medium). Pure.

    `series` by the ids of the spec; those not given are named in `missing`. Observations after
    `as_of` are not admitted. `x_range` overrides the spec's range with places in weekdays.
    """
    palette = medium.palette
    lines = seen(spec, series, as_of, palette)
    places = x_range or range_places(spec.range, lines, as_of)
    letters = Lettering(tuple(langs), medium.text)
    shown = tuple(line for line in lines if line.last(places) is not None)
    frame = _frame(lines, shown, places, size, letters, palette)
    plot, right = frame.plot, frame.sides[-1:]
    given = [line.series for line in lines]
    doubts = [(line.series, doubt) for line in lines for _, doubt in line.doubts(places)]
    return ChartLayout(
        size=size,
        langs=letters.langs,
        medium=medium,
        plot=plot,
        x_range=places,
        axes=_axes(frame, shown, letters, palette),
        dates=date_axis(places, plot, size[0], letters, palette.muted),
        lines=tuple(_line(line, places, scale_index(line, frame.scales)) for line in shown),
        gaps=tuple(gap for line in shown for gap in _gaps(line, places, plot)),
        tags=tuple(tag for side in frame.sides for tag in tags(side, plot, letters)),
        names=frame.legend.names or tuple(n for side in right for n in names(side, plot, letters, palette)),
        empty=None if shown else _empty(lines, as_of, plot, letters, palette),
        title=words.title(given),
        subtitle=words.subtitle(*([line.series for line in lines if line.axis == axis] for axis in (0, 1))),
        source=words.with_doubts(words.source_line(given, as_of), doubts),
        summary=words.summary([(line.series, line.trace) for line in lines], *places, as_of),
        missing=tuple(line.series for line in spec.lines if line.series not in series),
        doubts=tuple(doubt for _, doubt in doubts),
    )


def _frame(
    lines: Sequence[Seen],
    shown: Sequence[Seen],
    places: tuple[float, float],
    size: tuple[float, float],
    letters: Lettering,
    palette: Palette,
) -> _Frame:
    """The first style of naming lines whose words fit beside the plot; the last one always does."""
    *styles, last = Style
    for style in styles:
        if style is not Style.DIRECT or len(lines) <= _DIRECT_LINES:
            frame = _framed(style, lines, shown, places, size, letters, palette)
            if frame.fits:
                return frame
    return _framed(last, lines, shown, places, size, letters, palette)


def _framed(
    style: Style,
    lines: Sequence[Seen],
    shown: Sequence[Seen],
    places: tuple[float, float],
    size: tuple[float, float],
    letters: Lettering,
    palette: Palette,
) -> _Frame:
    above = legend(entries(style, lines, places, letters) if shown else (), size[0], letters, palette)
    top = above.height + letters.line / 2
    bottom = max(top + letters.line, size[1] - date_rows(places) * letters.line - GAP * letters.size)
    axes = scales(shown, places, bottom - top, letters.line)
    column = (above.height, bottom + letters.line / 2)
    sides = tuple(
        edge(
            "right" if index == len(axes) - 1 else "left",
            rows(style, index, lines, axes, places, (top, bottom), letters),
            axis_texts(scale, top, bottom, letters.langs[0]),
            letters,
            column,
        )
        for index, scale in enumerate(axes)
    )
    left = sides[0].width if len(sides) > 1 else 0.0
    right = sides[-1].width if sides else 0.0
    crowded = any(side.name_column > _DIRECT_SHARE * size[0] for side in sides)
    crowded |= size[0] - left - right <= _LEAST_PLOT * size[0]
    fits = all(side.fits for side in sides) and not crowded
    return _Frame(Box(left, top, size[0] - right, bottom), axes, sides, above, fits)


def _axes(frame: _Frame, shown: Sequence[Seen], letters: Lettering, palette: Palette) -> tuple[ValueAxis, ...]:
    out: list[ValueAxis] = []
    for index, (scale, side) in enumerate(zip(frame.scales, frame.sides, strict=True)):
        own = [line for line in shown if scale_index(line, frame.scales) == index]
        colour = palette.muted
        if len(frame.scales) > 1 and len(own) == 1:
            colour = legible(own[0].colour, palette.ground, palette.ink)
        zero = scale.y(0.0, frame.plot.top, frame.plot.bottom) if scale.low < 0 < scale.high and not index else None
        marks = ticks(side, frame.plot, letters, colour)
        out.append(ValueAxis(side.side, scale.low, scale.high, marks, zero))
    return tuple(out)


def _line(line: Seen, places: tuple[float, float], axis: int) -> PlotLine:
    alone = ((float(x[0]), float(y[0])) for x, y in line.trace.pieces if len(x) == 1)
    dots = tuple((x, y) for x, y in alone if places[0] <= x <= places[1])
    rings = tuple((float(line.trace.x[at]), float(line.trace.y[at])) for at, _ in line.doubts(places))
    return PlotLine(line.series.id, axis, line.colour, line.dash, line.trace, dots, rings)


def _gaps(line: Seen, places: tuple[float, float], plot: Box) -> tuple[Gap, ...]:
    low, high = places
    scale = plot.width / (high - low)
    trace = line.trace
    return tuple(
        Gap(
            line.series.id,
            as_date(trace.days[before]),
            as_date(trace.days[after]),
            plot.left + max(0.0, float(trace.x[before]) - low) * scale,
            plot.left + (min(high, float(trace.x[after])) - low) * scale,
        )
        for before, after in trace.gaps
        if trace.x[after] > low and trace.x[before] < high
    )


def _empty(lines: Sequence[Seen], as_of: date, plot: Box, letters: Lettering, palette: Palette) -> Empty:
    """The reason, centred in the plot, one line for each language."""
    label = words.no_data(line.trace for line in lines)
    runs = [(fitted(text, letters.size, plot.width), lang) for text, lang in letters.lines(label)]
    middle = (plot.top + plot.bottom - (len(runs) - 1) * letters.line) / 2
    centre = (plot.left + plot.right) / 2
    marks = tuple(
        mark
        for at, run in enumerate(runs)
        for mark in letters.marks(
            [run], centre - letters.width_of([run]) / 2, middle + at * letters.line, palette.muted
        )
    )
    return Empty(label, range_with_data(lines, as_of), marks)
