"""HTML to PDF by WeasyPrint: private fonts, no address but `data:`, no clock, every complaint a problem.

The same page gives the same bytes in any process, folder, time zone and language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.render.complaints import as_problems, complaints
from briefing.render.engine import fetcher, font_configuration, html_of, parsed_sheet, unfetched, weasyprint
from briefing.render.faces import foreign_faces
from briefing.render.languages import tag_languages
from briefing.text import Label, Lang

_POINT = 0.75
"""Points per CSS pixel."""

MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a part of a block lies: page from 1, and a rectangle in points from the page's top left."""

    block: str
    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text that travels inside the PDF."""

    name: str
    description: str
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Pages that are set but not yet written. `document` is WeasyPrint's own value."""

    document: Any
    pages: tuple[PageSize, ...]
    anchors: tuple[Anchor, ...]
    problems: tuple[Problem, ...]


def lay_out(root: Element, sheet: str) -> Layout:
    """Set a sanitised page tree with a style sheet. Raises `Refused` for an address that may not be asked."""
    css, in_sheet = parsed_sheet(sheet)
    with complaints() as said:
        html = html_of(root)
        document = unfetched(lambda: html.render(font_config=font_configuration(), stylesheets=[css]))
    return Layout(document, sizes(document.pages), anchors(document.pages), (*in_sheet, *as_problems(said)))


def sizes(pages: Sequence[Any]) -> tuple[PageSize, ...]:
    """The sizes of WeasyPrint's pages. Raises `Refused` when they are too many."""
    if len(pages) > MOST_PAGES:
        raise Refused(_too_long(len(pages)))
    return tuple(PageSize(page.width * _POINT, page.height * _POINT) for page in pages)


def written(
    layout: Layout, *, tagged: bool, main: Lang, attachments: Sequence[Attachment] = ()
) -> tuple[bytes, tuple[Problem, ...]]:
    """The PDF of a layout, and what was found wrong while writing it.

    `tagged` writes PDF/UA-1 with languages; the preview leaves that out and looks the same.
    """
    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1"} if tagged else {}
    if attachments:
        options["attachments"] = [_attached(attachment) for attachment in attachments]
    finisher = (lambda document, pdf: tag_languages(document, pdf, main)) if tagged else None
    with complaints() as said:
        content = unfetched(lambda: layout.document.write_pdf(finisher=finisher, **options))
    return content, (*as_problems(said), *foreign_faces(content))


def _attached(attachment: Attachment) -> Any:
    return weasyprint().Attachment(
        string=attachment.text,
        name=attachment.name,
        description=attachment.description,
        relationship="Data",
        url_fetcher=fetcher(),
    )


def anchors(pages: Sequence[Any]) -> tuple[Anchor, ...]:
    """Where the blocks lie on WeasyPrint's pages."""
    return tuple(_anchors(pages))


def _anchors(pages: Sequence[Any]) -> Iterator[Anchor]:
    for number, page in enumerate(pages, start=1):
        for name, (left, top, right, bottom) in page.anchors.items():
            if name.startswith("block-"):
                size = (left, top, right - left, bottom - top)
                x, y, width, height = (round(value * _POINT, 2) for value in size)
                yield Anchor(name.removeprefix("block-"), number, x, y, width, height)


def _too_long(pages: int) -> Problem:
    return error(
        "render.pages",
        NOWHERE,
        Label(f"The note fills {pages} pages; {MOST_PAGES} are allowed.", f"報告共{pages}頁；上限為{MOST_PAGES}頁。"),
        Label("Divide the note.", "請將報告拆開。"),
    )
