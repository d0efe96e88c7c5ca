"""Pages laid out from any page on, by the inner parts of one exact version of WeasyPrint.

A page depends on where it begins, on what follows, and on the words carried into its head. Where
those are known from an earlier layout, the pages before need not be laid out again. The parts used
here are no public interface, so `can_continue` is to be asked first.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from briefing.render.engine import font_configuration, html_of, weasyprint
from briefing.render.single_pages import single_page

KNOWN_VERSION = "70.0"

Inner = dict[int, Any]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins: a unit of the tree, how deep inside of it, and the state of the pagination there.

    A unit is a child of `main`, or of `body` after `main`; `unit` is None where a page begins
    elsewhere, and `inner` where it begins with the unit's own beginning.
    """

    unit: Element | None
    inner: Inner | None
    next_page: Mapping[str, Any]
    right: bool
    state: tuple[Any, ...]

    @property
    def forced(self) -> bool:
        """Whether the author asked for the break."""
        return bool(self.next_page["break"] != "any")

    def continues(self, other: Start) -> bool:
        """Whether the same content set from either start gives the same pages, units aside."""
        counters = [{**start.state[1], "pages": 0} for start in (self, other)]
        return (
            self.inner == other.inner
            and self.next_page == other.next_page
            and self.right == other.right
            and counters[0] == counters[1]
        )


@dataclass(frozen=True)
class LaidPage:
    """A finished page: WeasyPrint's box of it, where it begins, where the next one begins, the heads carried on."""

    box: Any
    start: Start
    end: Start | None
    strings: Mapping[str, str]

    @cached_property
    def page(self) -> Any:
        """WeasyPrint's page, with its anchors."""
        from weasyprint.document import Page

        return Page(self.box)

    @cached_property
    def alone(self) -> bytes:
        """The page as a PDF of its own, drawn once."""
        return single_page(self.page)


def can_continue() -> bool:
    """Whether the installed renderer is the one whose parts are known."""
    return bool(weasyprint().__version__ == KNOWN_VERSION)


def units(root: Element) -> list[Element]:
    """The parts of a page tree that are laid out one after the other: the children of main, and what follows it."""
    body = root.find("body")
    main = None if body is None else body.find("main")
    if body is None or main is None:
        return []
    return [*main, *list(body)[list(body).index(main) + 1 :]]


def all_pages(root: Element, css: Any) -> list[LaidPage]:
    """Every page of a tree."""
    from weasyprint.layout import layout_document

    html, context, root_box = _built(root, css)
    boxes = list(layout_document(html, root_box, context))
    starts = [_start(root_box, entry) for entry in context.page_maker[: len(boxes)]]
    ends = [*starts[1:], None]
    strings = _carried(context.string_set, len(boxes))
    return [LaidPage(*parts) for parts in zip(boxes, starts, ends, strings, strict=True)]


def pages_from(
    root: Element, css: Any, span: tuple[int, int], before: Sequence[LaidPage], start: Start, total: int
) -> Iterator[LaidPage]:
    """The pages of some units, one after the other, as if the pages `before` had been laid out just now.

    `span` is a range of `units(root)`; it begins with the unit of `start`. `total` is the number of
    pages that the folio names. The last page is right only where `span` reaches the end.
    """
    first, last = span
    html, context, root_box = _built(_sliced(root, max(first - 1, 0), last), css)
    number = len(before)
    resume = _path(root_box, units(root)[first], start.inner) if before else None
    context.page_maker = [_entry(None, start)] * number + [_entry(resume, start)]
    context.rendered_notes = []
    if before:
        _carry(context, root_box, before)
    while number == len(before) or context.page_maker[number][0] is not None:
        yield _next_page(html, context, root_box, number, before[:1], total)
        number += 1


def _built(root: Element, css: Any) -> tuple[Any, Any, Any]:
    """WeasyPrint's document, layout context and box tree of a tree."""
    from weasyprint import DEFAULT_OPTIONS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.document import Document
    from weasyprint.formatting_structure.build import build_formatting_structure

    html, counters = html_of(root), CounterStyle()
    options = {**DEFAULT_OPTIONS, "stylesheets": [css]}
    context = Document._build_layout_context(html, font_configuration(), counters, {}, options)  # noqa: SLF001
    boxes = build_formatting_structure(
        html.etree_element,
        context.style_for,
        context.get_image_from_uri,
        html.base_url,
        context.target_collector,
        counters,
        context.footnotes,
    )
    return html, context, boxes


def _next_page(html: Any, context: Any, root_box: Any, index: int, first: Sequence[LaidPage], total: int) -> LaidPage:
    from weasyprint.layout import layout_fixed_boxes
    from weasyprint.layout.background import layout_backgrounds
    from weasyprint.layout.page import make_margin_boxes, remake_page

    start = _start(root_box, context.page_maker[index])
    box, resume = remake_page(index, context, root_box, html)
    _collect_strings(context, box, index + 1)
    root, footnotes, notes = box.children
    fixed = layout_fixed_boxes(context, [page.box for page in first], box)
    root.children = [*fixed, *root.children]
    context.current_page = index + 1
    after = context.page_maker[index + 1]
    after[3][1]["pages"] = [total]
    areas = [area for area in (footnotes, notes) if area.children]
    box.children = (root, *areas, *make_margin_boxes(context, box, after[3]))
    layout_backgrounds(box, context.get_image_from_uri)
    end = None if resume is None else _start(root_box, after)
    return LaidPage(box, start, end, _carried(context.string_set, index + 1)[-1])


def _sliced(root: Element, first: int, last: int) -> Element:
    """A tree with some of its units only; all that stands before main stays."""
    chosen = units(root)[first:last]
    sliced = Element(root.tag, root.attrib)
    for part in root:
        if part.tag != "body":
            sliced.append(part)
            continue
        body = Element(part.tag, part.attrib)
        body.extend(_slice_of_body(part, chosen))
        sliced.append(body)
    return sliced


def _slice_of_body(body: Element, chosen: Sequence[Element]) -> Iterator[Element]:
    kept = {id(unit) for unit in chosen}
    after_main = False
    for part in body:
        if part.tag == "main":
            after_main = True
            main = Element(part.tag, part.attrib)
            main.extend([unit for unit in part if id(unit) in kept])
            yield main
        elif not after_main or id(part) in kept:
            yield part


def _start(root_box: Any, entry: tuple[Any, ...]) -> Start:
    resume, next_page, right, state, _ = entry
    unit, inner = _unit(root_box, resume)
    return Start(unit, copy.deepcopy(inner), dict(next_page), right, copy.deepcopy(state))


def _unit(root_box: Any, resume: Inner | None) -> tuple[Element | None, Inner | None]:
    """The unit that a path into the box tree leads to, and the rest of the path."""
    box, path = root_box, resume
    while path is not None and len(path) == 1:
        ((index, path),) = path.items()
        parent, box = box, box.children[index]
        if parent.element.tag in {"body", "main"} and box.element.tag != "main":
            return box.element, path
    return None, None


def _path(root_box: Any, unit: Element, inner: Inner | None) -> Inner:
    """The path into the box tree that leads to a unit."""
    for at, body in enumerate(root_box.children):
        for number, child in enumerate(body.children):
            if child.element is unit:
                return {at: {number: inner}}
            if child.element.tag == "main":
                for place, grandchild in enumerate(child.children):
                    if grandchild.element is unit:
                        return {at: {number: {place: inner}}}
    raise LookupError(unit.get("id"))


def _entry(resume: Inner | None, start: Start) -> tuple[Any, ...]:
    """What WeasyPrint keeps of the beginning of a page."""
    remake = {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}
    return resume, dict(start.next_page), start.right, copy.deepcopy(start.state), remake


def _carry(context: Any, root_box: Any, before: Sequence[LaidPage]) -> None:
    """What earlier pages hand on to the heads and feet of later ones: running elements and named strings."""
    for body in root_box.children:
        for child in body.children:
            if child.is_running():
                context.running_elements[child.style["position"][1]][1].append(child)
    for name, text in before[-1].strings.items():
        context.string_set[name][len(before)].append(text)


def _collect_strings(context: Any, page: Any, number: int) -> None:
    for child in page.descendants():
        if child.string_set and child.string_set != "none":
            for name, text in child.string_set:
                context.string_set[name][number].append(text)


def _carried(string_set: Mapping[str, Mapping[int, list[str]]], pages: int) -> list[dict[str, str]]:
    """For each page, the last text of each named string up to its end."""
    out: list[dict[str, str]] = []
    held: dict[str, str] = {}
    for number in range(1, pages + 1):
        new = {name: found[number][-1] for name, found in string_set.items() if found.get(number)}
        held = {**held, **new}
        out.append(held)
    return out
