"""The tables, roles and rights of a team database, and their version."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from briefing.data.chains.table import TABLE_COLUMNS
from briefing.data.stores.postgres_session import Session
from briefing.data.tidy import Flag
from briefing.problems import Place, Refused, error
from briefing.text import Label

SCHEMA_VERSION: Final = 1
"""Counts up with each change to the tables; a program reads databases up to its own version."""

READER, LOADER, AUTHOR = "brief_reader", "brief_loader", "brief_author"

ROLES: Mapping[str, Label] = MappingProxyType(
    {
        READER: Label("reads everything", "可讀取全部資料"),
        LOADER: Label("also loads data, hides loads and shows them again", "並可匯入資料、隱藏或恢復載入"),
        AUTHOR: Label("reads, hides loads and shows them again", "可讀取，並可隱藏或恢復載入"),
    }
)
"""The roles that users of the database are given, and what each may do. Nobody may change or delete data."""

_KINDS = MappingProxyType(
    {
        "string": "text",
        "date32": "date",
        "timestamp": "timestamptz",
        "double": "double precision",
        "bool": "boolean",
        "int32": "integer",
    }
)
_NULLABLE = frozenset({"timestamp", "double", "int32"})
_CHAIN_COLUMNS = ", ".join(
    f"{name} {_KINDS[kind]}" if kind in _NULLABLE else f"{name} {_KINDS[kind]} NOT NULL"
    for name, kind in TABLE_COLUMNS.items()
)
_FLAGS = ", ".join(f"{flag:d} {flag.word}" for flag in Flag)

_TABLES = (
    "CREATE SCHEMA brief",
    """
    CREATE TABLE brief.schema_version (
        version integer PRIMARY KEY, made_at timestamptz NOT NULL DEFAULT now(),
        made_by text NOT NULL DEFAULT session_user)
    """,
    """
    CREATE TABLE brief.load (
        load_id bigint PRIMARY KEY, batch bigint[] NOT NULL, vintage timestamptz NOT NULL,
        dataset text NOT NULL, file_name text NOT NULL, part text NOT NULL, file_sha256 text NOT NULL,
        recogniser text NOT NULL, recogniser_version integer NOT NULL, program text NOT NULL,
        series jsonb NOT NULL, root text NOT NULL, quote_date text NOT NULL, clock text NOT NULL,
        rows_read integer NOT NULL, rows_kept integer NOT NULL, rows_refused integer NOT NULL,
        rows_revised integer NOT NULL, rows_stored integer NOT NULL, report jsonb NOT NULL,
        loaded_at timestamptz NOT NULL DEFAULT now(), loaded_by text NOT NULL DEFAULT session_user)
    """,
    """
    CREATE TABLE brief.hiding (
        event_id bigint PRIMARY KEY, vintage timestamptz NOT NULL,
        load_ids bigint[] NOT NULL, hidden boolean NOT NULL, decided_by text NOT NULL DEFAULT session_user)
    """,
    f"""
    CREATE TABLE brief.obs (
        series_id text COLLATE "C" NOT NULL, obs_date date NOT NULL, load_id bigint NOT NULL,
        value double precision CHECK (value > '-Infinity' AND value < 'Infinity'),
        flag smallint NOT NULL CHECK (flag BETWEEN 0 AND {max(Flag)}), line integer NOT NULL,
        PRIMARY KEY (series_id, obs_date, load_id)) PARTITION BY RANGE (obs_date)
    """,
    f"""
    CREATE TABLE brief.chain (
        load_id bigint NOT NULL, row_number integer NOT NULL, {_CHAIN_COLUMNS},
        PRIMARY KEY (load_id, root, quote_date, clock, option_root, expiry, settle, strike, cp))
        PARTITION BY RANGE (quote_date)
    """,
)

_INDEX = "CREATE INDEX ON brief.obs USING brin (load_id) WITH (autosummarize = on)"
"""Finds the rows of a load, which lie together, and costs next to nothing."""
_FLAG_NOTE = f"COMMENT ON COLUMN brief.obs.flag IS '{_FLAGS}'"

_MAKE_YEAR = """
CREATE FUNCTION brief.make_year(parent text, year integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part text := parent || '_' || lpad(year::text, 4, '0');
BEGIN
    IF parent NOT IN ('obs', 'chain') THEN
        RAISE EXCEPTION 'no table % has parts', parent;
    END IF;
    IF to_regclass(format('brief.%I', part)) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE brief.%I (LIKE brief.%I INCLUDING ALL)', part, parent);
    EXECUTE format('ALTER TABLE brief.%I ATTACH PARTITION brief.%I FOR VALUES FROM (%L) TO (%L)',
                   parent, part, make_date(year, 1, 1), make_date(year + 1, 1, 1));
    RETURN true;
END $$
"""
"""Makes the part of a table for a year, where there is none, on behalf of a loader, who owns no table.

The part is made first and attached then, which readers need not wait for.
"""

_MAKE_ROLES = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'brief_reader') THEN
        CREATE ROLE brief_reader NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'brief_loader') THEN
        CREATE ROLE brief_loader NOLOGIN IN ROLE brief_reader;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'brief_author') THEN
        CREATE ROLE brief_author NOLOGIN IN ROLE brief_reader;
    END IF;
END $$
"""
"""Roles belong to the whole server: another database on it may have brought them already."""

_GRANTS = (
    f"GRANT USAGE ON SCHEMA brief TO {READER}",
    f"GRANT SELECT ON brief.schema_version, brief.load, brief.hiding, brief.obs, brief.chain TO {READER}",
    f"GRANT INSERT ON brief.load, brief.obs, brief.chain TO {LOADER}",
    f"GRANT INSERT ON brief.hiding TO {LOADER}, {AUTHOR}",
    "REVOKE EXECUTE ON FUNCTION brief.make_year FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION brief.make_year TO {LOADER}",
)

_CREATION: tuple[str, ...] = (
    *_TABLES,
    _INDEX,
    _FLAG_NOTE,
    _MAKE_YEAR,
    _MAKE_ROLES,
    *_GRANTS,
)
_MARK = "INSERT INTO brief.schema_version (version) VALUES ($1)"
_VERSION = "SELECT coalesce(max(version), 0) AS version FROM brief.schema_version"
_EXISTS = "SELECT count(*) AS found FROM pg_catalog.pg_namespace WHERE nspname = 'brief'"


def create_schema(session: Session) -> None:
    """Make the tables, roles and rights in a database that has none; all or nothing.

    Raises `Refused` when they are there, or the user has no right to make them.
    """
    if session.ask(_EXISTS).column("found")[0].as_py():
        raise Refused(
            error(
                "postgres.exists",
                Place(file=session.address.server),
                Label(
                    f"{session.address.server} has the tables of this program already.",
                    f"{session.address.server}已有本程式的資料表。",
                ),
                Label("Use it as it is: “briefing store check”.", "請直接使用，並可執行「briefing store check」。"),
            )
        )
    with session.transaction():
        for statement in _CREATION:
            session.run(statement)
        session.run(_MARK, SCHEMA_VERSION)


def check_version(session: Session) -> None:
    """Raise `Refused` when the database has no tables of this program, or those of a newer one."""
    version = session.ask(_VERSION).column("version")[0].as_py()
    if version > SCHEMA_VERSION:
        raise Refused(
            error(
                "postgres.newer",
                Place(file=session.address.server),
                Label(
                    f"The tables of {session.address.server} have version {version}; this program knows {SCHEMA_VERSION}.",
                    f"{session.address.server}的資料表版本為{version}，本程式只支援到{SCHEMA_VERSION}。",
                ),
                Label("Use a newer version of the program.", "請使用較新版本的程式。"),
            )
        )
