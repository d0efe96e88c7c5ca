import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.problems import Place, Problem, Refused, error, warning
from briefing.text import Label
from briefing.workers.protocol import (
    MOST_BYTES,
    Answer,
    Broken,
    Job,
    Message,
    Progress,
    answer_of,
    problem_from_json,
    progress_of,
    read_message,
    read_reply,
    serve,
    write_message,
)

FAULT = error("x.y", Place(block="b", side="zh", span=(1, 3), row=4), Label("Bad.", "不好。"), Label("Mend.", "修正。"))


def conversation(*messages: Message) -> io.BytesIO:
    stream = io.BytesIO()
    for message in messages:
        write_message(stream, message)
    stream.seek(0)
    return stream


def answers(stdout: io.BytesIO) -> list[Message]:
    stdout.seek(0)
    out = []
    while (message := read_message(stdout)) is not None:
        out.append(message)
    return out


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text().filter(lambda key: key != "bytes"), JSON, max_size=4), st.binary(max_size=200))
def test_what_is_written_is_read(head: dict[str, object], body: bytes) -> None:
    stream = conversation(Message(head, body), Message({"next": 1}))
    assert read_message(stream) == Message(head, body)
    assert read_message(stream) == Message({"next": 1})
    assert read_message(stream) is None


@given(st.binary(max_size=120))
def test_whatever_comes_in_is_a_message_or_broken(content: bytes) -> None:
    try:
        message = read_message(io.BytesIO(content))
    except Broken:
        return
    assert message is None or isinstance(message.head, dict)


@pytest.mark.parametrize(
    "content",
    [
        b"{}\n",
        b'{"bytes": -1}\n',
        b'{"bytes": true}\n',
        b'{"bytes": "3"}\nabc',
        b'{"bytes": 4}\nabc',
        b'{"bytes": 0}',
        b"[1]\n",
        b"no json\n",
        json.dumps({"bytes": MOST_BYTES + 1}).encode() + b"\n",
        b"[" * 100_000 + b"\n",
    ],
)
def test_a_message_out_of_shape_is_broken(content: bytes) -> None:
    with pytest.raises(Broken):
        read_message(io.BytesIO(content))


def test_a_handler_answers_with_values_and_bytes_and_says_how_far_it_is() -> None:
    def double(job: Job) -> Answer:
        job.report(0.5, Label("Half", "一半"))
        return Answer({"sum": job.args["n"] * 2}, job.body * 2)

    stdout = io.BytesIO()
    serve({"double": double}, conversation(Message({"id": 7, "verb": "double", "args": {"n": 3}}, b"ab")), stdout)
    progress, done = answers(stdout)
    assert progress_of(progress) == Progress(0.5, Label("Half", "一半"))
    assert done.head["id"] == 7
    assert answer_of(done) == Answer({"sum": 6}, b"abab")


def refuse(job: Job) -> Answer:
    raise Refused(FAULT)


def overflow(job: Job) -> Answer:
    return overflow(job)


def exhaust(job: Job) -> Answer:
    raise MemoryError


@pytest.mark.parametrize(
    ("verb", "check"),
    [("refuse", "x.y"), ("overflow", "worker.limit"), ("exhaust", "worker.limit"), ("fly", "worker.verb")],
)
def test_a_job_that_cannot_be_done_is_answered_with_its_problem_and_the_next_one_is_served(
    verb: str, check: str
) -> None:
    stdout = io.BytesIO()
    table = {"refuse": refuse, "overflow": overflow, "exhaust": exhaust, "ok": lambda job: Answer({})}
    requests = conversation(Message({"id": 1, "verb": verb, "args": {}}), Message({"id": 2, "verb": "ok", "args": {}}))
    serve(table, requests, stdout)
    refused, fine = answers(stdout)
    with pytest.raises(Refused) as refusal:
        answer_of(refused)
    assert [problem.check for problem in refusal.value.problems] == [check]
    assert answer_of(fine) == Answer({})


def test_an_error_that_nobody_expected_ends_the_worker() -> None:
    def fault(job: Job) -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        serve({"fault": fault}, conversation(Message({"id": 1, "verb": "fault", "args": {}})), io.BytesIO())


@pytest.mark.parametrize(
    "head", [{"verb": "x", "args": {}}, {"id": "1", "verb": "x", "args": {}}, {"id": 1, "verb": "x", "args": []}]
)
def test_a_request_out_of_shape_is_broken(head: dict[str, object]) -> None:
    with pytest.raises(Broken):
        serve({}, conversation(Message(head)), io.BytesIO())


@pytest.mark.parametrize(
    "problem", [FAULT, warning("a.b", Place(file="x.csv", column="c"), Label("a", "b"), Label("c", "d"))]
)
def test_a_problem_travels_unchanged(problem: Problem) -> None:
    assert problem_from_json(json.loads(json.dumps(problem.as_json()))) == problem


@given(JSON)
def test_a_problem_out_of_shape_is_broken(value: object) -> None:
    with pytest.raises(Broken):
        problem_from_json(value)


@pytest.mark.parametrize(
    "head",
    [
        {"id": 2, "kind": "done", "result": {}},
        {"id": 1, "kind": "shout"},
        {"kind": "done"},
    ],
)
def test_a_reply_to_another_job_is_broken(head: dict[str, object]) -> None:
    with pytest.raises(Broken):
        read_reply(conversation(Message(head)), 1)


@pytest.mark.parametrize(
    "head",
    [
        {"kind": "done"},
        {"kind": "done", "result": []},
        {"kind": "refused"},
        {"kind": "refused", "problems": []},
        {"kind": "progress"},
    ],
)
def test_an_answer_out_of_shape_is_broken(head: dict[str, object]) -> None:
    with pytest.raises(Broken):
        answer_of(Message(head))
