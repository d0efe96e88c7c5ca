"""The decisions to hide loads of a folder store: one small file for each, never changed."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from briefing.data.loads import Hiding
from briefing.data.stores.listing import HIDDEN, Found
from briefing.data.stores.partitions import not_read
from briefing.problems import Refused


def hiding_path(data: Path, hiding: Hiding) -> Path:
    """Where a decision lies."""
    return data / HIDDEN / f"{hiding.event_id}-{'hide' if hiding.hidden else 'show'}.json"


def hiding_bytes(hiding: Hiding) -> bytes:
    """The file of a decision."""
    return json.dumps(asdict(hiding), ensure_ascii=False).encode()


@lru_cache(maxsize=65536)
def read_hiding(found: Found) -> Hiding:
    """A decision from its file. Raises `Refused`: without it nobody can tell what is to be seen."""
    try:
        told = json.loads(found.path.read_bytes())
        return Hiding(**(told | {"load_ids": tuple(told["load_ids"])}))
    except (OSError, ValueError, TypeError, KeyError) as fault:
        raise Refused(not_read(found.path, fault)) from fault
