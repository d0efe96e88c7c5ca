from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.problems import Refused
from briefing.render.pages import MOST_PIXELS, bounded_scale, page_images
from briefing.render.service import Rendered


def test_an_image_has_four_bytes_a_pixel_and_a_white_corner(rendered: Callable[..., Rendered]) -> None:
    (image,) = page_images(rendered("both", "columns").pdf, [2], 1.5)
    assert (image.page, image.width, image.height, image.scale) == (2, 893, 1263, 1.5)
    assert len(image.pixels) == image.width * image.height * 4
    assert image.pixels[:4] == b"\xff\xff\xff\xff"


def test_blue_comes_first(rendered: Callable[..., Rendered]) -> None:
    (image,) = page_images(rendered("both", "columns").pdf, [1], 2.0)
    # The accent rule over the masthead is #005AA0, 18 mm below the top edge.
    row, column = round(18.4 * 72 / 25.4 * 2), image.width // 2
    at = (row * image.width + column) * 4
    assert image.pixels[at : at + 3] == bytes((0xA0, 0x5A, 0x00))


@given(st.floats(10, 4000), st.floats(10, 4000), st.floats(0.01, 100))
def test_no_page_is_drawn_with_more_than_twenty_megapixels(width: float, height: float, scale: float) -> None:
    used = bounded_scale(width, height, scale)
    assert used <= scale
    assert (width * used) * (height * used) <= MOST_PIXELS


def test_a_scale_beyond_the_bound_is_reduced(rendered: Callable[..., Rendered]) -> None:
    (image,) = page_images(rendered("en", "stacked").pdf, [1], 90.0)
    assert image.scale < 90
    assert image.width * image.height <= MOST_PIXELS


@pytest.mark.parametrize(("pages", "scale"), [([0], 1.0), ([99], 1.0), ([1], 0.0), ([1], -1.0), ([1], float("nan"))])
def test_pages_that_are_not_there_are_refused(
    rendered: Callable[..., Rendered], pages: list[int], scale: float
) -> None:
    with pytest.raises(Refused) as refusal:
        page_images(rendered("en", "stacked").pdf, pages, scale)
    assert refusal.value.problems[0].check == "render.raster"


def test_bytes_that_are_no_pdf_are_refused() -> None:
    with pytest.raises(Refused):
        page_images(b"no pdf at all", [1], 1.0)
