"""Files of every container, made on the spot, and what is found in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from briefing.data.containers.opening import open_tables
from briefing.data.containers.table import Table
from briefing.problems import Problem, Refused

MADE = Path(__file__).parent / "made"

Opened = Callable[..., tuple[Table, ...]]
Refusal = Callable[..., Problem]
Workbook = Callable[..., bytes]
Archive = Callable[[Mapping[str, str | bytes]], bytes]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """The tables in some bytes, under a name."""

    def tables(name: str, content: bytes, *, encoding: str = "") -> tuple[Table, ...]:
        return open_tables(tmp_path / name, content, "0" * 64, encoding=encoding)

    return tables


@pytest.fixture
def refusal(opened: Opened) -> Refusal:
    """The one problem that some bytes are refused with, in both languages and with a hint."""

    def problem(name: str, content: bytes) -> Problem:
        with pytest.raises(Refused) as refused:
            opened(name, content)
        (found,) = refused.value.problems
        assert found.hint.en
        assert any("\u4e00" <= sign <= "\u9fff" for sign in found.message.zh + found.hint.zh)
        return found

    return problem


@pytest.fixture(scope="session")
def workbook() -> Workbook:
    """An xlsx file of some sheets, with number formats by the address of a cell."""

    def made(
        sheets: Mapping[str, Sequence[Sequence[Any]]],
        formats: Mapping[str, str] | None = None,
        *,
        hidden: Sequence[str] = (),
        from_1904: bool = False,
    ) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        if from_1904:
            book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
            for address, code in (formats or {}).items():
                sheet[address].number_format = code
            sheet.sheet_state = "hidden" if name in hidden else "visible"
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return made


@pytest.fixture(scope="session")
def archive() -> Archive:
    """A ZIP archive of some members."""

    def made(members: Mapping[str, str | bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in members.items():
                file.writestr(name, content)
        return out.getvalue()

    return made


@pytest.fixture(scope="session")
def made() -> Callable[[str], bytes]:
    """A file that no library of the tests can write: made once with a writer of that format."""
    return lambda name: (MADE / name).read_bytes()
