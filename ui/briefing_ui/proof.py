"""The note as real pages: from each change to the page images, always the newest, never waiting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from briefing.note import Note
from briefing.problems import Problem
from briefing.workers.protocol import Broken, problem_from_json
from briefing_ui.edition import Edition
from briefing_ui.jobs import Reply
from briefing_ui.session import Session

DELAY = 150
_MOST_PAGES = 500
_MOST_SIDE = 3500.0
_MOST_PIXELS = 20_000_000


@dataclass(frozen=True, slots=True)
class Box:
    """Where a part of a block lies: page from 1, a rectangle in points from its top left."""

    block: str
    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages as they were laid out last: their sizes in points, and where the blocks lie."""

    name: str = ""
    sizes: tuple[tuple[float, float], ...] = ()
    boxes: tuple[Box, ...] = ()

    def boxes_of(self, block: str | None) -> tuple[Box, ...]:
        """Where a block lies; nothing when it does not print."""
        return tuple(box for box in self.boxes if box.block == block)

    def block_at(self, page: int, x: float, y: float) -> str | None:
        """The block at a place, else the one that lies nearest above it on the page."""
        own = [box for box in self.boxes if box.page == page]
        inside = [b for b in own if b.x <= x <= b.x + b.width and b.y <= y <= b.y + b.height]
        if inside:
            return min(inside, key=lambda box: box.width * box.height).block
        above = [box for box in own if box.y <= y]
        return max(above, key=lambda box: box.y).block if above else None


class Proof(QObject):
    """Makes the pages of the session's note.

    `laid_out()` tells that there is a new layout, `image_came(int)` that the image of a page is
    there, `failed(tuple[Problem, ...])` why there is no new layout: the last good one stays.
    """

    laid_out = Signal()
    image_came = Signal(int)
    failed = Signal(object)
    edition_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._edition = Edition()
        self._number = 0
        self.layout = Layout()
        self.images: dict[int, QImage] = {}
        self._fresh: dict[int, float] = {}
        self._found: tuple[Problem, ...] = ()
        self._due = QTimer(self, singleShot=True, interval=DELAY)
        self._due.timeout.connect(self.make)
        session.note_changed.connect(self._changed)
        session.market_changed.connect(self._due.start)

    @property
    def edition(self) -> Edition:
        """The edition that is shown."""
        return self._edition

    def set_edition(self, edition: Edition) -> None:
        """Show another edition."""
        if edition != self._edition:
            self._edition = edition
            self.edition_changed.emit()
            self.make()

    def make(self) -> None:
        """Make the pages of the note as it stands."""
        from briefing.store.notefile import note_bytes

        self._due.stop()
        note = self._session.note
        if note is not None and self._session.listing.workspace:
            self._session.jobs.ask(
                "data", "view", self._edition.args(), self._resolved, body=note_bytes(note), key="view"
            )

    def want_images(self, pages: Sequence[int], scale: float) -> None:
        """Make the images of these pages come, at a scale in pixels per point."""
        missing = [page for page in pages if self._fresh.get(page) != scale]
        if missing and self.layout.name:
            args = {"name": self.layout.name, "pages": missing, "scale": scale}
            name = self.layout.name
            self._session.jobs.ask("render", "pages", args, lambda reply: self._drawn(name, scale, reply), key="pages")

    def _changed(self, old: Note | None, new: Note | None) -> None:
        if new is None or old is None:
            self.layout, self.images, self._fresh = Layout(), {}, {}
            self.laid_out.emit()
        if new is not None:
            self._due.start()

    def _resolved(self, reply: Reply) -> None:
        if not reply.ok:
            self.failed.emit(reply.problems)
            return
        self._found = tuple(problem_from_json(problem) for problem in reply.result["problems"])
        self._session.set_problems(self._found)
        self._number += 1
        name = f"proof {self._number}"
        args = {**reply.result["request"], "name": name, "preview": True}
        self._session.jobs.ask("render", "render", args, lambda made: self._rendered(name, made), key="render")

    def _rendered(self, name: str, reply: Reply) -> None:
        if not reply.ok:
            self._session.set_problems((*self._found, *reply.problems))
            self.failed.emit(reply.problems)
            return
        more = tuple(problem_from_json(problem) for problem in reply.result["problems"])
        self._session.set_problems(tuple(dict.fromkeys((*self._found, *more))))
        self.layout = layout_from(name, reply.result)
        self._fresh = {}
        self.images = {page: image for page, image in self.images.items() if page <= len(self.layout.sizes)}
        self.laid_out.emit()

    def _drawn(self, name: str, scale: float, reply: Reply) -> None:
        if not reply.ok:
            if name == self.layout.name:
                self.make()
            return
        for page, image in images_from(reply.result["pages"], reply.body):
            self.images[page] = image
            if name == self.layout.name:
                self._fresh[page] = scale
            self.image_came.emit(page)


def layout_from(name: str, result: Mapping[str, Any]) -> Layout:
    """The layout in the renderer's answer. Raises `Broken` for one of another shape or beyond all bounds."""
    try:
        sizes = tuple((float(page["width"]), float(page["height"])) for page in result["pages"])
        boxes = tuple(
            Box(str(raw["block"]), int(raw["page"]), *(float(raw[key]) for key in ("x", "y", "width", "height")))
            for raw in result["anchors"]
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise Broken(f"pages without {fault}") from fault
    if not 1 <= len(sizes) <= _MOST_PAGES or any(not 0 < side <= _MOST_SIDE for size in sizes for side in size):
        raise Broken("pages beyond all bounds")
    return Layout(name, sizes, boxes)


def images_from(raws: Sequence[Mapping[str, Any]], body: bytes) -> list[tuple[int, QImage]]:
    """The page images in an answer; every length is checked before an image is built. Raises `Broken`."""
    found: list[tuple[int, QImage]] = []
    at = 0
    for raw in raws:
        page, width, height = (int(raw[key]) for key in ("page", "width", "height"))
        count = width * height * 4
        if width < 1 or height < 1 or width * height > _MOST_PIXELS or at + count > len(body):
            raise Broken("a page image of another size than announced")
        pixels = body[at : at + count]
        found.append((page, QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32).copy()))
        at += count
    return found
