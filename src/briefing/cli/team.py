"""Commands about a store that is a team's database: making it ready, who may do what, whether all is well."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.options import JsonOption, WorkspaceOption, workspace_of
from briefing.cli.printing import language, print_json, print_line, print_problems, print_table
from briefing.data.stores.opening import open_store
from briefing.data.stores.postgres_address import Address
from briefing.data.stores.postgres_inspection import Inspection, inspect, members
from briefing.data.stores.postgres_password import Password, keep_password
from briefing.data.stores.postgres_schema import LOADER, ROLES, create_schema
from briefing.data.stores.postgres_session import READING, WRITING, Session
from briefing.data.stores.standby import StandbyStore
from briefing.problems import NOWHERE, Refused, error
from briefing.text import Label, Side

UserOption = Annotated[
    str | None, typer.Option("--user", help="Another user of the database than the workspace's, who has the right.")
]
_ROLE_HEADS: dict[Side, tuple[str, ...]] = {
    "en": ("role", "what it may do", "users"),
    "zh": ("角色", "權限", "使用者"),
}
_YES, _NO = Label("yes", "是"), Label("no", "否")


def create(workspace: WorkspaceOption = None, user: UserOption = None) -> None:
    """Make the tables and roles in an empty database. Needs a user who may make tables and roles there."""
    address = _address(_store(workspace), user)
    session = Session(address, WRITING)
    try:
        create_schema(session)
    finally:
        session.close()
    print_line(
        Label(
            f"{address.server} is ready. Give each user a role, such as: GRANT {LOADER} TO anna;",
            f"{address.server}已就緒。請授予使用者角色，例如：GRANT {LOADER} TO anna;",
        ).of(language())
    )


def roles(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """List the roles, what each may do, and the users who have them."""
    session = Session(_store(workspace).address, READING)
    try:
        found = members(session)
    finally:
        session.close()
    if json:
        print_json([{"role": role, "may": ROLES[role].as_json(), "users": list(found[role])} for role in ROLES])
        return
    side = language()
    print_table(_ROLE_HEADS[side], [(role, ROLES[role].of(side), ", ".join(found[role]) or "—") for role in ROLES])


def check(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """Say how the connection is, what you may do, and how old the copy on this machine is. Exits 1 when not all is well."""
    store = _store(workspace)
    session = Session(store.address, READING)
    try:
        seen = inspect(session)
    finally:
        session.close()
    store.snapshot()
    store.settle()
    if json:
        print_json({"address": str(store.address), **asdict(seen), "copy": _copied_at(store)})
    else:
        _print_inspection(store, seen)
    if store.trouble is not None:
        print_problems([store.trouble])
    if store.trouble is not None or not seen.reads:
        raise typer.Exit(1)


def password(workspace: WorkspaceOption = None) -> None:
    """Ask for your password to the database, try it, and keep it in the keyring of this machine."""
    address = _store(workspace).address
    asked = Label(f"Password of {address.user} for {address.server}", f"{address.user}於{address.server}的密碼")
    secret = typer.prompt(asked.of(language()), hide_input=True)
    session = Session(address, READING, Password(secret))
    try:
        session.ask("SELECT 1 AS one")
    finally:
        session.close()
    keep_password(address, secret)
    print_line(Label("It is right, and kept.", "密碼正確，已保存。").of(language()))


def _store(workspace: Path | None) -> StandbyStore:
    """The store of a workspace, when it is a database. Raises `Refused` for a folder, and before a person's consent."""
    store = open_store(workspace_of(workspace))
    if isinstance(store, StandbyStore):
        return store
    raise Refused(
        error(
            "store.no_database",
            NOWHERE,
            Label(
                "The data of this workspace lie in a folder, not in a database.",
                "此工作區的資料在資料夾中，而非資料庫伺服器。",
            ),
            Label(
                "Name one with “briefing store set postgresql://user@server:5432/database”.",
                "請以「briefing store set postgresql://使用者@伺服器:5432/資料庫」指定。",
            ),
        )
    )


def _address(store: StandbyStore, user: str | None) -> Address:
    return replace(store.address, user=user) if user else store.address


def _copied_at(store: StandbyStore) -> str | None:
    return store.copied.at.isoformat() if store.copied else None


def _print_inspection(store: StandbyStore, seen: Inspection) -> None:
    side, copied = language(), _copied_at(store)
    lines = (
        Label(f"{store.address}: PostgreSQL {seen.version}", f"{store.address}：PostgreSQL {seen.version}"),
        Label(f"encrypted: {_word(seen.encrypted).en}", f"連線加密：{_word(seen.encrypted).zh}"),
        Label(f"standby, can only be read: {_word(seen.standby).en}", f"唯讀備援：{_word(seen.standby).zh}"),
        Label(f"you may read: {_word(seen.reads).en}", f"可讀取：{_word(seen.reads).zh}"),
        Label(f"you may load: {_word(seen.loads).en}", f"可匯入：{_word(seen.loads).zh}"),
        Label(f"you may hide loads: {_word(seen.hides).en}", f"可隱藏載入：{_word(seen.hides).zh}"),
        Label(f"rows: {seen.rows:,}", f"資料列：{seen.rows:,}"),
        Label(f"copy on this machine: {copied or 'none'}", f"本機副本：{copied or '無'}"),
    )
    for line in lines:
        print_line(line.of(side))


def _word(fact: bool) -> Label:
    return _YES if fact else _NO
