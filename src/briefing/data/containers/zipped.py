"""A ZIP archive of tables: each member is opened by what it is; notes and pictures are left out by name."""

from __future__ import annotations

from dataclasses import replace

from briefing.data.containers.archive import Archive, names_in, open_archive
from briefing.data.containers.looking import look_into
from briefing.data.containers.other_kinds import other_kind
from briefing.data.containers.passed_over import named_no_table
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece, container
from briefing.data.containers.table import Found
from briefing.data.containers.workbook_kinds import workbook_kind
from briefing.problems import Refused
from briefing.text import Label

_SHOWN = 6


@container(
    "zip",
    Label("ZIP archive", "ZIP壓縮檔"),
    lambda content: content.startswith(b"PK") and workbook_kind(names_in(content)) is None,
)
def open_zip(piece: Piece) -> tuple[Found, ...]:
    """The tables of all members. Raises `Refused` when one of them cannot be read, or none is a table."""
    if piece.inner:
        raise refused(piece.title, "an archive in an archive", "壓縮檔中又有壓縮檔")
    archive = open_archive(piece)
    tables: list[Found] = []
    left_out: list[str] = []
    for name in archive.members:
        if name.endswith("/"):
            continue
        note = named_no_table(name) is not None
        content = b"" if note else archive.read(name)
        if note or other_kind(content) is not None:
            left_out.append(name)
        else:
            inside = replace(piece, content=content, part=name, inner=True)
            tables.extend(look_into(inside)[1])
    if not tables:
        raise _none(archive)
    return (_with_left_out(tables[0], left_out), *tables[1:])


def _none(archive: Archive) -> Refused:
    names = [name for name in archive.members if not name.endswith("/")]
    listed_en = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "") or "nothing"
    listed_zh = "、".join(names[:_SHOWN]) + ("……" if len(names) > _SHOWN else "") or "空的"
    return refused(archive.title, f"holds no table; it holds {listed_en}", f"沒有表格；內容為{listed_zh}")


def _with_left_out(found: Found, names: list[str]) -> Found:
    if not names:
        return found
    doubt = Label(f"Not read: {', '.join(names)}.", f"未讀取：{'、'.join(names)}。")
    return replace(found, doubts=(*found.doubts, doubt))
