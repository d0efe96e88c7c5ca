"""The charts' colours are those of the window's themes."""

import pytest

from briefing.charts.palette import PALETTES
from briefing_ui.tokens import THEMES, TOKENS, Theme


@pytest.mark.parametrize("theme", THEMES)
def test_a_chart_has_the_ground_and_the_inks_of_its_theme(theme: Theme) -> None:
    palette, tokens = PALETTES[theme], TOKENS[theme]
    assert (palette.ground, palette.ink, palette.muted) == (tokens.surface, tokens.ink, tokens.muted)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_grid_is_the_rule_of_the_theme(theme: Theme) -> None:
    assert PALETTES[theme].grid == TOKENS[theme].line
