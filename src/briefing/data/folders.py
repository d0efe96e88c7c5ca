"""What was decided for the folders that files come from, kept in `folders.toml` of the workspace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefing.data.writing import write_file
from briefing.problems import Place, Refused, error
from briefing.text import Label
from briefing.toml_file import read_toml

_HEADING = "# What was decided for the folders that files come from. The program rewrites this file.\n"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's choices: its format, the order of day and month, and the series of single files."""

    source: str = ""
    dates: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)


Folders = Mapping[str, Folder]
"""The choices by the folder's full path."""


def read_folders(path: Path) -> Folders:
    """The remembered choices; none when the file is not there. Raises `Refused` for a damaged file."""
    try:
        rows = read_toml(path).get("folder", [])
        return {
            str(row["path"]): Folder(str(row.get("source", "")), str(row.get("dates", "")), dict(row.get("ids", {})))
            for row in rows
        }
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


def with_choice(folders: Folders, folder: str, source: str, file: str, series: str | None) -> Folders:
    """The choices with one more: the folder's format, and the series of a file if the user named it."""
    old = folders.get(folder, Folder())
    ids = {**old.ids, file: series} if series else old.ids
    return {**folders, folder: replace(old, source=source, ids=ids)}


def write_folders(path: Path, folders: Folders) -> None:
    """Write the choices, sorted. Raises `OSError`."""
    write_file(path, (_HEADING + "".join(_block(name, folders[name]) for name in sorted(folders))).encode())


def _block(path: str, folder: Folder) -> str:
    lines = ["", "[[folder]]", f"path = {_quoted(path)}"]
    lines += [
        f"{key} = {_quoted(value)}" for key, value in (("source", folder.source), ("dates", folder.dates)) if value
    ]
    if folder.ids:
        lines += ["[folder.ids]", *(f"{_quoted(file)} = {_quoted(folder.ids[file])}" for file in sorted(folder.ids))]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of TOML's, apart from DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
