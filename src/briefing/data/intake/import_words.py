"""What is said when a folder, or a file as a whole, cannot be imported."""

from __future__ import annotations

from pathlib import Path

from briefing.problems import Place, Problem, error, warning
from briefing.text import Label


def unreadable_folder(name: str, fault: str) -> Problem:
    """A folder that may not be looked into."""
    return _folder(name, f"cannot be opened: {fault}", f"無法開啟：{fault}")


def empty_folder(name: str) -> Problem:
    """A folder in which no file can be a table."""
    return _folder(name, "holds no table", "沒有資料表")


def _folder(name: str, en: str, zh: str) -> Problem:
    return error(
        "import.folder",
        Place(file=name),
        Label(f"The folder {name} {en}.", f"資料夾{name}{zh}。"),
        Label("Name a folder with data files in it that you may read.", "請指定含有資料檔且可讀取的資料夾。"),
    )


def refused_with(title: str, other: str) -> Problem:
    """A table that is right by itself but stands in a file with one that is not."""
    return error(
        "import.refused_with",
        Place(file=title),
        Label(
            f"{title} was not loaded because {other} in the same file is refused.",
            f"{title}未載入，因為同一檔案的{other}遭拒絕。",
        ),
        Label("Mend the other table, or leave it out with --skip.", "請修正另一個資料表，或以--skip略過。"),
    )


def forgotten(path: Path, fault: OSError) -> Problem:
    """A choice that could not be kept; the load stands."""
    return warning(
        "import.forgotten",
        Place(file=str(path)),
        Label(
            f"The choice could not be kept in {path.name}: {fault.strerror}.",
            f"無法將選擇寫入{path.name}：{fault.strerror}。",
        ),
        Label("The file was loaded; choose again next time.", "檔案已載入，下次請重新選擇。"),
    )
