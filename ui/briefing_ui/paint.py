"""The signs that panels share, so that colour never stands alone."""

from __future__ import annotations

UP, DOWN, FLAT = "▲", "▼", "·"
MARKS = {"error": "●", "warning": "▲", "info": "○"}
"""The signs of severities, so that colour never stands alone."""


def arrow(value: float | None) -> str:
    """The sign of a direction; nothing for a value that is not there."""
    if value is None:
        return ""
    return UP if value > 0 else DOWN if value < 0 else FLAT
