"""The banner that past values were revised."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.text import Label
from briefing_ui.health.desk import REVISED
from briefing_ui.health.rows import Revised
from briefing_ui.notice import Choice, Notice

_ONE = Label("1 past value was revised: {names}.", "有1個歷史數值被修正：{names}。")
_MANY = Label("{n} past values were revised: {names}.", "有{n}個歷史數值被修正：{names}。")
_MORE = Label("{names} and {n} more series", "{names}等{n}個序列")
_USED = Label("Used in this note, block {places}.", "本報告使用於第{places}區塊。")
_SHOW = Label("Show them", "檢視")
_MOST = 3


def revision_notice(rows: Sequence[Revised], revised: int, places: Sequence[int], show: Callable[[], None]) -> Notice:
    """How many values were revised, of which series, and in which blocks of the open note (counted from 1) they are used."""
    words = _ONE if revised == 1 else _MANY
    en, zh = _named(rows)
    count = f"{revised:,}"
    message = Label(words.en.format(n=count, names=en), words.zh.format(n=count, names=zh))
    numbers = [str(place) for place in places]
    used = Label(_USED.en.format(places=", ".join(numbers)), _USED.zh.format(places="、".join(numbers)))
    hint = used if numbers else Label("", "")
    return Notice(message, hint, "warning", (Choice(_SHOW, show),), key=REVISED)


def _named(rows: Sequence[Revised]) -> tuple[str, str]:
    names = list({row.series: row.name for row in rows}.values())
    en, zh = ", ".join(name.en for name in names[:_MOST]), "、".join(name.zh for name in names[:_MOST])
    rest = len(names) - _MOST
    if rest <= 0:
        return en, zh
    return _MORE.en.format(names=en, n=rest), _MORE.zh.format(names=zh, n=len(names))
