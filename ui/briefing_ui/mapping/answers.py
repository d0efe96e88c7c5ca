"""The questions about a file as a whole: its format, dates, numbers, series, encoding and session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from briefing import numbers
from briefing.data.intake.choices import Choices
from briefing.text import Label, Side, side_of
from briefing_ui.look import TARGET
from briefing_ui.mapping.asked import Preview, Question, Table, asks
from briefing_ui.mapping.asking import Asking
from briefing_ui.mapping.readings import Reading, Readings
from briefing_ui.mapping.series_line import SeriesLine
from briefing_ui.report_words import value_words
from briefing_ui.session import Session

_FORMAT = Label("Format", "格式")
_DATES = Label("Dates", "日期")
_NUMBERS = Label("Numbers", "數字")
_SERIES = Label("The whole file is the series", "整份檔案為此序列")
_ENCODING = Label("Encoding of the text", "文字編碼")
_SESSION = Label("Session of the quotes", "報價所屬交易日")
_CANDIDATE = Label("{label}, {score:.0%} sure", "{label}，把握{score:.0%}")
_DAYS = Label("{days} …; {n} on a weekend", "{days}…；週末{n}日")
_NUMBER = Label("“{text}” is {value}", "「{text}」為{value}")
_AS_IT_IS = Label("as found: {encoding}", "自動判定：{encoding}")
_ENCODINGS = ("utf-8", "big5", "gb18030", "cp1252", "shift_jis", "utf-16")
_ISO = "YYYY-MM-DD"


class Answers(QWidget):
    """Shows what is chosen and what can be. `changed(Choices)` gives the choices after an answer of the user."""

    changed = Signal(object)

    def __init__(self, session: Session, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._choices = Choices()
        self.formats, self.dates, self.numbers = (Readings(self) for _ in range(3))
        self.series = SeriesLine(session, asking, self)
        self.encoding = QComboBox(self)
        self.day = QLineEdit(self)
        self.day.setPlaceholderText(_ISO)
        fields: tuple[QWidget, ...] = (self.series, self.encoding, self.day)
        self._titles = {widget: QLabel(self) for widget in fields}
        self._arrange()
        self.formats.chosen.connect(lambda name: self._answer(source=name))
        self.dates.chosen.connect(lambda name: self._answer(dates=name))
        self.numbers.chosen.connect(lambda name: self._answer(numbers=name))
        self.series.picked.connect(lambda series: self._answer(as_id=series))
        self.series.editingFinished.connect(lambda: self._answer(as_id=self.series.text().strip()))
        self.encoding.activated.connect(lambda at: self._answer(encoding=self.encoding.itemData(at)))
        self.day.textEdited.connect(self._answer_day)

    def show_file(
        self, choices: Choices, preview: Preview, at: int, questions: Sequence[Question], settled: Choices
    ) -> None:
        """Show the choices of the user, what is in force (`settled`), and what the table `at` can be read as."""
        self._choices = choices
        side = side_of(self._session.lang)
        words = self._session.words
        table = preview["tables"][at] if preview["tables"] else None
        guess = table["guess"] if table else None
        formats = list(_formats(table, side)) if table else []
        self.formats.show_readings(words(_FORMAT), formats, table["source"] if table else "")
        dates = list(_dates(guess["date_choices"], side)) if guess else []
        self.dates.show_readings(words(_DATES), dates, guess["dates"] if guess else "")
        signs = list(_numbers(guess["number_choices"], side)) if guess else []
        self.numbers.show_readings(words(_NUMBERS), signs, guess["numbers"] if guess else "")
        nameless = asks(questions, at, "import.nameless", "import.several", "chain.nameless")
        self._show(self.series, _SERIES, shown=nameless or bool(settled.as_id))
        if not self.series.hasFocus():
            self.series.setText(settled.as_id)
        asked = asks(questions, 0, "import.ambiguous_encoding")
        doubtful = asked or bool(settled.encoding) or bool(table and table["guessed"])
        self._show(self.encoding, _ENCODING, shown=doubtful)
        self._tell_encodings(table["encoding"] if table else "", settled.encoding)
        self._show(self.day, _SESSION, shown=asks(questions, at, "chain.quote_date") or choices.quote_date is not None)
        if not self.day.hasFocus():
            self.day.setText(str(choices.quote_date or ""))

    def go_to(self, check: str) -> None:
        """Put the keyboard where a question of a check is answered."""
        if check == "import.ambiguous_dates":
            self.dates.focus()
        elif check == "import.ambiguous_numbers":
            self.numbers.focus()
        elif check in {"import.nameless", "import.several", "chain.nameless"}:
            self.series.setFocus(Qt.FocusReason.OtherFocusReason)
        elif check == "import.ambiguous_encoding":
            self.encoding.setFocus(Qt.FocusReason.OtherFocusReason)
        elif check == "chain.quote_date":
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.formats.focus()

    def _answer(self, **answer: Any) -> None:
        after = replace(self._choices, **answer)
        if after != self._choices:
            self._choices = after
            self.changed.emit(after)

    def _answer_day(self, typed: str) -> None:
        """Take a day once it is written in full; until then the question stays open."""
        try:
            day = date.fromisoformat(typed.strip())
        except ValueError:
            day = None
        self._answer(quote_date=day)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        for readings in (self.formats, self.dates, self.numbers):
            column.addWidget(readings)
        for widget, title in self._titles.items():
            title.setProperty("part", "section")
            title.setBuddy(widget)
            widget.setMinimumHeight(TARGET)
            column.addWidget(title)
            column.addWidget(widget)
        column.addStretch(1)

    def _show(self, widget: QWidget, title: Label, *, shown: bool) -> None:
        words = self._session.words(title)
        self._titles[widget].setText(words)
        self._titles[widget].setVisible(shown)
        widget.setAccessibleName(words)
        widget.setVisible(shown)

    def _tell_encodings(self, found: str, chosen: str) -> None:
        self.encoding.clear()
        if found and not chosen:
            self.encoding.addItem(self._session.words(_AS_IT_IS).format(encoding=found), "")
        for name in _ENCODINGS:
            self.encoding.addItem(name, name)
        at = self.encoding.findData(chosen)
        if at < 0 and chosen:
            self.encoding.addItem(chosen, chosen)
            at = self.encoding.count() - 1
        self.encoding.setCurrentIndex(at if chosen or found else -1)


def _formats(table: Table, side: Side) -> Iterator[Reading]:
    for one in table["candidates"]:
        words = _CANDIDATE.of(side).format(label=one["label"][side], score=one["score"])
        reasons = [one["reason"][side], *(doubt[side] for doubt in one["doubts"])]
        yield Reading(one["source"], words, "\n".join(reasons))


def _dates(readings: Sequence[Mapping[str, Any]], side: Side) -> Iterator[Reading]:
    for one in readings:
        days = (numbers.weekday_day(date.fromisoformat(day)).of(side) for day in one["days"])
        listed = ("、" if side == "zh" else ", ").join(days)
        yield Reading(one["name"], one["label"][side], _DAYS.of(side).format(days=listed, n=f"{one['weekends']:,}"))


def _numbers(readings: Sequence[Mapping[str, Any]], side: Side) -> Iterator[Reading]:
    for one in readings:
        detail = _NUMBER.of(side).format(text=one["text"], value=value_words(one["value"], side))
        yield Reading(one["name"], one["label"][side], detail)
