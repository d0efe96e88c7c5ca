"""A workspace: the folder that holds a desk's data, catalogue, remembered choices and notes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing.data.writing import write_file
from briefing.problems import Place, Refused, error
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
    """A folder with `workspace.toml` in it. The properties say where everything lies."""

    root: Path

    @property
    def data(self) -> Path:
        """The store: immutable partitions and their reports."""
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
            _check_format(folder / MARKER)
            return Workspace(folder)
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
        raise Refused(
            error(
                "workspace.unwritable",
                Place(file=str(root)),
                Label(f"{root} cannot be written: {fault.strerror}.", f"無法寫入{root}：{fault.strerror}。"),
                Label("Choose a folder where you may write.", "請選擇可寫入的資料夾。"),
            )
        ) from fault
    return workspace


def _check_format(marker: Path) -> None:
    try:
        found = read_toml(marker).get("format")
    except (OSError, ValueError) as fault:
        raise Refused(
            error(
                "workspace.unreadable",
                Place(file=str(marker)),
                Label(f"{marker} cannot be read: {fault}.", f"無法讀取{marker}：{fault}。"),
                Label(f"Its only line should be: {_MARKER_TEXT.strip()}", f"該檔應只有一行：{_MARKER_TEXT.strip()}"),
            )
        ) from fault
    if found != _FORMAT:
        raise Refused(
            error(
                "workspace.format",
                Place(file=str(marker)),
                Label(
                    f"{marker} has format {found}; this program reads {_FORMAT}.",
                    f"{marker}的格式為{found}，本程式只讀{_FORMAT}。",
                ),
                Label("Use a newer version of the program.", "請使用較新版本的程式。"),
            )
        )
