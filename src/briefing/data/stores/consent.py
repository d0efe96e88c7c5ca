"""Which servers a person allowed this program to talk to, remembered for the user and not for the workspace.

A workspace comes from somebody else: what its file names is not contacted before the user of this machine
said yes to that server.
"""

from __future__ import annotations

import json
from pathlib import Path

from briefing.data.writing import write_file
from briefing.problems import Place, Problem, Refused, error
from briefing.resources import state_dir
from briefing.text import Label
from briefing.toml_file import read_toml

_HEADING = "# Servers that this program may talk to. It adds one when you allow it.\n"


def allowed_servers() -> frozenset[str]:
    """The servers that were allowed. Raises `Refused` when the file that says so cannot be read."""
    path = _path()
    try:
        listed = read_toml(path).get("allowed", [])
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError) as fault:
        raise Refused(_unreadable(path, fault)) from fault
    return frozenset(str(one) for one in listed) if isinstance(listed, list) else frozenset()


def allow_server(server: str) -> None:
    """Remember a person's yes. Raises `Refused` when it cannot be written."""
    known = sorted({*allowed_servers(), server})
    text = _HEADING + f"allowed = {json.dumps(known, ensure_ascii=False)}\n"
    try:
        write_file(_path(), text.encode(), 0o600)
    except OSError as fault:
        raise Refused(_unreadable(_path(), fault)) from fault


def check_allowed(server: str) -> None:
    """Raise `Refused` unless the server was allowed."""
    if server not in allowed_servers():
        raise Refused(
            error(
                "store.not_allowed",
                Place(),
                Label(
                    f"This workspace keeps its data on {server}, which you have not allowed yet. Nothing was sent there.",
                    f"此工作區的資料位於{server}，您尚未允許連線。目前未傳送任何資料。",
                ),
                Label(
                    "If you know that server: “briefing store allow”.",
                    "若確認為可信任的伺服器，請執行「briefing store allow」。",
                ),
            )
        )


def _path() -> Path:
    return state_dir() / "servers.toml"


def _unreadable(path: Path, fault: Exception) -> Problem:
    return error(
        "store.servers",
        Place(file=str(path)),
        Label(f"The list of allowed servers cannot be used: {fault}.", f"無法使用已允許的伺服器清單：{fault}。"),
        Label(f"Mend or delete {path}; you are then asked again.", f"請修正或刪除{path}，之後會重新詢問。"),
    )
