"""Dataclasses as tables and back, by the fields that they declare.

A `Text` called `text` is written as `en` and `zh`, any other as `title_en` and `title_zh`. A field
that holds its default is left out. Keys that no field claims are kept in `extra` where there is one.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from briefing.text import SIDES, Label, Side, Text

Table = Mapping[str, Any]
_EXPECTED = {
    str: Label("text in quotation marks", "加引號的文字"),
    int: Label("a whole number", "整數"),
    float: Label("a number", "數字"),
    bool: Label("true or false", "true或false"),
    date: Label("a date such as 2025-01-15", "日期，例如2025-01-15"),
}
_KEY = Label("a key that is known here", "此處可用的鍵名")
_SOME = Label("there", "必填的值")


class Unfit(Exception):
    """A value that does not fit its field: the key, and what was expected in its place."""

    def __init__(self, key: str, expected: Label) -> None:
        super().__init__(key)
        self.key = key
        self.expected = expected


def as_table(value: Any, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A dataclass as a table in field order, then the kept keys in the order in which they were read."""
    table: dict[str, Any] = {}
    for entry in fields(value):
        held = getattr(value, entry.name)
        if entry.name not in without | {"extra"} and (_is_required(entry) or held != _default(entry)):
            table.update(_written(entry.name, held))
    return {**table, **thawed(getattr(value, "extra", {}))}


def from_table(cls: Any, table: Table, *, without: frozenset[str] = frozenset()) -> Any:
    """A dataclass from a table. Raises `Unfit` for a missing or wrong value, and for a key with no place."""
    rest = dict(table)
    held = {e.name: v for e in fields(cls) if e.name not in without | {"extra"} for v in _taken(cls, e, rest)}
    if "extra" in _types(cls):
        held["extra"] = frozen(rest)
    elif rest:
        raise Unfit(next(iter(rest)), _KEY)
    return cls(**held)


def frozen(value: Any) -> Any:
    """A value as TOML gives it, made immutable: tables as read-only mappings, arrays as tuples."""
    if isinstance(value, Mapping):
        return types.MappingProxyType({key: frozen(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(frozen(item) for item in value)
    return value


def thawed(value: Any) -> Any:
    """The opposite of `frozen`."""
    if isinstance(value, Mapping):
        return {key: thawed(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [thawed(item) for item in value]
    return value


def _written(name: str, held: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(held, Text):
        yield from ((_side_key(name, side), held.of(side)) for side in SIDES if held.of(side))
    else:
        yield name, _plain(held)


def _plain(held: Any) -> Any:
    if is_dataclass(held):
        return as_table(held)
    if isinstance(held, tuple):
        return [_plain(item) for item in held]
    return held


def _taken(cls: Any, entry: Field[Any], rest: dict[str, Any]) -> Iterator[Any]:
    """The value of a field if the table has one; its keys are taken out."""
    wanted = _types(cls)[entry.name]
    if wanted is Text:
        keys = [_side_key(entry.name, side) for side in SIDES]
        if any(key in rest for key in keys):
            yield Text(*(_fitting(str, rest.pop(key, ""), key) for key in keys))
    elif entry.name in rest:
        yield _fitting(wanted, rest.pop(entry.name), entry.name)
    elif _is_required(entry):
        raise Unfit(entry.name, _SOME)


def _fitting(wanted: Any, value: Any, key: str) -> Any:
    origin = get_origin(wanted)
    if origin is Literal:
        return _chosen(wanted, value, key)
    if origin in {Union, types.UnionType}:
        return _one_of(get_args(wanted), value, key)
    if origin is tuple:
        if not isinstance(value, list):
            raise Unfit(key, Label("a list", "清單"))
        return tuple(_fitting(get_args(wanted)[0], item, key) for item in value)
    if is_dataclass(wanted):
        if not isinstance(value, dict):
            raise Unfit(key, Label("a table", "表格"))
        return from_table(wanted, value)
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        raise Unfit(key, _EXPECTED.get(wanted, _KEY))
    return value


def _chosen(wanted: Any, value: Any, key: str) -> Any:
    choices = get_args(wanted)
    if not any(type(value) is type(choice) and value == choice for choice in choices):
        words = [str(choice) for choice in choices if choice != ""]
        raise Unfit(key, Label(" or ".join(words), "或".join(words)))
    return value


def _one_of(parts: tuple[Any, ...], value: Any, key: str) -> Any:
    """The first part of a union that fits; None has no spelling in a file."""
    *others, last = [part for part in parts if part is not type(None)]
    for part in others:
        try:
            return _fitting(part, value, key)
        except Unfit:
            continue
    return _fitting(last, value, key)


def _side_key(name: str, side: Side) -> str:
    return side if name == "text" else f"{name}_{side}"


@cache
def _types(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)


def _is_required(entry: Field[Any]) -> bool:
    return entry.default is MISSING and entry.default_factory is MISSING


def _default(entry: Field[Any]) -> Any:
    return entry.default_factory() if entry.default_factory is not MISSING else entry.default
