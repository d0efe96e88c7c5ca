"""A text as a cell shows it: plain stretches, and references as chips of one unit each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from briefing.inline import references
from briefing_ui.editor.offsets import from_units, to_units, units

Atom = tuple[str, bool]
"""A character, or a whole reference in its braces that is shown as a chip (True)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source. A chip's words are the reference in its braces."""

    words: str
    chip: bool = False

    @property
    def width(self) -> int:
        """How many units it takes in Qt's document."""
        return 1 if self.chip else units(self.words)


@dataclass(frozen=True)
class Shown:
    """The pieces of a text in order. Positions are Qt's, places are code points of the source."""

    pieces: tuple[Piece, ...]

    @cached_property
    def source(self) -> str:
        """The text as the note holds it."""
        return "".join(piece.words for piece in self.pieces)

    @cached_property
    def width(self) -> int:
        """How many units the whole takes in Qt's document."""
        return sum(piece.width for piece in self.pieces)

    def to_source(self, position: int) -> int:
        """The place in the source at a position; that before a chip is before its brace."""
        place = 0
        for piece in self.pieces:
            if position < piece.width:
                return place + (0 if piece.chip else from_units(piece.words, position))
            place += len(piece.words)
            position -= piece.width
        return place

    def to_shown(self, place: int) -> int:
        """The position of a place in the source; one inside a chip is that after the chip."""
        position = 0
        for piece in self.pieces:
            if place <= 0:
                return position
            if place < len(piece.words):
                return position + (1 if piece.chip else to_units(piece.words, place))
            place -= len(piece.words)
            position += piece.width
        return position

    def chip_at(self, position: int) -> str | None:
        """The reference, in its braces, of the chip that begins at a position, or None."""
        for piece in self.pieces:
            if position < piece.width:
                return piece.words if piece.chip and position == 0 else None
            position -= piece.width
        return None

    def atoms(self) -> Iterator[Atom]:
        """The text in the smallest parts that an edit can exchange."""
        for piece in self.pieces:
            if piece.chip:
                yield piece.words, True
            else:
                yield from ((sign, False) for sign in piece.words)


def shown(source: str, open_place: int | None = None) -> Shown:
    """A text with every reference as a chip, but the one around `open_place`, which stays source."""
    pieces: list[Piece] = []
    at = 0
    for run in references(source):
        start, end = run.span
        if open_place is not None and start < open_place < end:
            continue
        if at < start:
            pieces.append(Piece(source[at:start]))
        pieces.append(Piece(source[start:end], chip=True))
        at = end
    if at < len(source):
        pieces.append(Piece(source[at:]))
    return Shown(tuple(pieces))


@dataclass(frozen=True, slots=True)
class Patch:
    """The smallest exchange that leads from one text to another: atoms from `start` to `end` give way."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


def patch(before: Shown, after: Shown) -> Patch | None:
    """What to exchange in Qt's document, in its positions, or None when nothing differs."""
    old, new = list(before.atoms()), list(after.atoms())
    if old == new:
        return None
    least = min(len(old), len(new))
    head = next((at for at in range(least) if old[at] != new[at]), least)
    tail = next((at for at in range(least - head) if old[-1 - at] != new[-1 - at]), least - head)
    start = sum(_width(atom) for atom in old[:head])
    end = start + sum(_width(atom) for atom in old[head : len(old) - tail])
    return Patch(start, end, _pieces(new[head : len(new) - tail]))


def _width(atom: Atom) -> int:
    return 1 if atom[1] else units(atom[0])


def _pieces(atoms: list[Atom]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for words, chip in atoms:
        if not chip and pieces and not pieces[-1].chip:
            pieces[-1] = Piece(pieces[-1].words + words)
        else:
            pieces.append(Piece(words, chip))
    return tuple(pieces)
