"""A realistic bilingual document in the plain form that the renderer takes, and tools to look at a PDF."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

from briefing.inline import runs as inline_runs
from briefing.render.service import Rendered, render
from briefing.render.styles import read_files
from briefing.resources import template

Document = dict[str, Any]

VALUES = {
    "DFII10.change.1d": ("−10bp", "−10個基點"),
    "DFII10.record.1d": ("largest 1d drop since 14 Dec 2023", "自2023年12月14日以來最大單日跌幅"),
    "VIXCLS.last": ("16.12", "16.12點"),
    "UST10Y.last": ("4.66%", "4.66%"),
    "UST10Y.change.1d|move": ("down 12bp", "下跌12個基點"),
    "UST2Y,UST10Y.curve_regime.1d": ("2s10s, 1 day: bull flattener", "2年/10年利差，1日：牛市平坦化"),
    "UST10Y.pctile.1y": ("62nd percentile", "第62百分位"),
    "FUND.flow.1w": ("$82bn", "820億美元"),
    "GONE.last": ("—", "—"),
}


def runs(source: str, side: str) -> list[dict[str, object]]:
    """An author's text as the runs of one side, with every bound number written out."""
    out: list[dict[str, object]] = []
    for run in inline_runs(source):
        text = run.text if run.ref is None else VALUES[run.ref][0 if side == "en" else 1]
        out.append(
            {
                "text": text,
                "bold": run.bold,
                "mark": run.mark,
                "href": run.href,
                "ref": run.ref,
                "caveat": "",
                "missing": run.ref == "GONE.last",
            }
        )
    return out


def chart(width: float, height: float, label: str = "10Y real yield") -> str:
    """A small line chart as our own painter writes them: text as text, millimetres as user units."""
    points = " ".join(
        f"{4 + i * (width - 20) / 120:.2f},{height / 2 - math.sin(i / 9) * height / 4 - i * 0.05:.2f}"
        for i in range(121)
    )
    ticks = "".join(
        f'<line x1="4" x2="{width - 14:g}" y1="{y:.2f}" y2="{y:.2f}" stroke="#C9D3DB" stroke-width="0.1"/>'
        f'<text x="{width - 12:g}" y="{y + 0.9:.2f}" font-size="2.47" font-family="Noto Sans" fill="#555555">{2.4 - i * 0.2:.1f}</text>'
        for i, y in enumerate(height * part for part in (0.12, 0.37, 0.62, 0.87))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" viewBox="0 0 {width:g} {height:g}">'
        f'{ticks}<polyline points="{points}" fill="none" stroke="#005AA0" stroke-width="0.32"/>'
        f'<text x="4" y="{height - 0.6:.2f}" font-size="2.47" font-family="Noto Sans" fill="#555555">{label}</text>'
        f'<text x="{width / 2:g}" y="{height - 0.6:.2f}" font-size="2.47" font-family="Noto Sans TC" fill="#555555">十年期實質殖利率</text>'
        "</svg>"
    )


def spark() -> str:
    points = " ".join(f"{i * 0.6:.2f},{2 - math.sin(i / 4) * 1.5:.2f}" for i in range(31))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="18mm" height="4mm" viewBox="0 0 18 4">'
        f'<polyline points="{points}" fill="none" stroke="#005AA0" stroke-width="0.25"/></svg>'
    )


class Builder:
    """Makes blocks of one edition; ids count up."""

    def __init__(self, sides: tuple[str, ...]) -> None:
        self.sides = sides
        self.count = 0

    def prose(self, en: str, zh: str) -> dict[str, Any]:
        return {side: runs(words, side) for side, words in (("en", en), ("zh", zh)) if side in self.sides}

    def text(self, en: str, zh: str) -> dict[str, str]:
        return {side: words for side, words in (("en", en), ("zh", zh)) if side in self.sides}

    def block(self, kind: str, **fields: object) -> dict[str, Any]:
        self.count += 1
        return {"type": kind, "id": f"b{self.count:07x}", **fields}

    def heading(self, en: str, zh: str, level: int = 1) -> dict[str, Any]:
        return self.block("heading", level=level, text=self.prose(en, zh))

    def pair(self, en: str, zh: str, bullet: int = 0) -> dict[str, Any]:
        return self.block("pair", bullet=bullet, text=self.prose(en, zh))

    def figure(self, number: int, en: str, zh: str, *, size: str = "half") -> dict[str, Any]:
        width, height = (85.0, 44.0) if size == "half" else (174.0, 50.0)
        return self.block(
            "figure",
            number=number,
            size=size,
            width=width,
            height=height,
            title=self.prose(en, zh),
            subtitle=self.text("10-year real yield, %, daily", "十年期實質殖利率，%，日資料"),
            source=self.text("Source: FRED. Last: 15 Jan 2025.", "資料來源：FRED。最新資料：2025年1月15日。"),
            alt=self.text(f"Line chart {number}: the real yield falls.", f"折線圖{number}：實質殖利率下滑。"),
            svg=chart(width, height),
        )

    def table(self, rows: int = 6) -> dict[str, Any]:
        names = [("10Y Treasury", "十年期公債"), ("2Y Treasury", "兩年期公債"), ("VIX", "VIX"), ("S&P 500", "標普500"),
                 ("10Y real yield", "十年期實質殖利率"), ("IG spread", "投資級利差")]  # fmt: skip
        return self.block(
            "metric_table",
            title=self.prose("Moves on the day", "當日變動"),
            columns=[
                {"head": self.text("Last", "最新"), "kind": "number"},
                {"head": self.text("1 day", "1日"), "kind": "number"},
                {"head": self.text("Reads as", "解讀"), "kind": "text"},
                {"head": self.text("1 year", "1年"), "kind": "spark"},
            ],
            rows=[self._row(*names[i % len(names)], tone=(i % 3) - 1) for i in range(rows)],
            note=self.text("Changes in basis points or per cent.", "變動以基點或百分比表示。"),
        )

    def _row(self, en: str, zh: str, tone: int) -> dict[str, Any]:
        def cell(
            en: str, zh: str, tone: int = 0, ref: str = "", svg: str = "", *, missing: bool = False
        ) -> dict[str, Any]:
            return {"text": self.text(en, zh), "tone": tone, "caveat": {}, "missing": missing, "ref": ref, "svg": svg}

        return {
            "head": self.text(en, zh),
            "remarks": [],
            "cells": [
                cell("4.66", "4.66", ref="UST10Y.last"),
                cell(("−12", "0", "+7")[tone + 1], ("−12", "0", "+7")[tone + 1], tone, "UST10Y.change.1d"),
                cell("bull flattener", "牛市平坦化") if tone else cell("—", "—", missing=True),
                cell("", "", svg=spark()),
            ],
        }

    def points(self) -> dict[str, Any]:
        return self.block(
            "key_points",
            points=[
                self.prose(
                    "Real yields did the work: the 10-year moved {DFII10.change.1d}, the {DFII10.record.1d}.",
                    "實質殖利率主導行情：十年期變動{DFII10.change.1d}，為{DFII10.record.1d}。",
                ),
                self.prose(
                    "VIX fell to {VIXCLS.last}; systematic funds may add **{FUND.flow.1w}** within a month.",
                    "VIX降至{VIXCLS.last}；系統型基金一個月內可能加碼**{FUND.flow.1w}**。",
                ),
                self.prose(
                    "The curve: {UST2Y,UST10Y.curve_regime.1d}.",
                    "曲線型態：{UST2Y,UST10Y.curve_regime.1d}。",
                ),
            ],
        )


PARAGRAPHS = (
    (
        (
            "Yesterday’s CPI print was soft enough to take the hike scenarios off the table, and the bond ma"
            "rket moved first. The 10-year yield closed {UST10Y.change.1d|move} at {UST10Y.last}, the {UST10"
            "Y.pctile.1y} of the past year, while dealers unwound 25 vs 107 structures worth $2.2mm/01 betwe"
            "en 14 Dec 2023 and Sep ’24."
        ),
        (
            "昨天的CPI數據夠溫和，足以排除升息情境，債市率先反應。十年期殖利率{UST10Y.cha"
            "nge.1d|move}，收在{UST10Y.last}，位於過去一年的{UST10Y.p"
            "ctile.1y}；交易商在2023年12月14日至2024年9月間平倉了220萬美元/0"
            "1的25對107結構。"
        ),
    ),
    (
        (
            "==Vol control funds could buy {FUND.flow.1w} over the next 20 sessions== if realised volatility"
            " stays below 11 vols; a 30-40 delta put spread remains the cheapest hedge we know — though “che"
            "ap” is not “free”. See the [exchange’s own page](https://www.example.com/vix) for the method."
        ),
        (
            "==若實現波動率維持在11點以下，波動控制基金未來20個交易日可能買進{FUND.flow"
            ".1w}==；30-40 delta賣權價差仍是我們所知最便宜的避險——不過「便宜」不等於"
            "「免費」（詳見交易所的《編製方法》）。說明請見[交易所網頁](https://www.ex"
            "ample.com/vix)。"
        ),
    ),
    (
        (
            "Carry is back: 5s-10s steepeners earn roughly 3bp a month, and the roll on the 10-year is worth"
            " 1.5bp more than in Q4 2024. Positioning is light, so the asymmetry favours staying long until "
            "29 Jan 2025."
        ),
        (
            "利差收益重現：5-10年期陡峭化部位每月約可賺3個基點，十年期的騎乘收益較2024年第四季"
            "多1.5個基點。部位偏輕，因此風險報酬不對稱，有利於持有多單至2025年1月29日……屆時"
            "再議。"
        ),
    ),
)


def make_document(edition: str = "both", layout: str = "columns", *, repeats: int = 2, draft: bool = False) -> Document:
    """The document of an edition; `repeats` scales its length."""
    sides = {"both": ("en", "zh"), "en": ("en",), "zh-Hant-TW": ("zh",)}[edition]
    make = Builder(sides)
    blocks = [make.points(), make.table()]
    sections = (("Rates", "利率"), ("Volatility", "波動率"), ("Positioning", "部位"), ("Calendar", "行事曆"))
    for turn in range(repeats):
        for number, (en, zh) in enumerate(sections[:3]):
            blocks.append(make.heading(en, zh))
            blocks += [make.pair(*PARAGRAPHS[(number + k) % 3]) for k in range(2)]
            if number == 0:
                first = 3 * turn + 1
                blocks.append(make.figure(first, "Real yields led the move", "實質殖利率領跌"))
                blocks.append(make.figure(first + 1, "Breakevens hardly moved", "平衡通膨率幾乎未動"))
            if number == 1:
                blocks.append(make.heading("What to watch", "觀察重點", level=2))
                blocks.append(
                    make.pair("Skew is flat at the {UST10Y.pctile.1y}.", "偏斜平坦，位於{UST10Y.pctile.1y}。", bullet=1)
                )
                blocks.append(
                    make.pair("Dealers are long gamma above 5,900.", "交易商在5,900點以上持有正Gamma部位。", bullet=2)
                )
                blocks.append(
                    make.figure(3 * turn + 3, "A long history of the real yield", "實質殖利率的長期走勢", size="full")
                )
    blocks.append(make.pair("An aside for English readers only.", ""))
    blocks.append(make.block("page_break"))
    blocks.append(
        make.block(
            "glossary",
            entries=[
                {
                    "term": {"en": "Bull flattener", "zh": "牛市平坦化"},
                    "definition": make.prose(
                        "Yields fall and long ones fall more, so the curve flattens.",
                        "殖利率下滑，且長天期降幅較大，曲線因而趨平。",
                    ),
                },
                {
                    "term": {"en": "DV01", "zh": "基點價值"},
                    "definition": make.prose(
                        "The change in value for a move of 1bp in yield.", "殖利率變動1個基點時，部位價值的變動。"
                    ),
                },
            ],
        )
    )
    blocks.append(make.block("disclosure", text=make.text(*DISCLOSURE), version="sample-1"))
    return {
        "edition": edition,
        "layout": layout,
        "langs": ["en" if side == "en" else "zh-Hant-TW" for side in sides],
        "title": make.prose("Soft CPI brings the buyers back", "CPI降溫，買盤回籠"),
        "date": "2025-01-16",
        "as_of": "2025-01-15",
        "date_text": make.text("Thursday 16 Jan 2025", "2025年1月16日 星期四"),
        "as_of_text": make.text("15 Jan 2025", "2025年1月15日"),
        "draft": draft,
        "marked": [
            {
                "name": make.text("VVIX", "VVIX"),
                "words": make.text("2 sessions late, last 13 Jan 2025", "遲2個交易日，最新為2025年1月13日"),
            }
        ],
        "sources": [
            {
                "name": make.text("10-year real yield", "十年期實質殖利率"),
                "source": make.text("Federal Reserve", "聯準會"),
                "last": make.text("15 Jan 2025", "2025年1月15日"),
            },
            {
                "name": make.text("VIX", "VIX"),
                "source": make.text("Cboe", "Cboe"),
                "last": make.text("15 Jan 2025", "2025年1月15日"),
            },
        ],
        "hash": "3f9a6c01d2e4",
        "blocks": blocks,
    }


DISCLOSURE = (
    "Sample disclosure of a firm that does not exist.\n\nThis is market commentary, not advice. " * 3,
    "本段為虛構機構的示範聲明。\n\n本資料為市場評論，並非投資建議。" * 3,
)


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    return make_document


@pytest.fixture(scope="session")
def style_files() -> dict[str, str]:
    return read_files(template("morning"))


@dataclass(frozen=True)
class Line:
    """One line of a page as it was set: its text, the left edge and baseline in points, the families, the sizes."""

    page: int
    text: str
    left: float
    right: float
    baseline: float
    sizes: frozenset[float]
    fonts: tuple[str, ...]


def read_lines(content: bytes) -> list[Line]:
    """The lines of a PDF, by glyph origin; side-by-side columns are lines of their own."""
    document = pypdfium2.PdfDocument(content)
    out: list[Line] = []
    for number in range(len(document)):
        page = document[number]
        glyphs = sorted(_glyphs(page.get_textpage()), key=lambda g: (-round(g[2], 0), g[1]))
        for group in _grouped(glyphs):
            text = "".join(g[0] for g in group)
            sizes = frozenset(round(g[4], 2) for g in group)
            line = Line(number + 1, text, group[0][1], group[-1][3], group[0][2], sizes, tuple(g[5] for g in group))
            out.append(line)
    document.close()
    return out


def _glyphs(text_page: Any) -> list[tuple[str, float, float, float, float, str]]:
    """Of each glyph: character, origin x, origin y, right edge, size, font."""
    out = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text_page.count_chars()):
        if raw.FPDFText_IsGenerated(text_page, at) == 1:
            continue
        character = chr(raw.FPDFText_GetUnicode(text_page, at))
        raw.FPDFText_GetCharOrigin(text_page, at, ctypes.byref(x), ctypes.byref(y))
        right = text_page.get_charbox(at, loose=True)[2]
        out.append((character, x.value, y.value, right, _size(text_page, at), _font(text_page, at)))
    return out


def _size(text_page: Any, at: int) -> float:
    """The size on the paper, whatever the units of the drawing."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, at, ctypes.byref(matrix))
    return raw.FPDFText_GetFontSize(text_page, at) * math.hypot(matrix.c, matrix.d)


def _font(text_page: Any, at: int) -> str:
    buffer, flags = ctypes.create_string_buffer(100), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, at, buffer, 100, ctypes.byref(flags))
    return buffer.value.decode()


def _grouped(glyphs: list[Any]) -> list[list[Any]]:
    groups: list[list[Any]] = []
    for glyph in glyphs:
        last = groups[-1][-1] if groups else None
        if last is not None and abs(last[2] - glyph[2]) < 1 and -20 < glyph[1] - last[3] < 9:
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return groups


@pytest.fixture(scope="session")
def lines() -> Callable[[bytes], list[Line]]:
    return read_lines


@pytest.fixture(scope="session")
def rendered(style_files: dict[str, str]) -> Callable[..., Rendered]:
    """The finished PDF of an edition and layout, made once for all tests."""

    @cache
    def make(edition: str = "both", layout: str = "columns") -> Rendered:
        return render({"view": make_document(edition, layout), "style": style_files})

    return make
