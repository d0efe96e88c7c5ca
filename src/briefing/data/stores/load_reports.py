"""The reports of the loads of a folder store: one small file for each, which nothing else depends on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing.data.loads import Load
from briefing.data.stores.contents import REPORTS


def report_path(data: Path, load: Load) -> Path:
    """Where the report of a load lies."""
    return data / REPORTS / f"{load.vintage}-{load.load_id}-{load.sha256[:8]}.json"


def read_report(data: Path, load: Load) -> Mapping[str, Any]:
    """The report of a load; empty when it is not there or damaged, for the load says the least itself."""
    try:
        told = json.loads(report_path(data, load).read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
