r"""Inline mark-up of an author's text: `**bold**`, `==highlight==`, `[text](address)`, `{REFERENCE}`, `\{`.

Nothing else has a meaning, and nothing here is ever a template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<escape>\\[{}\\*=\[])"
    r"|(?P<ref>\{[^{}\n]*\})"
    r"|(?P<bold>\*\*)"
    r"|(?P<mark>(?<!=)==(?![=>]))"
    r"|(?P<link>\[(?P<words>[^\[\]\n]+)\]\((?P<href>[^()\s]+)\))"
)
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|#)\S+", re.IGNORECASE)


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
    """Cut a text into runs. Delimiters without a partner stay as the characters that they are."""
    tokens = _paired(list(_TOKEN.finditer(source)))
    out: list[Run] = []
    bold = mark = False
    at = 0
    for token in tokens:
        _add(out, source[at : token.start()], at, bold=bold, mark=mark)
        at = token.end()
        kind = token.lastgroup if token.lastgroup not in {"words", "href"} else "link"
        if kind == "bold":
            bold = not bold
        elif kind == "mark":
            mark = not mark
        elif kind == "escape":
            _add(out, token.group()[1:], token.start(), bold=bold, mark=mark, width=2)
        elif kind == "ref":
            out.append(Run(token.group(), token.span(), bold, mark, "", token.group()[1:-1]))
        else:
            out.append(Run(token["words"], token.span(), bold, mark, token["href"]))
    _add(out, source[at:], at, bold=bold, mark=mark)
    return tuple(out)


def references(source: str) -> tuple[Run, ...]:
    """The runs of a text that are references."""
    return tuple(run for run in runs(source) if run.ref is not None)


def plain(source: str) -> str:
    """The text without delimiters; references stay in braces."""
    return "".join(run.text for run in runs(source))


def _add(out: list[Run], text: str, at: int, *, bold: bool, mark: bool, width: int | None = None) -> None:
    if text:
        out.append(Run(text, (at, at + (width or len(text))), bold, mark))


def _paired(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """Drop the last delimiter of a kind when it has no partner, and links that lead nowhere safe."""
    kept = [t for t in tokens if not (t["href"] and not _SAFE_ADDRESS.fullmatch(t["href"]))]
    for kind in ("bold", "mark"):
        own = [t for t in kept if t[kind]]
        if len(own) % 2:
            kept.remove(own[-1])
    return kept
