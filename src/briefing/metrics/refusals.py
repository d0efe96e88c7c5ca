"""Why a value could not be computed, in words."""

from __future__ import annotations

from datetime import date

from briefing import numbers
from briefing.metrics.metric import Metric
from briefing.problems import NOWHERE, Problem, error
from briefing.reference import FORMS
from briefing.series import Series
from briefing.text import Label

UNDEFINED = Label("it is not defined for these values", "此數值無法以現有資料定義")


def no_metric(name: str, near: list[str]) -> Problem:
    """A name that is not in the table."""
    hint = Label(f"Did you mean {', '.join(near)}?", f"是否為{'、'.join(near)}？")
    return error(
        "value.metric",
        NOWHERE,
        Label(f"There is no metric “{name}”.", f"沒有名為「{name}」的指標。"),
        hint if near else Label("`briefing metrics` lists them.", "請以briefing metrics查看清單。"),
    )


def too_short(needs: int, has: int) -> Problem:
    """A history that is shorter than the window."""
    return error(
        "value.history",
        NOWHERE,
        Label(
            f"This needs {needs:,} observation{'s' if needs > 1 else ''}, the data have {has:,}.",
            f"需要{needs:,}筆觀測值，現有{has:,}筆。",
        ),
        Label("Import a longer history or choose a shorter window.", "請匯入較長的歷史資料，或改用較短的期間。"),
    )


def no_start(word: str, first: date, last: date) -> Problem:
    """A window from a day, with no observation where it should start."""
    start, end = numbers.day(first), numbers.day(last)
    return error(
        "value.history",
        NOWHERE,
        Label(
            f"{word} has no value to count from; the data run from {start.en} to {end.en}.",
            f"{word}沒有可供起算的數值；資料期間為{start.zh}至{end.zh}。",
        ),
        Label("Import a longer history or choose another window.", "請匯入較長的歷史資料，或改用其他期間。"),
    )


def undefined(entry: Metric) -> Problem:
    """A value that its formula does not give."""
    return error(
        "value.undefined",
        NOWHERE,
        Label(f"{entry.label.en}: {entry.reason.en}.", f"{entry.label.zh}：{entry.reason.zh}。"),
        Label("Choose another metric or another window.", "請改用其他指標或期間。"),
    )


def wrong_number(entry: Metric, found: int) -> Problem:
    """More or fewer series than the metric takes."""
    return error(
        "value.series",
        NOWHERE,
        Label(
            f"{entry.name} takes {entry.needs} series, not {found}.",
            f"{entry.name}需要{entry.needs}個序列，而非{found}個。",
        ),
        Label(f"Write it like {{{entry.example}}}.", f"請寫成{{{entry.example}}}。"),
    )


def wrong_kind(entry: Metric, series: Series) -> Problem:
    """A series of a kind for which the metric has no meaning."""
    return error(
        "value.kind",
        NOWHERE,
        Label(
            f"{entry.name} has no meaning for {series.id}, which is of kind {series.kind.value}.",
            f"{entry.name}不適用於{series.id}（類型為{series.kind.value}）。",
        ),
        Label(f"Write it like {{{entry.example}}}.", f"請寫成{{{entry.example}}}。"),
    )


def no_form(entry: Metric, form: str) -> Problem:
    """A form that makes no sense for the metric."""
    usable = [one for one in FORMS if one in entry.forms]
    return error(
        "value.form",
        NOWHERE,
        Label(f"{entry.name} cannot be written as “{form}”.", f"{entry.name}不能以「{form}」形式書寫。"),
        Label(f"Use {', '.join(usable)} or no form.", f"請使用{'、'.join(usable)}，或不加形式。")
        if usable
        else Label("Write it without a form.", "請勿加上形式。"),
    )


def takes_no_window(entry: Metric, word: str) -> Problem:
    """A window on a metric that has none."""
    return error(
        "value.window",
        NOWHERE,
        Label(f"{entry.name} takes no window, here {word}.", f"{entry.name}不使用期間（此處為{word}）。"),
        Label(f"Write it like {{{entry.example}}}.", f"請寫成{{{entry.example}}}。"),
    )


def no_history(entry: Metric) -> Problem:
    """A metric that has a value at a date only."""
    return error(
        "value.history",
        NOWHERE,
        Label(f"{entry.name} has no history that could be a series.", f"{entry.name}沒有可作為序列的歷史值。"),
        Label("Use a metric whose value is a number.", "請改用數值型的指標。"),
    )


def pin_ahead(pin: date, as_of: date) -> Problem:
    """A pin after the as-of date."""
    pinned, newest = numbers.day(pin), numbers.day(as_of)
    return error(
        "value.pin",
        NOWHERE,
        Label(f"{pinned.en} lies after the as-of date, {newest.en}.", f"{pinned.zh}晚於資料截止日{newest.zh}。"),
        Label("Pin an earlier date or move the as-of date.", "請改用較早的日期，或調整資料截止日。"),
    )
