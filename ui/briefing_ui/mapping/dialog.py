"""How a file is to be read: its first rows, what each column becomes, and every question that is open.

All of it is what the data worker says of the file and the choices; a choice asks it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from briefing.data.intake.choices import UNDECIDED, Choices, choices_from_json
from briefing.problems import Problem
from briefing.text import Label, side_of
from briefing_ui.mapping.answers import Answers
from briefing_ui.mapping.asked import (
    Preview,
    Question,
    can_import,
    new_id,
    open_questions,
    series_count,
    with_column,
    with_table,
)
from briefing_ui.mapping.asking import Asking
from briefing_ui.mapping.columns import ColumnsView
from briefing_ui.mapping.first_rows import FirstRowsView
from briefing_ui.mapping.questions import Questions
from briefing_ui.session import Session

_TITLE = Label("How to read {name}", "如何讀取{name}")
_LOOKING = Label("Looking at the file…", "正在檢視檔案…")
_ROWS = Label("{n} rows", "共{n}列")
_TEXT = Label("text in {encoding}", "編碼{encoding}")
_SKIP = Label("Leave this table out", "略過此資料表")
_LEAVE = Label("Leave out / read again (Del)", "略過／恢復讀取（Del）")
_NEW = Label("New series…", "新增序列…")
_OPEN = (Label("{n} question is open.", "尚有{n}個問題。"), Label("{n} questions are open.", "尚有{n}個問題。"))
_READY = Label("Nothing is open: {n} series will be read.", "沒有待回答的問題：將讀取{n}個序列。")
_READY_CHAIN = Label("Nothing is open.", "沒有待回答的問題。")
_REMEMBER = Label("Remember this for files in {folder}", "記住選擇，供{folder}中的檔案使用")
_IMPORT = Label("Import", "匯入")
_CANCEL = Label("Cancel", "取消")
_SIZE = (1200, 720)
_SIDE_WIDTH = 340


class MappingDialog(QDialog):
    """Lies beside the work and stops none of it.

    `import_wanted(Path, Choices, bool)` gives the choices, and whether they are to be remembered for the
    folder; `new_wanted(str, str)` asks to make a series for the column of a name, with an id to begin with.
    """

    import_wanted = Signal(object, object, bool)
    new_wanted = Signal(str, str)

    def __init__(self, session: Session, asking: Asking, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._asking = asking
        self._path = path
        self._preview: Preview | None = None
        self.choices: Choices = UNDECIDED
        self.title, self.about, self.state = QLabel(self), QLabel(self), QLabel(self)
        self.tabs = QTabBar(self)
        self.rows = FirstRowsView(session, self)
        self.columns = ColumnsView(session, asking, self)
        self.chains = QLabel(self)
        self.answers = Answers(session, asking, self)
        self.questions = Questions(session, self)
        self.skip, self.remember = QCheckBox(self), QCheckBox(self)
        self.leave_button, self.new_button, self.import_button, self.cancel_button = (
            QPushButton(self) for _ in range(4)
        )
        self._arrange()
        self._connect()
        self._retell()
        self._ask()

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def choose(self, choices: Choices) -> None:
        """Take other choices, and ask what the file would become with them."""
        self.choices = choices
        self._ask()

    def name_column(self, key: str, series: str) -> None:
        """Read a column as a series, such as one that was just made."""
        self.choose(with_column(self.choices, key, series))

    # --- asking and showing

    def _ask(self) -> None:
        self.import_button.setEnabled(False)
        self._asking.look_at(self._path, self.choices)

    def _show(self, preview: Preview) -> None:
        fresh = self._preview is None
        self._preview = preview
        self._tell_tabs(preview)
        questions = open_questions(preview)
        if fresh and questions:
            self.tabs.setCurrentIndex(questions[0].table)
        self._show_table()
        self.questions.show_questions(questions)
        self.state.setText(self._state(preview, questions))
        self.import_button.setEnabled(can_import(preview))
        if fresh:
            self._begin(questions)

    def _tell(self, problems: Sequence[Problem]) -> None:
        """Say why the file cannot be looked at."""
        self.state.setText("\n".join(self._session.words(problem.message) for problem in problems))

    def _begin(self, questions: tuple[Question, ...]) -> None:
        """The keyboard starts where the first question is answered."""
        if questions:
            self._go_to(questions[0])
        else:
            self.import_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_table(self) -> None:
        preview = self._preview
        if preview is None:
            return
        at = max(self.tabs.currentIndex(), 0)
        self.answers.show_file(
            self.choices, preview, at, open_questions(preview), choices_from_json(preview["choices"])
        )
        table = preview["tables"][at] if preview["tables"] else _NO_TABLE
        guess = table["guess"]
        self.rows.show_table(table)
        self.columns.show_columns(guess["columns"] if guess else ())
        side = side_of(self._session.lang)
        told = [one["sentence"][side] for one in guess["chains"]] if guess else []
        told += [guess["source_note"][side]] if guess and guess["source_note"] else []
        told += [doubt[side] for doubt in table["doubts"]]
        self.chains.setText("\n".join(told))
        self.chains.setVisible(bool(told))
        some = bool(guess and guess["columns"])
        for widget in (self.columns, self.leave_button, self.new_button):
            widget.setVisible(some)
        self.skip.setChecked(table["skipped"])
        self.about.setText(self._about(table))

    def _about(self, table: Mapping[str, Any]) -> str:
        words = self._session.words
        parts = [str(self._path.parent)]
        if table["row_count"]:
            parts.append(words(_ROWS).format(n=f"{table['row_count']:,}"))
        if table["encoding"]:
            parts.append(words(_TEXT).format(encoding=table["encoding"]))
        return " · ".join(parts)

    def _state(self, preview: Preview, questions: tuple[Question, ...]) -> str:
        words, count = self._session.words, series_count(preview)
        if questions:
            return words(_OPEN[len(questions) != 1]).format(n=len(questions))
        return words(_READY).format(n=f"{count:,}") if count else words(_READY_CHAIN)

    def _tell_tabs(self, preview: Preview) -> None:
        """One tab a table; a file of one table has none."""
        tables = preview["tables"]
        while self.tabs.count() < len(tables):
            self.tabs.addTab("")
        for at, table in enumerate(tables):
            self.tabs.setTabText(at, table["part"])
        for widget in (self.tabs, self.skip):
            widget.setVisible(len(tables) > 1)

    # --- answers

    def _go_to(self, question: Question) -> None:
        if self.tabs.count():
            self.tabs.setCurrentIndex(question.table)
        column = question.problem.place.column
        if question.problem.check in {"import.unknown_series", "import.error_word"} and column:
            self.columns.go_to(column)
        else:
            self.answers.go_to(question.problem.check)

    def _skip_table(self, skipped: bool) -> None:
        if self._preview is not None:
            part = self._preview["tables"][self.tabs.currentIndex()]["part"]
            self.choose(with_table(self.choices, part, skipped=skipped))

    def _make_series(self) -> None:
        for key in self.columns.selected_keys()[:1]:
            place = self.columns.columns.row_of(key) or 0
            self.new_wanted.emit(key, new_id(key, self.choices.columns.get(key, ""), place))

    def _import(self) -> None:
        self.import_wanted.emit(self._path, self.choices, self.remember.isChecked())
        self.accept()

    # --- making

    def _connect(self) -> None:
        self._asking.seen.connect(self._show)
        self._asking.unseen.connect(self._tell)
        self.answers.changed.connect(self.choose)
        self.columns.columns.chosen.connect(lambda key, said: self.choose(with_column(self.choices, key, said)))
        self.questions.wanted.connect(self._go_to)
        self.tabs.currentChanged.connect(self._show_table)
        self.skip.clicked.connect(self._skip_table)
        self.leave_button.clicked.connect(self.columns.leave_out)
        self.new_button.clicked.connect(self._make_series)
        self.import_button.clicked.connect(self._import)
        self.cancel_button.clicked.connect(self.reject)
        self._session.language_changed.connect(self._retell)

    def _retell(self) -> None:
        words = self._session.words
        title = words(_TITLE).format(name=self._path.name)
        self.setWindowTitle(title)
        self.title.setText(title)
        for button, label in (
            (self.leave_button, _LEAVE),
            (self.new_button, _NEW),
            (self.import_button, _IMPORT),
            (self.cancel_button, _CANCEL),
            (self.skip, _SKIP),
        ):
            button.setText(words(label))
            button.setAccessibleName(words(label))
        folder = self._path.parent
        self.remember.setText(words(_REMEMBER).format(folder=folder.name or folder))
        self.remember.setAccessibleName(self.remember.text())
        self.remember.setToolTip(str(folder))
        self.state.setText(words(_LOOKING))
        if self._preview is not None:
            self._show(self._preview)

    def _arrange(self) -> None:
        self.title.setProperty("part", "heading")
        self.about.setProperty("part", "muted")
        self.chains.setProperty("part", "muted")
        self.import_button.setProperty("part", "primary")
        self.import_button.setDefault(True)
        for button in (self.leave_button, self.new_button, self.cancel_button):
            button.setAutoDefault(False)
        for label in (self.title, self.about, self.state, self.chains):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.remember.setChecked(True)
        self.tabs.setExpanding(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (self.title, self.about, self._tab_row()):
            column.addWidget(widget)
        column.addWidget(self._middle(), 1)
        column.addWidget(self._foot())
        self.resize(*_SIZE)

    def _tab_row(self) -> QWidget:
        return _row(self.tabs, None, self.skip)

    def _middle(self) -> QWidget:
        tables = QSplitter(Qt.Orientation.Vertical, self)
        below = QWidget(tables)
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 0, 0, 0)
        for widget in (self.chains, self.columns, _row(self.leave_button, self.new_button, None)):
            inside.addWidget(widget, 1 if widget is self.columns else 0)
        tables.addWidget(self.rows)
        tables.addWidget(below)
        tables.setChildrenCollapsible(False)
        scroll = QScrollArea(self)
        scroll.setWidget(self.answers)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        aside = QWidget(self)
        aside.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(aside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 3)
        column.addWidget(self.questions, 2)
        middle = QWidget(self)
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(tables, 1)
        row.addWidget(aside)
        return middle

    def _foot(self) -> QWidget:
        foot = _row(self.state, self.remember, self.cancel_button, self.import_button)
        layout = foot.layout()
        if isinstance(layout, QHBoxLayout):
            layout.setStretch(0, 1)
        return foot


def _row(*widgets: QWidget | None) -> QWidget:
    """Widgets beside each other; None is the room that is left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return holder


_NO_TABLE: Mapping[str, Any] = {
    "part": "",
    "rows": [],
    "row_count": 0,
    "encoding": "",
    "guess": None,
    "doubts": [],
    "skipped": False,
}
"""What is shown of a file that cannot be opened."""
