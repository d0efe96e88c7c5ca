"""Files and folders that the program keeps for itself: whatever is in their place is said, never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.data.catalogue import load_catalogue
from briefing.data.intake.folders import read_folders
from briefing.data.workspace import MARKER, Workspace, create_workspace, find_workspace
from briefing.problems import Refused
from briefing.resources import cache_dir, state_dir
from briefing.settings import Settings, read_settings

DEEP = b"a = " + b"[" * 20_000


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "workspace")


def checks(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.check for problem in refusal.value.problems]


@pytest.mark.parametrize("content", [DEEP, b"\xff\xfe\x00", b"a = = ["], ids=["deep", "binary", "no TOML"])
def test_a_damaged_file_is_refused_by_name(workspace: Workspace, tmp_path: Path, content: bytes) -> None:
    settings = tmp_path / "settings.toml"
    for path in (settings, workspace.catalogue, workspace.folders, workspace.root / MARKER):
        path.write_bytes(content)
    with pytest.raises(Refused, match=r"settings\.toml"):
        read_settings(settings)
    with pytest.raises(Refused, match=r"catalogue\.toml"):
        load_catalogue(workspace)
    with pytest.raises(Refused, match=r"folders\.toml"):
        read_folders(workspace.folders)
    with pytest.raises(Refused, match=r"workspace\.toml"):
        find_workspace(workspace.root)


def test_a_folder_in_the_place_of_the_settings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        read_settings(tmp_path)
    assert checks(refusal) == ["settings.file"]


@pytest.mark.parametrize("value", ["[1]", "{x = 1}", "1", "true", '"fr"'])
def test_a_setting_of_any_other_type_is_refused(tmp_path: Path, value: str) -> None:
    (tmp_path / "settings.toml").write_text(f"language = {value}\n", encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        read_settings(tmp_path / "settings.toml")
    assert checks(refusal) == ["settings.value"]


def test_settings_written_by_an_editor_that_adds_a_mark_are_read(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b'\xef\xbb\xbflanguage = "zh"\n')
    assert read_settings(tmp_path / "settings.toml") == Settings(language="zh")


@pytest.mark.parametrize("publisher", ["x = 3", 'x = {en = "X"}', "x = {en = 1, zh = 2}"])
def test_a_publisher_without_two_names_is_refused(workspace: Workspace, publisher: str) -> None:
    workspace.catalogue.write_text(
        f'[publishers]\n{publisher}\n[[series]]\nseries_id = "A"\nkind = "price"\nname_en = "A"\nname_zh = "甲"\n'
        'publisher = "x"\n',
        encoding="utf-8",
    )
    with pytest.raises(Refused) as refusal:
        load_catalogue(workspace)
    assert checks(refusal) == ["catalogue.entry"]


def test_a_state_folder_that_cannot_be_made_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path / "file" / "state"))
    for folder in (state_dir, cache_dir):
        with pytest.raises(Refused) as refusal:
            folder()
        assert checks(refusal) == ["setup.folder"]
