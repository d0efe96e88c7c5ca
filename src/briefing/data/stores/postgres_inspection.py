"""What a team database says of itself, of its roles and of whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.data.stores.postgres_schema import ROLES, check_version
from briefing.data.stores.postgres_session import Session

_QUESTION = """
SELECT current_setting('server_version') AS version, pg_is_in_recovery() AS standby,
       coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted,
       has_table_privilege('brief.obs', 'SELECT') AND has_table_privilege('brief.chain', 'SELECT') AS reads,
       has_table_privilege('brief.load', 'INSERT') AND has_table_privilege('brief.obs', 'INSERT') AS loads,
       has_table_privilege('brief.hiding', 'INSERT') AS hides,
       (SELECT coalesce(sum(rows_stored), 0)::bigint FROM brief.load) AS rows
"""
_MEMBERS = """
SELECT role.rolname::text AS role, who.rolname::text AS member FROM pg_roles AS role, pg_roles AS who
WHERE role.rolname = ANY ($1) AND who.rolcanlogin AND NOT who.rolsuper AND pg_has_role(who.oid, role.oid, 'MEMBER')
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A database as its user sees it: the server, the connection, what the user may do, and how many rows there are.

    `standby` is a server that follows another one and can only be read.
    """

    version: str
    encrypted: bool
    standby: bool
    reads: bool
    loads: bool
    hides: bool
    rows: int


def inspect(session: Session) -> Inspection:
    """Ask a database about itself. Raises `Refused` when it cannot be used."""
    check_version(session)
    (row,) = session.ask(_QUESTION).to_pylist()
    return Inspection(**row)


def members(session: Session) -> Mapping[str, tuple[str, ...]]:
    """The users in each role, also those who have it through another one; superusers, who may do all, are left out."""
    found = session.ask(_MEMBERS, list(ROLES)).to_pylist()
    return {role: tuple(row["member"] for row in found if row["role"] == role) for role in ROLES}
