"""The data worker asked without a process around it: its verbs over a desk, within no limits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.sample import create_sample
from briefing.text import Label
from briefing.workers.data_worker import Desk, verbs
from briefing.workers.protocol import Answer, Job

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_sample(tmp_path_factory.mktemp("desk") / "workspace").root


@pytest.fixture
def reported() -> list[Label]:
    """What the worker reported on the way."""
    return []


@pytest.fixture
def unopened(reported: list[Label]) -> Ask:
    """Asks a worker that has no workspace open yet: a verb, a body, arguments by name."""
    desk = Desk()

    def ask(verb: str, body: bytes = b"", **args: Any) -> Answer:
        return verbs(desk)[verb](Job(args, body, lambda _done, label: reported.append(label)))

    return ask


@pytest.fixture
def ask(unopened: Ask, folder: Path) -> Ask:
    """Asks a worker that has the sample open."""
    unopened("open", workspace=str(folder))
    return unopened


@pytest.fixture
def ask_own(unopened: Ask, tmp_path: Path) -> Ask:
    """Asks a worker that has a sample of its own open, which the test may change."""
    unopened("open", workspace=str(create_sample(tmp_path / "own").root))
    return unopened
