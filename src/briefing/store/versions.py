"""Every saved version of a note, kept by content apart from the note's folder, and thinned with age.

All of the last two days and the last 20 whatever their age (a clock that jumps must not empty the
history), then the last one of each day for 12 days, of each week for 10 weeks, of each
month for 9 months (the scheme of Anki's backups), bounded by size with the oldest going first. A
pinned version is never thinned. What is newest is told by number, never by the clock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from briefing.data.writing import sync_folder, write_file

LIMIT = 64 * 1024 * 1024
"""The most bytes that the history of one note takes."""

ALWAYS = 20
"""So many versions stay whatever their age."""

_NAME = re.compile(r"(?P<number>\d{6,})-(?P<taken>\d{8}T\d{6})-(?P<digest>[0-9a-f]{64})(?P<pinned>-keep)?\.brief")
_STAMP = "%Y%m%dT%H%M%S"
_ALL, _DAILY, _WEEKLY, _MONTHLY = (timedelta(days=days) for days in (2, 14, 84, 354))


@dataclass(frozen=True, slots=True)
class Version:
    """A kept version: its file, its number, when it was kept (for display and thinning), its SHA-256, its size."""

    path: Path
    number: int
    taken: datetime
    digest: str
    size: int
    pinned: bool = False

    def content(self) -> bytes:
        """The bytes of the note file as it was."""
        return self.path.read_bytes()


def digest_of(content: bytes) -> str:
    """The SHA-256 of a note file, as 64 hex digits."""
    return sha256(content).hexdigest()


def versions(folder: Path) -> tuple[Version, ...]:
    """The kept versions in a note's folder, oldest first."""
    found = []
    for path in (folder / "versions").glob("*.brief"):
        match = _NAME.fullmatch(path.name)
        if match is not None:
            taken = datetime.strptime(match["taken"], _STAMP).replace(tzinfo=UTC)
            number, pinned = int(match["number"]), bool(match["pinned"])
            found.append(Version(path, number, taken, match["digest"], path.stat().st_size, pinned))
    return tuple(sorted(found, key=lambda version: (version.number, version.digest)))


def keep(folder: Path, content: bytes, now: datetime, *, pinned: bool = False) -> None:
    """Put a version into the history, unless its content is there already; then thin. Raises `OSError`."""
    held = versions(folder)
    digest = digest_of(content)
    if not any(version.digest == digest and (version.pinned or not pinned) for version in held):
        number = held[-1].number + 1 if held else 1
        name = f"{number:06d}-{now.astimezone(UTC).strftime(_STAMP)}-{digest}{'-keep' if pinned else ''}.brief"
        write_file(folder / "versions" / name, content, 0o600)
    thin(folder, now)


def thin(folder: Path, now: datetime, limit: int = LIMIT) -> None:
    """Drop what the scheme does not keep. Cut off at any point and repeated, the result is the same."""
    held = versions(folder)
    staying = kept(held, now, limit)
    dropped = [version for version in held if version not in staying]
    for version in dropped:
        version.path.unlink(missing_ok=True)
    if dropped:
        sync_folder(folder / "versions")


def kept(held: Sequence[Version], now: datetime, limit: int = LIMIT, always: int = ALWAYS) -> tuple[Version, ...]:
    """The versions that stay, oldest first. The newest one and pinned ones always do."""
    last_of: dict[object, Version] = {}
    for version in held:
        bucket = _bucket(version, now)
        if bucket is not None:
            last_of[bucket] = version
    newest, recent = held[-1:], held[-always:]
    staying = [version for version in held if version in last_of.values() or version in recent]
    excess = sum(version.size for version in staying) - limit
    out = []
    for version in staying:
        if excess > 0 and not version.pinned and version not in newest:
            excess -= version.size
        else:
            out.append(version)
    return tuple(out)


def _bucket(version: Version, now: datetime) -> object | None:
    """What a version shares with those of which only the last one stays; None when it has had its time."""
    age = now.astimezone(UTC) - version.taken
    if version.pinned or age < _ALL:
        return version.path
    if age < _DAILY:
        return version.taken.date()
    if age < _WEEKLY:
        return version.taken.isocalendar()[:2]
    if age < _MONTHLY:
        return version.taken.year, version.taken.month, "month"
    return None
