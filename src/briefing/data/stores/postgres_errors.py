"""What a team database says when something fails, as problems in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.data.stores.postgres_address import Address
from briefing.problems import Place, Problem, error
from briefing.text import Label

if TYPE_CHECKING:
    from adbc_driver_manager import Error

UNREACHABLE = "postgres.unreachable"
"""The check of a problem that may pass by itself: the server is down, or the network to it."""

DENIED = "postgres.denied"
"""The check of a problem that may concern one table only."""

LOCKED = "postgres.locked"
"""The check of a problem that somebody else holds a lock."""

NO_TABLES = "postgres.no_tables"
"""The check of a problem that the database has not been made ready."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A sort of failure. `{server}`, `{user}` and `{reason}` in its sentences stand for what they say."""

    sign: str
    check: str
    message: Label
    hint: Label


_ADMINISTRATOR = Label("Ask whoever looks after the database.", "請洽資料庫管理人員。")

_UNREACHABLE = _Case(
    "",
    UNREACHABLE,
    Label("{server} cannot be reached: {reason}.", "無法連線至{server}：{reason}。"),
    Label("Check the network, and whether the server runs.", "請檢查網路，並確認伺服器是否運作。"),
)

_CONNECTING = (
    _Case(
        "no password supplied",
        "postgres.no_password",
        Label("{server} wants a password of {user}, and there is none.", "{server}要求{user}的密碼，但未提供。"),
        Label(
            "Keep it with “briefing store password”, or give it in PGPASSWORD.",
            "請以「briefing store password」保存，或以PGPASSWORD提供。",
        ),
    ),
    _Case(
        "authentication failed for user",
        "postgres.wrong_password",
        Label("{server} does not accept the password of {user}.", "{server}不接受{user}的密碼。"),
        Label(
            "Keep the right one with “briefing store password”; PGPASSWORD stands before it.",
            "請以「briefing store password」保存正確密碼；若設有PGPASSWORD，以該值為準。",
        ),
    ),
    _Case(
        'database ".*" does not exist',
        "postgres.no_database",
        Label("There is no such database: {server}.", "資料庫不存在：{server}。"),
        Label("Correct the address in workspace.toml.", "請更正workspace.toml中的位址。"),
    ),
    _Case(
        r'role ".*" does not exist|no pg_hba\.conf entry|not permitted to log in|permission denied for database',
        "postgres.not_admitted",
        Label("{server} does not let {user} in.", "{server}不允許{user}登入。"),
        _ADMINISTRATOR,
    ),
    _Case(
        "certificate|SSL|channel binding|authentication method requirement",
        "postgres.insecure",
        Label(
            "The connection to {server} would not be safe and was not made: {reason}.",
            "與{server}的連線不安全，已中止：{reason}。",
        ),
        Label(
            "The server needs SCRAM passwords, and a certificate for its name from an authority that this machine "
            "trusts; PGSSLROOTCERT names another one.",
            "伺服器須採用SCRAM密碼，並具備本機信任之機構就其名稱核發的憑證；可用PGSSLROOTCERT指定其他機構。",
        ),
    ),
)

_STATES = (
    _Case(
        "42501",
        DENIED,
        Label("{user} may not do this in {server}: {reason}.", "{user}在{server}沒有此項權限：{reason}。"),
        Label(
            "Ask for the role that it needs; “briefing store roles” lists them.",
            "請申請所需的角色，可用「briefing store roles」查看。",
        ),
    ),
    _Case(
        "3F000|42P01",
        NO_TABLES,
        Label("{server} has no tables of this program yet.", "{server}尚未建立本程式的資料表。"),
        Label(
            "Whoever owns the database makes them with “briefing store create”.",
            "請由資料庫擁有者執行「briefing store create」建立。",
        ),
    ),
    _Case(
        "25006",
        "postgres.read_only",
        Label("{server} can only be read.", "{server}目前只能讀取。"),
        Label("It may be a standby; name the main server.", "可能是備援伺服器，請改用主要伺服器。"),
    ),
    _Case(
        "57014",
        "postgres.timeout",
        Label("{server} took too long to answer.", "{server}回應逾時。"),
        Label("Try again, or ask for fewer series or a shorter time.", "請再試一次，或減少序列、縮短期間。"),
    ),
    _Case(
        "55P03",
        LOCKED,
        Label("Somebody else holds a lock in {server}.", "{server}有其他使用者鎖定中。"),
        Label("Try again in a moment.", "請稍後再試。"),
    ),
    _Case(
        "53100",
        "postgres.full",
        Label("The disk of {server} is full.", "{server}的磁碟已滿。"),
        _ADMINISTRATOR,
    ),
    _Case(
        "08|57P0|53300",
        UNREACHABLE,
        _UNREACHABLE.message,
        _UNREACHABLE.hint,
    ),
)

_OTHER = _Case(
    "",
    "postgres.failed",
    Label("{server} refused: {reason}.", "{server}拒絕執行：{reason}。"),
    _ADMINISTRATOR,
)


def connecting_problem(address: Address, fault: Error, trouble: str) -> Problem:
    """Why no connection could be made. `trouble` says why the keyring gave no password, "" for no trouble."""
    text = str(fault)
    case = next((case for case in _CONNECTING if re.search(case.sign, text)), _UNREACHABLE)
    problem = _problem(case, address, _connecting_reason(text))
    if not trouble:
        return problem
    message = Label(
        f"{problem.message.en} The keyring gave no password ({trouble}).",
        f"{problem.message.zh}鑰匙圈未提供密碼（{trouble}）。",
    )
    return replace(problem, message=message)


def query_problem(address: Address, fault: Error) -> Problem:
    """Why a question or a load failed on a connection that stood."""
    if is_lost(fault):
        return _problem(_UNREACHABLE, address, _reason(fault))
    case = next((case for case in _STATES if re.match(case.sign, fault.sqlstate or "")), _OTHER)
    return _problem(case, address, _reason(fault))


def unknown_outcome(address: Address) -> Problem:
    """The connection broke just while the server was told to keep a load."""
    return error(
        "postgres.unknown_outcome",
        Place(file=address.server),
        Label(
            f"The connection to {address.server} broke at the last step; nobody knows yet whether the load was kept.",
            f"與{address.server}的連線在最後一步中斷，尚無法得知是否已載入。",
        ),
        Label(
            "Import the file again: if it was kept, it is told to have been loaded before.",
            "請再次匯入該檔；若已載入，會顯示先前已載入。",
        ),
    )


def is_lost(fault: Error) -> bool:
    """Whether the connection is gone, so that only a new one helps."""
    from adbc_driver_manager import AdbcStatusCode

    state = fault.sqlstate
    return state.startswith(("08", "57P0")) if state else fault.status_code == AdbcStatusCode.IO


def _problem(case: _Case, address: Address, reason: str) -> Problem:
    words = {"server": address.server, "user": address.user, "reason": reason}
    message = Label(case.message.en.format(**words), case.message.zh.format(**words))
    return error(case.check, Place(file=address.server), message, case.hint)


def _connecting_reason(text: str) -> str:
    """The first line of libpq's complaint, without what the sentence says anyway."""
    line = text.removeprefix("IO: [libpq] Failed to connect: ").strip().partition("\n")[0]
    return re.sub(r"^connection to server at .*? failed: (FATAL: +)?", "", line).rstrip(".")


def _reason(fault: Error) -> str:
    """The server's own sentence, or else the last line of the driver's."""
    for name, value in fault.details:
        if "PG_DIAG_MESSAGE_PRIMARY" in str(name):
            return value.decode(errors="replace").rstrip(".")
    head = str(fault).partition("\n\nQuery was")[0].strip()
    return re.sub(r"^\w+: (\[libpq\] )?", "", head).replace("\n", "; ").rstrip(".")
