"""The normal form of a text, in which only what is said counts, and its hash.

Source: the house rule for bilingual notes. Quotation marks, dashes, full width, spacing and emphasis
never make one side older than the other.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from briefing.inline import plain

PREFIX = "n1:"
"""Names the rule; a change of the rule changes it."""

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SIGNS = str.maketrans(
    dict.fromkeys("“”„«»「」『』", '"')
    | dict.fromkeys("‘’‚", "'")
    | dict.fromkeys("–—―−", "-")
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {"。": ".", "、": ","}
    | dict.fromkeys("\u200b\u2060\ufeff\u00ad")
)
_DOTS = re.compile(r"…+|\.{3,}")
_SPACES = re.compile(r"\s+")
_HAN_GAP = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}A-Za-z0-9])|(?<=[A-Za-z0-9]) (?=[{_HAN}])")


def norm(text: str) -> str:
    """The normal form; applying it again changes nothing more than mark-up that it uncovers."""
    bare = plain(unicodedata.normalize("NFC", text)).replace("`", "")
    signs = _DOTS.sub("…", _DOTS.sub("…", bare).translate(_SIGNS))
    return _without_gaps(_HAN_GAP.sub("", _SPACES.sub(" ", signs))).strip()


def hash_of(text: str) -> str:
    """The prefix and BLAKE2b-128 of the normal form in UTF-8, 35 characters."""
    return PREFIX + blake2b(norm(text).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _without_gaps(text: str) -> str:
    """The text without spaces next to punctuation."""
    kept = (
        char
        for at, char in enumerate(text)
        if char != " " or not (_is_punctuation(text[at - 1 : at]) or _is_punctuation(text[at + 1 : at + 2]))
    )
    return "".join(kept)


def _is_punctuation(char: str) -> bool:
    return bool(char) and unicodedata.category(char).startswith("P")
