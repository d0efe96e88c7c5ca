"""What ails the store as a whole stands in a banner as long as it does, and no longer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from desk import MARKET_VERBS, TableJobs, opened
from PySide6.QtWidgets import QApplication

from briefing.problems import Place, Problem, warning
from briefing.text import Label
from briefing_ui.banners import Banners
from briefing_ui.session import Session

pytestmark = pytest.mark.ui


def copy_of(time: str) -> Problem:
    message = Label(
        f"The server cannot be reached. This is the copy of {time}.", f"無法連線至伺服器。目前為{time}的副本。"
    )
    return warning("store.copy", Place(file="db.example:5432/desk"), message, Label("Wait.", "請稍候。"))


class Store:
    """A worker's store, and what ails it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def opened(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        answer, raw = opened(args, body)
        return answer | {"problems": [problem.as_json() for problem in self.problems]}, raw


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def session(qapp: QApplication, store: Store) -> Session:
    return Session(TableJobs(MARKET_VERBS | {"open": store.opened}))


@pytest.fixture
def banners(session: Session) -> Banners:
    return Banners(session)


def told(banners: Banners) -> list[str]:
    return [banner.words.text() for banner in banners.shown()]


def read_again(session: Session) -> None:
    session.open_workspace(Path("/desk"))


def test_a_copy_is_told_with_its_time_while_it_is_shown(session: Session, banners: Banners, store: Store) -> None:
    store.problems = [copy_of("08:00")]
    read_again(session)
    (words,) = told(banners)
    assert "the copy of 08:00" in words
    store.problems = [copy_of("09:00")]
    read_again(session)
    (words,) = told(banners)
    assert "the copy of 09:00" in words
    store.problems = []
    read_again(session)
    assert told(banners) == []


def test_a_banner_that_was_closed_does_not_come_back_for_the_same(
    session: Session, banners: Banners, store: Store
) -> None:
    store.problems = [copy_of("08:00")]
    read_again(session)
    banners.shown()[0].dismiss()
    read_again(session)
    assert told(banners) == []
