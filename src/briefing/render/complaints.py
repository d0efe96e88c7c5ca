"""What the renderer complains about, as problems."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from briefing.problems import NOWHERE, Place, Problem, error
from briefing.render.styles import SHEET
from briefing.text import Label


class _Listener(logging.Handler):
    """Collects what the renderer says from a warning upwards."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message. Named by the standard library."""
        self.said.append(record.getMessage())


@contextmanager
def complaints() -> Iterator[list[str]]:
    """The list that fills with WeasyPrint's messages, from warnings upwards, while the context is open."""
    logger = logging.getLogger("weasyprint")
    listener = _Listener()
    logger.addHandler(listener)
    try:
        yield listener.said
    finally:
        logger.removeHandler(listener)


def as_problems(said: Sequence[str]) -> Iterator[Problem]:
    """Every complaint is an error: a page that was made with one cannot be trusted."""
    for message in dict.fromkeys(said):
        if ".notdef" in message:
            yield _missing_glyph(message)
        else:
            yield _complaint(message)


def _missing_glyph(message: str) -> Problem:
    return error(
        "render.notdef",
        NOWHERE,
        Label(f"A character was printed as an empty box: {message}.", f"有字元被印成空白方框：{message}。"),
        Label("Write another character in its place.", "請改用其他字元。"),
    )


def _complaint(message: str) -> Problem:
    return error(
        "render.complaint",
        Place(file=SHEET),
        Label(f"The renderer complains: {message}", f"排版引擎回報：{message}"),
        Label("Mend the style that asks for it.", "請修正提出此要求的版型。"),
    )
