"""What a file's name may say about its series. Only ever a suggestion."""

from __future__ import annotations

import re
from pathlib import PurePath

from briefing.data.catalogue import Catalogue


def ids_in_name(name: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The words of a file's name that are ids or aliases of the catalogue, in upper case."""
    words = re.findall(r"[A-Z0-9]+", PurePath(name).stem.upper())
    return tuple(dict.fromkeys(word for word in words if catalogue.entry(word)))
