"""What the window may choose from, and what it is told of an import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from briefing.workers.protocol import Answer

Ask = Callable[..., Answer]
DAYS = "Date,UST10Y\n2026-03-06,4.00\n2026-03-09,\n2026-03-10,3.95\n"
TABLE = "Date,Our yield\n2026-03-05,4.10\n2026-03-06,4.00\n2026-03-09,3.95\n"


def test_the_files_of_a_folder_are_those_that_may_hold_data(unopened: Ask, tmp_path: Path) -> None:
    for name, content in (("b.csv", b"Date,A\n"), ("a.xlsx", b"PK\x03\x04"), ("README.md", b"x"), (".hidden", b"x")):
        (tmp_path / name).write_bytes(content)
    alone = tmp_path / "b.csv"
    assert unopened("files", paths=[str(tmp_path)]).result == {"files": [str(tmp_path / "a.xlsx"), str(alone)]}
    assert unopened("files", paths=[str(alone)]).result == {"files": [str(alone)]}


def test_a_series_is_found_by_words_of_either_language_and_by_its_exact_id(ask: Ask) -> None:
    def first(typed: str, lang: str = "en") -> str:
        found: str = ask("find_series", typed=typed, lang=lang).result["series"][0]["id"]
        return found

    assert first("ust10y") == "UST10Y"
    assert first("dfii10") == "DFII10"
    assert first("美國10年期公債殖利率", "zh") == "UST10Y"
    assert first("SPY_OPEN") == "SPY_OPEN"


def test_a_report_names_its_format_and_says_what_the_file_holds_of_each_series(ask_own: Ask, tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text(DAYS, encoding="utf-8")
    (report,) = ask_own("import", paths=[str(file)]).result["reports"]
    assert report["label"] == {"en": "Plain table, one column a series", "zh": "一般寬表（每欄一個序列）"}
    assert report["names"]["UST10Y"]["freq"] == "D"
    assert report["names"]["UST10Y"]["name"]["zh"].startswith("美國10年期")
    assert report["spans"] == {"UST10Y": {"first": "2026-03-06", "last": "2026-03-10", "count": 2}}


def test_choices_are_remembered_for_the_folder_unless_the_user_says_no(ask_own: Ask, tmp_path: Path) -> None:
    choices = {"columns": {"Our yield": "UST10Y"}}
    for name, remember in (("a.csv", False), ("b.csv", True)):
        file = tmp_path / name
        file.write_text(TABLE.replace("4.10", f"4.1{name[0]}".replace("a", "1").replace("b", "2")), encoding="utf-8")
        (report,) = ask_own("import", paths=[str(file)], choices=choices, remember=remember).result["reports"]
        assert report["outcome"] == "loaded"
        asked = ask_own("look_at", path=str(file)).result["preview"]["tables"][0]["questions"]
        assert bool(asked) is not remember


def test_a_workspace_without_data_is_open_and_takes_files_in(unopened: Ask, tmp_path: Path) -> None:
    folder = unopened("init", dir=str(tmp_path / "mine")).result["workspace"]
    opened = unopened("open", workspace=folder).result
    assert (opened["workspace"], opened["as_of"], opened["series"]) == (folder, None, [])
    file = tmp_path / "days.csv"
    file.write_text("DATE,DGS10\n2025-01-13,4.79\n", encoding="utf-8")
    assert unopened("import", paths=[str(file)]).result["reports"][0]["outcome"] == "loaded"
    assert [one["id"] for one in unopened("open", workspace=folder).result["series"]] == ["DGS10"]
