"""The private fonts: which faces there must be, and which characters they can draw."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from briefing.problems import Place, Problem, Refused, error
from briefing.resources import asset
from briefing.text import Label

FAMILIES = ("Noto Sans", "Noto Sans TC", "Noto Sans SC")
"""The only families that any page may hold."""

FACES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSans-Italic.ttf",
    "NotoSans-BoldItalic.ttf",
    "NotoSansTC-Regular.ttf",
    "NotoSansTC-Bold.ttf",
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-Bold.ttf",
)
_TEXT_FACES = ("NotoSans-Regular.ttf", "NotoSansTC-Regular.ttf", "NotoSansSC-Regular.ttf")


def require_fonts(folder: Path | None = None) -> Path:
    """The folder of the private fonts. Raises `Refused` naming each face that is not there."""
    home = asset("fonts") if folder is None else folder
    missing = [face for face in FACES if not (home / face).is_file()]
    if missing:
        raise Refused(*(_missing(face) for face in missing))
    return home


@cache
def drawable() -> frozenset[int]:
    """Every code point that one of the text faces can draw."""
    from fontTools.ttLib import TTFont

    home = require_fonts()
    points: set[int] = set()
    for face in _TEXT_FACES:
        with TTFont(home / face, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


def _missing(face: str) -> Problem:
    return error(
        "render.font",
        Place(file=face),
        Label(f"The font file {face} is missing from the program.", f"程式缺少字型檔{face}。"),
        Label("Install the program again; it brings its own fonts.", "請重新安裝程式；字型隨程式提供。"),
    )
