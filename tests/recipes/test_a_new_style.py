"""To add a house style, add a folder under `templates`; nothing else."""

from pathlib import Path

import pypdfium2

from briefing.render.service import render
from briefing.render.styles import styles

SETTINGS = """
version = "1"
valid_from = "2026-01-01"
label = { en = "Toy", zh = "玩具" }
sheet = "A5"
[sheets.A5]
width = 148
height = 210
top = 15
first_top = 15
bottom = 15
side = 12
[colour]
ink = "#002200"
[disclosure]
version = "t1"
[disclosure.text]
en = "No advice."
zh = "非投資建議。"
"""
PAGE = """
<html lang="{{ langs[0].code }}"><head><title>{{ note.title.en|runs_text }}</title></head><body>
{% for row in rows %}{% for block in row %}{% include "blocks/" ~ block.type ~ ".html.j2" %}{% endfor %}{% endfor %}
</body></html>
"""
PAIR = """
<div id="block-{{ block.id }}">{% for l in langs %}<p lang="{{ l.code }}">{{ block.text[l.side]|prose(l.code) }}</p>{% endfor %}</div>
"""
SHEET = """
body { color: var(--colour-ink) }
:lang(en) { font-family: "Noto Sans" }
:lang(zh) { font-family: "Noto Sans TC" }
.nb { white-space: nowrap }
"""


def test_a_folder_becomes_a_style_that_renders(tmp_path: Path) -> None:
    folder = tmp_path / "toy"
    (folder / "blocks").mkdir(parents=True)
    for name, text in (
        ("style.toml", SETTINGS),
        ("note.html.j2", PAGE),
        ("style.css", SHEET),
        ("blocks/pair.html.j2", PAIR),
    ):
        (folder / name).write_text(text, encoding="utf-8")

    found = styles(tmp_path)

    assert list(found) == ["toy"]
    assert found["toy"].label.zh == "玩具"
    assert found["toy"].disclosure.en == "No advice."
    view = {
        "edition": "both",
        "layout": "stacked",
        "langs": ["en", "zh-Hant-TW"],
        "title": {"en": [{"text": "A toy"}], "zh": [{"text": "玩具"}]},
        "sources": [],
        "blocks": [
            {
                "type": "pair",
                "id": "p",
                "bullet": 0,
                "text": {"en": [{"text": "Up 5bp."}], "zh": [{"text": "上升5個基點。"}]},
            }
        ],
    }
    made = render({"view": view, "style": dict(found["toy"].files), "style_name": "toy"})
    assert [anchor.block for anchor in made.anchors] == ["p"]
    assert round(made.pages[0].width / 72 * 25.4) == 148
    text = pypdfium2.PdfDocument(made.pdf)[0].get_textpage().get_text_range()
    assert "Up 5bp." in text
    assert "上升5個基點。" in text
