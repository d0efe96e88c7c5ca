"""Values written as TOML in one canonical way: the same value always gives the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\f": "\\f", "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST_LIST = 100


def table_lines(table: Mapping[str, object], name: str) -> Iterator[str]:
    """A table's lines: its own values first, then its sub-tables under dotted names, each after a blank line."""
    nested = {key: value for key, value in table.items() if _is_nested(value)}
    for key, value in table.items():
        if key not in nested:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in nested.items():
        inner = f"{name}.{_key(key)}" if name else _key(key)
        if isinstance(value, Mapping):
            yield from ("", f"[{inner}]", *table_lines(value, inner))
        elif isinstance(value, list):
            for item in value:
                yield from ("", f"[[{inner}]]", *table_lines(item, inner))


def _is_nested(value: object) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) for item in value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _value(value: object) -> str:
    """A value on the right of an equals sign: text over several lines, a long list one item a line."""
    if isinstance(value, str) and "\n" in value:
        return '"""\n' + "\n".join(map(_escaped, value.split("\n"))) + '"""'
    line = _inline(value)
    if isinstance(value, list) and len(line) > _LONGEST_LIST:
        return "[\n" + "".join(f"  {_inline(item)},\n" for item in value) + "]"
    return line


def _inline(value: object) -> str:
    """A value on one line. Raises `TypeError` for what TOML does not have."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_inline(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    raise TypeError(type(value).__name__)


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}"), text)
