"""The properties of a series: what the workspace says of it over what is shipped, checked while one types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from briefing.problems import Problem, Severity
from briefing.text import Label
from briefing.workers.protocol import problem_from_json
from briefing_ui.catalogue.body import EntryBody
from briefing_ui.catalogue.entry_field import EntryField
from briefing_ui.catalogue.fields import FORMULA, ID
from briefing_ui.jobs import Reply
from briefing_ui.notice import Choice, Notice
from briefing_ui.session import Session

KEY = "catalogue"
_PAUSE = 200
"""So long after the last key a change is tried; milliseconds."""
_ID = re.compile(r"[A-Z][A-Z0-9_]*")
_STAND_IN = "NEW_SERIES"
_NEW = Label("New series by formula", "以公式新增序列")
_OF = Label("Properties of {id}", "{id}的屬性")
_EXPLAINED = Label(
    "An empty field means what stands in it in grey. Only what you change is written to the catalogue of the workspace.",
    "空白欄位沿用灰字所示的設定；僅將您更改的內容寫入工作區的目錄。",
)
_SAVE = Label("Save", "儲存")
_CANCEL = Label("Cancel", "取消")
_FORGET = Label("Take back all changes", "還原所有更改")
_UNDO = Label("Undo", "復原")
_SAVED = Label("The properties of {id} were saved.", "已儲存{id}的屬性。")
_FORGOTTEN = Label("What this workspace said of {id} was taken back.", "已還原本工作區對{id}的設定。")
_KIND_FIRST = Label("Choose the kind below to see what the formula gives.", "請在下方選擇種類，以檢視公式的結果。")
_NEEDED = Label("Fill this in.", "請填寫此欄。")
_BAD_ID = Label(
    "An id has capital letters, digits and underscores, and begins with a letter.",
    "代碼由大寫字母、數字與底線組成，並以字母開頭。",
)
_TAKEN = Label("{id} exists already.", "{id}已存在。")


class CatalogueForm(QDialog):
    """`kept(str)` tells that the entry of a series was saved or taken back. Not modal: work can go on beside it.

    Without an id, or with one that nobody knows, a new series is declared; a form that holds something invalid stays open.
    """

    kept = Signal(str)

    def __init__(self, session: Session, parent: QWidget, series_id: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._id = series_id
        self._new = not series_id
        self._own: Mapping[str, str] = {}
        self._touched: set[str] = set()
        self._asked_to_save = False
        self._taken = False
        self._open = True
        self.explained, self.general = QLabel(self), QLabel(self)
        self.body = EntryBody(session, self, new=not series_id)
        self.fields = self.body.fields
        self.save, self.cancel, self.forget = (QPushButton(self) for _ in range(3))
        self._due = QTimer(self, singleShot=True, interval=_PAUSE)
        self._due.timeout.connect(self._try)
        self.body.edited.connect(self._edited)
        self._arrange()
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self.forget.clicked.connect(self._forget)
        session.language_changed.connect(self.retell)
        self.retell()
        self._load()

    @property
    def about(self) -> str:
        """The series whose properties are shown, empty for a new one."""
        return self._id

    @property
    def series_id(self) -> str:
        """The series that the form is about, as typed for a new one."""
        return self._id or self.fields[ID.key].text

    def retell(self) -> None:
        """Say everything in the language of the interface."""
        words = self._session.words
        self.setWindowTitle(words(_OF).format(id=self._id) if self._id else words(_NEW))
        self.explained.setText(words(_EXPLAINED))
        self.body.retell()
        for button, label in ((self.save, _SAVE), (self.cancel, _CANCEL), (self.forget, _FORGET)):
            button.setText(words(label))
            button.setAccessibleName(words(label))
        self._due.start()

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        self.save.setProperty("part", "primary")
        self.save.setDefault(True)
        for button in (self.forget, self.cancel):
            button.setAutoDefault(False)
        self.forget.hide()
        buttons.addWidget(self.forget)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        for label, part in ((self.explained, "muted"), (self.general, "error")):
            label.setWordWrap(True)
            label.setProperty("part", part)
        self.general.hide()
        column = QVBoxLayout(self)
        for widget in (self.explained, self.body, self.general):
            column.addWidget(widget, 1 if widget is self.body else 0)
        column.addLayout(buttons)
        self.resize(680, 720)

    # --- what it knows

    def _load(self) -> None:
        if not self._id:
            self.fields[ID.key].control.setFocus()
            return

        def came(reply: Reply) -> None:
            if not self._session.accept(reply):
                self.reject()
                return
            own, row, shipped = (_texts(reply.result[name]) for name in ("own", "row", "shipped"))
            self._own, self._new = own, not row
            for key, field in self.fields.items():
                if key in self._touched:
                    continue
                field.show_value(own.get(key, ""), shipped.get(key, row.get(key, "")), shipped=key in shipped)
            self.forget.setVisible(bool(own))
            self._try()

        self._ask("catalogue_entry", {"id": self._id}, came)

    def _change(self) -> dict[str, str]:
        """The fields that differ from what the workspace says already, with the new words."""
        texts = {key: field.text for key, field in self.fields.items() if key != ID.key}
        return {key: text for key, text in texts.items() if text != self._own.get(key, "")}

    def _edited(self, key: str) -> None:
        self._touched.add(key)
        self._due.start()

    # --- trying

    def _try(self) -> None:
        """Ask what the entry would be; a new series whose names are not filled in yet is tried with stand-ins."""
        change = self._change()
        if self._new:
            needed = (field.field.key for field in self.fields.values() if field.field.required)
            change = {key: "—" for key in needed if key not in {ID.key, "kind"}} | change
        if not self._id:
            self._look_for(self.series_id)
        name = self.series_id if _ID.fullmatch(self.series_id) else _STAND_IN
        self._ask("catalogue_try", {"id": name, "change": change}, self._tried)

    def _look_for(self, series_id: str) -> None:
        """Whether a new id belongs to a series already."""
        self._taken = False

        def came(reply: Reply) -> None:
            self._taken = reply.ok and bool(reply.result["row"])
            self._tell_id()

        if _ID.fullmatch(series_id):
            self._ask("catalogue_entry", {"id": series_id}, came)

    def _tried(self, reply: Reply) -> None:
        if not self._session.accept(reply):
            return
        row = _texts(reply.result["row"])
        for key, field in self.fields.items():
            if row and key in row and (not self._new or not field.field.required):
                field.show_usual(row[key])
        self._tell([problem_from_json(problem) for problem in reply.result["problems"]])
        if self._new and self.fields[FORMULA.key].text and not self.fields["kind"].text:
            self.body.show_hint(_KIND_FIRST)
            return
        self.body.show_result(row, reply.result.get("last"), reply.result.get("recent") or ())

    # --- what is wrong

    def _tell(self, problems: Iterable[Problem]) -> bool:
        """Say each problem at its field, those that have none below; gives whether any stands in the way."""
        found = list(problems)
        told = {key: problem for problem in reversed(found) if (key := self._key_of(problem))}
        for key, field in self.fields.items():
            problem = told.get(key)
            if key != ID.key:
                loud = problem if not self._new or self._asked_to_save or key in self._touched else None
                field.show_problem(loud.message if loud else None, loud.hint if loud else None)
        self._tell_missing()
        rest = [problem for problem in found if not self._key_of(problem)]
        self.general.setText("\n".join(self._session.words(problem.message) for problem in rest))
        self.general.setAccessibleName(self.general.text())
        self.general.setVisible(bool(rest))
        return any(problem.severity is Severity.ERROR for problem in found)

    def _key_of(self, problem: Problem) -> str:
        names = (problem.place.column, problem.place.field)
        formula = FORMULA.key if problem.check.startswith("formula.") else None
        return next((name for name in (*names, formula) if name in self.fields), "")

    def _missing(self) -> list[EntryField]:
        return [one for one in self.fields.values() if one.field.required and not one.text] if self._new else []

    def _tell_missing(self) -> None:
        if self._asked_to_save:
            for field in self._missing():
                field.show_problem(_NEEDED)
        self._tell_id()

    def _tell_id(self) -> None:
        field = self.fields.get(ID.key)
        if field is None:
            return
        name = field.text
        if self._taken:
            field.show_problem(Label(_TAKEN.en.format(id=name), _TAKEN.zh.format(id=name)))
        elif name and not _ID.fullmatch(name):
            field.show_problem(_BAD_ID)
        else:
            field.show_problem(_NEEDED if self._asked_to_save and not name else None)

    # --- keeping

    def _save(self) -> None:
        self._asked_to_save = True
        self._tell_missing()
        wrong = self._missing() or ([self.fields[ID.key]] if not self._id and self._bad_id() else [])
        if wrong:
            self.body.go_to(wrong[0])
            return
        change = self._change()
        if self._id and not change:
            self.accept()
            return
        self._ask("catalogue_declare", {"id": self.series_id, "change": change}, self._declared)

    def _bad_id(self) -> bool:
        return self._taken or not _ID.fullmatch(self.series_id)

    def _declared(self, reply: Reply) -> None:
        if not reply.ok:
            self._tell(reply.problems)
            first = next((one for one in self.fields.values() if not one.problem.isHidden()), None)
            if first is not None:
                self.body.go_to(first)
            return
        self._session.show_problems(problem_from_json(problem) for problem in reply.result["problems"])
        self._told(_SAVED, ())

    def _forget(self) -> None:
        own = self._own

        def undo() -> None:
            self._session.jobs.ask("data", "catalogue_declare", {"id": self._id, "change": dict(own)}, back)

        def back(reply: Reply) -> None:
            if self._session.accept(reply):
                self._session.refresh()

        def done(reply: Reply) -> None:
            if self._session.accept(reply):
                self._told(_FORGOTTEN, (Choice(_UNDO, undo),))

        self._ask("catalogue_forget", {"id": self._id}, done)

    def _told(self, words: Label, choices: tuple[Choice, ...]) -> None:
        name = self.series_id
        message = Label(words.en.format(id=name), words.zh.format(id=name))
        self._session.notice(Notice(message, tone="ok", choices=choices, key=KEY))
        self._session.refresh()
        self.kept.emit(name)
        self.accept()

    def _ask(self, verb: str, args: Mapping[str, Any], then: Any) -> None:
        """Ask the data worker; what comes after the form was closed is dropped."""

        def came(reply: Reply) -> None:
            if self._open:
                then(reply)

        self._session.jobs.ask("data", verb, args, came, key=f"{verb} {id(self)}")

    def done(self, result: int) -> None:
        self._open = False
        self._due.stop()
        super().done(result)


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    """A row as a person types it: lists with commas."""
    return {key: ", ".join(value) if isinstance(value, list) else str(value) for key, value in row.items()}
