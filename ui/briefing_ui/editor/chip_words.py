"""What a chip says: the value of its reference in the language of its column, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from briefing import numbers
from briefing.text import Label, Side

Tone = Literal["plain", "late", "missing", "waiting"]
_WAITING = "…"
_COMING = Label("The value is on its way.", "數值讀取中。")


@dataclass(frozen=True, slots=True)
class ChipWords:
    """The words on a chip, and how they are meant."""

    text: str
    tone: Tone


def chip_words(value: Mapping[str, Any] | None, side: Side) -> ChipWords:
    """The words for a value as `briefing value --json` prints it, None until it came."""
    if value is None:
        return ChipWords(_WAITING, "waiting")
    if value["value"] is None:
        return ChipWords(numbers.MISSING.of(side), "missing")
    text, late = str(value["text"][side]), value.get("late")
    if late is None:
        return ChipWords(text, "plain")
    return ChipWords(f"{text}{_suffix(_day(late['last'])).of(side)}", "late")


def chip_story(ref: str, value: Mapping[str, Any] | None) -> Label:
    """Where the value of a reference (without its braces) comes from, a line for each fact."""
    if value is None:
        return _lines([Label(f"{{{ref}}}", f"{{{ref}}}"), _COMING])
    return _lines([*_story(ref, value)])


def _suffix(day: Label) -> Label:
    """The day of a late value without its year."""
    return Label(f" ({day.en.rpartition(' ')[0]})", f"（{day.zh.partition('年')[2]}）")


def _story(ref: str, value: Mapping[str, Any]) -> Iterator[Label]:
    yield Label(f"{{{ref}}}", f"{{{ref}}}")
    for key, en, zh in (
        ("date", "Date", "日期"),
        ("base_date", "Compared with", "比較基準"),
        ("window_start", "Since", "起始"),
    ):
        if value.get(key):
            day = _day(value[key])
            yield Label(f"{en}: {day.en}", f"{zh}：{day.zh}")
    if value.get("n"):
        yield Label(f"Observations: {value['n']:,}", f"樣本數：{value['n']:,}")
    if value.get("vintage"):
        yield Label(f"Vintage: {value['vintage']}", f"資料版本：{value['vintage']}")
    late = value.get("late")
    if late is not None:
        yield Label(f"Late by {late['sessions']} sessions", f"落後{late['sessions']}個交易日")
    for problem in value.get("problems", ()):
        yield Label(*(f"{problem['message'][side]}\n{problem['hint'][side]}" for side in ("en", "zh")))


def _day(iso: str) -> Label:
    return numbers.day(date.fromisoformat(iso))


def _lines(labels: list[Label]) -> Label:
    return Label("\n".join(label.en for label in labels), "\n".join(label.zh for label in labels))
