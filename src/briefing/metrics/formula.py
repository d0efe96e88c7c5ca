"""Formulas of derived series: `UST10Y - UST2Y`, `SPY / TLT`, `pctile(realised_vol(SPY, 1m), since2021)`.

sum     = product (("+" | "-") product)*
product = factor (("*" | "/") factor)*
factor  = "-" factor | number | ID | metric "(" sum ("," sum)* ["," window] ")" | "(" sum ")"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from briefing.problems import Place, Refused, error
from briefing.reference import is_window
from briefing.text import Label

Operator = Literal["+", "-", "*", "/"]

_TOKEN = re.compile(
    r"\s*(?:(?P<window>\d+[dwmy]\b|since-\d{4}-\d\d-\d\d|since-[a-z][a-z0-9]*|since\d{4}\b|ytd\b|all\b)"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<id>[A-Z][A-Z0-9_]*)"
    r"|(?P<name>[a-z][a-z0-9_]*)"
    r"|(?P<sign>[-+*/(),]))"
)
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Number:
    """A plain number."""

    value: float


@dataclass(frozen=True, slots=True)
class Leg:
    """Another series, by id or alias."""

    series_id: str


@dataclass(frozen=True, slots=True)
class Negative:
    """The operand with its sign exchanged."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and what is done with them."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A metric of one or more series, over a window or its default one."""

    metric: str
    arguments: tuple[Node, ...]
    window: str = ""


Node = Number | Leg | Negative | Binary | Call


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def parse_formula(text: str) -> Node:
    """Parse a formula. Raises `Refused` naming the character at which it stops making sense."""
    parser = _Parser(text, list(_tokens(text)))
    node = parser.sum()
    parser.expect("end")
    return node


def legs(node: Node) -> tuple[str, ...]:
    """The series that a formula names, in order, each once."""
    return tuple(dict.fromkeys(_legs(node)))


def _legs(node: Node) -> Iterator[str]:
    if isinstance(node, Leg):
        yield node.series_id
    elif isinstance(node, Negative):
        yield from _legs(node.operand)
    elif isinstance(node, Binary):
        yield from _legs(node.left)
        yield from _legs(node.right)
    elif isinstance(node, Call):
        for argument in node.arguments:
            yield from _legs(argument)


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise _refused(text, at + len(text[at:]) - len(text[at:].lstrip()))
        kind = found.lastgroup or ""
        word = found[kind]
        yield _Token(word if kind == "sign" else kind, word, found.end() - len(word))
        at = found.end()
    yield _Token("end", "", end)


class _Parser:
    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def sum(self) -> Node:
        node = self._product()
        while (token := self._taken("+", "-")) is not None:
            node = Binary("+" if token.kind == "+" else "-", node, self._product())
        return node

    def expect(self, kind: str) -> _Token:
        token = self._taken(kind)
        if token is None:
            raise self._stop()
        return token

    def _product(self) -> Node:
        node = self._factor()
        while (token := self._taken("*", "/")) is not None:
            node = Binary("*" if token.kind == "*" else "/", node, self._factor())
        return node

    def _factor(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._stop()
        node = self._operand()
        self._depth -= 1
        return node

    def _operand(self) -> Node:
        if self._taken("-"):
            return Negative(self._factor())
        if (token := self._taken("number")) is not None:
            return Number(float(token.text))
        if (token := self._taken("id")) is not None:
            return Leg(token.text)
        if (token := self._taken("name")) is not None:
            return self._call(token.text)
        self.expect("(")
        node = self.sum()
        self.expect(")")
        return node

    def _call(self, metric: str) -> Call:
        self.expect("(")
        arguments = [self.sum()]
        window = ""
        while self._taken(","):
            if (token := self._taken("window")) is not None:
                window = self._window(token)
                break
            arguments.append(self.sum())
        self.expect(")")
        return Call(metric, tuple(arguments), window)

    def _window(self, token: _Token) -> str:
        if not is_window(token.text):
            raise _refused(self._text, token.at)
        return token.text

    def _taken(self, *kinds: str) -> _Token | None:
        token = self._tokens[self._at]
        if token.kind not in kinds:
            return None
        self._at += 1
        return token

    def _stop(self) -> Refused:
        return _refused(self._text, self._tokens[self._at].at)


def _refused(text: str, at: int) -> Refused:
    found = text[at : at + 12] or "…"
    return Refused(
        error(
            "formula.syntax",
            Place(field="formula", span=(at, min(at + 1, len(text)))),
            Label(
                f"The formula “{text}” makes no sense at character {at + 1} (“{found}”).",
                f"公式「{text}」自第{at + 1}個字元（「{found}」）起無法解讀。",
            ),
            Label("Write it like UST10Y - UST2Y or pctile(VIX, 1y).", "請寫成UST10Y - UST2Y或pctile(VIX, 1y)。"),
        )
    )
