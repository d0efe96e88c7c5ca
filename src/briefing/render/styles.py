"""House styles: folders of templates, found, read and checked before anything is rendered."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from briefing.problems import Place, Problem, Refused, error
from briefing.resources import template
from briefing.text import Label, Text

SETTINGS, PAGE, SHEET = "style.toml", "note.html.j2", "style.css"
_NEEDED = (SETTINGS, PAGE, SHEET)
_FILE_NAME = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*(?:\.[a-z0-9]+)+")
_STYLE_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper and its margins, in millimetres."""

    name: str
    width: float
    height: float
    top: float
    first_top: float
    bottom: float
    side: float

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.side

    @property
    def text_height(self) -> float:
        """The height between the margins of any page but the first."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Style:
    """A house style as read: its words and settings, and the text of every file by name.

    `settings` is style.toml as plain data. `disclosure` is the firm's wording, which the program
    prints and never writes.
    """

    name: str
    label: Label
    version: str
    valid_from: date
    sheet: Sheet
    disclosure: Text
    disclosure_version: str
    settings: Mapping[str, Any]
    files: Mapping[str, str]


def styles(root: Path | None = None) -> dict[str, Style]:
    """Every style under a folder (the program's own by default), by name, in alphabetical order.

    Raises `Refused` for a style that cannot be used, with the file and line at fault.
    """
    folder = template() if root is None else root
    found = sorted(path for path in folder.iterdir() if (path / SETTINGS).is_file())
    return {path.name: read_style(path) for path in found}


def read_style(folder: Path) -> Style:
    """One style from its folder. Regular files with plain names only; a link is refused."""
    return style_of(folder.name, read_files(folder))


def read_files(folder: Path) -> dict[str, str]:
    """The text of every file of a style folder, by its name with forward slashes."""
    files: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise Refused(_unusable(name, "is a link", "是捷徑（連結）"))
        if path.is_dir():
            continue
        if not path.is_file() or not _FILE_NAME.fullmatch(name) or path.stat().st_size > _LARGEST:
            raise Refused(
                _unusable(name, "is not a template file of a usual name and size", "不是名稱與大小正常的版型檔")
            )
        files[name] = _utf8(path, name)
    return files


def style_of(name: str, files: Mapping[str, str]) -> Style:
    """A style from the text of its files. Raises `Refused` when something is missing or malformed."""
    if not _STYLE_NAME.fullmatch(name):
        raise Refused(_unusable(name, "is not a name for a style", "不可作為版型名稱"))
    for needed in _NEEDED:
        if needed not in files:
            raise Refused(_unusable(needed, "is missing from the style", "不在版型資料夾中"))
    for file_name in files:
        if not _FILE_NAME.fullmatch(file_name):
            raise Refused(_unusable(file_name, "is not a name for a template file", "不可作為版型檔名"))
    settings = _settings(files[SETTINGS])
    try:
        return _style(name, settings, files)
    except (KeyError, TypeError, ValueError) as fault:
        raise Refused(_unusable(SETTINGS, f"lacks or misspells {fault}", f"缺少或寫錯了{fault}")) from fault


def _style(name: str, settings: dict[str, Any], files: Mapping[str, str]) -> Style:
    firm = settings["disclosure"]
    return Style(
        name=name,
        label=Label(settings["label"]["en"], settings["label"]["zh"]),
        version=str(settings["version"]),
        valid_from=date.fromisoformat(settings["valid_from"]),
        sheet=_sheet(settings),
        disclosure=Text(firm["text"]["en"].strip(), firm["text"]["zh"].strip()),
        disclosure_version=str(firm["version"]),
        settings=MappingProxyType(settings),
        files=MappingProxyType(dict(files)),
    )


def _sheet(settings: dict[str, Any]) -> Sheet:
    name = settings["sheet"]
    sizes = settings["sheets"][name]
    keys = ("width", "height", "top", "first_top", "bottom", "side")
    numbers = {key: float(sizes[key]) for key in keys}
    if any(not 0 < number <= 1200 for number in numbers.values()):
        raise ValueError(f"sheets.{name}")
    return Sheet(name=str(name), **numbers)


def _settings(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Refused(_unusable(SETTINGS, f"cannot be read: {fault}", f"無法讀取：{fault}")) from fault


def _utf8(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise Refused(_unusable(name, "is not UTF-8 text", "不是UTF-8文字檔")) from fault


def _unusable(file: str, en: str, zh: str) -> Problem:
    return error(
        "style.file",
        Place(file=file),
        Label(f"The style cannot be used: {file} {en}.", f"版型無法使用：{file}{zh}。"),
        Label(
            "Mend the file in the style's folder, or choose another style.",
            "請修正版型資料夾中的檔案，或改用其他版型。",
        ),
    )
