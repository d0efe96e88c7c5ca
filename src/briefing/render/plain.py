"""The door between the program's values and a template: plain values pass, everything else is refused."""

from __future__ import annotations

import math

from briefing.problems import NOWHERE, Problem, Refused, error
from briefing.text import Label

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]
"""All that a template may see."""

_DEEPEST = 40


def plain(value: object, path: str = "view") -> Plain:
    """A deep copy of a value that holds nothing but str, int, float, bool, None, list and dict.

    Exact types only: a subclass may carry methods, and a method in a sandboxed template is code.
    Raises `Refused` with the path of what does not pass, also for numbers that are not finite.
    """
    return _copied(value, path, 0)


def _copied(value: object, path: str, depth: int) -> Plain:
    if depth > _DEEPEST:
        raise Refused(_not_plain(path, "too deep"))
    kind = type(value)
    if value is None or kind in (str, bool, int):
        return value  # type: ignore[return-value]
    if kind is float:
        return _finite(value, path)
    if kind is list:
        return [_copied(item, f"{path}[{index}]", depth + 1) for index, item in enumerate(value)]  # type: ignore[arg-type, var-annotated]
    if kind is dict:
        return {_key(key, path): _copied(item, f"{path}.{key}", depth + 1) for key, item in value.items()}  # type: ignore[attr-defined]
    raise Refused(_not_plain(path, kind.__name__))


def _finite(value: object, path: str) -> float:
    if not isinstance(value, float) or not math.isfinite(value):
        raise Refused(_not_plain(path, str(value)))
    return value


def _key(key: object, path: str) -> str:
    if type(key) is not str:
        raise Refused(_not_plain(path, type(key).__name__))
    return key


def _not_plain(path: str, found: str) -> Problem:
    return error(
        "render.plain",
        NOWHERE,
        Label(f"“{path}” holds {found}, which a template may not see.", f"「{path}」含有{found}，不可交給版型使用。"),
        Label("Only words, numbers, lists and tables of them reach the page.", "版面只接受文字、數字及其清單與表格。"),
    )
