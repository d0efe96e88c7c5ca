"""The table of block types, and what all of them have in common."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import singledispatch
from typing import Any, TypeVar, cast

from briefing.blocks.context import Context, Resolved
from briefing.note import Block
from briefing.text import Label, Side, Text

B = TypeVar("B", bound=Block)


@dataclass(frozen=True, slots=True)
class BlockType:
    """A kind of block: its name in the file, its words, its class."""

    name: str
    label: Label
    hint: Label
    cls: type[Block]


BLOCK_TYPES: dict[str, BlockType] = {}


def block_type(name: str, label: Label, hint: Label) -> Callable[[type[B]], type[B]]:
    """Enter a block class in the table; the class itself is returned unchanged."""

    def enter(cls: type[B]) -> type[B]:
        BLOCK_TYPES[name] = BlockType(name, label, hint, cls)
        return cls

    return enter


def authored(label: Label) -> Any:
    """A field of a block that an author writes in both languages."""
    return field(default=Text(), metadata={"label": label, "authored": True})


def setting(label: Label, *, default: object) -> Any:
    """A field of a block that the inspector shows as a form row."""
    return field(default=default, metadata={"label": label})


def load_block_types() -> dict[str, BlockType]:
    """The table with every file of this package read."""
    package = importlib.import_module(__name__.rpartition(".")[0])
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return BLOCK_TYPES


@dataclass(frozen=True, slots=True)
class TextField:
    """One bilingual text inside a block. `path` is like `text`, `title` or `points.0.text`."""

    path: str
    label: Label
    text: Text


def type_of(block: Block) -> BlockType:
    """The table entry of a block. Raises `KeyError` for a class that is no block type."""
    for entry in BLOCK_TYPES.values():
        if type(block) is entry.cls:
            return entry
    raise KeyError(type(block).__name__)


def texts(block: Block) -> tuple[TextField, ...]:
    """Every text that an author can write in the block, in reading order."""
    return tuple(_walk(block, ""))


def with_text(block: B, path: str, text: Text) -> B:
    """The block with one of its texts exchanged."""
    return cast("B", _exchanged(block, path.split("."), text))


def with_side(block: B, path: str, side: Side, words: str) -> B:
    """The block with one side of one of its texts exchanged."""
    old = next(entry.text for entry in texts(block) if entry.path == path)
    return with_text(block, path, old.with_side(side, words))


@singledispatch
def resolve(block: Block, context: Context) -> Resolved:  # noqa: ARG001 - the signature of all of them
    """The block as plain data for the page, with the problems found on the way."""
    raise KeyError(type(block).__name__)


def _walk(owner: object, prefix: str) -> Iterator[TextField]:
    for entry in fields(cast("Any", owner)):
        value = getattr(owner, entry.name)
        if isinstance(value, Text):
            if entry.metadata.get("authored"):
                yield TextField(prefix + entry.name, entry.metadata["label"], value)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if is_dataclass(item):
                    yield from _walk(item, f"{prefix}{entry.name}.{index}.")


def _exchanged(owner: Any, path: list[str], text: Text) -> Any:
    name, *rest = path
    if not rest:
        return replace(owner, **{name: text})
    items = list(getattr(owner, name))
    at = int(rest[0])
    items[at] = _exchanged(items[at], rest[1:], text)
    return replace(owner, **{name: tuple(items)})
