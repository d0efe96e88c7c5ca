"""Names that change places in one step, where the system can do that (Linux, `renameat2`)."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

_HERE = -100
_NO_REPLACE = 1
_EXCHANGE = 2
_UNKNOWN = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP})


def exchange(one: Path, other: Path) -> bool:
    """Let two files change names. False where the system or file system cannot; raises `OSError` otherwise."""
    return _rename(one, other, _EXCHANGE)


def appear(one: Path, other: Path) -> bool:
    """Rename to a name that must be free. False where the system cannot; raises `FileExistsError`, `OSError`."""
    return _rename(one, other, _NO_REPLACE)


def _rename(one: Path, other: Path, flags: int) -> bool:
    call = _call()
    if call is None:
        return False
    if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), flags) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(other))


@cache
def _call() -> Any | None:
    if not sys.platform.startswith("linux"):
        return None
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is not None:
        call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    return call
