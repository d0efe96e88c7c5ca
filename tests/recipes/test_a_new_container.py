"""To add a container is to write one function."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.data.containers.opening import open_tables
from briefing.data.containers.registry import CONTAINERS, Piece, container, containers
from briefing.data.containers.table import Found
from briefing.data.reading.grid import Grid, Row
from briefing.text import Label


@pytest.fixture
def toy() -> Iterator[str]:
    containers()

    @container("toy", Label("Toy file", "玩具檔"), lambda content: content.startswith(b"TOY!"))
    def _open(piece: Piece) -> tuple[Found, ...]:
        cells = tuple(piece.content[4:].decode().split())
        return (Found(grid=Grid(piece.name, "", (Row(1, cells),), part=piece.part)),)

    yield "toy"
    del CONTAINERS["toy"]


def test_a_file_of_it_is_opened_by_its_content(toy: str) -> None:
    (table,) = open_tables(Path("x.csv"), b"TOY!Date VIX", "0" * 64)
    assert (table.container, table.name, table.grid.rows[0].cells) == (toy, "x.csv", ("Date", "VIX"))
