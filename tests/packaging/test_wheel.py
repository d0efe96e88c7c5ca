"""The wheel: it brings the templates and assets along, and the program in it finds them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def tracked(folder: str) -> set[str]:
    """The files of a folder that git knows."""
    listing = subprocess.run(["git", "ls-files", "-z", folder], cwd=ROOT, check=True, capture_output=True, text=True)
    return {name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()}


@pytest.mark.parametrize("folder", ["templates", "assets"])
def test_the_wheel_contains_every_template_and_asset(wheel: Path, folder: str) -> None:
    wanted = {f"briefing/_resources/{name}" for name in tracked(folder)}
    assert wanted <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_contains_both_packages_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"briefing", "briefing_ui", "market_briefing-0.1.0.dist-info"}
    assert not [name for name in names if "__pycache__" in name or name.startswith("briefing/_resources/packaging")]
    assert "market_briefing-0.1.0.dist-info/licenses/LICENSE" in names
    assert "market_briefing-0.1.0.dist-info/licenses/assets/fonts/OFL-NotoSans.txt" in names


def test_an_unpacked_wheel_finds_its_own_fonts(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        "from briefing import resources; print(resources.asset('fonts', 'NotoSans-Regular.ttf').resolve(strict=True))"
    )
    env = {"PYTHONPATH": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env, cwd=tmp_path
    )
    assert Path(done.stdout.strip()).is_relative_to(tmp_path)
