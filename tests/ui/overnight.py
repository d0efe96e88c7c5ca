"""A folder of files as they lie there in the morning: clear ones, one with a doubt, one revised, some that are not clear."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

DAYS = [day for day in (date(2024, 11, 1) + timedelta(at) for at in range(90)) if day.weekday() < 5]


def create_overnight(room: Path) -> Path:
    """Write the files; gives the folder."""
    folder = room / "Overnight"
    folder.mkdir()
    levels = [4.2 + at % 7 / 50 for at in range(len(DAYS))]
    doubted = [*levels[:30], 5.9, *levels[31:]]
    (folder / "DGS10.csv").write_text(_table("DATE,DGS10", levels, gap=20), encoding="utf-8")
    (folder / "DGS30.csv").write_text(_table("DATE,DGS30", doubted), encoding="utf-8")
    (folder / "bdh.xlsx").write_bytes(_terminal())
    (folder / "house view.csv").write_text(_house(), encoding="utf-8")
    (folder / "morning mail.txt").write_text("Good morning,\nplease find the levels below.\n", encoding="utf-8")
    (folder / "README.md").write_text("Where the files come from.\n", encoding="utf-8")
    return folder


def revise_overnight(folder: Path) -> None:
    """Write one of the files once more, with two values that are others now."""
    file = folder / "DGS10.csv"
    rows = file.read_text(encoding="utf-8").splitlines()
    for at in (5, 9):
        day, value = rows[at].split(",")
        rows[at] = f"{day},{float(value) + 0.01:.2f}"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _table(header: str, levels: list[float], gap: int | None = None) -> str:
    values = ["." if at == gap else f"{level:.2f}" for at, level in enumerate(levels)]
    rows = "".join(f"{day},{value}\n" for day, value in zip(DAYS, values, strict=True))
    return f"{header}\n{rows}"


def _house() -> str:
    """Titles above the header, columns that no catalogue knows, dates that can be read in two ways."""
    days = [day for day in DAYS if day.day <= 12]
    rows = "".join(
        f"{day:%d/%m/%Y},{4 + at / 50:.2f},{at * 3 - 20},{4.2 + at / 50:.3f}\n" for at, day in enumerate(days)
    )
    return f"House view,,,\nPrepared by the desk,,,\nDate,House yield,Our spread,UST10Y\n{rows}"


def _terminal() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "BDH"
    for row in (
        ["Start Date", "11/1/2024", None],
        ["End Date", None, None],
        [None, "VIX Index", "SPX Index"],
        ["Dates", "PX_LAST", "PX_LAST"],
        *([f"{day:%m/%d/%Y}", 16 + at % 5 / 4, 5900 + at % 9 * 7.5] for at, day in enumerate(DAYS)),
    ):
        sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
