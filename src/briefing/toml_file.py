"""A small TOML file that people may write by hand, as plain values."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any


def read_toml(path: Path) -> dict[str, Any]:
    """The document of a file in UTF-8, with or without a byte order mark.

    Raises `OSError` when it cannot be opened, `ValueError` when it is no TOML or nests too deeply.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except RecursionError:
        raise ValueError("it nests too deeply") from None
