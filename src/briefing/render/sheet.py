"""The style sheet that a style's settings stand for: paper, margins, and every named value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.problems import Place, Problem, Refused, error
from briefing.render.styles import SETTINGS, SHEET, Style
from briefing.text import Label

_GROUPS = ("colour", "size", "space")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_VALUE = re.compile(r"[#A-Za-z0-9.%, -]{1,60}")
_REACHES_OUT = re.compile(r"@import|@font-face|url\(|src\s*:|image-set", re.IGNORECASE)


def style_sheet(style: Style) -> str:
    """The whole style sheet of a style: its settings as custom properties, its paper, then style.css.

    Raises `Refused` for a setting that is no plain value and for a sheet that asks for anything
    outside of itself.
    """
    own = style.files[SHEET]
    if found := _REACHES_OUT.search(own):
        raise Refused(_bad(SHEET, found.group(), own.count("\n", 0, found.start()) + 1))
    return "\n".join([_properties(style.settings), _paper(style), own])


def _properties(settings: Mapping[str, Any]) -> str:
    lines = [f"  --{group}-{name}: {value};" for group, name, value in _named(settings)]
    return "\n".join([":root {", *lines, "}"])


def _named(settings: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for group in _GROUPS:
        for name, value in settings.get(group, {}).items():
            if not _NAME.fullmatch(name) or not isinstance(value, str) or not _VALUE.fullmatch(value):
                raise Refused(_bad(SETTINGS, f"{group}.{name}", None))
            yield group, name.replace("_", "-"), value


def _paper(style: Style) -> str:
    sheet = style.sheet
    return (
        f"@page {{ size: {sheet.width:g}mm {sheet.height:g}mm;"
        f" margin: {sheet.top:g}mm {sheet.side:g}mm {sheet.bottom:g}mm }}\n"
        f"@page :first {{ margin-top: {sheet.first_top:g}mm }}"
    )


def _bad(file: str, found: str, row: int | None) -> Problem:
    return error(
        "style.value",
        Place(file=file, row=row),
        Label(f"The style may not use “{found}” in {file}.", f"版型不可在{file}中使用「{found}」。"),
        Label(
            "Colours and sizes are plain values; nothing is loaded from elsewhere.",
            "顏色與尺寸須為單純的值；不可載入外部資源。",
        ),
    )
