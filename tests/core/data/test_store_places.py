"""Where a workspace says its data lie: its own folder, a shared one, a server that the user allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.data.stores.consent import allow_server, allowed_servers
from briefing.data.stores.folder import FolderStore
from briefing.data.stores.opening import open_store
from briefing.data.stores.places import SharedFolder, is_shared, make_shared, parse_place, server_of
from briefing.data.stores.postgres_address import Address
from briefing.data.workspace import MARKER, Workspace, find_workspace, with_store
from briefing.problems import NOWHERE, Refused


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def test_without_a_word_the_data_lie_in_the_workspace(workspace: Workspace) -> None:
    store = open_store(workspace)
    assert isinstance(store, FolderStore)
    assert store.data == workspace.data
    assert (store.facts.kind.en, store.facts.writable, store.facts.remote) == ("folder of the workspace", True, False)


def test_a_shared_folder_is_used_once_it_was_made_one(workspace: Workspace, tmp_path: Path) -> None:
    make_shared(tmp_path / "desk data")
    moved = with_store(workspace, str(tmp_path / "desk data"))
    store = open_store(moved)
    assert store.facts.place == str(tmp_path / "desk data")
    assert (store.facts.kind.zh, store.facts.remote) == ("共用資料夾", True)


def test_a_folder_that_is_no_store_may_be_a_share_that_is_not_connected(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "mount").mkdir()
    moved = with_store(workspace, str(tmp_path / "mount"))
    with pytest.raises(Refused, match="There is no store in") as refused:
        open_store(moved)
    assert "Connect the share" in refused.value.problems[0].hint.en
    assert list((tmp_path / "mount").iterdir()) == []


def test_a_relative_path_counts_from_the_workspace(workspace: Workspace) -> None:
    assert parse_place("../shared", workspace.root, NOWHERE) == SharedFolder(workspace.root / "../shared", "")


@pytest.mark.parametrize("text", [r"\\fileserver\desk\data", "//fileserver/desk/data"])
def test_a_path_on_a_server_names_the_server(workspace: Workspace, text: str) -> None:
    assert server_of(parse_place(text, workspace.root, NOWHERE)) == "fileserver"


@pytest.mark.parametrize("text", ["ftp://server/data", "mysql://server/x", "https://x.example/data"])
def test_what_is_neither_folder_nor_database_is_refused(workspace: Workspace, text: str) -> None:
    with pytest.raises(Refused, match="neither a folder nor a PostgreSQL address"):
        parse_place(text, workspace.root, NOWHERE)


def test_a_newer_shared_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.toml").write_text("format = 2\n", encoding="utf-8")
    with pytest.raises(Refused, match="has format 2; this program reads format 1"):
        is_shared(tmp_path)


# The file of the workspace


def test_the_rest_of_the_workspace_file_stays_as_a_person_wrote_it(workspace: Workspace) -> None:
    marker = workspace.root / MARKER
    marker.write_text("# ours, do not touch\nformat = 1  # yes\n", encoding="utf-8")
    moved = with_store(workspace, "/srv/desk")
    assert marker.read_text(encoding="utf-8") == '# ours, do not touch\nformat = 1  # yes\nstore = "/srv/desk"\n'
    assert find_workspace(workspace.root) == moved == Workspace(workspace.root, "/srv/desk")
    with_store(moved, "")
    assert marker.read_text(encoding="utf-8") == "# ours, do not touch\nformat = 1  # yes\n"


def test_a_store_that_is_no_text_is_refused(workspace: Workspace) -> None:
    workspace.marker.write_text("format = 1\nstore = 3\n", encoding="utf-8")
    with pytest.raises(Refused, match="the key “store” has to be a text"):
        find_workspace(workspace.root)


# Servers


REMOTE = "postgresql://desk@db.example:5432/research"


def test_a_server_that_a_workspace_names_is_not_contacted_before_the_user_said_yes(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="you have not allowed yet") as refused:
        open_store(with_store(workspace, REMOTE))
    message = refused.value.problems[0].message.en
    assert "db.example:5432/research" in message
    assert "Nothing was sent there" in message


def test_a_yes_is_remembered_for_the_user_and_not_in_the_workspace(workspace: Workspace, state: Path) -> None:
    where = parse_place(REMOTE, workspace.root, NOWHERE)
    assert isinstance(where, Address)
    allow_server(server_of(where))
    allow_server("fileserver")
    assert allowed_servers() == {"db.example:5432/research", "fileserver"}
    assert "allowed = [" in (state / "servers.toml").read_text(encoding="utf-8")
    assert "db.example" not in workspace.marker.read_text(encoding="utf-8")


def test_a_yes_to_one_server_is_no_yes_to_another(workspace: Workspace) -> None:
    allow_server("db.example:5432/research")
    with pytest.raises(Refused, match="have not allowed"):
        open_store(with_store(workspace, REMOTE.replace("5432", "5433")))


def test_a_list_of_servers_that_is_damaged_allows_none(workspace: Workspace, state: Path) -> None:
    state.mkdir()
    (state / "servers.toml").write_text("allowed = [", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be used"):
        open_store(with_store(workspace, REMOTE))


def test_a_server_on_this_machine_needs_no_yes(workspace: Workspace) -> None:
    assert server_of(parse_place("postgresql://me@127.0.0.1:5432/x", workspace.root, NOWHERE)) == ""
