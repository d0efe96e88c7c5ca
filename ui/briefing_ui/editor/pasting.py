"""What comes from the clipboard: web pages reduced to the four inline marks, paragraphs told apart by script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import cast

from briefing.blocks.editing import DEEPEST, Level
from briefing.blocks.heading import Heading
from briefing.blocks.pair import Pair
from briefing.note import Block
from briefing.text import Side, Text, entered

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’.-]*")
_BULLET = re.compile(r"(?P<indent>[ \t]*)[-*+•‧·]\s+(?=\S)")
_HEADING = re.compile(r"(?P<level>#{1,3})\s+(?=\S)")
_SPECIAL = re.compile(r"[\\{}]|\*\*|==|\[(?=[^\[\]\n]+\]\()")
_SAFE = re.compile(r"(?:https?://|mailto:|#)[^()\s]+", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col", "source"})
_PARAGRAPHS = frozenset(
    {"p", "div", "section", "article", "blockquote", "ul", "ol", "li", "table", "tr", "pre", "hr"}
    | {f"h{level}" for level in range(1, 7)}
)
_MARKS = {"b": "**", "strong": "**", "mark": "=="}


def clipboard_source(plain: str, html: str) -> str:
    """The source for what is in the clipboard. Plain text is source already; a web page is reduced to marks."""
    return entered(html_source(html) if html else plain)


def html_source(html: str) -> str:
    """A web page as source: bold, highlight and links stay, everything else becomes plain words."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.source()


def pasted_blocks(source: str, fresh: Callable[[], str]) -> tuple[Block, ...]:
    """Paragraphs as blocks: an English one and the Chinese one that follows it (or the other way) make a pair.

    `fresh` gives the ids. Paragraphs stand apart by blank lines; a list is cut into its items.
    """
    made: list[Block] = []
    waiting: Side | None = None
    for words in _paragraphs(source):
        block = _block(words, fresh())
        side: Side = "zh" if is_chinese(words) else "en"
        if made and waiting == side and _alike(made[-1], block):
            made[-1] = _joined(made[-1], block, side)
            waiting = None
        else:
            made.append(block)
            waiting = "en" if side == "zh" else "zh"
    return tuple(made)


def is_chinese(words: str) -> bool:
    """Whether a text is Chinese: at least as many Han characters as Latin words."""
    han = len(_HAN.findall(words))
    return han > 0 and han >= len(_LATIN.findall(words))


def _paragraphs(source: str) -> Iterator[str]:
    for part in re.split(r"\n[ \t]*\n+", source.strip("\n")):
        lines = part.split("\n")
        if all(_BULLET.match(line) for line in lines):
            yield from lines
        elif part.strip():
            yield part.strip()


def _block(words: str, fresh: str) -> Pair | Heading:
    side: Side = "zh" if is_chinese(words) else "en"
    heading = _HEADING.match(words)
    if heading is not None:
        text = Text().with_side(side, words[heading.end() :].strip())
        return Heading(id=fresh, level=cast("Level", len(heading["level"])), text=text)
    bullet = _BULLET.match(words)
    if bullet is None:
        return Pair(id=fresh, text=Text().with_side(side, words))
    deep = min(len(bullet["indent"].expandtabs(4)) // 2 + 1, DEEPEST)
    return Pair(id=fresh, bullet=cast("Level", deep), text=Text().with_side(side, words[bullet.end() :].strip()))


def _alike(one: Block, other: Block) -> bool:
    """Whether two blocks are the same but for their words."""
    if isinstance(one, Pair) and isinstance(other, Pair):
        return one.bullet == other.bullet
    return isinstance(one, Heading) and isinstance(other, Heading) and one.level == other.level


def _joined(one: Block, other: Block, side: Side) -> Block:
    if isinstance(one, Pair | Heading) and isinstance(other, Pair | Heading):
        return replace(one, text=one.text.with_side(side, other.text.of(side)))
    return one


class _Reader(HTMLParser):
    """Collects words, marks and paragraph ends. Marks are closed where their paragraph ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._silent = 0

    def source(self) -> str:
        """What was read, paragraphs apart by one blank line."""
        self._end_paragraph()
        paragraphs = (re.sub(r" *\n *", "\n", part).strip() for part in re.split(r"\n\n+", "".join(self._out)))
        return "\n\n".join(_tidy(part) for part in paragraphs if part)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._out.append("\n")
        elif tag in _PARAGRAPHS:
            self._end_paragraph()
            self._out.append("- " if tag == "li" else "")
        if tag not in _VOID and tag not in _SILENT:
            start, end = _mark(tag, dict(attrs))
            self._open.append((tag, end))
            self._out.append(start)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif any(name == tag for name, _ in self._open):
            while self._open:
                name, end = self._open.pop()
                self._out.append(end)
                if name == tag:
                    break
        if tag in _PARAGRAPHS:
            self._end_paragraph()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._out.append(_SPACE.sub(" ", _SPECIAL.sub(_escaped, data)))

    def _end_paragraph(self) -> None:
        self._out += [end for _, end in reversed(self._open)]
        self._open = [(name, "") for name, _ in self._open]
        self._out.append("\n\n")


def _escaped(special: re.Match[str]) -> str:
    return "".join(f"\\{sign}" for sign in special.group())


def _mark(tag: str, attrs: dict[str, str | None]) -> tuple[str, str]:
    """What a tag opens and closes with in the source."""
    style = (attrs.get("style") or "").replace(" ", "").lower()
    if tag == "a" and _SAFE.fullmatch(attrs.get("href") or ""):
        return "[", f"]({attrs['href']})"
    if tag in _MARKS and not (tag == "b" and "font-weight:normal" in style):
        return _MARKS[tag], _MARKS[tag]
    if tag == "span" and re.search(r"font-weight:(bold|[6-9]00)", style):
        return "**", "**"
    return "", ""


def _tidy(paragraph: str) -> str:
    """Marks and links without words fall away, and white space at a mark's inner side goes outside."""
    paragraph = re.sub(r"\[\s*\]\([^()\s]+\)", "", paragraph)
    for mark in (r"\*\*", "=="):
        paragraph = re.sub(rf"{mark}(\s*){mark}", r"\1", paragraph)
        paragraph = re.sub(rf"{mark}(\s*)((?:(?!{mark}).)+?)(\s*){mark}", _outside, paragraph)
    return re.sub(r" {2,}", " ", paragraph).strip()


def _outside(found: re.Match[str]) -> str:
    mark = found.group()[:2]
    return f"{found[1]}{mark}{found[2]}{mark}{found[3]}"
