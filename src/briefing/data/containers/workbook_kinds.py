"""Which kind of workbook an archive is, by the parts that it has."""

from __future__ import annotations

from collections.abc import Set as AbstractSet


def workbook_kind(names: AbstractSet[str]) -> str | None:
    """The kind of workbook with these parts (in lower case): xlsx, xlsb or ods; None for other archives."""
    if "[content_types].xml" in names:
        if any(name.startswith("xl/") and name.endswith("workbook.xml") for name in names):
            return "xlsx"
        return "xlsb" if "xl/workbook.bin" in names else None
    return "ods" if {"content.xml", "mimetype"} <= names else None
