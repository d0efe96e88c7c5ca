"""A workspace in which something is wrong with the data: late, suspect, refused and revised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from briefing.data.intake.importing import import_files
from briefing.data.workspace import Workspace, create_workspace

_FIRST = date(2024, 1, 2)
REVISED_DAY, NEW = "2025-01-10", "4.21"


def create_ailing(folder: Path) -> Workspace:
    """DGS10 is fresh with one suspect value, DGS2 late, DGS30 refused lately, DGS5 revised by its second file."""
    workspace = create_workspace(folder / "workspace")
    days = _days()
    rows = {name: [f"{day},{4 + (at * 7 + ahead) % 9 / 100:.2f}" for at, day in enumerate(days)] for name, ahead in IDS}
    rows["DGS10"][-2] = f"{days[-2]},9.70"
    files = [_write(folder, name, rows[name][: -4 if name == "DGS2" else None]) for name in rows]
    import_files(workspace, files)
    import_files(workspace, [_write(folder, "DGS30", [*rows["DGS30"], "2025-01-17,many"])])
    return workspace


def revise(folder: Path) -> Path:
    """The file of DGS5 again, with another value on a past day."""
    file = folder / "files" / "DGS5.csv"
    rows = file.read_text(encoding="utf-8").splitlines()
    place = next(at for at, row in enumerate(rows) if row.startswith(REVISED_DAY))
    rows[place] = f"{REVISED_DAY},{NEW}"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


IDS = (("DGS10", 0), ("DGS2", 2), ("DGS5", 4), ("DGS30", 6))


def _days() -> list[date]:
    from briefing.data.calendars import sessions

    return sessions("SIFMA_US", _FIRST, date(2025, 1, 16)).tolist()


def _write(folder: Path, name: str, rows: Sequence[str]) -> Path:
    file = folder / "files" / f"{name}.csv"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"observation_date,{name}\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return file
