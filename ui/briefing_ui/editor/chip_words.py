"""What a chip says: the value of its reference in the language of its column, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from briefing import marks, numbers
from briefing.text import Label, Side

Tone = Literal["plain", "late", "doubted", "missing", "waiting"]
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
    dagger = marks.DAGGER if value.get("doubts") else ""
    if late is None:
        return ChipWords(f"{text}{dagger}", "doubted" if dagger else "plain")
    return ChipWords(f"{text}{dagger}{_suffix(late).of(side)}", "late")


def chip_story(ref: str, value: Mapping[str, Any] | None) -> Label:
    """Where the value of a reference (without its braces) comes from, a line for each fact."""
    if value is None:
        return _lines([Label(f"{{{ref}}}", f"{{{ref}}}"), _COMING])
    return _lines([*_story(ref, value)])


def _suffix(late: Mapping[str, Any]) -> Label:
    """The day of a late value without its year, and how late it is."""
    words = marks.short_late(late["sessions"], date.fromisoformat(late["last"]))
    return Label(f" ({words.en})", f"（{words.zh}）")


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
        words = marks.late(late["sessions"], date.fromisoformat(late["last"]), late["freq"])
        yield words
    for problem in value.get("problems", ()):
        yield Label(*(f"{problem['message'][side]}\n{problem['hint'][side]}" for side in ("en", "zh")))


def _day(iso: str) -> Label:
    return numbers.day(date.fromisoformat(iso))


def _lines(labels: list[Label]) -> Label:
    return Label("\n".join(label.en for label in labels), "\n".join(label.zh for label in labels))
