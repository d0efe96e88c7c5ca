"""What the rows of health say: one line, two lines, the whole report of a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from briefing import marks, numbers
from briefing.problems import Problem
from briefing.text import Label
from briefing_ui.health.rows import Flag, Health, Loaded, State

SIGNS: Mapping[State, str] = {"failed": "●", "late": "▲", "flagged": marks.DAGGER, "fresh": "✓"}
"""The signs of states, so that colour never stands alone."""

STATE: Mapping[State, Label] = {
    "failed": Label("Failed", "失敗"),
    "late": Label("Late", "延遲"),
    "flagged": Label("Flagged", "存疑"),
    "fresh": Label("Fresh", "最新"),
}
COUNT: Mapping[State, Label] = {
    "fresh": Label("{n} fresh", "{n}個最新"),
    "late": Label("{n} late", "{n}個延遲"),
    "failed": Label("{n} failed", "{n}個失敗"),
    "flagged": Label("{n} flagged", "{n}個存疑"),
}
_LAST = Label("last {day}", "最新為{day}")
_EXPECTED = Label("next expected {day}", "下一筆預計{day}")
_FORMULA = Label("computed: {formula}", "由公式計算：{formula}")
_LOADED = Label("loaded {time}", "載入於{time}")
_FILE = Label("File", "檔案")
_FOLDER = Label("Folder", "資料夾")
_LINE = Label("line {line}", "第{line}行")
_COLUMN = Label("column {column}", "欄位{column}")
_VALUE = Label("value {value}", "數值{value}")
_NOTHING = Label("Nothing to report: every value was accepted.", "沒有需要報告之處：所有數值皆已接受。")
_MORE_FLAGS = Label("and {n} earlier findings", "另有{n}項較早的發現")
_HIDDEN = Label("hidden", "已隱藏")
_MORE = Label("{names} and {n} more", "{names}等{n}個序列")
_MOST = 4


def counts_line(counts: Mapping[State, int]) -> Label:
    """`212 fresh · 3 late · 1 failed`: fresh ones always, the others where there are any."""
    found = [
        _with(COUNT[state], n=_number(counts.get(state, 0))) for state in COUNT if state == "fresh" or counts.get(state)
    ]
    return joined(tuple(found))


def title(row: Health) -> Label:
    """The name of a series with its id, or of a file."""
    if not row.series:
        return row.name
    return Label(f"{row.name.en} ({row.series})", f"{row.name.zh}（{row.series}）")


def lines(row: Health) -> tuple[Label, ...]:
    """A row of the list: its title, how it stands, and what else is known; a sentence has a line of its own."""
    sentence = row.state == "failed"
    second, third = (row.words, joined(facts(row))) if sentence else (joined((row.words, *facts(row))), Label("", ""))
    return tuple(line for line in (title(row), second, third) if line.en)


def facts(row: Health) -> tuple[Label, ...]:
    """When the last value was and the next is expected, from which file they come and when that was loaded."""
    file = (Label(row.file, row.file),) if row.series and row.file else ()
    loaded = (_with(_LOADED, time=when(row.origin.loaded_at)),) if row.origin is not None else ()
    return (*_days(row), *file, *loaded)


def report(row: Health) -> tuple[tuple[Label, ...], ...]:
    """What is known of the file of a row: paragraphs of lines, with file, line, column and value of each finding."""
    words = () if row.state == "failed" else (row.words,)
    findings = tuple(_finding(problem) for problem in row.problems) + tuple(_doubt(flag) for flag in row.flags)
    rest = ((_with(_MORE_FLAGS, n=_number(row.more_flags)),),) if row.more_flags else ()
    told = ((title(row), *words), *(findings or ((_NOTHING,),)), *rest, _days(row), _file(row))
    return tuple(part for part in told if part)


def imported(load: Loaded) -> tuple[Label, Label]:
    """A load in two lines: file and time, then format and series."""
    hidden = Label(f" · {_HIDDEN.en}", f" · {_HIDDEN.zh}") if load.hidden else Label("", "")
    time = when(load.loaded_at)
    names = load.series[:_MOST]
    en, zh = ", ".join(names), "、".join(names)
    if len(load.series) > _MOST:
        en = _MORE.en.format(names=en, n=len(load.series) - _MOST)
        zh = _MORE.zh.format(names=zh, n=len(load.series))
    return (
        Label(f"{load.file} · {time.en}{hidden.en}", f"{load.file} · {time.zh}{hidden.zh}"),
        Label(f"{load.dataset} · {en}" if en else load.dataset, f"{load.dataset} · {zh}" if zh else load.dataset),
    )


def when(instant: str) -> Label:
    """An instant (ISO text in UTC) on the clock of this machine: `6 Mar 2026 21:15` / 「2026年3月6日21:15」."""
    local = datetime.fromisoformat(instant).astimezone()
    day = numbers.day(local.date())
    return Label(f"{day.en} {local:%H:%M}", f"{day.zh}{local:%H:%M}")


def joined(labels: tuple[Label, ...]) -> Label:
    """Several facts in one line."""
    return Label(" · ".join(one.en for one in labels), " · ".join(one.zh for one in labels))


def _days(row: Health) -> tuple[Label, ...]:
    found: list[Label] = []
    if row.last is not None and row.state in {"failed", "flagged"}:
        found.append(_with(_LAST, day=numbers.day(row.last)))
    if row.expected is not None and row.state != "fresh":
        found.append(_with(_EXPECTED, day=numbers.day(row.expected)))
    if row.formula:
        found.append(_with(_FORMULA, formula=Label(row.formula, row.formula)))
    return tuple(found)


def _file(row: Health) -> tuple[Label, ...]:
    lines = []
    if row.file:
        part = f" › {row.origin.part}" if row.origin is not None and row.origin.part and not row.refused else ""
        lines.append(Label(f"{_FILE.en}: {row.file}{part}", f"{_FILE.zh}：{row.file}{part}"))
    if row.folder:
        lines.append(Label(f"{_FOLDER.en}: {row.folder}", f"{_FOLDER.zh}：{row.folder}"))
    if row.origin is not None:
        lines.append(_with(_LOADED, time=when(row.origin.loaded_at)))
    return tuple(lines)


def _finding(problem: Problem) -> tuple[Label, ...]:
    place = problem.place
    where = _where(place.file or "", place.row or 0, place.column or "", None)
    return tuple(part for part in (where, problem.message, problem.hint) if part.en)


def _doubt(flag: Flag) -> tuple[Label, ...]:
    where = _where(f"{flag.file} › {flag.part}" if flag.part else flag.file, flag.line, flag.column, flag.value)
    days = marks.doubted("suspect", flag.days[0], len(flag.days) - 1) if flag.days else Label("", "")
    return tuple(part for part in (where, flag.what, days) if part.en)


def _where(file: str, line: int, column: str, value: float | None) -> Label:
    parts = [Label(file, file)] if file else []
    if line:
        parts.append(_with(_LINE, line=Label(f"{line:,}", f"{line:,}")))
    if column:
        parts.append(_with(_COLUMN, column=Label(column, column)))
    if value is not None:
        parts.append(_with(_VALUE, value=Label(f"{value:.15g}", f"{value:.15g}")))
    return Label(", ".join(one.en for one in parts), "，".join(one.zh for one in parts))


def _number(count: int) -> Label:
    return Label(f"{count:,}", f"{count:,}")


def _with(words: Label, **filled: Label) -> Label:
    return Label(
        words.en.format(**{name: label.en for name, label in filled.items()}),
        words.zh.format(**{name: label.zh for name, label in filled.items()}),
    )
