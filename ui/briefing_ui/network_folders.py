"""Which folders tell nothing when a file in them changes, so that one has to look: those on other machines."""

from __future__ import annotations

import re
import sys
from pathlib import Path

MOUNTS = Path("/proc/mounts")
_SILENT = re.compile(r"nfs\d?|cifs|smb\d?|smbfs|9p|afs|ceph|coda|davfs|drvfs|vboxsf|vmhgfs|virtiofs|fuse\..+")
"""Kinds of file systems on which only changes made on this machine are told, or none."""
_OCTAL = re.compile(r"\\([0-7]{3})")
_UNC = re.compile(r"^[\\/]{2}[^\\/.?]")
_REMOTE_DRIVE = 4


def has_to_be_polled(folder: Path) -> bool:
    """Whether changes in a folder are only found by looking again and again."""
    if _UNC.match(str(folder)):
        return True
    if sys.platform == "win32":
        return _drive_type(folder.drive) == _REMOTE_DRIVE
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return folder.is_relative_to("/Volumes")  # where macOS puts shares; it has no such list
    return _SILENT.fullmatch(kind_of(folder, mounts)) is not None


def kind_of(folder: Path, mounts: str) -> str:
    """The kind of file system that a folder lies in, by the system's list of mounts; "" when it is in none."""
    found, depth = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = Path(_OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[1]))
        # Of two on the same place the later one hides the other.
        if folder.is_relative_to(place) and len(place.parts) >= depth:
            found, depth = fields[2], len(place.parts)
    return found


def _drive_type(drive: str) -> int:
    """What Windows says of a drive."""
    import ctypes

    told: int = ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\")  # type: ignore[attr-defined,unused-ignore]
    return told
