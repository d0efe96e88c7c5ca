"""The grammar of bound numbers: `{ID[,ID].metric[.window][@DATE][|form]}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

FORMS = ("abs", "verb", "move")
"""`abs` drops the sign, `verb` is the direction word alone, `move` is word and size."""

_ID = r"[A-Z][A-Z0-9_]*"
_SHAPE = re.compile(
    rf"(?P<ids>{_ID}(?:,{_ID})*)"
    r"\.(?P<metric>[a-z][a-z0-9_]*)"
    r"(?:\.(?P<window>[a-z0-9][a-z0-9-]*))?"
    r"(?:@(?P<pin>\d{4}-\d{2}-\d{2}))?"
    r"(?:\|(?P<form>[a-z]+))?"
)
_WINDOW = re.compile(
    r"(?P<count>[1-9]\d{0,3})(?P<unit>[dwmy])|ytd|all"
    r"|since(?P<year>[1-9]\d{3})|since-(?P<day>\d{4}-\d{2}-\d{2})|since-(?P<event>[a-z][a-z0-9]*)"
)
_HINT = Label(
    "Write {ID.metric.window}, for example {UST10Y.change.1d}.",
    "請寫成{ID.metric.window}，例如{UST10Y.change.1d}。",
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A bound number, as parsed. `text` is its canonical spelling without braces."""

    ids: tuple[str, ...]
    metric: str
    window: str = ""
    pin: date | None = None
    form: str = ""

    @property
    def text(self) -> str:
        """The canonical spelling, without braces."""
        window = f".{self.window}" if self.window else ""
        pin = f"@{self.pin.isoformat()}" if self.pin else ""
        form = f"|{self.form}" if self.form else ""
        return f"{','.join(self.ids)}.{self.metric}{window}{pin}{form}"


def parse_reference(text: str, place: Place) -> Reference:
    """Parse what stands between the braces. Raises `Refused` with the place of the fault."""
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        raise Refused(_malformed(text, place))
    window = match["window"] or ""
    if window and not is_window(window):
        raise Refused(_bad_part(place, "window", "期間", window))
    form = match["form"] or ""
    if form and form not in FORMS:
        raise Refused(_bad_part(place, "form", "形式", form))
    return Reference(tuple(match["ids"].split(",")), match["metric"], window, _pin(match["pin"], place), form)


def is_window(text: str) -> bool:
    """Whether a word is a window: `1d 1w 1m 3m 6m 1y 5y ytd all since2021 since-2024-09-18 since-fomc`."""
    match = _WINDOW.fullmatch(text)
    if match is None:
        return False
    if match["day"] is None:
        return True
    return _is_day(match["day"])


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _pin(text: str | None, place: Place) -> date | None:
    if text is None:
        return None
    if not _is_day(text):
        raise Refused(_bad_part(place, "date", "日期", text))
    return date.fromisoformat(text)


def _malformed(text: str, place: Place) -> Problem:
    return error(
        "reference.syntax",
        place,
        Label(f"“{text}” is not a reference.", f"「{text}」不是有效的數據引用。"),
        _HINT,
    )


def _bad_part(place: Place, en: str, zh: str, found: str) -> Problem:
    return error(
        "reference.syntax",
        place,
        Label(f"“{found}” is not a {en} of a reference.", f"「{found}」不是有效的引用{zh}。"),
        _HINT,
    )
