"""The sample note as it looks on paper, in every edition, layout and sheet, against stored images.

After a change of look that is meant: BRIEFING_UPDATE_GOLDEN=1, run this file, look at the images, commit them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageOps

from briefing.blocks.document import Edition, Layout
from briefing.metrics.derived import open_source
from briefing.render.edition import EditionChoice, open_note, prepare_edition
from briefing.render.service import render
from briefing.sample import create_sample

STORED = Path(__file__).parent / "pages"
DPI = 40
BITS = 5
CASES: list[tuple[Edition, Layout]] = [
    ("both", "stacked"),
    ("both", "columns"),
    ("en", "stacked"),
    ("zh-Hant-TW", "stacked"),
]


Prepared = Callable[[Edition, Layout], dict[str, Any]]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """What the renderer is asked for, made once for both sheets."""
    workspace = create_sample(tmp_path_factory.mktemp("sample") / "workspace")
    note = open_note(workspace.notes / "morning.brief").note
    source = open_source(workspace, note.as_of)

    @cache
    def prepare(edition: Edition, layout: Layout) -> dict[str, Any]:
        return prepare_edition(note, source, EditionChoice(edition=edition, layout=layout), attach=False).request

    return prepare


def strip(request: dict[str, Any], sheet: str) -> Image.Image:
    """All pages in a row, in few colours."""
    settings = request["style"]["style.toml"].replace('sheet = "A4"', f'sheet = "{sheet}"')
    made = render({**request, "style": {**request["style"], "style.toml": settings}})
    with pypdfium2.PdfDocument(made.pdf) as pdf:
        pages = [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in pdf]
    row = Image.new("RGB", (sum(page.width for page in pages), pages[0].height))
    left = 0
    for page in pages:
        row.paste(page, (left, 0))
        left += page.width
    return ImageOps.posterize(row, BITS)


def lab(image: Image.Image) -> np.ndarray:
    """CIE L*a*b* of an sRGB image under D65: rows x columns x 3."""
    srgb = np.asarray(image.convert("RGB"), dtype=float) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = linear @ to_xyz.T / np.array([0.95047, 1.0, 1.08883])
    root = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """The mean colour difference (CIE 1976) of two images, and that of the worst block of 8 by 8 pixels."""
    apart = np.linalg.norm(lab(one) - lab(other), axis=-1)
    rows, columns = (size - size % 8 for size in apart.shape)
    blocks = apart[:rows, :columns].reshape(rows // 8, 8, columns // 8, 8).mean(axis=(1, 3))
    return float(apart.mean()), float(blocks.max())


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ["A4", "Letter"])
@pytest.mark.parametrize(("edition", "layout"), CASES)
def test_the_sample_looks_as_it_did(prepared: Prepared, edition: Edition, layout: Layout, sheet: str) -> None:
    path = STORED / f"{edition}-{layout}-{sheet}.png"
    now = strip(prepared(edition, layout), sheet)
    if os.environ.get("BRIEFING_UPDATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        now.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
        return
    with Image.open(path) as stored:
        assert stored.size == now.size
        # What is compared has gone through the same palette.
        mean, worst = difference(stored, now.quantize(256, dither=Image.Dither.NONE))
    assert mean < 0.5
    assert worst < 20


def test_one_line_that_moved_is_a_difference() -> None:
    page = Image.new("RGB", (320, 320), "white")
    moved = page.copy()
    page.paste("black", (40, 40, 280, 43))
    moved.paste("black", (40, 48, 280, 51))
    assert difference(page, page) == (0.0, 0.0)
    mean, worst = difference(page, moved)
    assert mean > 0.5
    assert worst > 20
