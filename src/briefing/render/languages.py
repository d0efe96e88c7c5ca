"""The language of each stretch of text in a tagged PDF, which WeasyPrint itself does not write.

A stretch drawn with a Chinese face is Chinese, one drawn with the Latin face in a Chinese document
is English. The structure element of each marked stretch gets the language that differs from the
document's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from briefing.text import Lang

_MARK_OR_FONT = re.compile(rb"/MCID (\d+)|/([A-Z]{6}) \S+ Tf|EMC")
_CHINESE = ("Noto Sans TC", "Noto Sans SC")


def tag_languages(document: Any, pdf: Any, main: Lang) -> None:
    """Write `/Lang` on the structure elements of text in the other language. Changes `pdf` in place."""
    import pydyf  # type: ignore[import-untyped]

    families = {font.hash.encode(): font.family for font in document.fonts.values()}
    pages = {page.reference: _marked_languages(_content(pdf, page), families) for page in _pages(pdf)}
    for element in pdf.objects:
        if not isinstance(element, pydyf.Dictionary) or element.get("Type") != "/StructElem" or "Pg" not in element:
            continue
        marks = [kid for kid in element["K"] if isinstance(kid, int)]
        found = {pages[element["Pg"]].get(mark) for mark in marks} - {None}
        if len(found) == 1 and found != {main}:
            element["Lang"] = pydyf.String(str(found.pop()))


def _pages(pdf: Any) -> list[Any]:
    return [entry for entry in pdf.objects if isinstance(entry, dict) and entry.get("Type") == "/Page"]


def _content(pdf: Any, page: Mapping[str, Any]) -> bytes:
    number = int(page["Contents"].split(b" ")[0])
    return b"\n".join(_bytes(part) for part in pdf.objects[number].stream)


def _bytes(part: Any) -> bytes:
    if isinstance(part, bytes):
        return part
    return part.encode() if isinstance(part, str) else bytes(part.data)


def _marked_languages(content: bytes, families: Mapping[bytes, str]) -> dict[int, Lang]:
    """The language of each marked stretch of a page: that of the last Chinese face used in it, else English."""
    out: dict[int, Lang] = {}
    mark: int | None = None
    for match in _MARK_OR_FONT.finditer(content):
        if match[1]:
            mark = int(match[1])
        elif match[2] and mark is not None:
            if families.get(match[2]) in _CHINESE:
                out[mark] = "zh-Hant-TW"
            else:
                out.setdefault(mark, "en")
        elif not match[2]:
            mark = None
    return out
