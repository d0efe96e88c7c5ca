"""Words in two languages: what the program says (`Label`) and what an author says (`Text`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

Side = Literal["en", "zh"]
"""One half of a pair."""

Lang = Literal["en", "zh-Hant-TW"]
"""A language that text is written in for a reader; each belongs to one side."""

_UNCLEAN = re.compile("[\r\0\ud800-\udfff]")

SIDES: tuple[Side, Side] = ("en", "zh")
LANGS: tuple[Lang, ...] = ("en", "zh-Hant-TW")


def side_of(lang: Lang) -> Side:
    """The side of a pair that holds text of this language."""
    return "en" if lang == "en" else "zh"


def lang_of(side: Side) -> Lang:
    """The language in which authors write this side."""
    return "en" if side == "en" else "zh-Hant-TW"


@dataclass(frozen=True, slots=True)
class Label:
    """Words of the program. Both sides are required, so a missing translation is a type error."""

    en: str
    zh: str

    def of(self, lang: Lang | Side) -> str:
        """The words in one language."""
        return self.en if lang == "en" else self.zh

    def as_json(self) -> dict[str, str]:
        """Both sides, as every printed form has them."""
        return {"en": self.en, "zh": self.zh}


def shortened(words: str, most: int) -> str:
    """Words as a message quotes them: the first `most` signs, and a hint at the rest."""
    return words if len(words) <= most else f"{words[:most]}…"


def entered(words: str) -> str:
    """Words as they enter a note: lines end in LF, no NUL, a lone surrogate becomes U+FFFD."""
    if _UNCLEAN.search(words) is None:
        return words
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return lines.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@dataclass(frozen=True, slots=True)
class Text:
    """Words of an author. Either side may be empty; a check reports what should not be.

    Both sides are brought into the form of `entered`, wherever they come from.
    """

    en: str = ""
    zh: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "en", entered(self.en))
        object.__setattr__(self, "zh", entered(self.zh))

    def of(self, lang: Lang | Side) -> str:
        """The words in one language; never those of the other one."""
        return self.en if lang == "en" else self.zh

    def with_side(self, side: Side, words: str) -> Text:
        """The same text with one side exchanged."""
        return replace(self, en=words) if side == "en" else replace(self, zh=words)

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)
