"""One request in, one rendered note out: all that the render worker and the command line ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing.problems import NOWHERE, Problem, Refused, error, has_errors
from briefing.render.fonts import drawable
from briefing.render.glyphs import undrawable
from briefing.render.html import page
from briefing.render.pagination import can_continue
from briefing.render.pdf import Anchor, Attachment, Layout, PageSize, lay_out, written
from briefing.render.preview import Memory, tall_blocks
from briefing.render.preview import preview as previewed
from briefing.render.sanitise import parsed, sanitise
from briefing.render.sheet import style_sheet
from briefing.render.styles import Style, style_of
from briefing.text import Label, Lang


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF, the size of its pages, where every block lies, and what was found on the way."""

    pdf: bytes
    pages: tuple[PageSize, ...]
    anchors: tuple[Anchor, ...]
    problems: tuple[Problem, ...]


def render(request: Mapping[str, Any], memory: Memory | None = None) -> Rendered:
    """Render a note.

    `request` has `view` (the document of `blocks.view`), `style` (the text of a style's files by
    name), `draft`, `preview` (no tags, no attachments, same look) and `attachments` (each with
    `name`, `description` and `text`). A preview and a draft are made with whatever problems there
    are; an export with an error raises `Refused` with all of them. So does a request that is none.
    `memory` makes the next preview after an edit fast and changes no byte of it.
    """
    view, style, draft, preview, attachments = _read(request)
    view = {**view, "draft": draft}
    problems = list(undrawable(view))
    if preview and can_continue():
        shown = previewed(view, style, memory or Memory())
        return Rendered(shown.pdf, shown.pages, shown.anchors, (*problems, *shown.problems))
    layout, found = _laid_out(view, style)
    main: Lang = "en" if "en" in view["langs"] else "zh-Hant-TW"
    content, said = written(layout, tagged=not preview, main=main, attachments=() if preview else attachments)
    problems.extend((*found, *said))
    if has_errors(problems) and not (draft or preview):
        raise Refused(*problems)
    return Rendered(content, layout.pages, layout.anchors, tuple(problems))


def _laid_out(view: Mapping[str, Any], style: Style) -> tuple[Layout, tuple[Problem, ...]]:
    """The layout, set a second time when a block proves taller than a third of the text area."""
    sheet = style_sheet(style)
    layout, problems = _set(view, style, sheet, frozenset())
    tall = tall_blocks(layout.anchors, style)
    if tall:
        layout, problems = _set(view, style, sheet, tall)
    return layout, (*problems, *layout.problems)


def _set(view: Mapping[str, Any], style: Style, sheet: str, tall: frozenset[str]) -> tuple[Layout, tuple[Problem, ...]]:
    root = parsed(page(view, style, tall))
    problems = sanitise(root)
    return lay_out(root, sheet), problems


def _read(request: Mapping[str, Any]) -> tuple[dict[str, Any], Style, bool, bool, tuple[Attachment, ...]]:
    try:
        files = {str(name): str(text) for name, text in request["style"].items()}
        attachments = tuple(
            Attachment(str(entry["name"]), str(entry["description"]), str(entry["text"]))
            for entry in request.get("attachments", ())
        )
        view = dict(request["view"])
        flags = bool(request.get("draft", False)), bool(request.get("preview", False))
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise Refused(_no_request(str(fault))) from fault
    return view, style_of(str(request.get("style_name", "morning")), files), *flags, attachments


def _no_request(what: str) -> Problem:
    return error(
        "render.request",
        NOWHERE,
        Label(f"The request to render is incomplete: {what}.", f"排版要求不完整：{what}。"),
        Label("This is a fault of the program; please report it.", "這是程式的錯誤，請回報。"),
    )


def warm_up() -> None:
    """Load everything that a first render loads, so that the next one is fast."""
    drawable()
    lay_out(parsed('<html lang="en"><head><title>-</title></head><body><p>-</p></body></html>'), "")
