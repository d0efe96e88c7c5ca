"""The doctor looks at everything that the program needs, the window too."""

from __future__ import annotations

import json
import subprocess
import sys


def test_the_doctor_finds_this_machine_well() -> None:
    command = [sys.executable, "-m", "briefing", "doctor", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    assert all(entry["good"] for entry in json.loads(done.stdout))
