"""Where a workspace says its data lie, and the marker of a folder that a desk shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from briefing.data.stores.postgres_address import Address, is_address, parse_address
from briefing.data.workspace import Workspace
from briefing.data.writing import write_file
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label
from briefing.toml_file import read_toml

MARKER = "store.toml"
"""The file that makes a folder a shared store: without it the share may just not be connected."""
_FORMAT = 1
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_HOST = re.compile(r"[\\/]{2}(?P<host>[^\\/]+)[\\/]")


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """A folder on a file server, or any folder outside the workspace. `server` is "" for a plain path."""

    path: Path
    server: str


def place_of(workspace: Workspace) -> Address | SharedFolder | None:
    """Where the data lie; None for the folder of the workspace. Raises `Refused` for what is no place."""
    return parse_place(workspace.store, workspace.root, Place(file=str(workspace.marker), field="store"))


def parse_place(text: str, root: Path, place: Place) -> Address | SharedFolder | None:
    """A place from its text; a relative path counts from the workspace. Raises `Refused` for what is no place."""
    if not text:
        return None
    if is_address(text):
        return parse_address(text, place)
    if _SCHEME.match(text):
        raise Refused(_no_place(place))
    host = _HOST.match(text)
    return SharedFolder(root / Path(text).expanduser(), host["host"] if host else "")


def server_of(where: Address | SharedFolder | None) -> str:
    """The server that a place is on, as a person allows it; "" for none, and for one on this machine."""
    if where is None or (isinstance(where, Address) and where.local):
        return ""
    return where.server


def make_shared(folder: Path) -> None:
    """Make a folder a shared store. Raises `Refused` when it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_file(folder / MARKER, f"format = {_FORMAT}\n".encode())
    except OSError as fault:
        raise Refused(
            error(
                "store.unwritable",
                Place(file=str(folder)),
                Label(f"{folder} cannot be written: {fault.strerror}.", f"無法寫入{folder}：{fault.strerror}。"),
                Label("Choose a folder where you may write.", "請選擇可寫入的資料夾。"),
            )
        ) from fault


def is_shared(folder: Path) -> bool:
    """Whether the folder is a shared store that this program can read. Raises `Refused` for one of a newer format."""
    try:
        found = read_toml(folder / MARKER).get("format")
    except (OSError, ValueError):
        return False
    if found != _FORMAT:
        raise Refused(
            error(
                "store.format",
                Place(file=str(folder / MARKER)),
                Label(
                    f"The store in {folder} has format {found}; this program reads format {_FORMAT}.",
                    f"{folder}的資料庫格式為{found}，本程式只能讀取格式{_FORMAT}。",
                ),
                Label("Use a newer version of the program.", "請使用較新版本的程式。"),
            )
        )
    return True


def not_there(folder: Path) -> Problem:
    """The folder holds no store, or is not there."""
    return error(
        "store.not_there",
        Place(file=str(folder)),
        Label(f"There is no store in {folder}: it has no {MARKER}.", f"{folder}中沒有資料庫：缺少{MARKER}。"),
        Label(
            "Connect the share; or choose another place with “briefing store set PLACE”.",
            "請連接網路資料夾，或以「briefing store set 位置」選擇其他位置。",
        ),
    )


def _no_place(place: Place) -> Problem:
    return error(
        "store.place",
        place,
        Label(
            "The store is neither a folder nor a PostgreSQL address.", "資料庫的位置既非資料夾，也非PostgreSQL位址。"
        ),
        Label(
            "Write a path, or postgresql://user@server:5432/database.",
            "請填寫路徑，或postgresql://使用者@伺服器:5432/資料庫。",
        ),
    )
