"""OptionMetrics IvyDB option prices: strikes times 1,000, volatility −99.99 for none, the underlying as a number.

A file may hold many days and underlyings. Without a column of tickers the number `secid` names the
underlying; where the program does not know it, the user does. The standardised surface is another product:
it has no contracts, so there is no chain in it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.data.chains.building import Head, build_chain
from briefing.data.chains.cleaning import cleaned
from briefing.data.chains.columns import Columns, columns_in
from briefing.data.chains.grouping import by_chain
from briefing.data.chains.reading import ChainReading, ChainShape, Read, ReadChain
from briefing.data.chains.sides import SIDES
from briefing.data.chains.underlying import named_underlying
from briefing.data.intake.choices import Choices
from briefing.data.reading.shape import Column, Shape, Sheet, header_of
from briefing.data.sources.registry import recogniser
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

_STYLES = ("iso", "compact", "mdy", "named")
_NEEDED = frozenset({"date", "exdate", "cp_flag", "strike_price", "best_bid", "best_offer"})
_SURFACE = frozenset({"date", "days", "delta", "impl_volatility", "impl_strike", "cp_flag"})
_STRIKE_FACTOR = 1000.0
_USUAL_SIZE = 100.0
_SECIDS = {"108105": "SPX"}
_FIELDS = {
    "bid": "best_bid",
    "ask": "best_offer",
    "last": "last",
    "volume": "volume",
    "open_interest": "open_interest",
    "iv": "impl_volatility",
    "delta": "delta",
    "gamma": "gamma",
    "theta": "theta",
    "vega": "vega",
    "forward": "forward_price",
}
_SETTLES = {"1": "AM", "1.0": "AM", "0": "PM", "0.0": "PM"}
_STYLE_WORDS = {"E": "E", "A": "A"}


@recogniser("ivydb_chain", Label("OptionMetrics IvyDB option prices", "OptionMetrics IvyDB選擇權價格"))
def look(sheet: Sheet) -> Shape | None:
    """The names of its columns, in any order."""
    header = _header(sheet)
    if not set(header) >= _NEEDED:
        return None
    return _shape(sheet, header, ("strike_price", "best_bid", "best_offer"), read)


@recogniser("ivydb_surface", Label("OptionMetrics volatility surface", "OptionMetrics波動率曲面"))
def look_at_surface(sheet: Sheet) -> Shape | None:
    """The standardised surface: days and delta instead of expiry and strike."""
    header = _header(sheet)
    if not set(header) >= _SURFACE:
        return None
    return _shape(sheet, header, ("days", "delta"), refuse_surface)


def _header(sheet: Sheet) -> tuple[str, ...]:
    return tuple(cell.lower() for cell in sheet.grid.rows[0].cells)


def _shape(sheet: Sheet, header: tuple[str, ...], values: tuple[str, ...], how: Read) -> Shape:
    return ChainShape(
        first=1,
        width=len(header),
        dates=header.index("date"),
        columns=tuple(Column(header.index(name), name, name) for name in values),
        styles=_STYLES,
        evidence=0.6,
        saw=header_of(sheet.grid.rows[0].cells),
        read=how,
    )


def read(sheet: Sheet, shape: ChainShape, choices: Choices) -> ChainReading:
    """One chain for each underlying and day. Raises `Refused` with a question when an underlying has no name."""
    header = _header(sheet)
    cells = columns_in(sheet.grid.rows[1:], shape.width)
    columns = _contracts(cells, header)
    days = cells.days(header.index("date"), "date", _STYLES)
    underlying = _underlyings(sheet, cells, header, choices)
    count = len(sheet.grid.rows) - 1
    if cells.faults:
        return ChainReading((), tuple(cells.faults), count, 0)
    chains: list[ReadChain] = []
    for root, day, places in by_chain(underlying, days):
        own = {name: column[places] for name, column in columns.items()}
        head = Head(root=root, quote_date=day, clock="eod", vendor="optionmetrics")
        chains.append(cleaned(build_chain(head, [root] * len(places), own)))
    return ChainReading(tuple(chains), (), count, count)


def _contracts(cells: Columns, header: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    def place(name: str) -> int | None:
        return header.index(name) if name in header else None

    out: dict[str, NDArray[Any]] = {name: cells.numbers(place(heading), heading) for name, heading in _FIELDS.items()}
    out["expiry"] = cells.days(header.index("exdate"), "exdate", _STYLES)
    out["strike"] = cells.numbers(header.index("strike_price"), "strike_price") / _STRIKE_FACTOR
    out["cp"] = cells.words(header.index("cp_flag"), "cp_flag", SIDES)
    out["lines"] = cells.lines
    settle, style, special = place("am_settlement"), place("exercise_style"), place("ss_flag")
    if settle is not None:
        out["settle"] = cells.words(settle, "am_settlement", _SETTLES)
    if style is not None:
        out["style"] = cells.words(style, "exercise_style", _STYLE_WORDS)
    if special is not None:
        out["adjusted"] = np.asarray([text not in {"", "0"} for text in cells.texts(special)])
    size = place("contract_size")
    if size is not None:
        stated = cells.numbers(size, "contract_size")
        out["multiplier"] = np.where(np.isnan(stated), _USUAL_SIZE, stated)
    return out


def _underlyings(sheet: Sheet, cells: Columns, header: tuple[str, ...], choices: Choices) -> NDArray[np.str_]:
    """The underlying of each row: what the user says, else the ticker, else the known number."""
    if choices.as_id:
        return np.full(len(cells.rows), named_underlying(sheet.grid, choices.as_id))
    if "ticker" in header:
        return cells.roots(header.index("ticker"), "ticker")
    numbers = cells.texts(header.index("secid")) if "secid" in header else [""] * len(cells.rows)
    unknown = sorted(set(numbers) - set(_SECIDS))
    if unknown:
        raise Refused(_nameless(sheet, unknown))
    return np.asarray([_SECIDS[number] for number in numbers], dtype=np.str_)


def _nameless(sheet: Sheet, unknown: list[str]) -> Problem:
    title = sheet.grid.title
    shown = ", ".join(unknown[:5])
    en = f"secid {shown} is not known" if any(unknown) else "no column names the underlying"
    zh = f"未知的secid：{shown}" if any(unknown) else "沒有欄位註明標的"
    return error(
        "chain.nameless",
        Place(file=title, row=sheet.grid.rows[0].line, column="secid"),
        Label(f"{title}, line 1: {en}.", f"{title}第1行：{zh}。"),
        Label(
            "Name the underlying with --as, for example --as SPX; a file with several needs a column “ticker”.",
            "請以--as指定標的，例如--as SPX；含多個標的的檔案須有ticker欄。",
        ),
    )


def refuse_surface(sheet: Sheet, _shape: ChainShape, _choices: Choices) -> ChainReading:
    """Always refuses: there is nothing in the file that could be quoted or traded."""
    title, line = sheet.grid.title, sheet.grid.rows[0].line
    raise Refused(
        error(
            "chain.surface",
            Place(file=title, row=line),
            Label(
                f"{title}, line {line}: this is OptionMetrics’ standardised surface: volatilities interpolated to fixed "
                "days and deltas, without contracts, bids or asks.",
                f"{title}第{line}行：這是OptionMetrics的標準化曲面，為固定天期與Delta的內插波動率，沒有合約與買賣報價。",
            ),
            Label(
                "Export the option prices (exdate, strike_price, best_bid, best_offer) of the same days.",
                "請匯出同日的選擇權價格檔（exdate、strike_price、best_bid、best_offer）。",
            ),
        )
    )
