"""A team database that shows its copy on this machine while the server cannot be reached, and says so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.data.loads import Load
from briefing.data.revisions import Change
from briefing.data.stored import Held
from briefing.data.stores.contract import BEGINNING, EVER, PATIENCE, Snapshot, StoreFacts, StoreFault, Writer
from briefing.data.stores.folder_snapshot import FolderSnapshot
from briefing.data.stores.postgres import PostgresStore
from briefing.data.stores.postgres_address import Address
from briefing.data.stores.postgres_copy import (
    MOST_ROWS,
    Copied,
    bring_up_to_date,
    copied_contents,
    copy_folder,
    is_too_large,
    mark,
    read_copied,
)
from briefing.data.stores.postgres_errors import UNREACHABLE
from briefing.data.stores.postgres_journal import Journal
from briefing.data.stores.postgres_session import READING, Session
from briefing.data.vintages import LATEST, Bound
from briefing.problems import Place, Problem, Refused, warning
from briefing.text import Label

if TYPE_CHECKING:
    import pyarrow as pa

_STALE = timedelta(minutes=1)


class StandbyStore:
    """A `DataStore` of a database. Whenever it is read, a thread brings the copy on this machine up to date."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self._copying: threading.Thread | None = None
        self._trouble: Problem | None = None

    @property
    def address(self) -> Address:
        """Where the database is, and as whom it is seen."""
        return self._store.address

    @property
    def facts(self) -> StoreFacts:
        """What this store is and allows; of the copy, when the server cannot be reached."""
        try:
            return self._store.facts
        except Refused as refused:
            self._copied_instead(refused)
            kind = Label("copy of a team database", "團隊資料庫的本機副本")
            return StoreFacts(kind, str(self._store.address), writable=False, remote=False)

    @property
    def copied(self) -> Copied | None:
        """How far the copy goes; None when there is none yet."""
        return read_copied(self._folder)

    @property
    def trouble(self) -> Problem | None:
        """Why the copy could not be brought up to date; None when all is well."""
        return self._trouble

    def snapshot(self, bound: Bound = LATEST) -> Snapshot:
        """The store as it is now, or as the copy has it; what the copy gives, says so."""
        try:
            view = self._store.snapshot(bound)
        except Refused as refused:
            copied = self._copied_instead(refused)
            fault = StoreFault(_shown_instead(self._store, copied, refused.problems[0]), None)
            return CopiedSnapshot(FolderSnapshot(copied_contents(self._folder, copied), bound), fault)
        self._keep_up()
        return view

    def writing(self, wait: float = PATIENCE) -> AbstractContextManager[Writer]:
        """The lock of writers of the database; there is none while the server cannot be reached."""
        return self._store.writing(wait)

    def token(self) -> str:
        """The number of what entered last, or another text for the copy: both coming and going are changes."""
        try:
            return self._store.token()
        except Refused as refused:
            return f"copy {self._copied_instead(refused).number}"

    def changed_since(self, token: str) -> bool:
        """Whether anything was loaded, hidden or shown, or the server went or came, since the token was given."""
        return self.token() != token

    def settle(self) -> None:
        """Wait until the copy is as far as it comes now."""
        if self._copying is not None:
            self._copying.join()

    def close(self) -> None:
        """Close the connection; it is opened again when it is needed."""
        self._store.close()

    @property
    def _folder(self) -> Path:
        return copy_folder(self._store.address)

    def _copied_instead(self, refused: Refused) -> Copied:
        """The copy, when the refusal may pass by itself. Raises the refusal otherwise."""
        copied = self.copied if refused.problems[0].check == UNREACHABLE else None
        if copied is None:
            raise refused
        return copied

    def _keep_up(self) -> None:
        journal, copied = self._store.journal, self.copied
        if copied is not None and copied.is_all_of(journal):
            if datetime.now(UTC) - copied.at > _STALE:
                self._copy(lambda: mark(self._folder, journal))
        elif self._copying is None or not self._copying.is_alive():
            self._copying = threading.Thread(target=self._copy, args=(lambda: self._copy_more(journal),))
            self._copying.start()

    def _copy_more(self, journal: Journal) -> None:
        session = Session(self._store.address, READING)
        try:
            if is_too_large(session):
                raise Refused(_too_large(self._store))
            bring_up_to_date(self._folder, session, journal)
        finally:
            session.close()

    def _copy(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Refused as refused:
            self._trouble = refused.problems[0]
        except OSError as fault:
            self._trouble = _unwritable(self._folder, fault)
        else:
            self._trouble = None


class CopiedSnapshot:
    """A `Snapshot` of the copy: each of its series says that the server could not be reached."""

    def __init__(self, view: FolderSnapshot, fault: StoreFault) -> None:
        self._view = view
        self._fault = fault

    @property
    def loads(self) -> tuple[Load, ...]:
        """The loads that are seen, in their order."""
        return self._view.loads

    @property
    def hidden(self) -> tuple[Load, ...]:
        """The loads that are hidden in this view, in their order."""
        return self._view.hidden

    @property
    def pin(self) -> Bound:
        """The bound that gives this view again later, from the database too."""
        return self._view.pin

    @property
    def faults(self) -> tuple[StoreFault, ...]:
        """That this is a copy, and what of it could not be read so far."""
        return (self._fault, *self._view.faults)

    def read(self, ids: Sequence[str], since: date = BEGINNING, until: date = EVER) -> Held:
        """The newest copied values of some series, on days from `since` to `until`, both included."""
        return self._view.read(ids, since, until)

    def read_chain(self, load: Load) -> pa.Table:
        """The contracts of one chain, as they were written."""
        return self._view.read_chain(load)

    def changes(self, after: Bound | None = None) -> tuple[Change, ...]:
        """The past values that loads after a bound changed."""
        return self._view.changes(after)

    def report(self, load: Load) -> Mapping[str, Any]:
        """Nothing: reports are not copied."""
        return self._view.report(load)


def _shown_instead(store: PostgresStore, copied: Copied, why: Problem) -> Problem:
    at = f"{copied.at:%Y-%m-%d %H:%M} UTC"
    return warning(
        "store.copy",
        Place(file=store.address.server),
        Label(
            f"{why.message.en} This is the copy of {at} on this machine; whatever was loaded since is missing.",
            f"{why.message.zh}目前顯示本機於{at}的副本，其後載入的資料不在其中。",
        ),
        Label(
            "The database is read again as soon as it answers. Nothing can be imported until then.",
            "資料庫恢復後會重新讀取；在此之前無法匯入。",
        ),
    )


def _too_large(store: PostgresStore) -> Problem:
    return warning(
        "store.no_copy",
        Place(file=store.address.server),
        Label(
            f"{store.address.server} has more than {MOST_ROWS:,} rows; no copy is kept on this machine.",
            f"{store.address.server}超過{MOST_ROWS:,}列，本機不保留副本。",
        ),
        Label(
            "While the server cannot be reached, nothing can be shown.",
            "伺服器無法連線時，將無法顯示資料。",
        ),
    )


def _unwritable(folder: Path, fault: OSError) -> Problem:
    return warning(
        "store.no_copy",
        Place(file=str(folder)),
        Label(
            f"The copy of the database in {folder} could not be brought up to date ({fault.strerror}).",
            f"無法更新{folder}中的資料庫副本（{fault.strerror}）。",
        ),
        Label("Make room, or mend the rights to the folder.", "請騰出空間，或修正資料夾的權限。"),
    )
