"""Kinds of files that hold no table this program reads, known by their first bytes and named in refusals."""

from __future__ import annotations

from briefing.data.containers.archive import names_in
from briefing.text import Label

_KINDS: tuple[tuple[bytes, Label], ...] = (
    (b"%PDF", Label("a PDF", "PDF檔")),
    (b"\x89PNG", Label("a picture", "圖片檔")),
    (b"\xff\xd8\xff", Label("a picture", "圖片檔")),
    (b"GIF8", Label("a picture", "圖片檔")),
    (b"{\\rtf", Label("a text document (RTF)", "RTF文件")),
    (b"SQLite format 3\x00", Label("an SQLite database", "SQLite資料庫")),
    (b"7z\xbc\xaf\x27\x1c", Label("a 7-Zip archive", "7-Zip壓縮檔")),
    (b"Rar!\x1a\x07", Label("a RAR archive", "RAR壓縮檔")),
    (b"BZh", Label("a bzip2 archive", "bzip2壓縮檔")),
    (b"\xfd7zXZ\x00", Label("an XZ archive", "XZ壓縮檔")),
    (b"\x28\xb5\x2f\xfd", Label("a Zstandard archive", "Zstandard壓縮檔")),
    (b"ARROW1", Label("an Arrow or Feather file", "Arrow或Feather檔")),
    (b"\x89HDF", Label("an HDF5 file", "HDF5檔")),
    (b"\x7fELF", Label("a program", "執行檔")),
    (b"MZ", Label("a program", "執行檔")),
)
_DOCUMENTS = (
    ("word/document.xml", Label("a Word document", "Word文件")),
    ("ppt/presentation.xml", Label("a PowerPoint presentation", "PowerPoint簡報")),
)


def other_kind(content: bytes) -> Label | None:
    """What some bytes are, when that is known and no table; None when they may be one."""
    for beginning, label in _KINDS:
        if content.startswith(beginning) and (beginning not in {b"MZ", b"BZh"} or b"\x00" in content[:512]):
            return label
    names = names_in(content)
    return next((label for name, label in _DOCUMENTS if name in names), None)
