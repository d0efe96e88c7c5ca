"""The table of containers. A container is one decorated function in a file of this package."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from briefing.data.containers.table import Found
from briefing.data.intake.part_names import part_name
from briefing.text import Label


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes to look into: a file, or a member of an archive in it.

    `part` names the member, `encoding` is the one that a person chose for text, `inner` says that the
    bytes were taken out of an archive; archives in archives are refused.
    """

    name: str
    content: bytes
    part: str = ""
    encoding: str = ""
    inner: bool = False

    @property
    def title(self) -> str:
        """The piece as messages name it."""
        return part_name(self.name, self.part)


Open = Callable[[Piece], tuple[Found, ...]]
Fits = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of file: its name, its words, how its bytes are known, and how the tables in it are got at.

    `fits` looks at the first bytes, or at the directory of an archive; no two containers fit the same
    bytes. It is None for the one that takes what no other knows.
    """

    name: str
    label: Label
    fits: Fits | None
    open: Open


CONTAINERS: dict[str, Container] = {}


def container(name: str, label: Label, fits: Fits | None) -> Callable[[Open], Open]:
    """Enter a function in the table of containers; the function is returned unchanged."""

    def enter(function: Open) -> Open:
        CONTAINERS[name] = Container(name, label, fits, function)
        return function

    return enter


def containers() -> Mapping[str, Container]:
    """All containers, with every file of this package in the table."""
    package = importlib.import_module("briefing.data.containers")
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    return CONTAINERS


def container_of(content: bytes) -> Container:
    """The container that some bytes are of; the one for plain text when they are of no other."""
    found = list(containers().values())
    fitting = (one for one in found if one.fits is not None and one.fits(content))
    fallback = next(one for one in found if one.fits is None)
    return next(fitting, fallback)
