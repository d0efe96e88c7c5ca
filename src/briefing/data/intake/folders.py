"""What was decided for the folders that files come from, kept in `folders.toml` of the workspace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from briefing.data.intake.choices import Choices
from briefing.data.writing import write_file
from briefing.problems import Place, Refused, error
from briefing.text import Label
from briefing.toml_file import read_toml

_WORDS = ("source", "dates", "numbers", "encoding")
_HEADING = "# What was decided for the folders that files come from. The program rewrites this file.\n"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's choices: its format, how it writes dates, numbers and text, its columns, and single files' series.

    `formats` holds the format of each file that was asked about, for a folder of downloads has files of several;
    `source` is the last one chosen, for files that nobody was asked about. `watch` says that a refresh reads what is
    new in it.
    """

    source: str = ""
    dates: str = ""
    numbers: str = ""
    encoding: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    skip: frozenset[str] = frozenset()
    watch: bool = False
    formats: Mapping[str, str] = field(default_factory=dict)

    def format_of(self, file: str) -> str:
        """The format that a file is likely to have; empty when none was ever chosen."""
        return self.formats.get(file, self.source)

    def settled(self, choices: Choices, file: str) -> Choices:
        """The choices for one file: what is open in them is as it was decided before.

        The format is left open: a remembered one is a hint, not an order.
        """
        return replace(
            choices,
            as_id=choices.as_id or self.ids.get(file, ""),
            dates=choices.dates or self.dates,
            numbers=choices.numbers or self.numbers,
            encoding=choices.encoding or self.encoding,
            columns={**self.columns, **choices.columns},
            skip=self.skip | choices.skip,
        )

    def with_choices(self, choices: Choices, file: str, source: str) -> Folder:
        """The folder after a file of a format was loaded with some choices. A session of a chain is not kept."""
        asked = bool(choices.source or choices.as_id)
        return replace(
            self,
            source=source if asked else self.source,
            formats={**self.formats, file: source} if asked else self.formats,
            dates=choices.dates or self.dates,
            numbers=choices.numbers or self.numbers,
            encoding=choices.encoding or self.encoding,
            columns={**self.columns, **choices.columns},
            ids={**self.ids, file: choices.as_id} if choices.as_id else self.ids,
            skip=self.skip | choices.skip,
        )


Folders = Mapping[str, Folder]
"""The choices by the folder's full path."""


def read_folders(path: Path) -> Folders:
    """The remembered choices; none when the file is not there. Raises `Refused` for a damaged file."""
    try:
        rows = read_toml(path).get("folder", [])
        return {str(path.resolve().parent / str(row["path"])): _folder(row) for row in rows}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Refused(
            error(
                "folders.unreadable",
                Place(file=str(path)),
                Label(f"{path.name} cannot be read: {fault}.", f"無法讀取{path.name}：{fault}。"),
                Label("Mend it, or delete it and choose again.", "請修正，或刪除後重新選擇。"),
            )
        ) from fault


def _folder(row: Mapping[str, Any]) -> Folder:
    words = {name: str(row.get(name, "")) for name in _WORDS}
    return Folder(
        **words,
        columns={str(heading): str(series) for heading, series in dict(row.get("columns", {})).items()},
        ids={str(file): str(series) for file, series in dict(row.get("ids", {})).items()},
        formats={str(file): str(source) for file, source in dict(row.get("formats", {})).items()},
        skip=frozenset(map(str, row.get("skip", []))),
        watch=row.get("watch", False) is True,
    )


def write_folders(path: Path, folders: Folders) -> None:
    """Write the choices, sorted; folders inside the workspace by where they lie in it. Raises `OSError`."""
    home = path.resolve().parent
    write_file(
        path, (_HEADING + "".join(_block(_told(name, home), folders[name]) for name in sorted(folders))).encode()
    )


def _told(folder: str, home: Path) -> str:
    """A folder's path as the file has it, so that a workspace can be moved or shared with the files inside it."""
    place = Path(folder)
    return place.relative_to(home).as_posix() if place.is_relative_to(home) else folder


def _block(path: str, folder: Folder) -> str:
    lines = ["", "[[folder]]", f"path = {_quoted(path)}"]
    if folder.watch:
        lines.append("watch = true")
    lines += [f"{name} = {_quoted(value)}" for name in _WORDS if (value := getattr(folder, name))]
    if folder.skip:
        lines.append(f"skip = [{', '.join(map(_quoted, sorted(folder.skip)))}]")
    for name, table in (("formats", folder.formats), ("ids", folder.ids), ("columns", folder.columns)):
        if table:
            lines += [f"[folder.{name}]", *(f"{_quoted(key)} = {_quoted(table[key])}" for key in sorted(table))]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of TOML's, apart from DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
