"""The store of a workspace."""

from __future__ import annotations

from briefing.data.stores.contract import DataStore
from briefing.data.stores.folder import FolderStore
from briefing.data.workspace import Workspace


def open_store(workspace: Workspace) -> DataStore:
    """The store that a workspace names. Raises `Refused` for one that cannot be used."""
    return FolderStore(workspace.data)
