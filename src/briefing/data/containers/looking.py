"""What some bytes are, and the tables in them. Files and members of archives are looked into alike."""

from __future__ import annotations

from briefing.data.containers.other_kinds import other_kind
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Container, Piece, container_of
from briefing.data.containers.table import Found


def look_into(piece: Piece) -> tuple[Container, tuple[Found, ...]]:
    """The container that a piece is of, and its tables. Raises `Refused` for what is known to be no table."""
    kind = other_kind(piece.content)
    if kind is not None:
        raise refused(piece.title, f"this is {kind.en}, not a table", f"這是{kind.zh}，不是表格", line=1)
    holder = container_of(piece.content)
    return holder, holder.open(piece)
