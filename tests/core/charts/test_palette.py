import itertools
import math

import numpy as np
import pytest

from briefing.charts.contrast import LINE, TEXT, contrast, ink_on
from briefing.charts.palette import PALETTES

# Machado, Oliveira and Fernandes (2009), severity 1.
VISIONS = {
    "normal": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def lab(colour: str, vision: str = "normal") -> tuple[float, float, float]:
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    share = TO_XYZ @ np.clip(VISIONS[vision] @ linear, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    bent = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return 116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])


def ciede2000(one: tuple[float, float, float], two: tuple[float, float, float]) -> float:
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = h1 + turn / 2 if c1 * c2 else h1 + h2
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = 1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6) - 0.2 * cosine(4 * hue - 63)
    twist = 60 * math.exp(-(((hue % 360 - 275) / 25) ** 2))
    rotation = -math.sin(math.radians(twist)) * 2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    light = (l2 - l1) / (1 + 0.015 * (lightness - 50) ** 2 / math.sqrt(20 + (lightness - 50) ** 2))
    grey = (c2 - c1) / (1 + 0.045 * chroma)
    round_ = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * t)
    return math.sqrt(light**2 + grey**2 + round_**2 + rotation * grey * round_)


def cosine(degrees: float) -> float:
    return math.cos(math.radians(degrees))


def test_the_distance_formula_gives_the_published_example() -> None:
    # Sharma, Wu and Dalal (2005), table 1, pairs 1 and 25.
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)) == pytest.approx(1.2644, abs=1e-4)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", PALETTES)
def test_any_two_series_colours_are_told_apart_by_every_eye(name: str, vision: str) -> None:
    pairs = itertools.combinations(PALETTES[name].series, 2)
    assert min(ciede2000(lab(one, vision), lab(two, vision)) for one, two in pairs) > 13


@pytest.mark.parametrize("name", PALETTES)
def test_lines_and_words_stand_out_from_their_ground(name: str) -> None:
    palette = PALETTES[name]
    assert min(contrast(colour, palette.ground) for colour in palette.series) >= LINE
    assert min(contrast(colour, palette.ground) for colour in (palette.ink, palette.muted)) >= TEXT


def test_the_measured_contrasts_of_the_light_five_hold() -> None:
    ratios = [round(contrast(colour, "#FFFFFF"), 1) for colour in PALETTES["print"].series]
    assert ratios == [7.1, 3.5, 18.9, 3.2, 9.6]


@pytest.mark.parametrize("name", PALETTES)
def test_the_ink_of_a_tag_can_be_read_on_every_series_colour(name: str) -> None:
    assert min(contrast(ink_on(fill), fill) for fill in PALETTES[name].series) >= TEXT


def test_in_greyscale_two_lines_in_print_differ_in_lightness_or_in_dash() -> None:
    looks = [PALETTES["print"].line(index) for index in range(5)]
    for (one, dash), (two, other) in itertools.combinations(looks, 2):
        assert abs(lab(one)[0] - lab(two)[0]) > 15 or dash != other, (one, two)


def test_a_sixth_line_takes_a_dash_and_no_new_hue() -> None:
    palette = PALETTES["light"]
    assert palette.line(5) == (palette.series[0], "dash")
    assert palette.line(10) == (palette.series[0], "dot")
    assert {palette.line(index)[0] for index in range(30)} == set(palette.series)
