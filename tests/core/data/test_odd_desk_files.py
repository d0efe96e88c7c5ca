"""Text files as desks and vendors spell them, written by hand: each comes out as one and the same two days."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.market import Market
from briefing.data.workspace import Workspace

Load = Callable[..., ImportReport]
FILES = {
    "bloomberg in lower case with short years": (
        "bloomberg",
        (
            'start date,13-Jan-25\nend date,14-Jan-25\n\n,spx index,vix index\ndates,px_last,px_last\n13-Jan-25,"5,836.22",19.19\n'
            '14-Jan-25,"5,842.91",18.71\n'
        ),
    ),
    "bloomberg of a German desk, newest first": (
        "bloomberg",
        "Date;SPX Index;VIX Index\r\n;Last Price;Last Price\r\n14.01.2025;5842,91;18,71\r\n13.01.2025;5836,22;19,19\r\n",
    ),
    "bloomberg tickers alone above the values": (
        "bloomberg",
        "Date\tSPX Index\n01/13/2025\t5,836.22\n01/14/2025\t5,842.91\n",
    ),
    "bloomberg, one row a value": (
        "plain_long",
        "date,ticker,field,value\n2025-01-13,SPX Index,PX_LAST,5836.22\n2025-01-14,SPX Index,PX_LAST,5842.91\n",
    ),
    "lseg with its instrument behind a word": (
        "lseg",
        "RIC,.SPX\nInterval,Daily\n\nExchange Date,Last,Open\n2025-01-14,5842.91,5859.27\n2025-01-13,5836.22,5782.02\n",
    ),
    "lseg with quotes and empty columns": (
        "lseg",
        (
            '".SPX","",""\n"Exchange Date","Close","Net","%Chg","",""\n"14-Jan-2025","5,842.91","6.69","0.11%","",""\n'
            '"13-Jan-2025","5,836.22","9.18","0.16%","",""\n'
        ),
    ),
    "datastream as R writes it": ("datastream", "ï..Code,S&PCOMP(PI)\n13/01/2025,5836.22\n14/01/2025,5842.91\n"),
    "datastream with currency and frequency": (
        "datastream",
        "Name;S&P 500 COMPOSITE\nCode;S&PCOMP\nCURRENCY;U$\nFREQUENCY;D\n13.01.2025;5836,22\n14.01.2025;5842,91\n",
    ),
    "macrobond by its title": (
        "macrobond",
        "Title,S&P 500\nUnit,Index\nFrequency,Daily\nSource,S&P\n\n2025-01-13,5836.22\n2025-01-14,5842.91\n",
    ),
    "wind in traditional script with tabs": (
        "wind",
        "指標名稱\t標普500指數\n頻率\t日\n單位\t點\n指標ID\tSPX.GI\n2025/1/13\t5,836.22\n2025/1/14\t5,842.91\n\n數據來源：Wind資訊\n",
    ),
    "wind codes as headings": ("plain_wide", "日期,SPX.GI\n2025-01-13,5836.22\n2025-01-14,5842.91\n数据来源：Wind,\n"),
    "a dashboard's two tables side by side": (
        "plain_wide",
        "Date,SPX,,Date,VIX\n2025-01-13,5836.22,,2025-01-13,19.19\n2025-01-14,5842.91,,2025-01-14,18.71\n",
    ),
    "prices of several tickers below a title": (
        "plain_long",
        "Closing prices\n\nDate;Ticker;Close;Volume\n13.01.2025;SPX;5.836,22;0\n13.01.2025;VIX;19,19;0\n14.01.2025;SPX;5.842,91;0\n",
    ),
    "english dates spelt out": (
        "plain_wide",
        'Date,SPX\n"Monday, January 13, 2025",5836.22\n"Tuesday, January 14, 2025",5842.91\n',
    ),
    "times of midnight": (
        "plain_wide",
        "Timestamp,SPX\n1/13/2025 12:00:00 AM,5836.22\n1/14/2025 12:00:00 AM,5842.91\n",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_an_odd_file_of_a_known_family_goes_through(load: Load, workspace: Workspace, name: str) -> None:
    source, content = FILES[name]
    report = load("odd.txt", content)
    assert report.outcome is Outcome.LOADED, [problem.message.en for problem in report.problems]
    assert report.recogniser == source
    series = Market(workspace).series("SPX")
    assert series.dates.astype(str).tolist() == ["2025-01-13", "2025-01-14"]
    assert series.values.tolist() == [5836.22, 5842.91]
