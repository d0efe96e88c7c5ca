"""Which series a heading names: by id or alias in any case, or by its exact name in either language."""

from __future__ import annotations

from briefing.data.catalogue import Catalogue
from briefing.data.entry import Entry


def entry_of_heading(catalogue: Catalogue, heading: str) -> Entry | None:
    """The entry that a heading names; None for one that names none."""
    if not heading:
        return None
    return catalogue.entry(heading) or catalogue.entry(heading.upper()) or catalogue.titled(heading)
