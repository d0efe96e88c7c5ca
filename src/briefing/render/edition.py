"""An edition of a note: resolved, checked, rendered and written beside the data that it was made from."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

from briefing import __version__
from briefing.blocks.context import Context
from briefing.blocks.document import EDITIONS, Edition, Layout, document
from briefing.blocks.figure import Figure
from briefing.blocks.private import Private
from briefing.checks.registry import Inspection, run_checks
from briefing.data.workspace import Workspace
from briefing.data.writing import write_file
from briefing.metrics.derived import Derived, open_source
from briefing.metrics.registry import evaluate
from briefing.note import Note
from briefing.problems import NOWHERE, Place, Problem, Refused, error, has_errors
from briefing.reference import parse_reference
from briefing.render.service import Rendered, render
from briefing.render.styles import Style, styles
from briefing.series import SeriesSource
from briefing.store.notefile import note_bytes
from briefing.store.opening import open_note
from briefing.text import Label

LAYOUTS: tuple[Layout, ...] = get_args(Layout)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChoice:
    """What is to be made: languages, layout, house style (None: the note's), and whether it is a draft."""

    edition: Edition = "both"
    layout: Layout = "stacked"
    style: str | None = None
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request for the renderer, and every problem of the note."""

    request: dict[str, Any]
    problems: tuple[Problem, ...]


def prepare_edition(note: Note, source: Derived, choice: EditionChoice, *, attach: bool) -> Prepared:
    """Resolve and check a note for an edition. Raises `Refused` for an unknown style.

    `attach` adds what travels inside an exported PDF: the note without private blocks, pinned to the data
    that it was made from, one CSV per figure, and a manifest of every number with its series, dates and vintage.
    """
    style = _style(choice.style or note.style)
    context = _context(source, style)
    made = document(note, context, edition=choice.edition, layout=choice.layout, draft=choice.draft)
    problems = run_checks(Inspection(note, context, made.problems))
    attachments = list(_attachments(note, made.view, source)) if attach else []
    request = {
        "view": made.view,
        "style": dict(style.files),
        "style_name": style.name,
        "draft": choice.draft,
        "preview": not attach,
        "attachments": attachments,
    }
    return Prepared(request, problems)


def inspect_note(note: Note, source: SeriesSource) -> tuple[Problem, ...]:
    """Every problem of a note, over both languages."""
    context = _context(source, _style(note.style))
    made = document(note, context, edition="both", layout="stacked", draft=False)
    return run_checks(Inspection(note, context, made.problems))


def render_edition(note: Note, source: Derived, choice: EditionChoice) -> Rendered:
    """The finished PDF of an edition. Raises `Refused` with every problem when one is an error and it is no draft."""
    prepared = prepare_edition(note, source, choice, attach=True)
    if has_errors(prepared.problems) and not choice.draft:
        raise Refused(*prepared.problems)
    made = render(prepared.request)
    return Rendered(made.pdf, made.pages, made.anchors, (*prepared.problems, *made.problems))


def write_edition(
    workspace: Workspace,
    path: Path,
    target: Path,
    choice: EditionChoice,
    *,
    as_of: date | None = None,
    vintage: str | None = None,
) -> tuple[Problem, ...]:
    """Render a note file to a PDF file; the old PDF stays whole until the new one is complete.

    `as_of` and `vintage` stand for the note's own. Returns the warnings. Raises `Refused` when the note or
    the target cannot be used, or has errors.
    """
    if os.path.lexists(target) and not os.path.isfile(target):  # noqa: PTH113 - a name that is too long is no fault yet
        raise Refused(_no_file(target))
    opened = open_note(path)
    if has_errors(opened.problems) and not choice.draft:
        raise Refused(*opened.problems)
    note = replace(opened.note, as_of=as_of or opened.note.as_of, vintage=vintage or opened.note.vintage)
    made = render_edition(note, open_source(workspace, note.as_of, note.vintage), choice)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, made.pdf)
    except OSError as fault:
        raise Refused(_unwritable(target, fault)) from fault
    return (*opened.problems, *made.problems)


def _context(source: SeriesSource, style: Style) -> Context:
    return Context(
        source=source,
        disclosure=style.disclosure,
        disclosure_version=style.disclosure_version,
        text_width=style.sheet.text_width,
    )


def _style(name: str) -> Style:
    known = styles()
    if name not in known:
        raise Refused(_unknown("style", "版型", name, tuple(known)))
    return known[name]


def edition_choice(edition: str, layout: str, style: str | None, *, draft: bool) -> EditionChoice:
    """A choice from words. Raises `Refused` for an unknown edition or layout."""
    known_edition = next((known for known in EDITIONS if known == edition), None)
    known_layout = next((known for known in LAYOUTS if known == layout), None)
    if known_edition is None:
        raise Refused(_unknown("edition", "版本", edition, tuple(EDITIONS)))
    if known_layout is None:
        raise Refused(_unknown("layout", "編排", layout, LAYOUTS))
    return EditionChoice(edition=known_edition, layout=known_layout, style=style, draft=draft)


def _attachments(note: Note, view: dict[str, Any], source: Derived) -> Iterator[dict[str, str]]:
    public = tuple(block for block in note.blocks if not isinstance(block, Private))
    pinned = replace(note, blocks=public, as_of=source.as_of, vintage=source.vintage)
    content = note_bytes(pinned).decode("utf-8")
    yield {"name": "note.brief", "description": "The note", "text": content}
    for block in public:
        if isinstance(block, Figure):
            number = next(entry["number"] for entry in view["blocks"] if entry["id"] == block.id)
            yield {
                "name": f"figure-{number}.csv",
                "description": f"The data of figure {number}",
                "text": _figure_csv(block, source),
            }
    yield {
        "name": "manifest.json",
        "description": "Every number and where it comes from",
        "text": _manifest(view, source),
    }


def _figure_csv(figure: Figure, source: Derived) -> str:
    """All dates of all lines, a missing value left empty."""
    series = [source.series(line.series) for line in figure.chart.lines]
    held = [dict(zip(one.dates.astype(str), one.values.tolist(), strict=True)) for one in series]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["date", *(one.id for one in series)])
    for day in sorted({day for one in held for day in one}):
        writer.writerow([day, *(one.get(day, "") for one in held)])
    return out.getvalue()


def _manifest(view: dict[str, Any], source: Derived) -> str:
    refs = dict.fromkeys(_refs(view["blocks"]))
    values = [evaluate(parse_reference(ref, NOWHERE), source).as_json() for ref in refs]
    packages = {name: version(name) for name in ("weasyprint", "pandas", "numpy", "duckdb")}
    manifest = {
        "program": __version__,
        "packages": packages,
        "as_of": view["as_of"],
        "vintage": source.vintage,
        "edition": view["edition"],
        "content_hash": view["hash"],
        "values": values,
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1)


def _refs(node: Any) -> Iterator[str]:
    """Every reference that stands anywhere in the view."""
    if isinstance(node, dict):
        if isinstance(node.get("ref"), str) and node["ref"] and not node.get("missing"):
            yield node["ref"]
        for value in node.values():
            yield from _refs(value)
    elif isinstance(node, list):
        for value in node:
            yield from _refs(value)


def _unknown(en: str, zh: str, found: str, known: tuple[str, ...]) -> Problem:
    return error(
        f"render.{en}",
        NOWHERE,
        Label(f"There is no {en} “{found}”.", f"沒有名為「{found}」的{zh}。"),
        Label(f"Choose one of: {', '.join(known)}.", f"請選擇：{'、'.join(known)}。"),
    )


def _no_file(target: Path) -> Problem:
    """A device, pipe or folder: putting a file in its place would destroy it."""
    return error(
        "render.unwritable",
        Place(file=target.name),
        Label(f"{target.name} is not a file that can be replaced.", f"{target.name}不是可覆寫的檔案。"),
        Label("Name a PDF file to write.", "請指定要寫入的PDF檔名。"),
    )


def _unwritable(target: Path, fault: OSError) -> Problem:
    return error(
        "render.unwritable",
        Place(file=target.name),
        Label(f"{target.name} cannot be written: {fault.strerror}.", f"無法寫入{target.name}：{fault.strerror}。"),
        Label("Close it where it is open, or choose another place.", "請先關閉已開啟的檔案，或選擇其他位置。"),
    )
