from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.text import Label
from briefing.workers.protocol import Broken, Message
from briefing_ui.inbox import Inbox
from briefing_ui.jobs import Jobs, Reply

pytestmark = pytest.mark.ui


def test_an_answer_comes_as_a_call_with_its_bytes(jobs: Jobs, qtbot: QtBot) -> None:
    replies: list[Reply] = []
    jobs.ask("data", "echo", {"word": "殖利率"}, replies.append, body=b"\n\x00raw")
    qtbot.waitUntil(lambda: len(replies) == 1, timeout=20_000)
    assert replies[0].ok
    assert replies[0].result["args"] == {"word": "殖利率"}
    assert replies[0].body == b"\n\x00raw"


def test_asking_returns_at_once(jobs: Jobs) -> None:
    before = time.monotonic()
    jobs.ask("data", "echo", {}, lambda reply: None)
    assert time.monotonic() - before < 0.1


def test_a_newer_job_of_the_same_key_is_the_only_one_answered(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[int] = []
    for number in range(20):
        jobs.ask("data", "echo", {"n": number}, lambda reply: seen.append(reply.result["args"]["n"]), key="preview")
    qtbot.waitUntil(lambda: not jobs.busy("data"), timeout=20_000)
    assert seen == [19]


def test_jobs_of_different_keys_are_all_answered_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[int] = []
    for number in range(5):
        jobs.ask("data", "echo", {"n": number}, lambda reply: seen.append(reply.result["args"]["n"]), key=str(number))
    qtbot.waitUntil(lambda: not jobs.busy("data"), timeout=20_000)
    assert seen == [0, 1, 2, 3, 4]


def test_a_refusal_brings_its_problems(jobs: Jobs, qtbot: QtBot) -> None:
    replies: list[Reply] = []
    jobs.ask("render", "refuse", {}, replies.append)
    qtbot.waitUntil(lambda: len(replies) == 1, timeout=20_000)
    assert not replies[0].ok
    assert replies[0].problems[0].message == Label("No.", "不行。")


def test_progress_is_told_with_the_key_of_the_job(jobs: Jobs, qtbot: QtBot) -> None:
    with qtbot.waitSignal(jobs.progressed, timeout=20_000) as told:
        jobs.ask("data", "report", {}, lambda reply: None, key="import")
    assert told.args[0] == "import"
    assert told.args[1].done == 0.5


def test_a_job_whose_worker_died_is_tried_once_more(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    replies: list[Reply] = []
    lines: list[Label] = []
    jobs.said.connect(lines.append)
    jobs.ask("render", "die", {"once": str(tmp_path / "dead")}, replies.append)
    qtbot.waitUntil(lambda: len(replies) == 1, timeout=20_000)
    assert replies[0].result == {"lived": True}
    assert lines == [Label("The preview was restarted.", "預覽已重新啟動。")]


def test_a_job_that_kills_its_worker_twice_is_given_up_and_the_next_one_works(jobs: Jobs, qtbot: QtBot) -> None:
    replies: list[Reply] = []
    jobs.ask("render", "die", {}, replies.append)
    jobs.ask("render", "echo", {}, replies.append)
    qtbot.waitUntil(lambda: len(replies) == 2, timeout=20_000)
    assert [problem.check for problem in replies[0].problems] == ["worker.gone"]
    assert replies[1].ok


def test_a_worker_that_was_started_again_is_told_first_what_it_must_know(
    jobs: Jobs, qtbot: QtBot, tmp_path: Path
) -> None:
    jobs.always_first("data", "told", {"what": "workspace"})
    replies: list[Reply] = []
    jobs.ask("data", "die", {"once": str(tmp_path / "dead")}, replies.append)
    jobs.ask("data", "echo", {}, replies.append)
    qtbot.waitUntil(lambda: len(replies) == 2, timeout=20_000)
    assert replies[1].result["told"] == ["workspace"]


def test_cancel_ends_a_job_that_hangs_and_the_next_one_works(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    replies: list[Reply] = []
    began = tmp_path / "began"
    jobs.ask("data", "hang", {"began": str(began)}, replies.append, key="import")
    jobs.ask("data", "echo", {"next": 1}, replies.append)
    qtbot.waitUntil(began.exists, timeout=20_000)
    jobs.cancel("import")
    qtbot.waitUntil(lambda: len(replies) == 1, timeout=20_000)
    assert replies[0].result["args"] == {"next": 1}


def test_a_job_over_its_limit_is_ended(
    jobs: Jobs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing_ui.jobs._PATIENCE", 0.02)
    replies: list[Reply] = []
    jobs.ask("render", "hang", {"began": str(tmp_path / "began")}, replies.append)
    qtbot.waitUntil(lambda: len(replies) == 1, timeout=20_000)
    assert replies[0].problems[0].check == "worker.limit"


def test_a_worker_that_breaks_the_protocol_is_replaced(jobs: Jobs, qtbot: QtBot) -> None:
    replies: list[Reply] = []
    jobs.ask("data", "lie", {}, replies.append)
    jobs.ask("data", "echo", {}, replies.append)
    qtbot.waitUntil(lambda: len(replies) == 2, timeout=20_000)
    assert replies[0].problems[0].check == "worker.gone"
    assert replies[1].ok


def test_a_program_that_cannot_be_started_is_a_problem(qapp: QApplication, qtbot: QtBot) -> None:
    jobs = Jobs(commands={"data": ("/no/such/program",)})
    replies: list[Reply] = []
    jobs.ask("data", "echo", {}, replies.append)
    qtbot.waitUntil(lambda: len(replies) == 1, timeout=5_000)
    assert replies[0].problems[0].check == "worker.gone"


def test_after_the_end_no_process_is_started_any_more(jobs: Jobs, qtbot: QtBot) -> None:
    jobs.ask("data", "echo", {}, lambda reply: None)
    qtbot.waitUntil(lambda: not jobs.busy("data"), timeout=20_000)
    jobs.stop()
    replies: list[Reply] = []
    jobs.ask("data", "echo", {}, replies.append)
    qtbot.wait(300)
    assert replies == []
    assert not jobs.busy("data")
    assert jobs.findChildren(QProcess) == []


@given(bodies=st.lists(st.binary(max_size=40), max_size=5), cuts=st.lists(st.integers(1, 30), min_size=1))
def test_messages_survive_any_cutting_of_the_stream(bodies: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(b'{"id": %d, "bytes": %d}\n' % (at, len(body)) + body for at, body in enumerate(bodies))
    inbox, found, at, turn = Inbox(), [], 0, 0
    while at < len(stream):
        size = cuts[turn % len(cuts)]
        found += inbox.add(stream[at : at + size])
        at, turn = at + size, turn + 1
    assert found == [Message({"id": number}, body) for number, body in enumerate(bodies)]


@pytest.mark.parametrize("line", [b"no json\n", b"[1]\n", b'{"id": 1}\n', b'{"bytes": -1}\n', b'{"bytes": true}\n'])
def test_a_line_that_is_no_message_breaks_the_connection(line: bytes) -> None:
    with pytest.raises(Broken):
        Inbox().add(line)
