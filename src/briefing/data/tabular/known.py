"""Which series a heading names: by id or alias in any case, by its exact name, or by a vendor's code."""

from __future__ import annotations

from briefing.data.catalogue import Catalogue
from briefing.data.entry import Entry

_VENDORS = ("bloomberg", "lseg", "datastream", "haver", "wind")


def entry_of_heading(catalogue: Catalogue, heading: str) -> Entry | None:
    """The entry that a heading names; None for one that names none, or by the codes of two vendors two series."""
    if not heading:
        return None
    found = catalogue.entry(heading) or catalogue.entry(heading.upper()) or catalogue.titled(heading)
    if found is not None:
        return found
    coded = {entry.series_id: entry for one in _VENDORS if (entry := catalogue.coded(one, heading)) is not None}
    return next(iter(coded.values())) if len(coded) == 1 else None


def series_of_code(catalogue: Catalogue, vendor: str, code: str) -> str:
    """The id that a vendor's code stands for; the code itself when the catalogue does not know it."""
    entry = catalogue.coded(vendor, code)
    return entry.series_id if entry else code
