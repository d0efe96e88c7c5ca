"""What columns of a table of options may be called, and which of them a contract needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from briefing.data.chains.occ_symbol import read_symbol
from briefing.data.reading.grid import Grid, Row
from briefing.problems import Place, Refused, error
from briefing.text import Label

_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "expiry": ("expiration", "expiry", "expiration date", "expiry date", "expire date", "maturity", "到期日"),
        "strike": ("strike", "strike price", "履約價", "行權價", "行使價"),
        "cp": ("type", "option type", "call/put", "put/call", "cp", "c/p", "right", "買賣權"),
        "bid": ("bid", "bid price", "買價"),
        "ask": ("ask", "offer", "ask price", "賣價"),
        "last": ("last", "last price", "lastprice", "last sale", "成交價"),
        "volume": ("volume", "vol", "成交量"),
        "open_interest": ("open interest", "openinterest", "open int", "oi", "未平倉量", "未平倉"),
        "iv": ("iv", "implied volatility", "impliedvolatility", "implied vol", "隱含波動率"),
        "delta": ("delta",),
        "gamma": ("gamma",),
        "theta": ("theta",),
        "vega": ("vega",),
        "forward": ("forward", "forward price"),
        "quote_date": ("date", "quote date", "trade date", "quotedate", "報價日"),
        "days": ("days", "dte", "days to expiry", "days to expiration"),
        "root": ("root", "underlying", "underlying symbol", "ticker", "標的"),
        "symbol": ("symbol", "contract symbol", "contractsymbol", "option symbol", "occ symbol", "代碼"),
        "spot": ("spot", "underlying price", "underlying last", "標的價格"),
    }
)
_BY_WORD = MappingProxyType({word: name for name, words in _WORDS.items() for word in words})
_HALVES = MappingProxyType(
    {"call": "C", "calls": "C", "c": "C", "買權": "C", "put": "P", "puts": "P", "p": "P", "賣權": "P"}
)
_NEEDED: Mapping[str, Label] = MappingProxyType(
    {
        "expiry": Label("an expiry", "到期日"),
        "strike": Label("a strike", "履約價"),
        "cp": Label("call or put", "買賣權別"),
        "bid": Label("a bid", "買價"),
        "ask": Label("an ask", "賣價"),
    }
)
_OF_SYMBOL = ("expiry", "strike", "cp", "root")


def fields_of(cells: Sequence[str]) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """The columns that are known: those of a whole row, and those of its call (C) and its put (P)."""
    single: dict[str, int] = {}
    halves: dict[str, dict[str, int]] = {}
    for at, cell in enumerate(cells):
        heading = " ".join(cell.lower().strip("[]").replace("_", " ").split())
        first, _, rest = heading.partition(" ")
        if heading in _BY_WORD:
            single.setdefault(_BY_WORD[heading], at)
        elif first in _HALVES and rest in _BY_WORD:
            halves.setdefault(_HALVES[first], {}).setdefault(_BY_WORD[rest], at)
    return single, halves


def check_needed(grid: Grid, single: Mapping[str, int], halves: Mapping[str, Mapping[str, int]]) -> None:
    """Raise `Refused` for a table without the columns that make a contract; they are named."""
    have = set(single)
    if halves:
        have |= {"cp"} | set.intersection(*(set(half) for half in halves.values()))
    missing = [words for name, words in _NEEDED.items() if name not in have]
    if not missing:
        return
    title, line = grid.title, grid.rows[0].line
    en, zh = ", ".join(words.en for words in missing), "、".join(words.zh for words in missing)
    raise Refused(
        error(
            "chain.columns",
            Place(file=title, row=line),
            Label(
                f"{title}, line {line}: this is a table of options, but no column has {en}.",
                f"{title}第{line}行：這是選擇權表格，但缺少下列欄位：{zh}。",
            ),
            Label(
                "A chain needs expiry, strike, type, bid and ask of each contract.",
                "選擇權鏈每個合約須有到期日、履約價、買賣權別、買價與賣價。",
            ),
        )
    )


def with_symbols_spread(grid: Grid) -> Grid | None:
    """The table with a column for each thing that only its symbols say; None when they say nothing more.

    Where a symbol cannot be read, the new cells hold it as it stands, and reading refuses them.
    """
    header = grid.rows[0]
    single, halves = fields_of(header.cells)
    lacking = [name for name in _OF_SYMBOL if name not in single]
    at = single.get("symbol")
    if at is None or halves or not lacking:
        return None
    rows = [Row(header.line, (*header.cells, *lacking))]
    for row in grid.rows[1:]:
        text = row.cells[at] if len(row.cells) == len(header.cells) else ""
        rows.append(Row(row.line, (*row.cells, *_said(text, lacking))) if text else row)
    return replace(grid, rows=rows)


def _said(text: str, names: Sequence[str]) -> list[str]:
    symbol = read_symbol(text)
    if symbol is None:
        return [text] * len(names)
    words = {"expiry": str(symbol.expiry), "strike": f"{symbol.strike:.10g}", "cp": symbol.cp, "root": symbol.root}
    return [words[name] for name in names]
