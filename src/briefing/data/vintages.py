"""The vintage of a load: its time in UTC as text of one fixed form, so that it sorts."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from briefing.problems import Place, Refused, error
from briefing.text import Label

_SHAPE = re.compile(r"\d{8}T\d{6}Z")


def vintage_now() -> str:
    """The vintage of a load that happens now."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def checked_vintage(text: str) -> str:
    """The same vintage. Raises `Refused` when it is not written like 20260306T211500Z."""
    if _SHAPE.fullmatch(text):
        return text
    raise Refused(
        error(
            "vintage.form",
            Place(),
            Label(f"“{text}” is not a vintage.", f"「{text}」不是有效的資料版本。"),
            Label("Write it like 20260306T211500Z (UTC).", "請寫成20260306T211500Z（世界協調時間）。"),
        )
    )
