"""Reads files of chains with the format that is recognised, without a store."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.data.catalogue import load_catalogue
from briefing.data.chains.answers import read_chains
from briefing.data.chains.reading import ChainReading, ChainShape
from briefing.data.containers.opening import open_tables
from briefing.data.intake.choices import Choices
from briefing.data.reading.choosing import chosen_candidate
from briefing.data.reading.shape import Sheet

SAMPLES = Path(__file__).parent / "samples"

ReadFile = Callable[..., ChainReading]


def read_path(path: Path, **choices: object) -> ChainReading:
    content = path.read_bytes()
    (table,) = open_tables(path, content, hashlib.sha256(content).hexdigest())
    chosen = chosen_candidate(Sheet(table.grid, load_catalogue()), None, None)
    assert isinstance(chosen.shape, ChainShape)
    return read_chains(chosen.sheet, chosen.shape, Choices(**choices))


@pytest.fixture(scope="session")
def read_file() -> ReadFile:
    """Reads a file by its path, each only once: nobody changes what was read."""
    return functools.cache(read_path)


@pytest.fixture
def read_sample() -> ReadFile:
    """Reads one of the samples by its name."""
    return lambda name, **choices: read_path(SAMPLES / name, **choices)


@pytest.fixture
def read_text(tmp_path: Path) -> ReadFile:
    """Writes a text to a file and reads that."""

    def read(text: str, name: str = "quotedata.csv", **choices: object) -> ChainReading:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_path(tmp_path / name, **choices)

    return read
