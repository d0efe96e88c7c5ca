"""From bytes to text: what a file really is, and in which encoding."""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

_MOST_BYTES = 200_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_KINDS = (
    (b"PK\x03\x04", Label("a ZIP archive or Excel workbook", "ZIP壓縮檔或Excel活頁簿")),
    (b"\xd0\xcf\x11\xe0", Label("an old Excel workbook", "舊版Excel活頁簿")),
    (b"\x1f\x8b", Label("a gzip archive", "gzip壓縮檔")),
    (b"PAR1", Label("a Parquet file", "Parquet檔")),
    (b"%PDF", Label("a PDF", "PDF檔")),
)
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE)
_JSON = re.compile(r"\s*[\[{]\s*[\"{\[]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as read: its bytes' hash, its text, and the encoding that made one of the other.

    `guessed` says that the encoding is not marked in the file and is not UTF-8.
    """

    name: str
    folder: Path
    sha256: str
    size: int
    encoding: str
    guessed: bool
    text: str


def name_of(path: Path) -> str:
    """A file's name as text; bytes of it that are no UTF-8 become U+FFFD."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@contextlib.contextmanager
def open_handle(handle: int) -> Iterator[os.stat_result]:
    """What an open file is; it is closed at the end, whatever it was."""
    try:
        yield os.fstat(handle)
    finally:
        os.close(handle)


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of sensible size. Raises `Refused`; never waits for a pipe."""
    name = name_of(path)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as fault:
        raise Refused(
            _refusal(name, None, f"cannot be opened: {fault.strerror}", f"無法開啟：{fault.strerror}")
        ) from fault
    with open_handle(handle) as found:
        if not stat.S_ISREG(found.st_mode):
            raise Refused(_refusal(name, None, "is not a regular file", "不是一般檔案"))
        if found.st_size > _MOST_BYTES:
            raise Refused(_refusal(name, None, "is larger than 200 MB", "超過200 MB"))
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(_MOST_BYTES)


def read_source(path: Path, content: bytes, digest: str) -> SourceFile:
    """The text of a file whose SHA-256 is known. Raises `Refused` for an empty, binary or undecodable one, and for web pages."""
    name = name_of(path)
    if not content.strip():
        raise Refused(_refusal(name, 1, "the file is empty", "檔案是空的"))
    for beginning, kind in _OTHER_KINDS:
        if content.startswith(beginning):
            raise Refused(_refusal(name, 1, f"this is {kind.en}, not a text table", f"這是{kind.zh}，不是文字表格"))
    encoding, text = _decoded(name, content)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise Refused(_refusal(name, 1, "the file is empty", "檔案是空的"))
    _refuse_pages(name, text)
    marked = encoding.startswith("utf")
    return SourceFile(name, path.resolve().parent, digest, len(content), encoding, not marked, text)


def _decoded(name: str, content: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding, _strictly(name, content, encoding)
    if b"\x00" in content[:65536]:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        raise Refused(
            _refusal(name, line, "a binary file, or UTF-16 without its mark", "二進位檔，或缺少標記的UTF-16檔")
        )
    try:
        return "utf-8", content.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _guessed(name, content, fault)


def _strictly(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise Refused(_undecodable(name, content, fault)) from fault


def _guessed(name: str, content: bytes, fault: UnicodeDecodeError) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    if best is None:
        raise Refused(_undecodable(name, content, fault)) from fault
    return best.encoding, str(best)


def _refuse_pages(name: str, text: str) -> None:
    start = text[:2000]
    if _PAGE.match(start):
        words = " ".join(re.sub(r"<[^>]*>", " ", start).split())[:60]
        raise Refused(
            _refusal(
                name,
                1,
                f"this is a web page, not a table; its first words: “{words}”",
                f"這是網頁，不是表格；開頭為「{words}」",
            )
        )
    if _JSON.match(start):
        raise Refused(
            _refusal(name, 1, "this is JSON or an error message, not a table", "這是JSON或錯誤訊息，不是表格")
        )


def _undecodable(name: str, content: bytes, fault: UnicodeDecodeError) -> Problem:
    before = content[: fault.start]
    line, column = before.count(b"\n") + 1, fault.start - before.rfind(b"\n")
    return _refusal(
        name,
        line,
        f"byte {column} is not text in {fault.encoding}",
        f"第{column}個位元組無法以{fault.encoding}解讀",
        column=str(column),
    )


def _refusal(name: str, line: int | None, en: str, zh: str, column: str | None = None) -> Problem:
    where_en, where_zh = (f", line {line}", f"第{line}行") if line else ("", "")
    return error(
        "import.file",
        Place(file=name, row=line, column=column),
        Label(f"{name}{where_en}: {en}.", f"{name}{where_zh}：{zh}。"),
        Label("Download or export the file again, as CSV in UTF-8.", "請重新下載或匯出為UTF-8編碼的CSV檔。"),
    )
