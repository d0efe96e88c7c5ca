"""The tables of a workbook from its sheets: empty ones are none, hidden ones are named and left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from briefing.data.containers.refusing import refused
from briefing.data.containers.table import Found
from briefing.text import Label


def workbook_tables(
    title: str, sheets: Mapping[str, Found | None], hidden: tuple[str, ...], *, from_1904: bool = False
) -> tuple[Found, ...]:
    """The sheets with something in them. Raises `Refused` when there is none."""
    tables = [found for found in sheets.values() if found is not None]
    if not tables:
        tail_en = f" apart from hidden sheets ({', '.join(hidden)})" if hidden else ""
        tail_zh = f"（隱藏的工作表除外：{'、'.join(hidden)}）" if hidden else ""
        raise refused(title, f"the workbook holds no data{tail_en}", f"活頁簿沒有資料{tail_zh}")
    doubts = []
    if hidden:
        doubts.append(
            Label(f"Hidden sheets were not read: {', '.join(hidden)}.", f"未讀取隱藏的工作表：{'、'.join(hidden)}。")
        )
    if from_1904:
        doubts.append(Label("The workbook counts its days from 1904.", "活頁簿採用1904年日期系統。"))
    return tuple(
        replace(found, grid=replace(found.grid, from_1904=from_1904), doubts=(*found.doubts, *doubts))
        for found in tables
    )
