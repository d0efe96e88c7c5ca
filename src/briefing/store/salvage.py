"""The words of a note file that cannot be read as a note."""

from __future__ import annotations

import re

from briefing.text import entered

_WORDS = re.compile(
    r"^[ \t]*(?:[a-z_]+_)?(?:en|zh)[ \t]*=[ \t]*"
    r'(?:"""\n?(?P<long>(?:[^"\\]|\\.|"{1,2}(?!"))*+)|"(?P<short>(?:[^"\\\n]|\\.)*+))',
    re.MULTILINE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u(?P<four>[0-9a-fA-F]{4})|U(?P<eight>[0-9a-fA-F]{8})|(?P<sign>.))", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": "", "e": ""}


def salvage(content: bytes) -> str:
    """The texts of a damaged note in order, a cut one up to the cut; else the whole file as it stands.

    Never fails: bytes that are no UTF-8 become U+FFFD.
    """
    text = entered(content.decode("utf-8", "replace").removeprefix("\ufeff"))
    found = [_unescaped(match["long"] or match["short"] or "") for match in _WORDS.finditer(text)]
    return "\n\n".join(words for words in found if words) or text


def _unescaped(words: str) -> str:
    return entered(_ESCAPE.sub(_meant, words))


def _meant(match: re.Match[str]) -> str:
    code = match["four"] or match["eight"]
    if code is None:
        return _SIGNS.get(match["sign"], match["sign"])
    return chr(number) if (number := int(code, 16)) <= 0x10FFFF else "\ufffd"
