"""The address of a team database: which server, database and user. Never a password, never another setting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from briefing.problems import NOWHERE, Place, Problem, Refused, error
from briefing.text import Label

SCHEME: Final = "postgresql"
_USUAL_PORT = 5432
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,63}")
_LOCAL_MODES = frozenset({"allow", "disable", "require", "verify-full"})
_EXAMPLE = f"{SCHEME}://user@server:5432/database"


@dataclass(frozen=True, slots=True)
class Address:
    """One database of one server, seen as one user.

    `sslmode` is libpq's word for how the connection is protected. It is `verify-full` for every server
    that is not this machine.
    """

    host: str
    port: int
    database: str
    user: str
    sslmode: str

    @property
    def local(self) -> bool:
        """Whether the server is this machine, so that nothing crosses a network."""
        return _is_local(self.host)

    @property
    def server(self) -> str:
        """The server and the database, as a sentence names them."""
        return f"{_bracketed(self.host)}:{self.port}/{self.database}"

    def __str__(self) -> str:
        """The address as a workspace file has it."""
        base = f"{SCHEME}://{quote(self.user, safe='')}@{_bracketed(self.host)}:{self.port}/{quote(self.database, safe='')}"
        return base if self.sslmode == _usual_mode(self.host) else f"{base}?sslmode={self.sslmode}"


def is_address(text: str) -> bool:
    """Whether a workspace file means a database by this text, be it well written or not."""
    return text.casefold().startswith(("postgresql:", "postgres:"))


def parse_address(text: str, place: Place = NOWHERE) -> Address:
    """Read `postgresql://user@host:port/database`, with `?sslmode=` where the server is this machine.

    Raises `Refused` for anything else, above all for a password; its words never repeat the text.
    """
    try:
        parts = urlsplit(text)
        port = _USUAL_PORT if parts.port is None else parts.port
    except ValueError as fault:
        raise Refused(_unreadable(place)) from fault
    if parts.password is not None:
        raise Refused(_password_in_address(place))
    host = parts.hostname or ""
    user, database = unquote(parts.username or ""), unquote(parts.path.removeprefix("/"))
    well_formed = parts.scheme == SCHEME and not parts.fragment and port and _is_host(host)
    if not (well_formed and _NAME.fullmatch(user) and _NAME.fullmatch(database)):
        raise Refused(_unreadable(place))
    return Address(host, port, database, user, _mode(parts, host, place))


def _mode(parts: SplitResult, host: str, place: Place) -> str:
    given = parse_qsl(parts.query, keep_blank_values=True)
    names = [name for name, _ in given]
    if any(name.casefold() in {"password", "passfile", "sslpassword"} for name in names):
        raise Refused(_password_in_address(place))
    if names not in ([], ["sslmode"]) or bool(parts.query) != bool(given):
        raise Refused(_other_options(place))
    mode = given[0][1] if given else _usual_mode(host)
    if mode not in (_LOCAL_MODES if _is_local(host) else {"verify-full"}):
        raise Refused(_weak_mode(place, host))
    return mode


def _usual_mode(host: str) -> str:
    return "allow" if _is_local(host) else "verify-full"


def _is_host(host: str) -> bool:
    return bool(_HOST.fullmatch(host)) or _is_number(host)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return "%" not in host


def _is_local(host: str) -> bool:
    return host == "localhost" or (_is_number(host) and ip_address(host).is_loopback)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _unreadable(place: Place) -> Problem:
    return error(
        "postgres.address",
        place,
        Label("The address of the team database cannot be read.", "無法讀取團隊資料庫的位址。"),
        Label(f"Write it like {_EXAMPLE}.", f"請寫成{_EXAMPLE}。"),
    )


def _password_in_address(place: Place) -> Problem:
    return error(
        "postgres.password_in_address",
        place,
        Label(
            "The address of the team database holds a password; passwords do not belong in files.",
            "團隊資料庫的位址含有密碼；密碼不應寫在檔案中。",
        ),
        Label(
            f"Write {_EXAMPLE}, and keep the password with “briefing store password” or in PGPASSWORD. "
            "Whoever could read the file may know the old one: change it.",
            f"請寫成{_EXAMPLE}，並以「briefing store password」或PGPASSWORD提供密碼。"
            "能讀取該檔的人可能已知道原密碼，請更換密碼。",
        ),
    )


def _other_options(place: Place) -> Problem:
    return error(
        "postgres.options",
        place,
        Label(
            "The address of the team database has options; only sslmode may stand there.",
            "團隊資料庫的位址含有其他選項；只能使用sslmode。",
        ),
        Label(f"Write it like {_EXAMPLE}.", f"請寫成{_EXAMPLE}。"),
    )


def _weak_mode(place: Place, host: str) -> Problem:
    if _is_local(host):
        modes = sorted(_LOCAL_MODES)
        hint = Label(f"Write one of: {', '.join(modes)}.", f"請改用下列其一：{'、'.join(modes)}。")
    else:
        hint = Label(
            "Leave sslmode out: the connection to another machine is always encrypted and its certificate checked.",
            "請勿指定sslmode：連線到其他電腦一律加密並查驗憑證。",
        )
    return error(
        "postgres.sslmode",
        place,
        Label(
            "The address of the team database asks for a protection that is not allowed.",
            "團隊資料庫位址指定的連線保護方式不被允許。",
        ),
        hint,
    )
