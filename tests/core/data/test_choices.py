"""What a person decides settles what a file leaves open, is kept for its folder, and is said each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.data.intake.choices import LEFT_OUT, UNDECIDED, Choices, choices_from_json
from briefing.data.intake.folders import Folder, read_folders
from briefing.data.intake.importing import import_files
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.workspace import Workspace
from briefing.problems import Refused, Severity

Load = Callable[..., ImportReport]
Write = Callable[[str, str | bytes], Path]
MIXED = "Date,UST10Y,Our spread,Notes\n2025-01-13,4.79,13,7\n2025-01-14,4.78,14,8\n"
SAID = {"Our spread": "VIX", "Notes": LEFT_OUT}
WORDS = st.text(max_size=8)
CHOICES = st.builds(
    Choices,
    source=WORDS,
    as_id=WORDS,
    dates=WORDS,
    numbers=WORDS,
    encoding=WORDS,
    quote_date=st.none() | st.dates(),
    columns=st.dictionaries(WORDS, WORDS, max_size=3),
    skip=st.frozensets(WORDS, max_size=3),
)


@given(CHOICES)
def test_choices_come_back_from_json(choices: Choices) -> None:
    assert choices_from_json(choices.as_json()) == choices


@pytest.mark.parametrize("raw", [{"quote_date": "yesterday"}, {"columns": "DGS10"}, {"skip": 3}])
def test_what_are_no_choices_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(Refused, match="no choices"):
        choices_from_json(raw)


def test_nothing_decided_is_nothing_in_json() -> None:
    assert UNDECIDED.as_json() == {}


def test_each_unknown_heading_is_asked_with_its_line_and_what_can_be_done(load: Load) -> None:
    report = load("x.csv", MIXED, source="plain_wide")
    assert report.outcome is Outcome.REFUSED
    assert [(problem.place.row, problem.place.column) for problem in report.problems] == [
        (1, "Our spread"),
        (1, "Notes"),
    ]
    assert "--column 'Our spread=ID'" in report.problems[0].hint.en
    assert "--column 'Our spread='" in report.problems[0].hint.en


def test_a_heading_is_mapped_and_another_left_out(load: Load, workspace: Workspace) -> None:
    report = load("x.csv", MIXED, source="plain_wide", columns=SAID)
    assert (report.outcome, report.series) == (Outcome.LOADED, ("DGS10", "VIXCLS"))
    assert report.headings == {"DGS10": "UST10Y", "VIXCLS": "Our spread"}
    assert Market(workspace).series("VIX").values.tolist() == [13.0, 14.0]


def test_a_column_left_out_is_said_each_time(load: Load) -> None:
    first = load("x.csv", MIXED, source="plain_wide", columns=SAID)
    second = load("y.csv", MIXED + "2025-01-15,4.66,16,9\n")
    for report in (first, second):
        (problem,) = [problem for problem in report.problems if problem.check == "import.left_out"]
        assert (problem.severity, problem.place.column) == (Severity.INFO, "Notes")


def test_what_was_said_of_columns_is_remembered_for_the_folder(load: Load, workspace: Workspace) -> None:
    load("x.csv", MIXED, source="plain_wide", columns=SAID)
    (folder,) = read_folders(workspace.folders).values()
    assert folder == Folder(source="plain_wide", columns=SAID, formats={"x.csv": "plain_wide"})
    assert load("y.csv", MIXED + "2025-01-15,4.66,16,9\n").added == 2


def test_a_heading_that_the_file_has_not_is_no_silent_mistake(load: Load) -> None:
    report = load("x.csv", "observation_date,DGS10\n2025-01-13,4.79\n", columns={"DSG10": "VIX"})
    assert report.outcome is Outcome.LOADED
    (problem,) = [problem for problem in report.problems if problem.check == "import.no_heading"]
    assert (problem.severity, problem.place.column) == (Severity.WARNING, "DSG10")


def test_a_heading_mapped_to_no_series_is_asked_again(load: Load) -> None:
    report = load("x.csv", MIXED, source="plain_wide", columns=SAID | {"Our spread": "QQZZ9"})
    (problem,) = report.problems
    assert problem.message.en == "x.csv, line 1, column Our spread: the catalogue has no series QQZZ9."


def test_a_file_of_which_everything_is_left_out_is_refused(load: Load) -> None:
    report = load("x.csv", "observation_date,DGS10\n2025-01-13,4.79\n", columns={"DGS10": LEFT_OUT})
    assert [problem.check for problem in report.problems] == ["import.nothing_left"]


def test_more_than_twenty_unknown_headings_are_counted(load: Load) -> None:
    names = [f"QQ{at}ZZ" for at in range(25)]
    report = load("x.csv", f"observation_date,{','.join(names)}\n2025-01-13{',1' * 25}\n")
    assert len(report.problems) == 21
    assert report.problems[-1].message.en == (
        "x.csv: 5 more columns stand for series that the catalogue does not have."
    )


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        (Choices(dates="american"), "--dates cannot be “american”"),
        (Choices(numbers="dot"), "--numbers cannot be “dot”"),
    ],
)
def test_a_style_that_there_is_not_is_refused_before_any_file(
    workspace: Workspace, choices: Choices, message: str
) -> None:
    with pytest.raises(Refused, match=message):
        import_files(workspace, [], choices=choices)


def test_a_decimal_sign_said_once_holds_for_the_folder(load: Load, workspace: Workspace) -> None:
    load("x.csv", "Date;UST10Y;VIX\n2025-01-13;4,125;13,500\n", numbers="comma")
    assert load("y.csv", "Date;UST10Y;VIX\n2025-01-14;4,250;13,750\n").outcome is Outcome.LOADED
    assert Market(workspace).series("UST10Y").values.tolist() == [4.125, 4.25]


def test_a_file_loaded_before_is_read_again_when_something_is_decided(load: Load) -> None:
    load("x.csv", MIXED, source="plain_wide", columns=SAID)
    assert load("x.csv", MIXED).outcome is Outcome.KNOWN
    assert load("x.csv", MIXED, columns={"Notes": "SPX"}).outcome is Outcome.LOADED


def test_each_format_that_is_offered_says_whether_it_needs_a_series(load: Load) -> None:
    report = load("gld_us_d.csv", "Date,Open,High,Low,Close,Volume\n2025-01-13,1,3,1,2,5\n2025-01-14,2,3,1,2,6\n")
    hint = report.problems[0].hint
    assert hint.en == (
        "Choose one: --source stooq --as GLD, --source ohlcv --as GLD. The choice is remembered for the folder."
    )
    assert hint.zh == "請選擇：--source stooq --as GLD、--source ohlcv --as GLD。此資料夾會沿用這項選擇。"
