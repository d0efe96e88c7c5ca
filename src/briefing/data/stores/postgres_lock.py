"""The lock of the writers of a team database: the server keeps it, and frees it when its holder is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from briefing.data.stores.postgres_errors import LOCKED
from briefing.data.stores.postgres_session import Session
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

_KEY = "hashtextextended('briefing: one writer at a time', 0)"
_TAKE = f"SELECT pg_advisory_lock({_KEY}) IS NULL AS taken"
_HOLDER = f"""
SELECT usename AS who, application_name AS what FROM pg_stat_activity JOIN pg_locks USING (pid)
WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (classid::bigint << 32) | objid::bigint = {_KEY}
"""  # noqa: S608 - a text of ours
_SINCE = re.compile(r"since (\d{4}-\d\d-\d\d \d\d:\d\d) UTC$")


@contextmanager
def locked(session: Session, wait: float) -> Iterator[None]:
    """Hold the lock while the session lasts; it goes with its connection, whatever becomes of this program.

    Waits up to `wait` seconds. Raises `Refused`: still held, by whom and since when.
    """
    try:
        session.run(f"SET lock_timeout = {max(1, round(wait * 1000))}")
        session.ask(_TAKE)
    except Refused as refused:
        if refused.problems[0].check != LOCKED:
            raise
        raise Refused(_held(session, wait)) from refused
    session.run("SET lock_timeout = 0")
    name = datetime.now(UTC).strftime("briefing writing since %Y-%m-%d %H:%M UTC")
    session.ask("SELECT set_config('application_name', $1, false)", name)
    yield


def _held(session: Session, wait: float) -> Problem:
    rows = session.ask(_HOLDER).to_pylist()
    who = rows[0]["who"] if rows else None
    since = _SINCE.search(rows[0]["what"] or "") if rows else None
    name = Label(who, who) if who else Label("another program", "另一個程式")
    if since:
        name = Label(f"{name.en} (since {since[1]} UTC)", f"{name.zh}（自{since[1]} UTC起）")
    return error(
        "store.locked",
        Place(file=session.address.server),
        Label(
            f"The store is being written by {name.en}; waited {wait:.0f} s.",
            f"資料庫正由{name.zh}寫入，已等候{wait:.0f}秒。",
        ),
        Label(
            "Try again when that has finished; the server frees the lock by itself when the program is gone.",
            "請待其完成後再試；該程式結束後，伺服器會自動解除鎖定。",
        ),
    )
