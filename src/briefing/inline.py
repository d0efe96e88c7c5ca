r"""Inline mark-up of an author's text: `**bold**`, `==highlight==`, `[text](address)`, `{REFERENCE}`, `\{`.

Nothing else has a meaning, and nothing here is ever a template. A delimiter is told by itself, not by
its neighbours, so bold next to a Chinese bracket works; where it has no partner it is plain characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_TOKEN = re.compile(
    r"(?P<escape>\\[{}\\*=\[])"
    r"|(?P<ref>\{[^{}\n]*\})"
    r"|(?P<bold>\*\*)"
    r"|(?P<mark>(?<![=<!>])==(?![=>])(?!(?<=[A-Za-z0-9]==)[A-Za-z0-9]))"
    r"|(?P<link>\[(?P<words>[^\[\]\n]+)\]\((?P<href>(?:https?://|mailto:|#)[^()\s]+)\))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look. `span` is its place in the source, in code points.

    `ref` is what stands between the braces when the run is a reference; `text` is then the
    source with its braces. `href` is the address of a link.
    """

    text: str
    span: tuple[int, int]
    bold: bool = False
    mark: bool = False
    href: str = ""
    ref: str | None = None


def runs(source: str) -> tuple[Run, ...]:
    """Cut a text into runs, in order and without overlap; what lies between them is delimiters.

    A delimiter without a partner, with nothing inside or a space on its inner side stays as the
    characters that it is. So does a link whose address is not `https:`, `http:`, `mailto:` or inside the document.
    """
    out: list[Run] = []
    look = Run("", (0, 0))
    at = 0
    for token in _paired(list(_TOKEN.finditer(source))):
        _add(out, look, source[at : token.start()], at)
        at = token.end()
        if token["bold"]:
            look = replace(look, bold=not look.bold)
        elif token["mark"]:
            look = replace(look, mark=not look.mark)
        elif token["escape"]:
            out.append(replace(look, text=token.group()[1:], span=token.span()))
        elif token["ref"]:
            out.append(replace(look, text=token.group(), span=token.span(), ref=token.group()[1:-1]))
        else:
            out += (_inside_link(run, token, look) for run in runs(token["words"]))
    _add(out, look, source[at:], at)
    return tuple(out)


def references(source: str) -> tuple[Run, ...]:
    """The runs of a text that are references."""
    return tuple(run for run in runs(source) if run.ref is not None)


def plain(source: str) -> str:
    """The text without delimiters; references stay in braces."""
    return "".join(run.text for run in runs(source))


def _inside_link(run: Run, link: re.Match[str], look: Run) -> Run:
    start, end = (link.start("words") + place for place in run.span)
    return replace(run, span=(start, end), bold=run.bold or look.bold, mark=run.mark or look.mark, href=link["href"])


def _add(out: list[Run], look: Run, text: str, at: int) -> None:
    if text:
        out.append(replace(look, text=text, span=(at, at + len(text))))


def _paired(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """The tokens without delimiters that have no partner, nothing inside, or a space on the inner side."""
    dropped: set[int] = set()
    for kind in ("bold", "mark"):
        opened: re.Match[str] | None = None
        for token in tokens:
            if not token[kind]:
                continue
            if opened is None and _follows(token):
                opened = token
            elif opened is not None and opened.end() < token.start() and _precedes(token):
                opened = None
            else:
                dropped.add(token.start())
        if opened is not None:
            dropped.add(opened.start())
    return [token for token in tokens if token.start() not in dropped]


def _follows(token: re.Match[str]) -> bool:
    """Whether something else than white space follows."""
    return bool(token.string[token.end() : token.end() + 1].strip())


def _precedes(token: re.Match[str]) -> bool:
    """Whether something else than white space stands before."""
    return bool(token.string[token.start() - 1 : token.start()].strip())
