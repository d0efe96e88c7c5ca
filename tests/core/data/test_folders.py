"""What was decided once is remembered for the folder."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.data.intake import importing
from briefing.data.intake.choices import LEFT_OUT, Choices
from briefing.data.intake.folders import Folder, read_folders, write_folders
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.workspace import Workspace
from briefing.problems import Refused

Load = Callable[..., ImportReport]
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


WORDS = st.dictionaries(NAMES, NAMES, max_size=3)
FOLDERS = st.builds(
    Folder, NAMES, NAMES, NAMES, NAMES, WORDS, WORDS, st.frozensets(NAMES, max_size=3), st.booleans(), WORDS
)
PLACES = NAMES.map(lambda name: str(Path("/") / name.replace("/", "-").replace("\0", "-") / "data"))


@settings(max_examples=30)
@given(st.dictionaries(PLACES, FOLDERS, max_size=3))
def test_choices_are_read_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, folders: dict[str, Folder]
) -> None:
    path = tmp_path_factory.mktemp("folders") / "folders.toml"
    write_folders(path, folders)
    assert read_folders(path) == folders


def test_the_next_days_file_goes_without_a_question(load: Load, workspace: Workspace) -> None:
    assert load("daily.csv", "date,value\n2025-01-13,4.79\n").outcome is Outcome.REFUSED
    load("daily.csv", "date,value\n2025-01-13,4.79\n", source="fred_graph", as_id="UST10Y")
    report = load("daily.csv", "date,value\n2025-01-13,4.79\n2025-01-14,4.78\n")
    assert report.outcome is Outcome.LOADED
    assert Market(workspace).series("UST10Y").values.tolist() == [4.79, 4.78]


def test_a_file_called_like_a_series_stands_for_it_once_the_format_is_named(load: Load, workspace: Workspace) -> None:
    assert load("SPY.csv", "Date,Close\n2025-01-13,581.39\n").outcome is Outcome.REFUSED
    load("SPY.csv", "Date,Close\n2025-01-13,581.39\n", source="ohlcv")
    load("tlt.csv", "Date,Close\n2025-01-13,85.4\n")
    assert Market(workspace).ids() == ("SPY", "TLT")


def test_another_file_of_the_folder_is_still_known_by_its_own_header(load: Load) -> None:
    load("SPY.csv", "Date,Close\n2025-01-13,581.39\n", source="ohlcv")
    assert load("x.csv", "observation_date,DGS10\n2025-01-13,4.79\n").recogniser == "fred_graph"


def test_each_file_of_a_folder_keeps_the_format_that_was_chosen_for_it(load: Load, workspace: Workspace) -> None:
    load("spot.csv", "Date,Close\n2025-01-13,581.39\n", source="ohlcv", as_id="SPY")
    load("daily.csv", "date,value\n2025-01-13,4.79\n", source="fred_graph", as_id="UST10Y")
    report = load("spot.csv", "Date,Close\n2025-01-13,581.39\n2025-01-14,582.19\n")
    assert (report.outcome, report.recogniser) == (Outcome.LOADED, "ohlcv")
    assert Market(workspace).series("SPY").values.tolist() == [581.39, 582.19]


def test_a_refused_file_leaves_no_choice_behind(load: Load, workspace: Workspace) -> None:
    load("x.csv", "date,value\n2025-01-13,abc\n", source="fred_graph", as_id="UST10Y")
    assert not workspace.folders.exists()


def test_a_choice_that_cannot_be_kept_is_said_and_the_load_stands(
    load: Load, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _folders: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(importing, "write_folders", refuse)
    report = load("SPY.csv", "Date,Close\n2025-01-13,581.39\n", source="ohlcv")
    assert report.outcome is Outcome.LOADED
    assert "import.forgotten" in [problem.check for problem in report.problems]
    assert Market(workspace).series("SPY").values.tolist() == [581.39]


def test_an_order_of_day_and_month_chosen_for_the_folder_is_used(load: Load, workspace: Workspace) -> None:
    text = "Date,UST10Y,VIX\n03/04/2024,4.2,13\n04/04/2024,4.3,14\n"
    assert load("x.csv", text).outcome is Outcome.REFUSED
    folder = str(workspace.root.with_name("downloads"))
    write_folders(workspace.folders, {folder: Folder(dates="dmy")})
    load("x.csv", text)
    assert str(Market(workspace).series("VIX").dates[0]) == "2024-04-03"


def test_a_choice_is_added_to_those_before_it() -> None:
    first = Folder().with_choices(Choices(source="fred_graph", as_id="DGS10", dates="iso"), "a.csv", "fred_graph")
    both = first.with_choices(Choices(numbers="comma", columns={"x": LEFT_OUT}), "b.csv", "plain_wide")
    assert both == Folder(
        "fred_graph", "iso", "comma", columns={"x": ""}, ids={"a.csv": "DGS10"}, formats={"a.csv": "fred_graph"}
    )


def test_what_is_said_now_stands_before_what_was_said_before() -> None:
    folder = Folder(dates="mdy", numbers="point", columns={"a": "DGS2", "b": "DGS5"}, ids={"x.csv": "DGS10"})
    settled = folder.settled(Choices(dates="dmy", columns={"a": "DGS1"}), "x.csv")
    assert settled == Choices(dates="dmy", numbers="point", columns={"a": "DGS1", "b": "DGS5"}, as_id="DGS10")


@pytest.mark.parametrize("text", ["[[folder]", "folder = 3", "[[folder]]\nsource = 'x'\n"])
def test_a_damaged_file_of_choices_is_refused(workspace: Workspace, text: str) -> None:
    workspace.folders.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=r"folders\.toml cannot be read"):
        read_folders(workspace.folders)


def test_a_folder_is_imported_table_by_table(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "morning"
    folder.mkdir()
    (folder / "b.csv").write_text("observation_date,DGS10\n2025-01-13,4.79\n", encoding="utf-8")
    (folder / "a.CSV").write_text("observation_date,DGS2\n2025-01-13,4.4\n", encoding="utf-8")
    (folder / "note.md").write_text("# no data\n", encoding="utf-8")
    reports = import_files(workspace, [folder])
    assert [(report.file, report.outcome.value) for report in reports] == [
        ("a.CSV", "loaded"),
        ("b.csv", "loaded"),
        ("note.md", "passed over"),
    ]
    assert reports[2].summary.en == "note.md: passed over, notes about the data."
    assert reports[2].summary.zh == "note.md：略過，為說明文件。"
