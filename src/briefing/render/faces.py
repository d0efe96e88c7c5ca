"""The fonts that a finished PDF holds, and those that it should not."""

from __future__ import annotations

import io
from collections.abc import Iterator

from briefing.problems import NOWHERE, Problem, error
from briefing.render.fonts import FAMILIES
from briefing.text import Label


def embedded_families(content: bytes) -> dict[str, str]:
    """The base name of every font that a PDF uses, without its subset tag, with the family it belongs to."""
    import pikepdf

    found: dict[str, str] = {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for entry in pdf.objects:
            if isinstance(entry, pikepdf.Dictionary) and entry.get("/Type") == "/Font":
                name = str(entry["/BaseFont"]).lstrip("/").rpartition("+")[2]
                found[name] = _family(name)
    return found


def _family(name: str) -> str:
    """The family that a face's name belongs to: the longest one that it begins with."""
    fitting = [family for family in FAMILIES if f"{name}-".startswith(family.replace(" ", "-") + "-")]
    return max(fitting, key=len, default="")


def foreign_faces(content: bytes) -> Iterator[Problem]:
    """A problem for each font of a PDF that is not of the program's own families."""
    for name, family in sorted(embedded_families(content).items()):
        if not family:
            yield error(
                "render.family",
                NOWHERE,
                Label(
                    f"The page uses the font {name}, which is not the program's own.",
                    f"頁面使用了非程式內建的字型{name}。",
                ),
                Label("Name one of the program's font families in the style.", "請在版型中指定程式內建的字型家族。"),
            )
