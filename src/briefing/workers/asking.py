"""What a request asks for, read strictly; a fault here is one of the program's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label


def day(value: object, name: str = "as_of") -> date | None:
    """An ISO date, or None when nothing was given. Raises `Refused` for anything else."""
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as fault:
        raise Refused(_bad_request(name)) from fault


def text(args: Mapping[str, Any], name: str) -> str:
    """A text. Raises `Refused` for anything else."""
    value = args.get(name)
    if not isinstance(value, str):
        raise Refused(_bad_request(name))
    return value


def texts(args: Mapping[str, Any], name: str) -> list[str]:
    """A list of texts. Raises `Refused` for anything else."""
    value = args.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Refused(_bad_request(name))
    return value


def whole_numbers(args: Mapping[str, Any], name: str) -> list[int]:
    """A list of whole numbers. Raises `Refused` for anything else."""
    value = args.get(name)
    if not isinstance(value, list) or not all(type(item) is int for item in value):
        raise Refused(_bad_request(name))
    return value


def table(args: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Values by names. Raises `Refused` for anything else."""
    value = args.get(name)
    if not isinstance(value, dict):
        raise Refused(_bad_request(name))
    return value


def _bad_request(name: str) -> Problem:
    return error(
        "worker.request",
        Place(field=name),
        Label(f"The request lacks a proper “{name}”.", f"要求中缺少有效的「{name}」。"),
        Label("This is a fault of the program; please report it.", "這是程式的錯誤，請回報。"),
    )
