"""The last gate before layout: only elements, attributes and addresses that a note's page needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, XMLParser

from briefing.problems import NOWHERE, Place, Problem, Refused, error, warning
from briefing.render.styles import PAGE
from briefing.text import Label

SVG = "{http://www.w3.org/2000/svg}"


def _names(*lists: str) -> frozenset[str]:
    return frozenset(name for names in lists for name in names.split())


_ELEMENTS = _names(
    "html head title meta body main header footer section div p span h1 h2 h3 ul ol li dl dt dd",
    "table thead tbody tr th td figure figcaption a strong em mark br hr sup sub",
)
_ATTRIBUTES = _names("class id lang scope colspan href data-ref name content")
_SVG_ELEMENTS = frozenset(
    SVG + name
    for name in _names("svg g path line polyline polygon rect circle ellipse text tspan title desc defs clipPath")
)
_SVG_ATTRIBUTES = _names(
    "x y x1 y1 x2 y2 cx cy r rx ry dx dy width height viewBox preserveAspectRatio d points transform",
    "fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity",
    "stroke-miterlimit opacity font-family font-size font-weight font-style text-anchor dominant-baseline",
    "clip-path clip-rule id class lang role version data-series",
    "{http://www.w3.org/XML/1998/namespace}lang {http://www.w3.org/XML/1998/namespace}space",
)
_ADDRESS = re.compile(r"(?:https?://|mailto:|#)[^\s]+", re.IGNORECASE)
_FRAGMENT = re.compile(r"url\(#[A-Za-z][\w-]*\)")
_WIDEST_CELL = 50


def parsed(html: str) -> Element:
    """A page as a tree. It must be well-formed XML without a document type or entities of its own."""
    if "<!" in html.replace("<!--", ""):
        raise Refused(_malformed("a declaration (<!…)", "宣告（<!…）", None))
    parser = XMLParser()  # noqa: S314  # declarations, the way to entity bombs, are refused above
    try:
        parser.feed(html)
        return parser.close()
    except ParseError as fault:
        raise Refused(_malformed(str(fault), str(fault), fault.position[0])) from fault


def sanitise(root: Element) -> tuple[Problem, ...]:
    """Check a page in place. Addresses that may not be followed are dropped, with a problem each.

    Raises `Refused` for an element or attribute that no house template needs: then the style is
    at fault, not the note, whose text never becomes mark-up.
    """
    problems: list[Problem] = []
    for element in root.iter():
        allowed = _allowed(element)
        for name in list(element.attrib):
            if name not in allowed or not _is_harmless(name, element.attrib[name]):
                raise Refused(_forbidden(f"{_short(element.tag)} {name}"))
        problems.extend(_address_problems(element))
    return tuple(problems)


def _allowed(element: Element) -> frozenset[str]:
    if element.tag in _ELEMENTS:
        return _ATTRIBUTES
    if element.tag in _SVG_ELEMENTS:
        return _SVG_ATTRIBUTES
    raise Refused(_forbidden(_short(element.tag)))


def _is_harmless(name: str, value: str) -> bool:
    if name == "colspan":
        return value.isascii() and value.isdigit() and 1 <= int(value) <= _WIDEST_CELL
    return "url(" not in value.lower() or name in {"href", "content", "data-ref"} or bool(_FRAGMENT.fullmatch(value))


def _address_problems(element: Element) -> Iterator[Problem]:
    address = element.get("href")
    if address is not None and not _ADDRESS.fullmatch(address):
        del element.attrib["href"]
        yield warning(
            "render.address",
            NOWHERE,
            Label(f"The link to “{address}” was left out.", f"已略去指向「{address}」的連結。"),
            Label(
                "Links lead to https, http or mailto addresses, or inside the note.",
                "連結僅可指向https、http、mailto位址或文內位置。",
            ),
        )


def _short(tag: str) -> str:
    return tag.removeprefix(SVG)


def _forbidden(what: str) -> Problem:
    return error(
        "style.forbidden",
        Place(file=PAGE),
        Label(f"The style puts “{what}” on the page, which is not allowed.", f"版型在頁面上使用了不允許的「{what}」。"),
        Label("Use the elements and attributes of the house templates.", "請只使用內建版型所用的元素與屬性。"),
    )


def _malformed(en: str, zh: str, row: int | None) -> Problem:
    return error(
        "style.malformed",
        Place(file=PAGE, row=row),
        Label(f"The style's page is not well-formed: {en}.", f"版型產生的頁面格式不正確：{zh}。"),
        Label(
            "Close every element and write characters, not named entities.",
            "請關閉每個元素，並直接寫出字元，勿用具名實體。",
        ),
    )
