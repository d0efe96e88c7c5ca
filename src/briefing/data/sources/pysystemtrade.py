"""Futures of the pysystemtrade collection: `DATETIME,PRICE`, back-adjusted, and the unadjusted prices with contracts.

Early rows are daily (midnight), later ones are taken several times a day, with the day's close at 23:00;
prices may be empty. A day's value is its last price. The last day counts only once its close is there.
Adjusted histories have the gaps of rolls subtracted, so that old prices can be negative: they are levels
in points (`PST_US10`), and ratios of them mean nothing. The unadjusted price is `PST_US10_PRICE`; its carry
and forward legs and the contract months are not read. The file does not name its market.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.data.reading.blank_columns import named_cells
from briefing.data.reading.grid import Grid
from briefing.data.reading.missing import NOT_AVAILABLE
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.text import Label

_ADJUSTED = ("DATETIME", "PRICE")
_LEGS = frozenset({*_ADJUSTED, "CARRY", "CARRY_CONTRACT", "PRICE_CONTRACT", "FORWARD", "FORWARD_CONTRACT"})
_CLOSES = ("23:00:00", "00:00:00", "")
_DAY = 10
_NO_ID = Label(
    "The file does not name its market; the ids are PST_ and its name, with _PRICE for unadjusted prices.",
    "檔案未註明商品，代碼為PST_加商品名稱，未調整價格另加_PRICE。",
)
_POINTS = Label(
    "Prices are adjusted by differences when the contract rolls: levels and percentages of old days mean nothing.",
    "合約換月時以差額回溯調整，早期的價位與百分比變動沒有意義。",
)
_ROLLED = Label(
    "Prices are not adjusted when the contract rolls: a change over a roll is not a gain or loss.",
    "合約換月時未調整，跨換月日的變動並非損益。",
)


@dataclass(frozen=True, slots=True, order=True)
class _Quote:
    """A row of prices; of two of a day the greater one is kept: one with a price, then the later one."""

    has_price: bool
    moment: str
    at: int

    @property
    def day(self) -> str:
        return self.moment[:_DAY]

    @property
    def is_close(self) -> bool:
        return self.has_price and self.moment[_DAY + 1 :] in _CLOSES


@dataclass(frozen=True, slots=True)
class _Days:
    """The rows that are not the last price of a day, how many days have no close, and an unfinished last day."""

    passed: frozenset[int]
    without_close: int
    unfinished: str


@recogniser("pysystemtrade", Label("Futures of pysystemtrade", "pysystemtrade期貨資料"))
def look(sheet: Sheet) -> Shape | None:
    """A date with a time and a price; or these with the contracts and the carry and forward legs."""
    cells = named_cells(sheet.grid, 0)
    headings = tuple(cell.upper() for cell in cells)
    adjusted = headings == _ADJUSTED
    if not adjusted and frozenset(headings) != _LEGS:
        return None
    dates, price = headings.index("DATETIME"), headings.index("PRICE")
    days = _days(sheet.grid, dates, price)
    return Shape(
        first=1,
        width=len(sheet.grid.rows[0].cells),
        dates=dates,
        columns=(Column(price, cells[price]),),
        styles=("moment", "iso"),
        local_numbers=True,
        evidence=0.6,
        saw=header_of(cells),
        cap=0.7,
        skip=days.passed,
        doubts=(_NO_ID, _POINTS if adjusted else _ROLLED, *_said(days)),
    )


def _days(grid: Grid, dates: int, price: int) -> _Days:
    kept: dict[str, _Quote] = {}
    quotes = list(_quotes(grid, dates, price))
    for quote in quotes:
        kept[quote.day] = max(quote, kept.get(quote.day, quote))
    last = max(kept, default="")
    unfinished = last if last and not kept[last].is_close else ""
    days = [quote for day, quote in kept.items() if day != unfinished]
    passed = frozenset(quote.at for quote in quotes) - {quote.at for quote in days}
    return _Days(passed, sum(quote.has_price and not quote.is_close for quote in days), unfinished)


def _quotes(grid: Grid, dates: int, price: int) -> Iterator[_Quote]:
    """Each row of full width; one that is cut is left to reading, which refuses it."""
    for at in range(1, len(grid.rows)):
        cells = grid.rows[at].cells
        if len(cells) > max(dates, price):
            yield _Quote(cells[price] not in NOT_AVAILABLE, cells[dates], at)


def _said(days: _Days) -> Iterator[Label]:
    if days.unfinished:
        yield Label(f"{days.unfinished} has no close yet and is left out.", f"{days.unfinished}尚無收盤價，不予讀入。")
    if days.without_close:
        yield Label(
            f"Days without a close at 23:00: {days.without_close:,}; their last price stands for it.",
            f"無23:00收盤價的日數：{days.without_close:,}，以當日最後價格代替。",
        )
