"""One connection to a team database, and what may be asked of it."""

from __future__ import annotations

import os
import socket
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from briefing.data.stores.postgres_address import Address
from briefing.data.stores.postgres_errors import (
    UNREACHABLE,
    connecting_problem,
    is_lost,
    query_problem,
    unknown_outcome,
)
from briefing.data.stores.postgres_password import Password, find_password
from briefing.problems import Refused

if TYPE_CHECKING:
    import pyarrow as pa
    from adbc_driver_manager.dbapi import Connection

READING: Final = {"default_transaction_read_only": "on", "statement_timeout": "30s"}
"""What the server is told of a connection that only asks."""

WRITING: Final = {
    "statement_timeout": "15min",
    "idle_in_transaction_session_timeout": "15min",
    "synchronous_commit": "on",
}
"""What it is told of one that loads data: what was kept is on its disk, however the server is set."""

_GIVES_UP: Final = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
"""When libpq takes a silent network for a broken one: seconds, the last in milliseconds."""


class Session:
    """A connection as one user, opened when first needed; safe to use from several threads, one question at a time.

    `settings` are the server's own settings for it. One that only asks is opened again when it was lost;
    one that writes is not, because its lock and its transaction are gone then. Errors of the driver
    become `Refused`. `password` None is looked for each time a connection is made.
    """

    def __init__(self, address: Address, settings: Mapping[str, str], password: Password | None = None) -> None:
        self.address = address
        self._settings = settings
        self._password = password
        self._ended: Refused | None = None
        self._connection: Connection | None = None
        self._lock = threading.RLock()
        self._closing: weakref.finalize[Any, Any] | None = None

    def ask(self, query: str, *parameters: Any) -> pa.Table:
        """The rows of a query."""
        from adbc_driver_manager import Error

        with self._lock:
            if self._connection is not None and self._settings is READING:
                try:
                    return self._fetched(query, parameters)
                except Error as fault:
                    if not is_lost(fault):
                        raise Refused(query_problem(self.address, fault)) from fault
                    self.close()
            with self._refusing():
                return self._fetched(query, parameters)

    def read(self, query: str, settings: Mapping[str, str]) -> pa.Table:
        """The rows of a query that takes its values from settings of the session, which allows the fast COPY.

        COPY takes no parameters; a setting is bound, so that no value ever becomes part of a statement.
        """
        names = list(settings)
        places = ", ".join(f"set_config('{name}', ${index}, false)" for index, name in enumerate(names, 1))
        with self._lock:
            self.ask(f"SELECT {places}", *settings.values())
            with self._refusing():
                return self._fetched(query, ())

    def run(self, statement: str, *parameters: Any) -> None:
        """Run a statement that gives no rows."""
        with self._lock, self._refusing(), self._opened().cursor() as cursor:
            cursor.execute(statement, list(parameters) or None)

    def load(self, table: str, rows: pa.Table) -> None:
        """Append rows to a table of the store by COPY; columns are matched by name."""
        with self._lock, self._refusing(), self._opened().cursor() as cursor:
            cursor.adbc_ingest(table, rows, mode="append", db_schema_name="brief")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is done inside, or nothing of it."""
        with self._lock:
            # Not by BEGIN and COMMIT: left to itself the driver puts its own ones around values that are bound.
            with self._refusing():
                self._opened().adbc_connection.set_autocommit(enabled=False)
            try:
                yield
            except BaseException:
                self._roll_back()
                raise
            self._commit()

    def close(self) -> None:
        """Close the connection, if there is one; locks that it holds are free then."""
        with self._lock:
            if self._closing is not None:
                self._closing()
            self._connection = self._closing = None

    def _fetched(self, query: str, parameters: Sequence[Any]) -> pa.Table:
        with self._opened().cursor() as cursor:
            cursor.execute(query, list(parameters) or None)
            return cursor.fetch_arrow_table()

    def _commit(self) -> None:
        try:
            with self._refusing():
                self._opened().adbc_connection.commit()
                self._opened().adbc_connection.set_autocommit(enabled=True)
        except Refused as refused:
            self._roll_back()
            if refused.problems[0].check != UNREACHABLE:
                raise
            raise Refused(unknown_outcome(self.address)) from refused

    def _roll_back(self) -> None:
        from adbc_driver_manager import Error

        if self._connection is None:
            return
        try:
            self._connection.adbc_connection.rollback()
            self._connection.adbc_connection.set_autocommit(enabled=True)
        except Error:
            self.close()  # the server rolls back what a lost connection leaves

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        from adbc_driver_manager import Error

        try:
            yield
        except Error as fault:
            refusal = Refused(query_problem(self.address, fault))
            if is_lost(fault):
                self.close()
                self._ended = None if self._settings is READING else refusal
            raise refusal from fault

    def _opened(self) -> Connection:
        if self._ended is not None:
            raise self._ended
        return self._connection or self._open()

    def _open(self) -> Connection:
        from adbc_driver_manager import Error
        from adbc_driver_postgresql import dbapi

        password = self._password or find_password(self.address)
        try:
            connection: Connection = dbapi.connect(
                _connection_text(self.address, self._settings, password), autocommit=True
            )
        except Error as fault:
            raise Refused(connecting_problem(self.address, fault, password.trouble)) from fault
        self._connection = connection
        self._closing = weakref.finalize(self, connection.close)
        return connection


def _connection_text(address: Address, settings: Mapping[str, str], password: Password) -> str:
    """What libpq is given: a fixed list of fields, so that nothing else can be slipped in."""
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    fields = {
        "host": address.host,
        "port": str(address.port),
        "dbname": address.database,
        "user": address.user,
        "sslmode": address.sslmode,
        "client_encoding": "UTF8",
        "application_name": f"briefing {socket.gethostname()}"[:60],
        "options": f"-c timezone=UTC {options}",
        **_GIVES_UP,
    }
    if not address.local:
        fields |= {"require_auth": "scram-sha-256", "channel_binding": "require"}
    if address.sslmode == "verify-full" and not _names_authority():
        fields["sslrootcert"] = "system"
    if password.secret is not None:
        fields["password"] = password.secret
    return " ".join(f"{name}='{_escaped(value)}'" for name, value in fields.items())


def _names_authority() -> bool:
    """Whether the user has told libpq, in one of its own ways, whose certificates to trust."""
    return bool(os.environ.get("PGSSLROOTCERT")) or Path("~/.postgresql/root.crt").expanduser().exists()


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
