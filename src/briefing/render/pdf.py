"""HTML to PDF by WeasyPrint: private fonts, no address but `data:`, no clock, every complaint a problem.

The same page gives the same bytes in any process, folder, time zone and language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.render.complaints import as_problems, complaints
from briefing.render.faces import foreign_faces
from briefing.render.fonts import require_fonts
from briefing.render.languages import tag_languages
from briefing.resources import use_private_fonts
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
    weasyprint = _weasyprint()
    css, in_sheet = _parsed_sheet(sheet)
    with complaints() as said:
        html = _html(weasyprint, root)
        document = _unfetched(lambda: html.render(font_config=_font_configuration(), stylesheets=[css]))
    if len(document.pages) > MOST_PAGES:
        raise Refused(_too_long(len(document.pages)))
    sizes = tuple(PageSize(page.width * _POINT, page.height * _POINT) for page in document.pages)
    return Layout(document, sizes, tuple(_anchors(document)), (*in_sheet, *as_problems(said)))


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
        content = _unfetched(lambda: layout.document.write_pdf(finisher=finisher, **options))
    return content, (*as_problems(said), *foreign_faces(content))


@cache
def _weasyprint() -> Any:
    """WeasyPrint, loaded with the private fonts. Without any font it would crash instead of complaining."""
    require_fonts()
    use_private_fonts()
    import weasyprint

    return weasyprint


@cache
def _font_configuration() -> Any:
    _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _fetcher() -> Any:
    _weasyprint()
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)


def _html(weasyprint: Any, root: Element) -> Any:
    """WeasyPrint's document around a tree that was already parsed, which spares a second, slow parser."""
    import cssselect2  # type: ignore[import-untyped]

    html = weasyprint.HTML(string="<html></html>", url_fetcher=_fetcher())
    html.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
    html.etree_element = html.wrapper_element.etree_element
    return html


@lru_cache(maxsize=8)
def _parsed_sheet(sheet: str) -> tuple[Any, tuple[Problem, ...]]:
    with complaints() as said:
        css = _unfetched(
            lambda: _weasyprint().CSS(string=sheet, font_config=_font_configuration(), url_fetcher=_fetcher())
        )
    return css, tuple(as_problems(said))


def _unfetched(work: Any) -> Any:
    """The result of some work of WeasyPrint's, with its fatal error, no `Exception`, as a problem."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        return work()
    except FatalURLFetchingError as fault:
        raise Refused(_unreachable(str(fault))) from fault


def _attached(attachment: Attachment) -> Any:
    return _weasyprint().Attachment(
        string=attachment.text,
        name=attachment.name,
        description=attachment.description,
        relationship="Data",
        url_fetcher=_fetcher(),
    )


def _anchors(document: Any) -> Iterator[Anchor]:
    for number, page in enumerate(document.pages, start=1):
        for name, (left, top, right, bottom) in page.anchors.items():
            if name.startswith("block-"):
                size = (left, top, right - left, bottom - top)
                x, y, width, height = (round(value * _POINT, 2) for value in size)
                yield Anchor(name.removeprefix("block-"), number, x, y, width, height)


def _unreachable(message: str) -> Problem:
    return error(
        "render.fetch",
        NOWHERE,
        Label(f"The page asks for something outside of itself: {message}", f"頁面要求載入外部資源：{message}"),
        Label(
            "Nothing is loaded from files or the network; take the address out.",
            "程式不會從檔案或網路載入內容；請移除該位址。",
        ),
    )


def _too_long(pages: int) -> Problem:
    return error(
        "render.pages",
        NOWHERE,
        Label(f"The note fills {pages} pages; {MOST_PAGES} are allowed.", f"報告共{pages}頁；上限為{MOST_PAGES}頁。"),
        Label("Divide the note.", "請將報告拆開。"),
    )
