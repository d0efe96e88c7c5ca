"""The names of tables in messages: the file, and which member and sheet of it."""

from __future__ import annotations

_SIGN = " › "


def part_name(*names: str) -> str:
    """A file, a member of an archive and a sheet as one name; empty ones are left out."""
    return _SIGN.join(name for name in names if name)


def last_part(name: str) -> str:
    """The innermost part of such a name."""
    return name.rpartition(_SIGN)[2]
