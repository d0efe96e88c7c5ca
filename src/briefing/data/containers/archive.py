"""A ZIP archive: its directory is judged before anything is expanded, and bytes are counted while it is."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.data.containers.han import CHINESE, likeness, text_in
from briefing.data.containers.limits import MOST_ENTRIES, MOST_EXPANDED, MOST_IN_MEMORY, MOST_RATIO, SMALL
from briefing.data.containers.refusing import refused
from briefing.data.containers.registry import Piece
from briefing.data.intake.part_names import part_name
from briefing.problems import Refused
from briefing.text import Label

_ENTRY = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s22xHH")
_CHUNK = 1 << 16
_FAULTS = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    zlib.error,
)
_SUSPICIOUS = Label(
    "It may be damaged or made to harm; export the data again as CSV.", "檔案可能毀損或含有惡意內容，請改匯出為CSV檔。"
)
_UNPACK = Label("Unpack it and import the files one by one.", "請先解壓縮，再逐一匯入其中的檔案。")


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose directory has passed: no overlaps, no lies that its sizes can show, no odd names."""

    title: str
    file: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, a piece at a time. Raises `Refused` for a damaged or encrypted one."""
        info = self.members[name]
        left = info.file_size
        try:
            with self.file.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise self._refused(name, "is larger than the archive says", "大於壓縮檔所載的大小")
                    yield chunk
        except _FAULTS as fault:
            raise self._refused(
                name, f"cannot be unpacked ({_words(fault)})", f"無法解壓縮（{_words(fault)}）"
            ) from fault

    def read(self, name: str) -> bytes:
        """All bytes of a member. Raises `Refused` for one that is damaged or too large to hold."""
        if self.members[name].file_size > MOST_IN_MEMORY:
            raise self._refused(name, "is larger than 200 MB", "超過200 MB")
        return b"".join(self.chunks(name))

    def _refused(self, name: str, en: str, zh: str) -> Refused:
        return refused(part_name(self.title, name), en, zh, hint=_UNPACK)


def open_archive(piece: Piece) -> Archive:
    """The archive in some bytes. Raises `Refused` before anything is expanded, with what is wrong with it."""
    title, content = piece.title, piece.content
    if content.count(_ENTRY) > MOST_ENTRIES:
        raise refused(title, f"more than {MOST_ENTRIES:,} members", f"內含超過{MOST_ENTRIES:,}個檔案", hint=_SUSPICIOUS)
    try:
        file = zipfile.ZipFile(io.BytesIO(content))
    except _FAULTS as fault:
        words = _words(fault)
        raise refused(
            title, f"a ZIP archive that is cut off or damaged ({words})", f"ZIP壓縮檔不完整或毀損（{words}）"
        ) from fault
    infos = file.infolist()
    _check_sizes(title, infos)
    _check_places(title, content, infos, file.start_dir)
    return Archive(title, file, _named(title, infos))


def names_in(content: bytes) -> frozenset[str]:
    """The names of the members in lower case; none for what is no archive or has too many."""
    if not content.startswith(b"PK") or content.count(_ENTRY) > MOST_ENTRIES:
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return frozenset(name.lower().replace("\\", "/") for name in file.namelist())
    except _FAULTS:
        return frozenset()


def _check_sizes(title: str, infos: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in infos)
    if total > MOST_EXPANDED:
        raise refused(
            title,
            f"would expand to {total / 1e6:,.0f} MB; at most {MOST_EXPANDED / 1e6:,.0f} MB are read",
            f"解壓縮後為{total / 1e6:,.0f} MB，最多讀取{MOST_EXPANDED / 1e6:,.0f} MB",
            hint=_SUSPICIOUS,
        )
    for info in infos:
        if info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            ratio = info.file_size // max(info.compress_size, 1)
            raise refused(
                part_name(title, shown_name(info)),
                f"would expand {ratio:,} times; no table of data does",
                f"解壓縮後膨脹{ratio:,}倍，不像資料表",
                hint=_SUSPICIOUS,
            )


def _check_places(title: str, content: bytes, infos: list[zipfile.ZipInfo], directory: int) -> None:
    """Every member has bytes of its own: none reaches into the next or into the directory."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    ends = [*(info.header_offset for info in ordered), directory][1:]
    for info, end in zip(ordered, ends, strict=True):
        head = content[info.header_offset : info.header_offset + _LOCAL.size]
        if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
            raise refused(
                part_name(title, shown_name(info)),
                "is not where the archive says",
                "不在壓縮檔所載位置",
                hint=_SUSPICIOUS,
            )
        _, name, extra = _LOCAL.unpack(head)
        if info.header_offset + _LOCAL.size + name + extra + info.compress_size > end:
            raise refused(
                part_name(title, shown_name(info)), "overlaps another member", "與其他檔案重疊", hint=_SUSPICIOUS
            )


def _named(title: str, infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = shown_name(info)
        if name in members:
            raise refused(part_name(title, name), "stands in the archive twice", "在壓縮檔中重複出現", hint=_UNPACK)
        if info.flag_bits & 1:
            raise refused(
                part_name(title, name),
                "is encrypted",
                "已加密",
                hint=Label("Unpack it with its password, then import it.", "請先用密碼解壓縮，再行匯入。"),
            )
        if name.startswith("/") or ".." in name.split("/") or ":" in name or not name.isprintable():
            raise refused(
                part_name(title, ascii(name)[1:-1]), "has a name that no file has", "檔名不合法", hint=_SUSPICIOUS
            )
        members[name] = info
    return members


def shown_name(info: zipfile.ZipInfo) -> str:
    """A member's name; one that is not marked as UTF-8 is tried as UTF-8 and in the code pages of Taiwan and China."""
    name = info.filename.replace("\\", "/")
    if info.flag_bits & 0x800 or name.isascii():
        return name
    raw = name.encode("cp437", "replace")
    utf_8 = text_in(raw, "utf-8")
    if utf_8:
        return utf_8
    readings = {encoding: text for encoding in CHINESE if (text := text_in(raw, encoding))}
    return max(readings.items(), key=lambda item: likeness(item[1], item[0]))[1] if readings else name


def _words(fault: BaseException) -> str:
    return str(fault) or type(fault).__name__
