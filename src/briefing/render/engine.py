"""WeasyPrint, set up once: the private fonts, no address but `data:`, style sheets parsed and kept."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.render.complaints import as_problems, complaints
from briefing.render.fonts import require_fonts
from briefing.resources import use_private_fonts
from briefing.text import Label


@cache
def weasyprint() -> Any:
    """WeasyPrint, loaded with the private fonts. Without any font it would crash instead of complaining."""
    require_fonts()
    use_private_fonts()
    import weasyprint

    return weasyprint


@cache
def font_configuration() -> Any:
    """The one font configuration of this process."""
    weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def fetcher() -> Any:
    """What answers requests for addresses: `data:` only."""
    weasyprint()
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)


def html_of(root: Element) -> Any:
    """WeasyPrint's document around a tree that was already parsed, which spares a second, slow parser."""
    import cssselect2  # type: ignore[import-untyped]

    html = weasyprint().HTML(string="<html></html>", url_fetcher=fetcher())
    html.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
    html.etree_element = html.wrapper_element.etree_element
    return html


@lru_cache(maxsize=8)
def parsed_sheet(sheet: str) -> tuple[Any, tuple[Problem, ...]]:
    """A style sheet as WeasyPrint keeps it, and what is wrong with it."""
    with complaints() as said:
        css = unfetched(lambda: weasyprint().CSS(string=sheet, font_config=font_configuration(), url_fetcher=fetcher()))
    return css, tuple(as_problems(said))


def unfetched(work: Any) -> Any:
    """The result of some work of WeasyPrint's, with its fatal error, no `Exception`, as a problem."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        return work()
    except FatalURLFetchingError as fault:
        raise Refused(_unreachable(str(fault))) from fault


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
