"""A look at a note's bytes before they are parsed, so that no small file can cost much time or memory."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

LARGEST = 16 * 1024 * 1024
DEEPEST = 64
MOST_PARTS = 16
MOST_VALUES = 1_000_000
MOST_DIGITS = 400

_OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|#[^\n]*+",
    re.DOTALL,
)
_SIGNS = re.compile(r"[\[\]{}=,]")
_DOTTED = re.compile(rf"(?<![\w-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++){{{MOST_PARTS},}}+")
_LONG = re.compile(rf"(?<![\w.])[+-]?[0-9a-fA-FxXob_]{{{MOST_DIGITS + 1},}}+")
_NO_NUMBER = re.compile(r"(?<=[=\[,])\s*+(?P<word>[+-]?(?:nan|inf))(?![\w.=-])(?!\s*+[.=])")
_EXPONENT = re.compile(r"(?<![\w.-])[+-]?[\d_]++(?:\.[\d_]++)?+[eE][+-]?[\d_]++")


@dataclass(frozen=True, slots=True)
class Scanned:
    """The text of a note file, and the same text with every string and comment blanked out.

    Both have the same length and the same lines, so a place in one is a place in the other.
    """

    text: str
    bare: str


def scan(content: bytes, name: str) -> Scanned:
    """The text, once its size, encoding and shape are harmless. Raises `Refused` with line and column."""
    if len(content) > LARGEST:
        raise Refused(_fault(name, None, Label("is larger than 16 MB", "大於16 MB")))
    try:
        text = content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        before = content[: fault.start].decode("utf-8", "replace")
        raise Refused(
            _fault(name, place_of(before, len(before)), Label("is not UTF-8 text", "不是UTF-8文字"))
        ) from fault
    bare = _OPAQUE.sub(_blanked, text)
    for at, words in (_shape(bare), _first(_DOTTED, bare, _PARTS), _first(_LONG, bare, _DIGITS), _endless(bare)):
        if at >= 0:
            raise Refused(_fault(name, place_of(bare, at), words))
    return Scanned(text, bare)


def place_of(text: str, at: int) -> tuple[int, int]:
    """Line and column of a place in a text, both from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


_PARTS = Label("has a key of too many parts", "含有層數過多的鍵名")
_DIGITS = Label("holds a number of too many digits", "含有位數過多的數字")
_DEEP = Label("nests too deeply", "巢狀層數過多")
_MANY = Label("holds more than a million values", "含有超過一百萬個值")
_ENDLESS = Label("holds a number that is not finite", "含有非有限的數值")
_FINE = (-1, Label("", ""))


def _shape(bare: str) -> tuple[int, Label]:
    depth = values = 0
    for sign in _SIGNS.finditer(bare):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign[0], 0)
        values += sign[0] in "=,"
        if depth > DEEPEST:
            return sign.start(), _DEEP
        if values > MOST_VALUES:
            return sign.start(), _MANY
    return _FINE


def _first(pattern: re.Pattern[str], bare: str, words: Label) -> tuple[int, Label]:
    match = pattern.search(bare)
    return (match.start(), words) if match else _FINE


def _endless(bare: str) -> tuple[int, Label]:
    """The first number that is no number or infinite."""
    word = _NO_NUMBER.search(bare)
    if word is not None:
        return word.start("word"), _ENDLESS
    for match in _EXPONENT.finditer(bare):
        if math.isinf(float(match[0].strip("_").replace("__", "_"))):
            return match.start(), _ENDLESS
    return _FINE


def _blanked(match: re.Match[str]) -> str:
    """As many letters on as many lines: a string becomes one word, a comment spaces."""
    filling = " " if match[0].startswith("#") else "q"
    return "\n".join(filling * len(line) for line in match[0].split("\n"))


def _fault(name: str, place: tuple[int, int] | None, words: Label) -> Problem:
    row, column = place or (None, None)
    en, zh = (f", line {row}, column {column},", f"第{row}行第{column}欄") if row else ("", "")
    return error(
        "note.file",
        Place(file=name, row=row, column=str(column) if column else None),
        Label(f"{name}{en} {words.en}; it was not read.", f"{name}{zh}{words.zh}，未予讀取。"),
        Label("Its words can still be copied out as plain text.", "仍可將其中的文字以純文字複製出來。"),
    )
