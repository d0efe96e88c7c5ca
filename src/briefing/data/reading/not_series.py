"""Tables that people have beside their series and that are none: what each is, and what it can be used for."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.data.reading.grid import Grid
from briefing.problems import Place, Problem, error
from briefing.text import Label


@dataclass(frozen=True, slots=True)
class _Other:
    """A kind of table, known by headings that it must have, in lower case."""

    headings: frozenset[str]
    what: Label
    use: Label


_CALENDAR = Label(
    "For “since-fomc”, put its dates into calendars/fomc.csv of the workspace, under the heading “date”.",
    "如需使用since-fomc，請將日期放入工作區calendars/fomc.csv的date欄。",
)
_OTHERS = (
    _Other(
        frozenset({"start_date", "end_date", "meeting_type"}),
        Label("a list of FOMC meetings, which is a calendar of events", "聯準會會議清單，屬於事件日曆"),
        _CALENDAR,
    ),
    _Other(
        frozenset({"fomcdate", "actual", "forecast", "previous"}),
        Label(
            "a list of FOMC decisions with forecasts, which is a calendar of events",
            "聯準會決議與預測清單，屬於事件日曆",
        ),
        _CALENDAR,
    ),
    _Other(
        frozenset({"meeting_date", "rate_low", "rate_high", "probability_pct"}),
        Label(
            "FedWatch's probabilities of rate ranges at one moment, without the day on which they were taken",
            "FedWatch在某一時點的利率區間機率，且未註明擷取日期",
        ),
        Label(
            "Import the fed funds futures behind them (ZQ contracts with their dates) instead.",
            "請改匯入其背後的聯邦資金利率期貨（附日期的ZQ合約）。",
        ),
    ),
    _Other(
        frozenset({"cusip", "security type", "security term", "auction date", "issue date", "maturity date"}),
        Label("a list of Treasury auctions, one row a security", "美國公債標售清單，每列一檔債券"),
        Label(
            "Auction dates can become a calendar of events: calendars/auctions.csv with the heading “date”.",
            "標售日可作為事件日曆：將日期放入calendars/auctions.csv的date欄。",
        ),
    ),
    _Other(
        frozenset({"date", "days", "rate"}),
        Label("interest rates by days to expiry, as an option chain needs them", "各到期天數的利率，供選擇權計算使用"),
        Label(
            "For rates of dated tenors import the Treasury's yields instead.",
            "如需各天期利率，請改匯入美國財政部殖利率。",
        ),
    ),
    _Other(
        frozenset({"name", "path", "title"}),
        Label("a description of a data package, not its data", "資料套件的說明，而非資料本身"),
        Label("Import the CSV file that it describes.", "請匯入其所描述的CSV檔。"),
    ),
)


def not_series(grid: Grid) -> Problem | None:
    """What a table is that holds no series, judged by the headings of its first row; None for any other table."""
    row = grid.rows[0]
    headings = {cell.lower() for cell in row.cells}
    found = next((other for other in _OTHERS if other.headings <= headings), None)
    if found is None:
        return None
    return error(
        "import.not_series",
        Place(file=grid.title, row=row.line),
        Label(
            f"{grid.title}, line {row.line}: this is {found.what.en}; it holds no series.",
            f"{grid.title}第{row.line}行：這是{found.what.zh}，不含序列。",
        ),
        found.use,
    )
