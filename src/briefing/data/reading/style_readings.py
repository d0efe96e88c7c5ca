"""The ways in which the dates and numbers of a table can be read, side by side, for a person to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from briefing.data.dates.date_text import DateStyle, date_styles
from briefing.data.reading.grid import Grid
from briefing.data.reading.number_columns import first_signed
from briefing.data.reading.number_text import NumberStyle, read_number
from briefing.data.reading.sampling import date_texts, value_columns
from briefing.data.reading.shape import Shape
from briefing.data.reading.styles import number_choices

_FIRST = 3


@dataclass(frozen=True, slots=True)
class DateReading:
    """The dates of a table in one style: the first of them as ISO dates, and how many fall on a weekend."""

    style: DateStyle
    days: tuple[str, ...]
    weekends: int

    def as_json(self) -> dict[str, object]:
        """The printed form for the window."""
        label = self.style.label.as_json()
        return {"name": self.style.name, "label": label, "days": list(self.days), "weekends": self.weekends}


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number of a table in one style: how it is written, and what it would be."""

    style: NumberStyle
    text: str
    value: float | None

    def as_json(self) -> dict[str, object]:
        """The printed form for the window."""
        label = self.style.label.as_json()
        return {"name": self.style.name, "label": label, "text": self.text, "value": self.value}


def date_readings(grid: Grid, shape: Shape) -> tuple[DateReading, ...]:
    """One reading for each style that fits; of styles that read every date alike only the first."""
    texts = date_texts(grid, shape)
    found: dict[tuple[date | None, ...], DateStyle] = {}
    for style in date_styles(texts, shape.styles):
        found.setdefault(tuple(style.read(text, None) for text in texts), style)
    return tuple(
        DateReading(
            style,
            tuple(str(day) for day in days[:_FIRST]),
            sum(day is not None and day.weekday() >= 5 for day in days),
        )
        for days, style in found.items()
    )


def number_readings(grid: Grid, shape: Shape) -> tuple[NumberReading, ...]:
    """The readings of the first number that has a sign in it; none where the decimal sign can be told."""
    styles = number_choices(grid, shape)
    if len(styles) < 2:
        return ()
    text = first_signed(value_columns(grid, shape)) or ""
    return tuple(NumberReading(style, text, read_number(text, style)) for style in styles)
