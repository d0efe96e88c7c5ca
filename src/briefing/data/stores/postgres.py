"""The store of a team: a PostgreSQL database that everybody reads and loaders write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from briefing.data.stores.contract import PATIENCE, StoreFacts
from briefing.data.stores.postgres_address import Address
from briefing.data.stores.postgres_journal import Journal, newest_number, read_journal
from briefing.data.stores.postgres_lock import locked
from briefing.data.stores.postgres_schema import check_version
from briefing.data.stores.postgres_session import READING, WRITING, Session
from briefing.data.stores.postgres_snapshot import PostgresSnapshot
from briefing.data.stores.postgres_writer import PostgresWriter
from briefing.data.vintages import LATEST, Bound
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

_MAY_LOAD = """
SELECT has_table_privilege('brief.load', 'INSERT') AND has_table_privilege('brief.obs', 'INSERT')
       AND NOT pg_is_in_recovery() AS writable
"""
_MAY_WRITE = "SELECT has_table_privilege('brief.hiding', 'INSERT') AS allowed"


class PostgresStore:
    """A `DataStore` in a database. It keeps one connection for reading; each writer has one of its own."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._session = Session(address, READING)
        self._journal = Journal()
        self._checked = False

    @property
    def facts(self) -> StoreFacts:
        """What this store is and allows."""
        self._check()
        writable = bool(self._session.ask(_MAY_LOAD).column("writable")[0].as_py())
        return StoreFacts(Label("team database", "團隊資料庫"), str(self.address), writable=writable, remote=True)

    @property
    def journal(self) -> Journal:
        """What entered the database, as it was read last."""
        return self._journal

    def snapshot(self, bound: Bound = LATEST) -> PostgresSnapshot:
        """The store as it is now."""
        self._check()
        self._journal = read_journal(self._session, self._journal)
        return PostgresSnapshot(self._session, self._journal, bound)

    @contextmanager
    def writing(self, wait: float = PATIENCE) -> Iterator[PostgresWriter]:
        """The lock of writers: one at a time, over all programs that use the database."""
        session = Session(self.address, WRITING)
        try:
            check_version(session)
            if not session.ask(_MAY_WRITE).column("allowed")[0].as_py():
                raise Refused(_reader(self.address))
            with locked(session, wait):
                yield PostgresWriter(session, read_journal(session, Journal()))
        finally:
            session.close()

    def token(self) -> str:
        """The number of what entered last."""
        self._check()
        return str(newest_number(self._session))

    def changed_since(self, token: str) -> bool:
        """Whether anything was loaded, hidden or shown since the token was given."""
        return self.token() != token

    def close(self) -> None:
        """Close the connection; it is opened again when it is needed."""
        self._session.close()

    def _check(self) -> None:
        if not self._checked:
            check_version(self._session)
            self._checked = True


def _reader(address: Address) -> Problem:
    return error(
        "postgres.reader",
        Place(file=address.server),
        Label(
            f"{address.user} may read {address.server}, but not load data into it.",
            f"{address.user}只能讀取{address.server}，不能匯入資料。",
        ),
        Label(
            "Whoever looks after the database can give the role brief_loader.",
            "請資料庫管理人員授予brief_loader角色。",
        ),
    )
