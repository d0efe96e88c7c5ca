"""The render worker as the window meets it: a process of its own."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from briefing.problems import Refused
from briefing.render.service import Rendered
from briefing.workers.client import WorkerClient, worker_environment
from briefing.workers.limits import RENDER
from briefing.workers.protocol import Progress

MODULE = "briefing.workers.render_worker"


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerClient]:
    with WorkerClient(MODULE) as client:
        yield client


def request(document: Any, style_files: dict[str, str], **more: object) -> dict[str, Any]:
    return {"view": document("both", "columns"), "style": style_files, **more}


def test_it_says_that_it_is_warming_up(worker: WorkerClient) -> None:
    seen: list[Progress] = []
    worker.call("warm", {}, on_progress=seen.append)
    assert [progress.label.en for progress in seen] == ["Loading the renderer"]


def test_it_makes_the_same_bytes_as_any_other_process(
    worker: WorkerClient, rendered: Callable[..., Rendered], document: Any, style_files: dict[str, str]
) -> None:
    answer = worker.call("render", request(document, style_files, name="one"))
    made = rendered("both", "columns")
    assert answer.body == made.pdf
    assert len(answer.result["pages"]) == len(made.pages)
    assert answer.result["anchors"][0] == {
        "block": made.anchors[0].block,
        "page": 1,
        "x": made.anchors[0].x,
        "y": made.anchors[0].y,
        "width": made.anchors[0].width,
        "height": made.anchors[0].height,
    }
    assert answer.result["problems"] == []


def test_it_draws_pages_of_what_it_made_and_of_what_it_is_sent(
    worker: WorkerClient, rendered: Callable[..., Rendered]
) -> None:
    kept = worker.call("pages", {"name": "one", "pages": [1, 2], "scale": 1.0})
    sent = worker.call("pages", {"pages": [1, 2], "scale": 1.0}, rendered("both", "columns").pdf)
    assert kept == sent
    assert [page["page"] for page in kept.result["pages"]] == [1, 2]
    assert len(kept.body) == sum(page["width"] * page["height"] * 4 for page in kept.result["pages"])


@pytest.mark.parametrize(
    ("args", "check"),
    [
        ({"name": "never made", "pages": [1], "scale": 1.0}, "render.forgotten"),
        ({"name": "one", "pages": "all", "scale": 1.0}, "render.raster"),
        ({"name": "one", "pages": [1], "scale": "big"}, "render.raster"),
    ],
)
def test_pages_that_it_cannot_draw_are_refused(worker: WorkerClient, args: dict[str, object], check: str) -> None:
    with pytest.raises(Refused) as refusal:
        worker.call("pages", args)
    assert [problem.check for problem in refusal.value.problems] == [check]


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}",
        "{{ 'a' * 4000000000 }}",
        "{{ 9**(9**9) }}",
    ],
)
def test_a_style_without_end_is_a_refusal_or_the_end_of_the_worker_alone(
    document: Any, style_files: dict[str, str], body: str
) -> None:
    files = {**style_files, "note.html.j2": f'<html lang="en"><body><p>{body}</p></body></html>'}
    with WorkerClient(MODULE) as client, pytest.raises(Refused) as refusal:
        client.call("render", {"view": document("en", "stacked"), "style": files, "preview": True}, timeout=3)
    assert refusal.value.problems[0].check in {"style.template", "worker.limit", "worker.ended"}


def test_a_refused_note_leaves_the_worker_ready_for_the_next(
    worker: WorkerClient, document: Any, style_files: dict[str, str]
) -> None:
    with pytest.raises(Refused) as refusal:
        worker.call("render", {"view": document("en", "stacked"), "style": {}})
    assert refusal.value.problems[0].check == "style.file"
    with pytest.raises(Refused) as incomplete:
        worker.call("render", {"style": style_files})
    assert incomplete.value.problems[0].check == "render.request"
    assert worker.call("pages", {"name": "one", "pages": [1], "scale": 0.2}).body


def test_a_killed_worker_is_a_refusal_and_not_a_hang() -> None:
    with WorkerClient(MODULE) as client:
        client.kill()
        with pytest.raises(Refused) as refusal:
            client.call("warm", {})
    assert refusal.value.problems[0].check == "worker.ended"


def test_the_worker_sees_neither_home_nor_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.com")
    seen = worker_environment()
    assert not {"HOME", "HTTPS_PROXY", "PYTHONPATH"} & set(seen)
    assert {"FONTCONFIG_FILE", "BRIEFING_STATE"} <= set(seen)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_worker_is_held_to_its_limits(worker: WorkerClient) -> None:
    from pathlib import Path

    worker.call("pages", {"name": "one", "pages": [1], "scale": 0.2})
    rows = Path(f"/proc/{worker.pid}/limits").read_text().splitlines()
    soft = {row[:26].strip(): row[26:47].strip() for row in rows[1:]}
    assert soft["Max address space"] == str(RENDER.memory)
    assert soft["Max file size"] == str(RENDER.file_size)
    assert soft["Max open files"] == str(RENDER.open_files)
    assert soft["Max core file size"] == "0"
    assert 0 < int(soft["Max cpu time"]) < 200
