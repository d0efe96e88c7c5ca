"""What an import did: a card for each table, those that need a person first, and the folders that they came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from briefing.text import Label
from briefing_ui.editor.dropping import drop
from briefing_ui.filter_chips import ALL, Chips
from briefing_ui.import_card import ImportCard
from briefing_ui.report_words import GROUPS, Report, group_of, path_of
from briefing_ui.session import Session

_TITLE = Label("Imported files", "匯入結果")
_CLOSE = Label("Back to the note", "返回報告")
_ALL = Label("All", "全部")
_WATCH = Label("Watch {folder}: F5 reads what is new in it", "監看{folder}：按F5讀取新檔案")


class ImportPage(QWidget):
    """The cards of the last import.

    `closed()` asks to leave, `map_wanted(Path)` to choose how a file is read, `folder_wanted(Path)` to show
    a folder, `hide_wanted(list[int], bool)` to hide loads or show them again, `watch_wanted(Path, bool)` to
    watch a folder or leave it.
    """

    closed = Signal()
    map_wanted = Signal(object)
    folder_wanted = Signal(object)
    hide_wanted = Signal(object, bool)
    watch_wanted = Signal(object, bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._reports: tuple[Report, ...] = ()
        self._hidden: frozenset[int] = frozenset()
        self._watched: frozenset[Path] = frozenset()
        self.cards: list[ImportCard] = []
        self.watches: dict[Path, QCheckBox] = {}
        self._headings: dict[str, QLabel] = {}
        self.title = QLabel(self)
        self.title.setProperty("part", "heading")
        self.close_button = QPushButton(self)
        self.close_button.clicked.connect(self.closed)
        self.chips = Chips(tuple(GROUPS), self)
        self.chips.chosen.connect(self._filter)
        self._folders = QVBoxLayout()
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._arrange()
        session.language_changed.connect(self.retell)
        self.retell()

    @property
    def reports(self) -> tuple[Report, ...]:
        """What is told here."""
        return self._reports

    def show_reports(self, reports: Sequence[Report]) -> None:
        """Show the reports of an import. Files that were read once more keep their place among the others."""
        self._reports = merged(self._reports, reports)
        self.retell()

    def show_hidden(self, load_ids: Sequence[int], *, hidden: bool) -> None:
        """Say which loads are out of sight now."""
        self._hidden = self._hidden | set(load_ids) if hidden else self._hidden - set(load_ids)
        self.retell()

    def show_watched(self, folders: Sequence[Path]) -> None:
        """Say which folders are watched now."""
        self._watched = frozenset(folders)
        for folder, box in self.watches.items():
            box.setChecked(folder in self._watched)

    def retell(self) -> None:
        """Say everything in the language of the interface; the place in the list stays."""
        words = self._session.words
        self.title.setText(words(_TITLE))
        self.close_button.setText(words(_CLOSE))
        self.close_button.setAccessibleName(words(_CLOSE))
        self._scroll.setAccessibleName(words(_TITLE))
        place = self._scroll.verticalScrollBar().value()
        self._fill()
        self._tell_folders()
        names: Mapping[str, str] = {ALL: words(_ALL), **{name: words(label) for name, label in GROUPS.items()}}
        self.chips.tell(names, Counter(card.group for card in self.cards))
        self._filter(self.chips.current)
        self._scroll.verticalScrollBar().setValue(place)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addLayout(head)
        column.addWidget(self.chips)
        column.addLayout(self._folders)
        column.addWidget(self._scroll, 1)

    def _fill(self) -> None:
        """Make the cards anew, group after group."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        self.cards, self._headings = [], {}
        for group, label in GROUPS.items():
            reports = [report for report in self._reports if group_of(report) == group]
            if reports:
                heading = QLabel(self._session.words(label), inside)
                heading.setProperty("part", "section")
                self._headings[group] = heading
                column.addWidget(heading)
            for report in reports:
                column.addWidget(self._card(report, inside))
        column.addStretch(1)
        self._scroll.setWidget(inside)

    def _card(self, report: Report, inside: QWidget) -> ImportCard:
        card = ImportCard(report, self._session, inside, hidden=report["load_id"] in self._hidden)
        path = path_of(report)
        card.map_wanted.connect(lambda: self.map_wanted.emit(path))
        card.folder_wanted.connect(lambda: self.folder_wanted.emit(path.parent))
        card.hide_wanted.connect(lambda hidden: self.hide_wanted.emit(self._loads(path), hidden))
        self.cards.append(card)
        return card

    def _loads(self, path: Path) -> list[int]:
        """The loads of a file: its tables are seen together or not at all."""
        return [one["load_id"] for one in self._reports if path_of(one) == path and one["outcome"] == "loaded"]

    def _tell_folders(self) -> None:
        for box in self.watches.values():
            drop(box)
        folders = dict.fromkeys(path_of(report).parent for report in self._reports)
        self.watches = {folder: self._watch(folder) for folder in folders}

    def _watch(self, folder: Path) -> QCheckBox:
        box = QCheckBox(self._session.words(_WATCH).format(folder=folder.name or folder), self)
        box.setToolTip(str(folder))
        box.setAccessibleName(box.text())
        box.setAccessibleDescription(str(folder))
        box.setChecked(folder in self._watched)
        box.clicked.connect(lambda on: self.watch_wanted.emit(folder, on))
        self._folders.addWidget(box)
        return box

    def _filter(self, group: str) -> None:
        for card in self.cards:
            card.setVisible(group in {ALL, card.group})
        for name, heading in self._headings.items():
            heading.setVisible(group in {ALL, name})


def merged(before: Sequence[Report], fresh: Sequence[Report]) -> tuple[Report, ...]:
    """The reports to show after another import: of files told already, in their place; of others, alone."""
    files = {path_of(report) for report in fresh}
    if not files <= {path_of(report) for report in before}:
        return tuple(fresh)
    first = next(at for at, report in enumerate(before) if path_of(report) in files)
    kept = [report for report in before if path_of(report) not in files]
    place = sum(path_of(report) not in files for report in before[:first])
    return (*kept[:place], *fresh, *kept[place:])
