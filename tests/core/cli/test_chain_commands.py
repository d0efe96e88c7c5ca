"""Option chains on the command line: imported, asked for, listed, shown by expiry."""

from __future__ import annotations

import io
import json
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from briefing.cli import main
from briefing.data.workspace import create_workspace

SAMPLES = Path(__file__).parents[1] / "data" / "chains" / "samples"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return create_workspace(tmp_path / "desk").root


def briefing(desk: Path, *words: str) -> tuple[int, str, str]:
    """The exit code of a command, what it printed, and what it said on the error stream."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(desk), patch("sys.argv", ["briefing", *words]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_a_chain_is_imported_like_any_file_and_listed(desk: Path) -> None:
    code, out, _ = briefing(desk, "import", str(SAMPLES / "quotedata.csv"))
    assert code == 0
    assert out.startswith("quotedata.csv: SPX, 6 Mar 2026, delayed quote; 16 contracts, 2 expiries, spot 5,012.5;")
    code, out, _ = briefing(desk, "chains", "--json")
    (listed,) = json.loads(out)
    assert (listed["root"], listed["quote_date"], listed["clock"], listed["dataset"]) == (
        "SPX", "2026-03-06", "delayed", "cboe_chain",
    )  # fmt: skip
    _, table, _ = briefing(desk, "chains")
    assert [line.split()[:4] for line in table.splitlines()[1:]] == [["SPX", "2026-03-06", "delayed", "cboe_chain"]]


def test_a_question_is_answered_by_an_option(desk: Path) -> None:
    code, _, err = briefing(desk, "import", str(SAMPLES / "yfinance_chain.csv"))
    assert code == 1
    assert "--quote-date" in err
    code, out, _ = briefing(desk, "import", str(SAMPLES / "yfinance_chain.csv"), "--quote-date", "2026-03-06")
    assert code == 0
    assert "XYZ, 6 Mar 2026, end of day; 3 contracts" in out


def test_one_chain_is_shown_by_expiry(desk: Path) -> None:
    briefing(desk, "import", str(SAMPLES / "quotedata.csv"))
    code, out, _ = briefing(desk, "chains", "spx", "--quote-date", "2026-03-06", "--json")
    assert code == 0
    shown = json.loads(out)
    assert (shown["contracts"], shown["spot"]) == (16, 5012.5)
    assert [(row["option_root"], row["expiry"], row["settle"], row["contracts"]) for row in shown["by_expiry"]] == [
        ("SPX", "2026-03-20", "AM", 6),
        ("SPXW", "2026-03-20", "PM", 6),
        ("SPXW", "2026-04-16", "PM", 4),
    ]
    first = shown["by_expiry"][0]
    assert (first["strikes"], first["open_interest"]) == ([4900, 5200], 2105 + 3050 + 4102 + 3890 + 6120 + 402)
    _, table, _ = briefing(desk, "chains", "SPX", "--quote-date", "2026-03-06")
    assert "2026-04-16  SPXW  PM" in table


def test_chains_until_a_day_and_of_a_clock_are_listed(desk: Path) -> None:
    briefing(desk, "import", str(SAMPLES / "ivydb_prices.csv"), str(SAMPLES / "quotedata.csv"))
    listed = [json.loads(briefing(desk, "chains", *words, "--json")[1]) for words in (
        ("SPX",), ("SPX", "--as-of", "2026-03-05"), ("--clock", "delayed"), ("NDX",),
    )]  # fmt: skip
    assert [len(one) for one in listed] == [3, 1, 1, 0]


def test_a_chain_that_is_not_there_is_said(desk: Path) -> None:
    code, _, err = briefing(desk, "chains", "SPX", "--quote-date", "2026-03-06")
    assert code == 1
    assert "No option chain of SPX is stored for that day." in err
