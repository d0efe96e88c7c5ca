"""From a plain view to one page of HTML, by the templates of a style and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup

from briefing.problems import Place, Problem, Refused, error
from briefing.render.arrangement import body_rows, disclosures, grouped_sources, one_measure
from briefing.render.plain import Plain, plain
from briefing.render.sanitise import SVG, parsed
from briefing.render.styles import PAGE, Style
from briefing.render.typography import prose, words
from briefing.text import Label

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_LONGEST = 16_000_000
_SIDES = {"en": "en", "zh-Hant-TW": "zh"}


def page(view: Mapping[str, object], style: Style, tall: frozenset[str] = frozenset()) -> str:
    """The page as HTML that is also well-formed XML.

    `view` is a document of the contract in `blocks.view`; `tall` holds the ids of blocks that may
    be divided between pages. Raises `Refused` when the view holds more than plain values or a
    template fails.
    """
    note = plain(view)
    if not isinstance(note, dict):
        raise TypeError(type(note).__name__)
    text = _rendered(style, _seen(note, style, tall))
    if len(text) > _LONGEST:
        raise Refused(_template_problem("makes a page that is too large", "產生的頁面過大", None))
    return text


def _seen(note: dict[str, Plain], style: Style, tall: frozenset[str]) -> dict[str, object]:
    """All that the templates of a style can name."""
    langs: Any = note["langs"]
    blocks: Any = note["blocks"]
    sources: Any = note["sources"]
    settings = plain(_dated(dict(style.settings)), "style")
    return {
        "note": note,
        "style": settings,
        "langs": [{"code": lang, "side": _SIDES[lang]} for lang in langs],
        "rows": body_rows(blocks),
        "disclosures": disclosures(blocks),
        "sources": grouped_sources(sources),
        "tall": sorted(tall),
    }


def _dated(value: object) -> object:
    """TOML's dates as text; the rest as it is."""
    if isinstance(value, dict):
        return {key: _dated(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_dated(item) for item in value]
    return value if isinstance(value, str | int | float) else str(value)


def _rendered(style: Style, seen: Mapping[str, object]) -> str:
    from jinja2 import TemplateError, TemplateSyntaxError

    environment = _environment(tuple(sorted(style.files.items())))
    try:
        return environment.get_template(PAGE).render(seen)
    except TemplateSyntaxError as fault:
        raise Refused(
            _template_problem(f"{fault.name}: {fault.message}", f"{fault.name}：{fault.message}", fault.lineno)
        ) from fault
    except (TemplateError, TypeError, ValueError, KeyError, ArithmeticError) as fault:
        raise Refused(_template_problem(str(fault), str(fault), None)) from fault
    except (RecursionError, MemoryError) as fault:
        raise Refused(_template_problem("does not come to an end", "無法結束", None)) from fault


@lru_cache(maxsize=4)
def _environment(files: tuple[tuple[str, str], ...]) -> ImmutableSandboxedEnvironment:
    """The sandbox of a style, kept because compiling its templates takes longer than using them."""
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader(dict(files)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    environment.filters = {
        "prose": prose,
        "words": words,
        "drawing": drawing,
        "joined": _joined,
        "length": len,
        "one_measure": one_measure,
        "paragraphs": _paragraphs,
        "runs_text": runs_text,
    }
    return environment


def runs_text(runs: list[dict[str, Plain]]) -> str:
    """The text of runs without any look, for titles and metadata."""
    return "".join(str(run["text"]) for run in runs)


def _joined(parts: list[Plain], separator: str) -> str:
    return str(separator).join(str(part) for part in parts if part)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in str(text).split("\n\n") if part.strip()]


def drawing(svg: str, alt: str = "") -> Markup:
    """A chart of our own painter as part of the page, with its alternative text as first child."""
    root = parsed(svg)
    if root.tag != SVG + "svg":
        raise ValueError(f"<{root.tag}> is not a drawing")
    _retitle(root, alt)
    # The drawing was parsed, is written from its tree, and passes the sanitiser with the page.
    return Markup(tostring(root, encoding="unicode"))  # noqa: S704


def _retitle(root: Element, alt: str) -> None:
    if not alt:
        return
    for old in root.findall(SVG + "title"):
        root.remove(old)
    title = Element(SVG + "title")
    title.text = alt
    root.insert(0, title)


def _template_problem(en: str, zh: str, row: int | None) -> Problem:
    return error(
        "style.template",
        Place(file=PAGE, row=row),
        Label(f"A template of the style fails: {en}.", f"版型的範本有誤：{zh}。"),
        Label("Mend the template, or choose another style.", "請修正範本，或改用其他版型。"),
    )
