from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton, QWidget

import briefing_ui
from briefing_ui import look
from briefing_ui.look import Look
from briefing_ui.tokens import DIRECTION, THEMES, TOKENS, UP_DOWN, Theme, Tokens, UpDown

pytestmark = pytest.mark.ui


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["bg", "surface", "raised"])
def test_words_have_enough_contrast_on_every_ground(theme: Theme, ground: str) -> None:
    tokens = TOKENS[theme]
    least = 7.0 if theme.startswith("contrast") else 4.5
    for word in ("ink", "muted", "accent", "ok", "warn", "error"):
        assert _contrast(getattr(tokens, word), getattr(tokens, ground)) >= least, (theme, word)


@pytest.mark.parametrize("theme", THEMES)
def test_borders_and_the_focus_ring_are_visible(theme: Theme) -> None:
    tokens = TOKENS[theme]
    assert _contrast(tokens.border, tokens.surface) >= 3.0
    assert _contrast(tokens.focus, tokens.surface) >= 3.0


@pytest.mark.parametrize("theme", THEMES)
def test_selected_and_highlighted_words_can_be_read(theme: Theme) -> None:
    tokens = TOKENS[theme]
    assert _contrast(tokens.selection_ink, tokens.selection) >= 4.5
    assert _contrast(tokens.highlight_ink, tokens.highlight) >= 4.5


@pytest.mark.parametrize("preset", UP_DOWN)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_up_and_down_can_be_read_as_text(preset: UpDown, theme: Theme) -> None:
    for colour in DIRECTION[preset, theme == "dark"]:
        assert _contrast(colour, TOKENS[theme].surface) >= 4.5


def test_no_other_file_of_the_window_names_a_colour() -> None:
    folder = Path(briefing_ui.__file__).parent
    named = [
        path.name
        for path in folder.rglob("*.py")
        if path.name != "tokens.py" and re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8"))
    ]
    assert named == []


def test_every_token_is_a_colour() -> None:
    for theme in THEMES:
        for entry in fields(Tokens):
            assert re.fullmatch(r"#[0-9A-F]{6}", getattr(TOKENS[theme], entry.name))


@pytest.mark.parametrize("theme", THEMES)
def test_the_palette_follows_the_theme_on_every_platform(theme: Theme, qapp: QApplication) -> None:
    look.apply(qapp, Look(theme))
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == TOKENS[theme].surface
    assert qapp.style().objectName().lower() in {"fusion", ""}


def test_the_fonts_of_the_interface_are_the_bundled_ones(qapp: QApplication) -> None:
    assert look.load_fonts() == ()
    assert QFontInfo(look.ui_font()).family() == "Noto Sans TC"
    assert QFontInfo(look.ui_font()).pointSizeF() == pytest.approx(9, abs=0.3)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_a_box_that_is_not_ticked_can_be_seen(kind: type[QAbstractButton], theme: Theme, qapp: QApplication) -> None:
    look.apply(qapp, Look(theme))
    ground = QWidget()
    box = kind(ground)
    ground.resize(box.sizeHint())
    picture = ground.grab().toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    ground.deleteLater()
    assert max(_contrast(pixel, TOKENS[theme].bg) for pixel in seen) >= 3.0
