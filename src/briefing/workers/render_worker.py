"""The render worker: view to HTML to PDF to page images, and nothing else.

Verbs: `warm` (load what is slow to load), `render` (a request of `render.service`; the answer is
the PDF), `pages` (images of pages of a PDF that this worker made, named by the job that made it, or
of one that is sent along). Cancelling is killing it.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.render.preview import Memory
from briefing.text import Label
from briefing.workers.limits import RENDER, confine, grant_time
from briefing.workers.protocol import Answer, Handler, Job, serve

_KEPT = 2


class Desk:
    """The PDFs that this worker made last, by the name that the request gave them, and the last preview's pages."""

    def __init__(self) -> None:
        self.memory = Memory()
        self._made: OrderedDict[str, bytes] = OrderedDict()

    def keep(self, name: str, content: bytes) -> None:
        """Keep a PDF, and forget the oldest beyond two."""
        self._made[name] = content
        self._made.move_to_end(name)
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)

    def content(self, name: str) -> bytes:
        """A PDF made before. Raises `Refused` when it was forgotten."""
        if name not in self._made:
            raise Refused(_forgotten())
        return self._made[name]


def handlers(desk: Desk) -> dict[str, Handler]:
    """What the worker can do."""
    return {
        "warm": _warm,
        "render": lambda job: _render(desk, job.args),
        "pages": lambda job: _pages(job.body or desk.content(str(job.args.get("name", ""))), job.args),
    }


def _warm(job: Job) -> Answer:
    """Load the renderer and render one empty page, so that the first real job is as fast as the next."""
    from briefing.render.service import warm_up

    grant_time(RENDER.long_seconds)
    job.report(0.0, Label("Loading the renderer", "載入排版引擎"))
    warm_up()
    return Answer({})


def _render(desk: Desk, args: Mapping[str, Any]) -> Answer:
    from briefing.render.service import render

    grant_time(RENDER.seconds if args.get("preview") else RENDER.long_seconds)
    made = render(args, desk.memory)
    desk.keep(str(args.get("name", "")), made.pdf)
    return Answer(
        {
            "pages": [asdict(page) for page in made.pages],
            "anchors": [asdict(anchor) for anchor in made.anchors],
            "problems": [problem.as_json() for problem in made.problems],
        },
        made.pdf,
    )


def _pages(content: bytes, args: Mapping[str, Any]) -> Answer:
    from briefing.render.pages import page_images

    grant_time(RENDER.seconds)
    numbers, scale = args.get("pages"), args.get("scale")
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        raise Refused(_no_pages())
    if not isinstance(scale, int | float):
        raise Refused(_no_pages())
    images = page_images(content, numbers, float(scale))
    result = [
        {"page": image.page, "width": image.width, "height": image.height, "scale": image.scale} for image in images
    ]
    return Answer({"pages": result}, b"".join(image.pixels for image in images))


def _forgotten() -> Problem:
    return error(
        "render.forgotten",
        NOWHERE,
        Label("The pages are no longer at hand.", "頁面已不在記憶體中。"),
        Label("Render the note again.", "請重新產生報告。"),
    )


def _no_pages() -> Problem:
    return error(
        "render.raster",
        NOWHERE,
        Label("No page numbers and scale were given.", "未指定頁碼與縮放比例。"),
        Label("This is a fault of the program; please report it.", "這是程式的錯誤，請回報。"),
    )


def main() -> None:
    """Serve on standard input and output until the window closes them."""
    confine(RENDER)
    serve(handlers(Desk()), sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
