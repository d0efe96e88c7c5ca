"""The table of source formats. A format is one decorated function in a file of this package."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from briefing.data.reading.shape import Shape, Sheet
from briefing.text import Label

Look = Callable[[Sheet], Shape | None]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A format: its name (also that of its dataset), its words, its version, and how it looks at a grid.

    `look` returns None for a grid that cannot be of this format. `file_name` is a pattern of the
    vendor's own file names; its group `id`, if it has one, is the series that such a name stands for.
    `general` marks a format of no vendor, which stands back where a vendor's fits.
    """

    name: str
    label: Label
    version: int
    look: Look
    file_name: re.Pattern[str] | None = None
    general: bool = False


RECOGNISERS: dict[str, Recogniser] = {}


def recogniser(
    name: str, label: Label, *, version: int = 1, file_name: str | None = None, general: bool = False
) -> Callable[[Look], Look]:
    """Enter a function in the table of formats; the function is returned unchanged."""

    def enter(look: Look) -> Look:
        pattern = re.compile(file_name) if file_name else None
        RECOGNISERS[name] = Recogniser(name, label, version, look, pattern, general)
        return look

    return enter


def recognisers() -> Mapping[str, Recogniser]:
    """All formats, with every file of this package in the table."""
    package = importlib.import_module("briefing.data.sources")
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    return RECOGNISERS
