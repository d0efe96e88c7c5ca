"""What partitions say of themselves is read once for each file, and again only for a file that is another one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.data.intake.importing import import_files
from briefing.data.stores import index as indexes
from briefing.data.stores.folder import FolderStore
from briefing.data.workspace import Workspace

VINTAGES = tuple(f"202501{day}T210000Z" for day in range(14, 18))


@pytest.fixture
def desk(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Four loads, and a copy of the index that is written for any number of new files."""
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(indexes, "_ENOUGH", 1)
    for number, vintage in enumerate(VINTAGES):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"observation_date,DGS10\n2025-01-1{number},4.7{number}\n", encoding="utf-8")
        import_files(workspace, [path], vintage=vintage)
    assert ids(workspace) == [1, 2, 3, 4]
    return workspace


@pytest.fixture
def footers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files whose metadata were read."""
    read: list[str] = []
    real = indexes.read_metadata

    def watched(path: Path) -> dict[str, Any]:
        read.append(path.name.partition("-")[0])
        return real(path)

    monkeypatch.setattr(indexes, "read_metadata", watched)
    return read


@pytest.fixture
def another_program() -> Callable[[], None]:
    """Forgets what this process has in memory."""
    return indexes.index_of.cache_clear


def ids(workspace: Workspace) -> list[int]:
    return [load.load_id for load in FolderStore(workspace.data).snapshot().loads]


def test_a_file_is_read_once_in_a_process(desk: Workspace, footers: list[str]) -> None:
    assert ids(desk) == ids(desk) == [1, 2, 3, 4]
    assert footers == []


def test_another_program_reads_no_file_that_this_one_knows(
    desk: Workspace, footers: list[str], another_program: Callable[[], None]
) -> None:
    another_program()
    assert ids(desk) == [1, 2, 3, 4]
    assert footers == []


def test_only_new_names_are_read(desk: Workspace, footers: list[str], another_program: Callable[[], None]) -> None:
    (path,) = desk.data.glob("dataset=*/vintage=*/4-*.parquet")
    aside = path.rename(desk.root / path.name)
    another_program()
    assert ids(desk) == [1, 2, 3]
    aside.rename(path)
    (copy,) = (desk.root.parent / "state" / "cache" / "stores").iterdir()
    copy.write_text(copy.read_text(encoding="utf-8").replace("/4-", "/9-"), encoding="utf-8")
    another_program()
    assert ids(desk) == [1, 2, 3, 4]
    assert footers == ["4"]


def test_a_file_of_another_size_is_read_again(
    desk: Workspace, footers: list[str], another_program: Callable[[], None]
) -> None:
    (path,) = desk.data.glob("dataset=*/vintage=*/2-*.parquet")
    path.write_bytes(path.read_bytes()[:-30])
    another_program()
    assert ids(desk) == [1, 3, 4]
    assert footers == ["2"]
    (fault,) = FolderStore(desk.data).snapshot().faults
    assert fault.series == {"DGS10"}


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"a": [1, 2, {"x": 1}]}', b"\xff"])
def test_a_copy_that_is_damaged_costs_only_time(
    desk: Workspace, footers: list[str], another_program: Callable[[], None], content: bytes
) -> None:
    (copy,) = (desk.root.parent / "state" / "cache" / "stores").iterdir()
    copy.write_bytes(content)
    another_program()
    assert ids(desk) == [1, 2, 3, 4]
    assert sorted(footers) == ["1", "2", "3", "4"]


def test_a_cache_folder_that_takes_nothing_costs_only_time(
    desk: Workspace, another_program: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "file"))
    another_program()
    assert ids(desk) == [1, 2, 3, 4]
