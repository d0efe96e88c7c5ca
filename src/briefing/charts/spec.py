"""What a chart shows, as an immutable value that a note can hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Axis = Literal["first", "second"]
Range = Literal["1M", "3M", "6M", "YTD", "1Y", "5Y", "Max"]
RANGES: tuple[Range, ...] = ("1M", "3M", "6M", "YTD", "1Y", "5Y", "Max")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One series on a chart. The first axis stands on the right; with a second one it moves left."""

    series: str
    axis: Axis = "first"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """A chart of lines over dates. `range` counts back from the as-of date in calendar terms."""

    lines: tuple[Line, ...]
    range: Range = "1Y"
    kind: str = "line"
