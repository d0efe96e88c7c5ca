"""The same note gives the same file, wherever and whenever it is made."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.render.pages import page_images
from briefing.render.service import Rendered, render
from briefing.resources import state_dir

SCRIPT = """
import hashlib, json, sys
from briefing.render.service import render
print(hashlib.sha256(render(json.load(sys.stdin)).pdf).hexdigest())
"""


@pytest.mark.slow
def test_two_processes_in_other_zones_folders_and_hash_orders_write_the_same_bytes(
    rendered: Callable[..., Rendered], document: Any, style_files: dict[str, str], tmp_path: Path
) -> None:
    request = json.dumps({"view": document("both", "columns"), "style": style_files})
    environment = {**os.environ, "BRIEFING_STATE": str(state_dir())}
    jobs = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT],
            cwd=folder,
            env={**environment, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for folder, zone, seed, locale in (
            (tmp_path, "Asia/Taipei", "1", "C.UTF-8"),
            ("/", "America/New_York", "2", "C"),
        )
    ]
    digests = {job.communicate(request)[0].strip() for job in jobs}
    assert digests == {hashlib.sha256(rendered("both", "columns").pdf).hexdigest()}


def test_the_preview_looks_exactly_like_the_export(
    rendered: Callable[..., Rendered], document: Any, style_files: dict[str, str]
) -> None:
    export = rendered("both", "columns")
    preview = render({"view": document("both", "columns"), "style": style_files, "preview": True})
    assert preview.pdf != export.pdf
    assert preview.anchors == export.anchors
    pages = range(1, len(export.pages) + 1)
    assert page_images(preview.pdf, pages, 1.0) == page_images(export.pdf, pages, 1.0)
