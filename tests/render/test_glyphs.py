import shutil
from pathlib import Path
from typing import Any

import pytest

from briefing.problems import Place, Refused
from briefing.render.fonts import FACES, drawable, require_fonts
from briefing.render.glyphs import undrawable
from briefing.render.pdf import lay_out, written
from briefing.render.sanitise import parsed
from briefing.render.service import render
from briefing.resources import asset


def pair(en: str, zh: str) -> dict[str, Any]:
    return {"blocks": [{"type": "pair", "id": "p1", "text": {"en": [{"text": en}], "zh": [{"text": zh}]}}]}


def test_the_fonts_draw_everything_that_a_note_is_written_with() -> None:
    needed = "Yesterday’s “cheap” — 12bp −10% $€£¥ ½ ×±≥≤≈ 殖利率「利差」『』《》（）、，。：；！？——……·～／％第億兆"
    assert undrawable(pair(needed, needed)) == ()


def test_a_character_without_a_glyph_is_named_with_its_place() -> None:
    (problem,) = undrawable(pair("fine", "利率😀走低"))
    assert problem.check == "render.glyph"
    assert problem.place == Place(block="p1", field="text", side="zh")
    assert "😀 (U+1F600)" in problem.message.en


def test_a_control_character_is_named_by_its_number() -> None:
    (problem,) = undrawable(pair("a\x0bb", ""))
    assert problem.message.en == "No font of the program can draw (U+000B)."


def test_an_export_with_such_a_character_is_refused_and_a_preview_is_made(
    document: Any, style_files: dict[str, str]
) -> None:
    view = {
        **document("en", "stacked"),
        "blocks": [{"type": "pair", "id": "p", "bullet": 0, "text": {"en": [{"text": "😀"}]}}],
    }
    with pytest.raises(Refused) as refusal:
        render({"view": view, "style": style_files})
    assert {problem.check for problem in refusal.value.problems} == {"render.glyph", "render.notdef"}
    preview = render({"view": view, "style": style_files, "preview": True})
    assert {problem.check for problem in preview.problems} == {"render.glyph", "render.notdef"}


def test_the_renderers_own_word_about_a_missing_glyph_is_an_error() -> None:
    layout = lay_out(parsed('<html lang="en"><head><title>t</title></head><body><p>😀</p></body></html>'), "")
    _, problems = written(layout, tagged=False, main="en")
    assert [problem.check for problem in problems] == ["render.notdef"]


def test_a_style_sheet_that_the_renderer_ignores_in_part_is_an_error() -> None:
    root = parsed('<html lang="en"><head><title>t</title></head><body><p>x</p></body></html>')
    problems = lay_out(root, "p { text-autospace: normal }").problems
    assert [problem.check for problem in problems] == ["render.complaint"]


def test_a_missing_font_is_a_clear_message(tmp_path: Path) -> None:
    for face in FACES[:-1]:
        shutil.copyfile(asset("fonts", face), tmp_path / face)
    with pytest.raises(Refused) as refusal:
        require_fonts(tmp_path)
    (problem,) = refusal.value.problems
    assert problem.message.en == f"The font file {FACES[-1]} is missing from the program."
    assert FACES[-1] in problem.message.zh


def test_bold_faces_draw_all_that_the_regular_ones_do() -> None:
    from fontTools.ttLib import TTFont

    bold: set[int] = set()
    for face in ("NotoSans-Bold.ttf", "NotoSansTC-Bold.ttf", "NotoSansSC-Bold.ttf"):
        with TTFont(asset("fonts", face), lazy=True) as font:
            bold.update(font.getBestCmap())
    assert drawable() <= bold
