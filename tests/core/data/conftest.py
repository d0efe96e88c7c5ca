"""A workspace of its own for each test, and one cache of sessions for all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.data.intake.choices import Choices
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport
from briefing.data.workspace import Workspace, create_workspace

SHARED = Path(__file__).parents[4] / "shared" / "data"

Write = Callable[[str, str | bytes], Path]
Load = Callable[..., ImportReport]


@pytest.fixture(scope="session", autouse=True)
def _state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.environ.get("BRIEFING_STATE")
    os.environ["BRIEFING_STATE"] = str(tmp_path_factory.mktemp("state"))
    yield
    if before is None:
        del os.environ["BRIEFING_STATE"]
    else:
        os.environ["BRIEFING_STATE"] = before


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "desk")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file into the folder that downloads go to."""
    folder = tmp_path / "downloads"
    folder.mkdir()

    def to_file(name: str, content: str | bytes) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return to_file


@pytest.fixture
def load(workspace: Workspace, write: Write) -> Load:
    """Writes a file and imports it; gives its report."""

    def loaded(name: str, content: str | bytes, **options: Any) -> ImportReport:
        vintage = options.pop("vintage", None)
        return import_files(workspace, [write(name, content)], choices=Choices(**options), vintage=vintage)[0]

    return loaded


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files; tests that need it are skipped without it, and fail in the build."""
    if SHARED.is_dir():
        return SHARED
    if os.environ.get("CI") == "true":
        pytest.fail("the folder of real data is missing")
    pytest.skip("needs the folder of real data beside the repository")
