"""What comes from notes, data and style folders cannot reach the machine."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import pikepdf
import pypdfium2
import pytest

from briefing.problems import Refused
from briefing.render.pdf import lay_out
from briefing.render.plain import plain
from briefing.render.sanitise import parsed, sanitise
from briefing.render.service import render
from briefing.text import Label


def checks(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.check for problem in refusal.value.problems}


def words(view: dict[str, Any], text: str) -> dict[str, Any]:
    """A document of one English paragraph."""
    pair = {"type": "pair", "id": "p1", "bullet": 0, "text": {"en": [{"text": text}]}}
    return {**view, "blocks": [pair]}


def text_of(content: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


class Shout(str):
    __slots__ = ()


@pytest.mark.parametrize(
    "value",
    [
        np.float64(1.0), np.int64(1), np.array([1.0]), date(2025, 1, 15), Path("x"), Shout("x"), (1, 2), {1}, b"x", len,
        object(), type, Label("a", "b"), float("nan"), float("inf"), {1: "x"}, [[{"deep": (1,)}]], pytest,
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_nothing_but_plain_values_reaches_a_template(value: object) -> None:
    with pytest.raises(Refused) as refusal:
        plain({"value": value})
    assert checks(refusal) == {"render.plain"}


def test_plain_values_pass_unchanged() -> None:
    value = {"a": [1, 2.5, "x", True, None, {"b": []}]}
    assert plain(value) == value


def test_template_syntax_in_a_note_prints_as_it_was_written(document: Any, style_files: dict[str, str]) -> None:
    attack = "{{ ''.__class__.__mro__ }} {% for x in y %} {# note #} ${7*7}"
    made = render({"view": words(document("en", "stacked"), attack), "style": style_files})
    assert "{{ ''.__class__.__mro__ }} {% for x in y %} {# note #} ${7*7}" in text_of(made.pdf).replace("\r\n", " ")


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ note.__class__ }}",
        "{{ note.update({'x': 1}) }}",
        "{{ note.blocks.append(1) }}",
        "{{ '%4000000000d'|format(1) }}",
        "{{ lipsum(n=3) }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ undefined_name }}",
        "{% include '../../../etc/passwd' %}",
        "{% include '/etc/passwd' %}",
        "{% if %}",
    ],
)
def test_a_style_that_reaches_for_more_is_refused(document: Any, style_files: dict[str, str], attack: str) -> None:
    files = {**style_files, "note.html.j2": f'<html lang="en"><body><p>{attack}</p></body></html>'}
    with pytest.raises(Refused) as refusal:
        render({"view": document("en", "stacked"), "style": files})
    assert checks(refusal) == {"style.template"}


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<img src="file:///etc/passwd" />',
        '<object data="file:///etc/passwd"></object>',
        '<iframe src="http://127.0.0.1/"></iframe>',
        '<p style="background: url(file:///etc/passwd)">x</p>',
        '<p onclick="x()">x</p>',
        '<td colspan="100000000">x</td>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><rect fill="url(http://127.0.0.1/#a)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>',
    ],
)
def test_elements_that_no_note_needs_are_refused(body: str) -> None:
    with pytest.raises(Refused) as refusal:
        sanitise(parsed(f'<html lang="en"><body>{body}</body></html>'))
    assert checks(refusal) == {"style.forbidden"}


@pytest.mark.parametrize(
    "html",
    [
        '<!DOCTYPE html [<!ENTITY a "b">]><html/>',
        "<html><p></html>",
        "<html>&nbsp;</html>",
        "<html><![CDATA[x]]></html>",
    ],
)
def test_a_page_that_is_not_well_formed_is_refused(html: str) -> None:
    with pytest.raises(Refused) as refusal:
        parsed(html)
    assert checks(refusal) == {"style.malformed"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://x/y", " "])
def test_a_link_that_may_not_be_followed_is_dropped_with_a_notice(address: str) -> None:
    root = parsed(f'<html lang="en"><body><p><a href="{address}">words</a></p></body></html>')
    problems = sanitise(root)
    assert [problem.check for problem in problems] == ["render.address"]
    link = root.find("body/p/a")
    assert isinstance(link, Element)
    assert link.attrib == {}
    assert link.text == "words"


def test_a_usual_link_is_kept_in_the_file(document: Any, style_files: dict[str, str]) -> None:
    view = words(document("en", "stacked"), "x")
    view["blocks"][0]["text"]["en"][0]["href"] = "https://www.example.com/vix"
    made = render({"view": view, "style": style_files, "preview": True})
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        links = [str(a["/A"]["/URI"]) for page in pdf.pages for a in page.get("/Annots", [])]
    assert links == ["https://www.example.com/vix"]


@pytest.mark.parametrize(
    "sheet", ['@import "x.css";', "p { background: url(http://127.0.0.1/x.png) }", "@font-face {}"]
)
def test_a_style_sheet_that_asks_for_anything_is_refused(
    document: Any, style_files: dict[str, str], sheet: str
) -> None:
    files = {**style_files, "style.css": style_files["style.css"] + sheet}
    with pytest.raises(Refused) as refusal:
        render({"view": document("en", "stacked"), "style": files})
    assert checks(refusal) == {"style.value"}


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "file:///etc/passwd", "https://example.com/x.png"])
def test_behind_the_gates_the_renderer_itself_fetches_nothing(address: str) -> None:
    root = parsed(f'<html lang="en"><head><title>t</title></head><body><img src="{address}" alt="x" /></body></html>')
    with pytest.raises(Refused) as refusal:
        lay_out(root, "")
    assert checks(refusal) == {"render.fetch"}


def test_a_block_that_should_never_reach_the_page_is_refused_rather_than_printed(
    document: Any, style_files: dict[str, str]
) -> None:
    view = document("en", "stacked")
    view["blocks"].append({"type": "private", "id": "x", "text": {"en": [{"text": "SENTINEL"}]}})
    with pytest.raises(Refused) as refusal:
        render({"view": view, "style": style_files})
    assert checks(refusal) == {"style.template"}


def test_only_what_the_exporter_lists_is_attached(document: Callable[..., Any], style_files: dict[str, str]) -> None:
    listed = [{"name": "figure-1.csv", "description": "Figure 1", "text": "date,x\n2025-01-15,1\n"}]
    request = {"view": words(document("en", "stacked"), "x"), "style": style_files, "attachments": listed}
    with pikepdf.open(io.BytesIO(render(request).pdf)) as pdf:
        assert list(pdf.attachments) == ["figure-1.csv"]
        assert pdf.attachments["figure-1.csv"].get_file().read_bytes() == listed[0]["text"].encode()
    with pikepdf.open(io.BytesIO(render({**request, "preview": True}).pdf)) as pdf:
        assert list(pdf.attachments) == []
