"""Every guard, proved once by a planted violation: in a small copy of the house clean code passes, bad code fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent

CLEAN = {
    "src/briefing/__init__.py": '"""The core."""\n',
    "src/briefing/text.py": '"""Words."""\n\n\ndef twice(word: str) -> str:\n    """Twice."""\n    return word * 2\n',
    "src/briefing/data/__init__.py": '"""Data."""\n\nimport pandas as pd\n\nFRAME = pd.DataFrame\n',
    "src/briefing/blocks/__init__.py": '"""Blocks."""\n\nfrom briefing import text\n\nTWICE = text.twice\n',
    "src/briefing/render/__init__.py": '"""Page."""\n\nimport jinja2\nimport weasyprint\n\nUSED = jinja2, weasyprint\n',
    "src/briefing/charts/__init__.py": '"""Charts."""\n',
    "src/briefing/charts/svg.py": '"""Paint."""\n\nimport jinja2\n\nUSED = jinja2\n',
    "ui/briefing_ui/__init__.py": '"""The window."""\n',
    "ui/briefing_ui/window.py": '"""Window."""\n',
    "ui/briefing_ui/session.py": '"""Session."""\n',
    "ui/briefing_ui/panels/__init__.py": '"""Panels."""\n',
    "ui/briefing_ui/panels/editor.py": '"""Editor."""\n\nfrom briefing_ui import session\n\nUSED = session\n',
    "ui/briefing_ui/panels/charts.py": '"""Charts."""\n',
    "packaging/set_up.py": '"""Set-up."""\n',
    "packaging/data_report.py": '"""Report."""\n',
    "tests/test_clean.py": "def test_fine() -> None:\n    assert True\n",
}

Result = subprocess.CompletedProcess[str]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small copy of the house, with the real settings and clean code."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in CLEAN.items():
        plant(tmp_path, name, text)
    return tmp_path


def plant(house: Path, name: str, text: str) -> None:
    path = house / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def run(house: Path, *command: str) -> Result:
    """Run a tool of this environment in the small house, which hides the real one."""
    paths = {"PYTHONPATH": f"{house / 'src'}:{house / 'ui'}", "QT_QPA_PLATFORM": "offscreen"}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))}
    tool = [str(BIN / command[0]), *command[1:]]
    return subprocess.run(tool, cwd=house, check=False, capture_output=True, text=True, env={**kept, **paths})


def ruff(house: Path) -> Result:
    return run(house, "ruff", "check", "--no-cache", ".")


def ruff_format(house: Path) -> Result:
    return run(house, "ruff", "format", "--no-cache", "--check", ".")


def mypy(house: Path) -> Result:
    return run(house, "mypy", "--cache-dir", str(house.parent / "mypy"))


def import_rules(house: Path) -> Result:
    return run(house, "lint-imports", "--no-logo", "--no-cache")


def pytest_run(house: Path) -> Result:
    return run(house, "python", "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist")


@pytest.mark.parametrize("guard", [ruff, ruff_format, import_rules, pytest_run])
def test_clean_code_passes(house: Path, guard: Callable[[Path], Result]) -> None:
    done = guard(house)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('"""Planted."""\n\nimport os\n', "F401"),
        ('"""Planted."""\n\n\ndef f(x):\n    """Do."""\n    return x\n', "ANN001"),
        ('"""Planted."""\n\nimport exchange_calendars\n\nUSED = exchange_calendars\n', "TID253"),
    ],
)
def test_ruff_sees_a_violation(house: Path, text: str, rule: str) -> None:
    plant(house, "src/briefing/planted.py", text)
    done = ruff(house)
    assert done.returncode == 1
    assert rule in done.stdout


def test_the_formatter_sees_untidy_code(house: Path) -> None:
    plant(house, "src/briefing/planted.py", '"""Planted."""\nX = [1,2]\n')
    done = ruff_format(house)
    assert done.returncode == 1
    assert "planted.py" in done.stdout


@pytest.mark.slow
def test_mypy_passes_clean_code_and_sees_wrong_types_in_both_packages(house: Path) -> None:
    done = mypy(house)
    assert done.returncode == 0, done.stdout
    plant(
        house, "src/briefing/planted.py", "from briefing import text\n\n\ndef f(x) -> int:\n    return text.twice(x)\n"
    )
    plant(house, "ui/briefing_ui/planted.py", "from briefing import text\n\n\ndef f():\n    return text.twice(1)\n")
    done = mypy(house)
    assert done.returncode == 1
    assert "src/briefing/planted.py:4: error: Function is missing a type annotation" in done.stdout
    assert "src/briefing/planted.py:5: error: Incompatible return value type" in done.stdout
    assert "ui/briefing_ui/planted.py:5: error: Argument 1" in done.stdout


LAYERS = "A module of the core imports from lower lines only"
NO_QT = "The core knows no window and no Qt"
PANDAS = "pandas stays in briefing.data"
PANELS = "Panels never import each other"
PANELS_LIST = "Panels import session, jobs, forms, paint, look and report, nothing else of the window"


@pytest.mark.parametrize(
    ("contract", "file", "line", "imported"),
    [
        (NO_QT, "src/briefing/text.py", "from PySide6 import QtCore", "PySide6"),
        (NO_QT, "src/briefing/text.py", "import pyqtgraph as pg", "pyqtgraph"),
        (NO_QT, "src/briefing/text.py", "def f() -> None:\n    import briefing_ui.session", "briefing_ui.session"),
        (LAYERS, "src/briefing/text.py", "import briefing.blocks", "briefing.blocks"),
        (LAYERS, "src/briefing/blocks/planted.py", "from briefing import render", "briefing.render"),
        (PANDAS, "src/briefing/blocks/planted.py", "import pandas as pd", "pandas"),
        (PANDAS, "ui/briefing_ui/window.py", "from pandas import DataFrame", "pandas"),
        ("weasyprint stays in briefing.render", "src/briefing/charts/svg.py", "import weasyprint", "weasyprint"),
        ("jinja2 stays in briefing.render", "src/briefing/charts/planted.py", "import jinja2", "jinja2"),
        (PANELS, "ui/briefing_ui/panels/charts.py", "from briefing_ui.panels import editor", "editor"),
        (PANELS_LIST, "ui/briefing_ui/panels/charts.py", "from briefing_ui import window", "window"),
    ],
)
def test_each_import_rule_sees_its_violations(house: Path, contract: str, file: str, line: str, imported: str) -> None:
    plant(house, file, f"{line}\n")
    done = import_rules(house)
    kept, _, broken = " ".join(done.stdout.split()).partition("Broken contracts")
    assert done.returncode == 1
    assert "1 broken" in kept
    assert contract in broken
    assert imported in broken.split(contract)[1]


BAD_TESTS = """
import warnings

import pytest
from PySide6.QtCore import qWarning


def test_python_warning() -> None:
    warnings.warn("planted", DeprecationWarning, stacklevel=1)


def test_forgotten_file() -> None:
    open(__file__)


def test_qt_warning() -> None:
    qWarning("planted")


@pytest.mark.xfail
def test_unexpectedly_well() -> None:
    assert True


def test_error_in_a_slot(qtbot) -> None:
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(20)
"""


def test_pytest_fails_on_warnings_of_python_and_qt_and_on_unexpected_success(house: Path) -> None:
    plant(house, "tests/test_planted.py", BAD_TESTS)
    done = pytest_run(house)
    assert done.returncode == 1
    assert "5 failed, 1 passed" in done.stdout, done.stdout


def test_pytest_knows_no_other_marks(house: Path) -> None:
    plant(house, "tests/test_planted.py", "import pytest\n\n\n@pytest.mark.solw\ndef test_x() -> None:\n    pass\n")
    done = pytest_run(house)
    assert done.returncode == 2
    assert "'solw' not found in `markers`" in done.stdout
