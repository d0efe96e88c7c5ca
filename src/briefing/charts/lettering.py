"""Words set in a picture: which languages, how wide, where they begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.charts.picture import Box, Mark
from briefing.charts.typeface import CAP_HEIGHT, width
from briefing.text import Label, Lang

LEADING = 1.22
"""The height of a line of words, in ems."""

Run = tuple[str, Lang]


@dataclass(frozen=True, slots=True)
class Lettering:
    """The languages of a chart in printing order, and the size of its words."""

    langs: tuple[Lang, ...]
    size: float

    @property
    def line(self) -> float:
        """The height of a line."""
        return self.size * LEADING

    def runs(self, label: Label) -> tuple[Run, ...]:
        """The words in every language, joined by a full-width stroke where they differ."""
        first, *rest = self.langs
        out: list[Run] = [(label.of(first), first)]
        for lang in rest:
            if label.of(lang) != label.of(first):
                out += [("／", "zh-Hant-TW"), (label.of(lang), lang)]
        return tuple(out)

    def lines(self, label: Label) -> tuple[Run, ...]:
        """The words in every language, one line each; equal words once."""
        return tuple({label.of(lang): (label.of(lang), lang) for lang in self.langs[::-1]}.values())[::-1]

    def width(self, label: Label) -> float:
        """The width of the joined words."""
        return self.width_of(self.runs(label))

    def width_of(self, runs: Sequence[Run]) -> float:
        """The width of runs on one line."""
        return sum(width(text, self.size) for text, _ in runs)

    def marks(self, runs: Sequence[Run], left: float, middle: float, colour: str) -> tuple[Mark, ...]:
        """Runs set one after another from `left`, with the middle of the figures at a height."""
        out: list[Mark] = []
        for text, lang in runs:
            wide = width(text, self.size)
            box = Box(left, middle - self.line / 2, left + wide, middle + self.line / 2)
            out.append(Mark(text, lang, left, self.baseline(middle), self.size, colour, box))
            left += wide
        return tuple(out)

    def baseline(self, middle: float) -> float:
        """The baseline of figures whose middle stands at a height."""
        return middle + self.size * CAP_HEIGHT / 2
