"""What stands on the finished page, read back from the PDF."""

import io
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest

from briefing.render.faces import embedded_families
from briefing.render.html import page
from briefing.render.pdf import lay_out, written
from briefing.render.sanitise import parsed
from briefing.render.service import Rendered, render
from briefing.render.sheet import style_sheet
from briefing.render.styles import style_of

EDITIONS = [("both", "columns"), ("both", "stacked"), ("en", "stacked"), ("zh-Hant-TW", "stacked")]
every_edition = pytest.mark.parametrize(("edition", "layout"), EDITIONS)
Make = Callable[..., Rendered]
NEVER_FIRST = set("、，。：；！？）」』》〉】〕”’·～／—…%％,.;:!?)")
NEVER_LAST = set("（「『《〈【〔“‘(")


def is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@every_edition
def test_the_renderer_has_nothing_to_complain_of(rendered: Make, edition: str, layout: str) -> None:
    assert rendered(edition, layout).problems == ()


@every_edition
def test_only_the_programs_own_families_are_embedded(rendered: Make, edition: str, layout: str) -> None:
    families = set(embedded_families(rendered(edition, layout).pdf).values())
    assert families <= {"Noto Sans", "Noto Sans TC"}
    assert "Noto Sans" in families


@every_edition
def test_every_font_is_a_subset_and_embedded_with_a_unicode_map(rendered: Make, edition: str, layout: str) -> None:
    with pikepdf.open(io.BytesIO(rendered(edition, layout).pdf)) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
        composite = [font for font in fonts if font["/Subtype"] == "/Type0"]
        assert composite
        for font in composite:
            assert re.match(r"/[A-Z]{6}\+", str(font["/BaseFont"]))
            assert "/ToUnicode" in font
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert not [font for font in fonts if font["/Subtype"] == "/Type3"]


@every_edition
def test_every_chinese_glyph_comes_from_the_traditional_face(
    rendered: Make, lines: Any, edition: str, layout: str
) -> None:
    drawn = [
        (character, font)
        for line in lines(rendered(edition, layout).pdf)
        for character, font in zip(line.text, line.fonts, strict=True)
        if is_han(character)
    ]
    assert [character for character, font in drawn if "+Noto-Sans-TC" not in font] == []
    assert (len(drawn) > 100) == (edition != "en")


def test_the_chinese_text_can_be_read_back(rendered: Make) -> None:
    text = squeezed(text_of(rendered("both", "columns").pdf))
    for words in (
        "十年期殖利率下跌12個基點，收在4.66%",
        "自2023年12月14日以來最大單日跌幅",
        "避險——不過「便宜」不等於「免費」",
    ):
        assert words in text


def test_both_languages_show_the_bound_numbers(rendered: Make) -> None:
    text = squeezed(text_of(rendered("both", "columns").pdf))
    for words in (
        "−10bp",
        "−10個基點",
        "down12bp",
        "下跌12個基點",
        "62ndpercentile",
        "第62百分位",
        "$82bn",
        "820億美元",
    ):
        assert words in text


@every_edition
def test_no_mark_up_of_the_author_is_left_on_the_page(rendered: Make, edition: str, layout: str) -> None:
    text = text_of(rendered(edition, layout).pdf)
    assert not [found for found in ("{", "}", "==", "**", "](") if found in text]


def test_an_english_edition_holds_no_chinese_and_a_chinese_one_no_english_prose(rendered: Make) -> None:
    english = "".join(line for line in text_of(rendered("en", "stacked").pdf).split("\n") if "殖利率" not in line)
    # The glossary explains terms of both languages, and the sample charts carry one Chinese label.
    assert len([c for c in english if is_han(c)]) == len("牛市平坦化基點價值")
    assert "Yesterday" not in text_of(rendered("zh-Hant-TW", "stacked").pdf)


@every_edition
def test_no_line_of_chinese_starts_or_ends_with_a_forbidden_mark(
    rendered: Make, lines: Any, edition: str, layout: str
) -> None:
    chinese = [line for line in lines(rendered(edition, layout).pdf) if any(is_han(c) for c in line.text)]
    assert [line for line in chinese if line.text.strip()[0] in NEVER_FIRST] == []
    assert [line for line in chinese if line.text.strip()[-1] in NEVER_LAST] == []


def broken_wholes(html: str, content: bytes, lines: Any) -> Counter[str]:
    """How often each stretch marked as whole stands across two lines."""
    root = parsed(html)
    wholes = {squeezed("".join(e.itertext())) for e in root.iter("span") if "nb" in e.get("class", "").split()}
    out: Counter[str] = Counter()
    for first, second in following(lines(content)):
        one, two = squeezed(first.text), squeezed(second.text)
        for whole in wholes:
            for at in range(1, len(whole)):
                if len(whole) > 3 and one.endswith(whole[:at]) and two.startswith(whole[at:]):
                    out[whole] += 1
    return out


def following(lines: list[Any]) -> list[tuple[Any, Any]]:
    """Pairs of lines of which the second stands right below the first in the same column."""
    pairs = []
    for first in lines:
        below = [
            line
            for line in lines
            if line.page == first.page and abs(line.left - first.left) < 15 and 5 < first.baseline - line.baseline < 17
        ]
        pairs += [(first, max(below, key=lambda line: line.baseline))] if below else []
    return pairs


@every_edition
def test_no_quantity_is_parted_from_its_unit(
    rendered: Make, lines: Any, document: Any, style_files: dict[str, str], edition: str, layout: str
) -> None:
    html = page(document(edition, layout), style_of("morning", style_files))
    assert broken_wholes(html, rendered(edition, layout).pdf, lines) == Counter()


@pytest.mark.slow
def test_without_the_spans_quantities_would_be_parted(lines: Any, document: Any, style_files: dict[str, str]) -> None:
    style = style_of("morning", style_files)
    html = page(document("both", "columns"), style)
    sheet = style_sheet(style).replace("white-space: nowrap", "white-space: normal")
    layout = lay_out(parsed(html), sheet)
    content, _ = written(layout, tagged=False, main="en")
    assert broken_wholes(html, content, lines).total() >= 2


@pytest.mark.parametrize("layout", ["columns", "stacked"])
def test_both_sides_of_a_pair_stand_on_one_page(rendered: Make, document: Any, layout: str) -> None:
    made = rendered("both", layout)
    pairs = [block["id"] for block in document("both", layout)["blocks"] if block["type"] == "pair"]
    pages = Counter(anchor.block for anchor in made.anchors if anchor.block in pairs)
    assert pages == Counter(pairs)


def test_side_by_side_the_first_lines_share_a_baseline(rendered: Make, lines: Any) -> None:
    drawn = lines(rendered("both", "columns").pdf)
    for english, chinese in (
        ("Real yields did", "實質殖利率主導"),
        ("Yesterday’s CPI", "昨天的CPI"),
        ("Yields fall and", "殖利率下滑，且"),
    ):
        left = next(line for line in drawn if english in line.text)
        right = next(line for line in drawn if squeezed(line.text).lstrip("•").startswith(chinese))
        assert left.baseline == pytest.approx(right.baseline, abs=0.1)


def test_every_block_has_its_place(rendered: Make, document: Any) -> None:
    made = rendered("both", "columns")
    assert {anchor.block for anchor in made.anchors} == {block["id"] for block in document()["blocks"]}
    for anchor in made.anchors:
        size = made.pages[anchor.page - 1]
        assert -0.01 <= anchor.x <= anchor.x + anchor.width <= size.width + 0.01
        assert -0.01 <= anchor.y <= anchor.y + anchor.height <= size.height + 0.01


@every_edition
def test_no_text_is_smaller_than_six_and_a_half_points(rendered: Make, lines: Any, edition: str, layout: str) -> None:
    sizes = {size for line in lines(rendered(edition, layout).pdf) for size in line.sizes}
    assert 9.5 in sizes
    assert min(sizes) >= 6.49


@every_edition
def test_nothing_stands_over_the_margins(rendered: Make, lines: Any, edition: str, layout: str) -> None:
    left, right = 18 * 72 / 25.4, (210 - 18) * 72 / 25.4
    for line in lines(rendered(edition, layout).pdf):
        assert left - 1 <= line.left <= line.right <= right + 1, line.text


def test_charts_are_vectors(rendered: Make) -> None:
    with pikepdf.open(io.BytesIO(rendered("both", "columns").pdf)) as pdf:
        images = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
    assert images == []


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"]


@every_edition
def test_every_figure_has_its_words_for_those_who_cannot_see_it(
    rendered: Make, document: Any, edition: str, layout: str
) -> None:
    with pikepdf.open(io.BytesIO(rendered(edition, layout).pdf)) as pdf:
        spoken = [str(e["/Alt"]) for e in elements(pdf) if e["/S"] == "/Figure" and "/Alt" in e]
    for block in document(edition, layout)["blocks"]:
        if block["type"] == "figure":
            assert " ".join(block["alt"].values()) in spoken


def test_figures_are_numbered_in_order_with_source_and_date(rendered: Make) -> None:
    text = text_of(rendered("both", "columns").pdf)
    assert [int(n) for n in re.findall(r"Figure (\d+)／", text)] == [1, 2, 3, 4, 5, 6]
    assert text.count("Source: FRED. Last: 15 Jan 2025.") == 6


@every_edition
def test_bookmarks_are_the_headings_in_order(rendered: Make, document: Any, edition: str, layout: str) -> None:
    expected = [
        "／".join("".join(run["text"] for run in runs) for runs in block["text"].values())
        for block in document(edition, layout)["blocks"]
        if block["type"] == "heading"
    ]
    toc = pypdfium2.PdfDocument(rendered(edition, layout).pdf).get_toc()
    assert [entry.get_title() for entry in toc] == expected


def test_the_document_names_its_language_and_each_chinese_stretch_its_own(rendered: Make) -> None:
    with pikepdf.open(io.BytesIO(rendered("both", "columns").pdf)) as pdf:
        assert pdf.Root["/Lang"] == "en"
        assert Counter(str(e["/Lang"]) for e in elements(pdf) if "/Lang" in e)["zh-Hant-TW"] > 50
    with pikepdf.open(io.BytesIO(rendered("zh-Hant-TW", "stacked").pdf)) as pdf:
        assert pdf.Root["/Lang"] == "zh-Hant-TW"
        assert {str(e["/Lang"]) for e in elements(pdf) if "/Lang" in e} == {"en"}


def test_the_title_and_the_standard_are_in_the_metadata(rendered: Make) -> None:
    with pikepdf.open(io.BytesIO(rendered("both", "columns").pdf)) as pdf:
        assert pdf.docinfo["/Title"] == "Soft CPI brings the buyers back／CPI降溫，買盤回籠"
        assert b"pdfuaid" in pdf.Root["/Metadata"].read_bytes()
        assert pdf.Root["/ViewerPreferences"]["/DisplayDocTitle"] is True
        assert "20250116" in str(pdf.docinfo["/CreationDate"])


def test_every_page_after_the_first_has_a_running_head_and_all_have_a_folio(rendered: Make) -> None:
    made = rendered("both", "columns")
    document = pypdfium2.PdfDocument(made.pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    assert all(f"{number} / {len(pages)}" in text for number, text in enumerate(pages, start=1))
    assert all(
        "Data as of 15 Jan 2025" in text and "† VVIX: 2 sessions late, last 13 Jan 2025" in text for text in pages
    )
    assert all("Soft CPI brings the buyers back" in text for text in pages)
    assert "第2頁／共" in squeezed(text_of(rendered("zh-Hant-TW", "stacked").pdf))


def test_five_pages_stay_below_a_megabyte(rendered: Make) -> None:
    made = rendered("both", "columns")
    assert len(made.pages) >= 3
    assert len(made.pdf) < 1_000_000 * len(made.pages) / 5


def test_a_draft_says_so_on_every_page_and_a_finished_note_nowhere(
    rendered: Make, document: Any, style_files: dict[str, str]
) -> None:
    made = render({"view": document("en", "stacked"), "style": style_files, "draft": True, "preview": True})
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.pdf)]
    assert [text.count("DRAFT") for text in pages] == [1] * len(pages)
    assert "DRAFT" not in text_of(rendered("en", "stacked").pdf)


def test_a_letter_sheet_is_a_switch_of_the_style(document: Any, style_files: dict[str, str], lines: Any) -> None:
    settings = style_files["style.toml"].replace('sheet = "A4"', 'sheet = "Letter"')
    request = {
        "view": document("zh-Hant-TW", "stacked"),
        "style": {**style_files, "style.toml": settings},
        "preview": True,
    }
    made = render(request)
    assert made.problems == ()
    assert {(round(page.width), round(page.height)) for page in made.pages} == {(612, 792)}
    left, right = 20.95 * 72 / 25.4, (215.9 - 20.95) * 72 / 25.4
    assert [line.text for line in lines(made.pdf) if line.left < left - 1 or line.right > right + 1] == []
