"""The store of a workspace."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.data.stores.consent import check_allowed
from briefing.data.stores.contract import DataStore
from briefing.data.stores.folder import FolderStore
from briefing.data.stores.places import SharedFolder, is_shared, not_there, place_of, server_of
from briefing.data.workspace import Workspace
from briefing.problems import Refused

if TYPE_CHECKING:
    from briefing.data.stores.postgres_address import Address
    from briefing.data.stores.standby import StandbyStore


def open_store(workspace: Workspace) -> DataStore:
    """The store that a workspace names: its own folder, a shared one, a database.

    Raises `Refused` for what is no store, and for a server that the user has not allowed; nothing is sent there.
    """
    where = place_of(workspace)
    if server_of(where):
        check_allowed(server_of(where))
    if where is None:
        return FolderStore(workspace.data)
    if isinstance(where, SharedFolder):
        if not is_shared(where.path):
            raise Refused(not_there(where.path))
        return FolderStore(where.path, shared=True)
    return _database(where)


@lru_cache(maxsize=4)
def _database(address: Address) -> StandbyStore:
    """One store, and with it one connection, for each database that a process uses."""
    from briefing.data.stores.postgres import PostgresStore
    from briefing.data.stores.standby import StandbyStore

    return StandbyStore(PostgresStore(address))
