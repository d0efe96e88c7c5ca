"""JSON documents that nest, of which the tables are known: one decorated function a layout."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from briefing.data.containers.records import Records

Document = Mapping[str, Any]
Record = tuple[int, Mapping[str, str]]
"""The line of the file on which a record begins, and its values by name."""
Rows = Callable[[Document, str], Iterator[Record] | None]

LAYOUTS: dict[str, Rows] = {}


def layout(name: str) -> Callable[[Rows], Rows]:
    """Enter a function in the table of layouts; it is returned unchanged.

    From a document and its text it gives the flat records, or None for a document that is laid out in another way.
    """

    def enter(rows: Rows) -> Rows:
        LAYOUTS[name] = rows
        return rows

    return enter


def nested_records(name: str, part: str, text: str) -> Records | None:
    """The records of a document in a known layout; None for any other. `text` is JSON that can be parsed."""
    document = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    if not isinstance(document, dict):
        return None
    for rows in LAYOUTS.values():
        found = rows(document, text)
        if found is not None:
            records = Records(name, part)
            for line, record in found:
                records.add(line, record)
            return records
    return None


@layout("optionsdx")
def monthly_ladders(document: Document, text: str) -> Iterator[Record] | None:
    """OptionsDX ladders of puts by month, each put quoted on two days."""
    meta, months = document.get("meta"), document.get("chain")
    if not isinstance(meta, dict) or not isinstance(months, dict) or "OptionsDX" not in str(meta.get("source")):
        return None
    if not all(isinstance(month, dict) and isinstance(month.get("puts"), list) for month in months.values()):
        return None
    return _puts(str(meta["source"]), months, text)


def _puts(source: str, months: Document, text: str) -> Iterator[Record]:
    """Two records of each put; the puts stand in the text in the order of the document, each with one strike."""
    words = source.split()
    lines = _lines_of(text, '"strike"')
    ticker = words[words.index("OptionsDX") + 1] if "OptionsDX" in words[:-1] else ""
    for month in months.values():
        for put in month["puts"]:
            line = next(lines, 1)
            for quoted in ("entry", "mid"):
                quote = put.get(quoted) if isinstance(put, dict) else None
                if isinstance(quote, dict):
                    yield (
                        line,
                        {
                            "[TICKER]": ticker,
                            "[QUOTE_DATE]": _text(month.get(f"{quoted}_date")),
                            "[EXPIRE_DATE]": _text(month.get("expiry_date")),
                            "[STRIKE]": _text(put.get("strike")),
                            "[UNDERLYING_LAST]": _text(quote.get("spot")),
                            "[P_BID]": _text(quote.get("bid")),
                            "[P_ASK]": _text(quote.get("ask")),
                            "[P_IV]": _text(quote.get("iv")),
                        },
                    )


def _lines_of(text: str, word: str) -> Iterator[int]:
    """The lines of a text on which a word stands, in their order."""
    line, at = 1, 0
    while (found := text.find(word, at)) >= 0:
        line += text.count("\n", at, found)
        at = found + len(word)
        yield line


def _text(value: object) -> str:
    return "" if value is None else str(value)
