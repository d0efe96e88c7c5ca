"""The report of an import in the words of a card. Nothing is decided here but how a fact is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from briefing import numbers
from briefing.text import Label, Side

Report = Mapping[str, Any]
Group = Literal["refused", "flagged", "read", "left"]

GROUPS: Mapping[Group, Label] = {
    "refused": Label("Refused", "拒絕"),
    "flagged": Label("Read with flags", "已讀入但有疑點"),
    "read": Label("Read", "已讀入"),
    "left": Label("Left alone", "未處理"),
}
"""Where a card stands; what needs a person comes first."""
ASKED = frozenset(
    {
        *("import.uncertain", "import.unfit", "import.unknown_series", "import.error_word"),
        *("import.nameless", "import.several", "import.nothing_left", "import.ambiguous_dates"),
        *("import.ambiguous_numbers", "import.ambiguous_encoding", "chain.quote_date", "chain.nameless"),
    }
)
"""The checks whose problems a person can answer."""
_UNJUDGED = "import.skipped"
_FREQ = {
    "D": Label("daily", "每日"),
    "W": Label("weekly", "每週"),
    "M": Label("monthly", "每月"),
    "Q": Label("quarterly", "每季"),
}
_MISSING = {"not available": Label("not available", "無資料"), "holiday": Label("holiday", "假日")}
_SPAN = Label("{first} to {last}", "{first}至{last}")
_MANY = Label("{n} series", "{n}個序列")
_ROWS = Label("{read} rows read, {kept} kept", "讀取{read}列，保留{kept}列")
_PASSED = Label("{n} of series that nobody asked for", "{n}列屬於未使用的序列")
_GAPS = Label("{n} missing ({kinds})", "缺值{n}個（{kinds}）")
_KIND = Label("{n} {kind}", "{kind}{n}")
_WRITTEN = Label("written {marks}", "寫作{marks}")
_BLANK = Label("blank", "空白")
_ADDED = Label("{n} values new", "新增{n}個數值")
_REVISED = Label("{n} revised", "修正{n}個")
_GONE = Label("{n} no longer in the file", "檔案中已無{n}個")
_CHANGE = Label("{series}, {day}: {old} → {new}", "{series}，{day}：{old} → {new}")
_MORE = Label("and {n} more", "另有{n}個")
_NO_VALUE = Label("no value", "無數值")
_LINE = Label("Line {line}", "第{line}行")
_COLUMN = Label("column {column}", "{column}欄")
_VALUE = Label("value {value}", "數值{value}")
_DAYS = Label("{first}, {n} rows until {last}", "{first}至{last}共{n}列")
_COLON = Label(": ", "：")
_COMMA = Label(", ", "，")
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is wrong, and what can be done about it."""

    severity: str
    message: str
    hint: str


def path_of(report: Report) -> Path:
    """The file of a report."""
    return Path(str(report["folder"])) / str(report["file"])


def title_of(report: Report) -> str:
    """The file, and which table of it."""
    part = f" › {report['part']}" if report["part"] else ""
    return f"{report['file']}{part}"


def group_of(report: Report) -> Group:
    """Where the card of a report stands."""
    if report["outcome"] == "refused":
        return "refused"
    if report["outcome"] != "loaded":
        return "left"
    doubted = any(problem["severity"] != "info" for problem in report["problems"])
    return "flagged" if report["findings"] or doubted else "read"


def is_asking(report: Report) -> bool:
    """Whether a refused table only waits for answers."""
    return report["outcome"] == "refused" and any(problem["check"] in ASKED for problem in report["problems"])


def recognised(report: Report, side: Side) -> str:
    """What was recognised: format, series with their names, span, frequency."""
    parts = [report["label"][side] if report["label"] else ""]
    parts.append(report["sentence"][side] if report["sentence"] else "")
    parts.append(_series(report, side))
    parts.append(_span(report, side))
    freqs = dict.fromkeys(known["freq"] for known in report["names"].values())
    parts.append("、".join(_FREQ[freq].zh for freq in freqs) if side == "zh" else ", ".join(_FREQ[f].en for f in freqs))
    return " · ".join(part for part in parts if part)


def facts(report: Report, side: Side) -> str:
    """How much was read, what was missing, what is new."""
    if report["outcome"] != "loaded":
        return ""
    rows, count = report["rows"], number_words
    said = [_ROWS.of(side).format(read=count(rows["read"]), kept=count(rows["kept"]))]
    if rows["passed"]:
        said.append(_PASSED.of(side).format(n=count(rows["passed"])))
    if report["missing"]:
        said.append(_gaps(report, side))
    changed = (
        (_ADDED, report["added"]),
        (_REVISED, len(report["revised"]) + report["more_revised"]),
        (_GONE, report["vanished"]),
    )
    said += [label.of(side).format(n=count(n)) for label, n in changed if n]
    return " · ".join(said)


def revisions(report: Report, side: Side) -> Iterator[str]:
    """Each value that changed: series, day, old and new; of very many, the first and how many there are more."""
    for row in report["revised"]:
        old, new = (value_words(row[key], side) for key in ("old", "new"))
        day = day_words(row["date"], side)
        yield _CHANGE.of(side).format(series=row["series"], day=day, old=old, new=new)
    if report["more_revised"]:
        yield _MORE.of(side).format(n=number_words(report["more_revised"]))


def flags(report: Report, side: Side) -> Iterator[str]:
    """What the rules doubt: line, column, days, value, and why; then what can be done."""
    for found in report["findings"]:
        first, last = day_words(found["first"], side), day_words(found["last"], side)
        days = first if found["count"] == 1 else _DAYS.of(side).format(first=first, last=last, n=found["count"])
        value = _VALUE.of(side).format(value=value_words(found["value"], side)) if found["value"] is not None else ""
        yield _placed(found["row"], found["column"], (days, value), found["what"][side], side)
    if report["findings"]:
        yield from dict.fromkeys(one["hint"][side] for one in _doubts(report) if one["check"] != _UNJUDGED)


def unjudged(report: Report, side: Side) -> Iterator[str]:
    """The rules that could not be judged, and why."""
    yield from (one["message"][side] for one in report["problems"] if one["check"] == _UNJUDGED)


def cells(report: Report, side: Side) -> Iterator[str]:
    """The cells and rows that do not fit: line, column, what stands there and why; of very many, how many there are more."""
    for fault in report["refused"]:
        yield _placed(fault["row"], fault["column"], (), fault["reason"][side], side)
    if report["more_refused"]:
        yield _MORE.of(side).format(n=number_words(report["more_refused"]))


def points(report: Report, side: Side) -> Iterator[Point]:
    """The problems of a report, apart from the doubts that are listed as flags.

    A hint that is for the command line alone is left out.
    """
    doubts = _doubts(report)
    for problem in report["problems"]:
        if problem not in doubts:
            hint = problem["hint"]
            yield Point(problem["severity"], problem["message"][side], "" if "--" in hint["en"] else hint[side])


def _doubts(report: Report) -> list[Mapping[str, Any]]:
    """The problems that only sum up findings and rules that could not be judged."""
    rules = {_UNJUDGED, *(f"import.{found['rule']}" for found in report["findings"])}
    return [one for one in report["problems"] if one["check"] in rules and one["severity"] != "error"]


def number_words(count: int) -> str:
    """A count with its thousands apart."""
    return f"{count:,}"


def value_words(value: float | None, side: Side) -> str:
    """A value as the file has it, with the minus sign of print."""
    return _NO_VALUE.of(side) if value is None else f"{value:,.10g}".replace("-", "−")


def day_words(iso: str, side: Side) -> str:
    """An ISO date as it is printed."""
    return numbers.day(date.fromisoformat(iso)).of(side)


def _series(report: Report, side: Side) -> str:
    ids: Sequence[str] = report["series"]
    if len(ids) > _MOST_NAMED:
        return _MANY.of(side).format(n=len(ids))
    names = report["names"]
    return ("；" if side == "zh" else "; ").join(
        f"{one} {names[one]['name'][side]}" if one in names else one for one in ids
    )


def _span(report: Report, side: Side) -> str:
    spans = report["spans"].values()
    if not spans:
        return ""
    first, last = min(span["first"] for span in spans), max(span["last"] for span in spans)
    return _SPAN.of(side).format(first=day_words(first, side), last=day_words(last, side))


def _gaps(report: Report, side: Side) -> str:
    total = number_words(sum(report["missing"].values()))
    kinds = [
        _KIND.of(side).format(n=number_words(n), kind=_MISSING[kind].of(side)) for kind, n in report["missing"].items()
    ]
    marks = [
        _BLANK.of(side) if not mark else f"「{mark}」" if side == "zh" else f"“{mark}”" for mark in report["markers"]
    ]
    if marks:
        kinds.append(_WRITTEN.of(side).format(marks=_listed(marks, side)))
    return _GAPS.of(side).format(n=total, kinds=_listed(kinds, side))


def _listed(words: Iterable[str], side: Side) -> str:
    return ("、" if side == "zh" else ", ").join(words)


def _placed(line: int, column: str, more: Iterable[str], why: str, side: Side) -> str:
    place = [_LINE.of(side).format(line=line)] if line else []
    place += [_COLUMN.of(side).format(column=column)] if column else []
    return f"{_COMMA.of(side).join([*place, *(part for part in more if part)])}{_COLON.of(side)}{why}"
