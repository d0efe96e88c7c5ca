"""Page images of a PDF, bounded in size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.text import Label

MOST_PIXELS = 20_000_000
"""Of one page; the scale is reduced to stay below it."""

_MOST_PAGES_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Raster:
    """The image of a page (counted from 1): 32-bit pixels, blue first, rows from the top, no padding.

    `len(pixels) == width * height * 4`. `scale` is pixels per point, as used.
    """

    page: int
    width: int
    height: int
    scale: float
    pixels: bytes


def page_images(content: bytes, pages: Sequence[int], scale: float) -> tuple[Raster, ...]:
    """Images of some pages at a scale in pixels per point. Raises `Refused` for a page that is not there."""
    import pypdfium2

    if not 0 < scale <= 100 or len(pages) > _MOST_PAGES_AT_ONCE:
        raise Refused(_out_of_bounds())
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        raise Refused(_unreadable(str(fault))) from fault
    try:
        if any(not 1 <= page <= len(document) for page in pages):
            raise Refused(_out_of_bounds())
        return tuple(_raster(document, page, scale) for page in pages)
    finally:
        document.close()


def bounded_scale(width: float, height: float, scale: float) -> float:
    """The scale, reduced so that a page of this size in points stays below `MOST_PIXELS`."""
    return min(scale, math.sqrt(MOST_PIXELS / ((width + 1) * (height + 1))))


def _raster(document: Any, number: int, scale: float) -> Raster:
    from pypdfium2 import raw

    page = document[number - 1]
    width, height = page.get_size()
    used = bounded_scale(width, height, scale)
    bitmap = page.render(scale=used, force_bitmap_format=raw.FPDFBitmap_BGRA, fill_color=(255, 255, 255, 255))
    try:
        pixels = _packed(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
        return Raster(number, bitmap.width, bitmap.height, used, pixels)
    finally:
        bitmap.close()
        page.close()


def _packed(buffer: bytes, width: int, height: int, stride: int) -> bytes:
    row = width * 4
    if stride == row:
        return buffer[: row * height]
    return b"".join(buffer[at : at + row] for at in range(0, stride * height, stride))


def _out_of_bounds() -> Problem:
    return error(
        "render.raster",
        NOWHERE,
        Label("These page images cannot be made.", "無法產生所要求的頁面影像。"),
        Label("Ask for pages that exist, at a usual size.", "請要求存在的頁面與正常的尺寸。"),
    )


def _unreadable(message: str) -> Problem:
    return error(
        "render.raster",
        NOWHERE,
        Label(f"The PDF cannot be shown: {message}", f"無法顯示PDF：{message}"),
        Label("Render the note again.", "請重新產生報告。"),
    )
