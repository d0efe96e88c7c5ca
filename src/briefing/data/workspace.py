"""A workspace: the folder that holds a desk's data, catalogue, remembered choices and notes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing.data.writing import write_file
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label
from briefing.toml_file import read_toml

MARKER = "workspace.toml"
_FORMAT = 1
_MARKER_TEXT = f"format = {_FORMAT}\n"
_CATALOGUE_TEXT = """\
# Your own series, and changes to shipped ones. A key given here replaces the shipped one.
#
# [[series]]
# series_id = "MY_SERIES"
# name_en = "My series"
# name_zh = "我的序列"
# kind = "yield"        # price yield rate spread index volatility ratio position probability money count
# calendar = "SIFMA_US"
# source_en = "My source"
# source_zh = "我的來源"
"""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with `workspace.toml` in it. The properties say where everything lies.

    `store` is what the file says of where the data lie: "" for the folder of the workspace, else the path
    of a shared folder or the address of a database.
    """

    root: Path
    store: str = ""

    @property
    def marker(self) -> Path:
        """The file that makes the folder a workspace, and says where its data lie."""
        return self.root / MARKER

    @property
    def data(self) -> Path:
        """The workspace's own store: immutable partitions and their reports."""
        return self.root / "data"

    @property
    def notes(self) -> Path:
        """Where new notes go."""
        return self.root / "notes"

    @property
    def catalogue(self) -> Path:
        """The workspace's own entries of the catalogue."""
        return self.root / "catalogue.toml"

    @property
    def folders(self) -> Path:
        """What was decided for the folders that files come from."""
        return self.root / "folders.toml"

    @property
    def calendars(self) -> Path:
        """The workspace's own event calendars, which stand before the shipped ones."""
        return self.root / "calendars"


def find_workspace(start: Path) -> Workspace:
    """The nearest workspace at or above a folder. Raises `Refused` when there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return Workspace(folder, _store(folder / MARKER))
    raise Refused(
        error(
            "workspace.missing",
            Place(file=str(start)),
            Label(f"There is no workspace in {start} or above it.", f"{start}及其上層資料夾中沒有工作區。"),
            Label(
                "Make one with “briefing init DIR”, or name one with -w.", "請用「briefing init DIR」建立，或以-w指定。"
            ),
        )
    )


def create_workspace(root: Path) -> Workspace:
    """Make a workspace in a new or existing folder. Raises `Refused` when it is one, or cannot be written."""
    root = root.resolve()
    if (root / MARKER).exists():
        raise Refused(
            error(
                "workspace.exists",
                Place(file=str(root / MARKER)),
                Label(f"{root} is a workspace already.", f"{root}已經是工作區。"),
                Label("Use it as it is, or choose another folder.", "請直接使用，或選擇其他資料夾。"),
            )
        )
    workspace = Workspace(root)
    try:
        for folder in (workspace.data, workspace.notes):
            folder.mkdir(parents=True, exist_ok=True)
        if not workspace.catalogue.exists():
            write_file(workspace.catalogue, _CATALOGUE_TEXT.encode())
        write_file(root / MARKER, _MARKER_TEXT.encode())
    except OSError as fault:
        raise Refused(_unwritable(root, fault)) from fault
    return workspace


def with_store(workspace: Workspace, store: str) -> Workspace:
    """The workspace with its data elsewhere ("": in its own folder); the rest of its file stays as it is.

    Raises `Refused` when the file cannot be read or written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(workspace.marker.read_text(encoding="utf-8-sig"))
        if store:
            document["store"] = store
        else:
            document.pop("store", None)
        write_file(workspace.marker, (tomlkit.dumps(document).rstrip() + "\n").encode())
    except (ValueError, TOMLKitError) as fault:
        raise Refused(_unreadable(workspace.marker, fault)) from fault
    except OSError as fault:
        raise Refused(_unwritable(workspace.root, fault)) from fault
    return Workspace(workspace.root, store)


def _store(marker: Path) -> str:
    """What the file of a workspace says of its store. Raises `Refused` for another format, or another key."""
    try:
        told = read_toml(marker)
    except (OSError, ValueError) as fault:
        raise Refused(_unreadable(marker, fault)) from fault
    found, store = told.get("format"), told.get("store", "")
    if found != _FORMAT:
        raise Refused(
            error(
                "workspace.format",
                Place(file=str(marker)),
                Label(
                    f"{marker} has format {found}; this program reads format {_FORMAT}.",
                    f"{marker}的格式為{found}，本程式只能讀取格式{_FORMAT}。",
                ),
                Label("Use a newer version of the program.", "請使用較新版本的程式。"),
            )
        )
    if not isinstance(store, str):
        raise Refused(
            error(
                "workspace.store",
                Place(file=str(marker), field="store"),
                Label(f"In {marker} the key “store” has to be a text.", f"{marker}中的「store」必須是文字。"),
                Label("Set it with “briefing store set PLACE”.", "請以「briefing store set 位置」設定。"),
            )
        )
    return store.strip()


def _unreadable(marker: Path, fault: Exception) -> Problem:
    return error(
        "workspace.unreadable",
        Place(file=str(marker)),
        Label(f"{marker} cannot be read: {fault}.", f"無法讀取{marker}：{fault}。"),
        Label(f"Its first line should be: {_MARKER_TEXT.strip()}", f"該檔第一行應為：{_MARKER_TEXT.strip()}"),
    )


def _unwritable(root: Path, fault: OSError) -> Problem:
    return error(
        "workspace.unwritable",
        Place(file=str(root)),
        Label(f"{root} cannot be written: {fault.strerror}.", f"無法寫入{root}：{fault.strerror}。"),
        Label("Choose a folder where you may write.", "請選擇可寫入的資料夾。"),
    )
