"""The form of a catalogue entry: with answers from a table, and with the real data worker on a workspace."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from desk import ENTRY, MARKET_VERBS, TableJobs
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from briefing.problems import NOWHERE, Place, Problem, Refused, error
from briefing.sample import create_sample
from briefing.text import Label
from briefing_ui.catalogue.entry_field import EntryField
from briefing_ui.catalogue.form import CatalogueForm
from briefing_ui.catalogue.formula_line import FormulaLine
from briefing_ui.jobs import Jobs
from briefing_ui.panels.series import SeriesPanel
from briefing_ui.session import Session

pytestmark = [pytest.mark.ui, pytest.mark.qt_log_ignore("does not support", extend=True)]
NO_KIND = error(
    "catalogue.entry",
    Place(file="catalogue.toml", field="GOLD_COPPER", column="kind"),
    Label("kind must be one of price, yield.", "kind必須是下列之一：price、yield。"),
    Label("Mend the entry.", "請修正。"),
)
NONSENSE = error(
    "formula.syntax",
    Place(field="formula", span=(6, 7)),
    Label("The formula makes no sense at character 7.", "公式自第7個字元起無法解讀。"),
    Label("Write it like UST10Y - UST2Y.", "請寫成UST10Y - UST2Y。"),
)


def refusing(*problems: Problem) -> Callable[..., Any]:
    def refuse(args: Mapping[str, Any], body: bytes) -> Any:
        raise Refused(*problems)

    return refuse


@pytest.fixture
def jobs() -> TableJobs:
    return TableJobs({**MARKET_VERBS, "catalogue_declare": lambda *_: ({"row": {}, "problems": []}, b"")})


@pytest.fixture
def session(qapp: object, jobs: TableJobs, tmp_path: Path) -> Session:
    made = Session(jobs)
    made.open_workspace(tmp_path)
    return made


@pytest.fixture
def show(session: Session, qtbot: QtBot) -> Callable[[str], CatalogueForm]:
    """Opens the form of a series, or of a new one for no id."""

    def opened(series: str) -> CatalogueForm:
        form = CatalogueForm(session, None, series)  # type: ignore[arg-type]
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(form)
        form.show()
        form.activateWindow()
        return form

    return opened


def fill(form: CatalogueForm, **words: str) -> None:
    for key, text in words.items():
        control = form.fields[key].control
        control.setFocus()
        if isinstance(control, QComboBox):
            control.setCurrentIndex(control.findData(text))
            control.activated.emit(control.currentIndex())
        else:
            assert isinstance(control, QLineEdit)
            control.selectAll()
            QTest.keyClick(control, Qt.Key.Key_Delete)
            for letter in text:
                QTest.keyClicks(control, letter) if letter.isascii() else control.insert(letter)
            if isinstance(control, FormulaLine):
                control.offers.hide()


def press(button: Any) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(field: EntryField) -> str:
    return "" if field.problem.isHidden() else field.problem.text()


def declared(jobs: TableJobs) -> list[dict[str, Any]]:
    return [args for verb, args in jobs.asked if verb == "catalogue_declare"]


def test_what_is_shipped_stands_in_grey_and_what_is_ones_own_in_ink(show: Callable[[str], CatalogueForm]) -> None:
    form = show("VIX")
    name, decimals = form.fields["name_en"].control, form.fields["decimals"].control
    assert isinstance(name, QLineEdit)
    assert isinstance(decimals, QLineEdit)
    assert (name.text(), name.placeholderText()) == ("", "VIX")
    assert (decimals.text(), decimals.placeholderText()) == ("1", "2")
    kind = form.fields["kind"].control
    assert isinstance(kind, QComboBox)
    assert kind.currentText() == "Volatility in points (as usual)"


def test_only_what_was_changed_is_saved(show: Callable[[str], CatalogueForm], jobs: TableJobs) -> None:
    form = show("VIX")
    fill(form, name_zh="恐慌指數", tolerated_age="3")
    press(form.save)
    assert declared(jobs) == [{"id": "VIX", "change": {"name_zh": "恐慌指數", "tolerated_age": "3"}}]
    assert not form.isVisible()


def test_a_field_goes_back_to_what_is_shipped(show: Callable[[str], CatalogueForm], jobs: TableJobs) -> None:
    form = show("VIX")
    assert form.fields["name_en"].back.isHidden()
    press(form.fields["decimals"].back)
    press(form.save)
    assert declared(jobs) == [{"id": "VIX", "change": {"decimals": ""}}]


def test_what_was_typed_before_the_entry_came_stays(show: Callable[[str], CatalogueForm]) -> None:
    form = show("VIX")
    fill(form, name_en="Fear")
    form._load()
    assert form.fields["name_en"].text == "Fear"


def test_tab_leads_from_a_changed_field_to_the_next(show: Callable[[str], CatalogueForm]) -> None:
    form = show("")
    fill(form, series_id="STOCKS_TO_BONDS")
    QTest.keyClick(form.fields["series_id"].control, Qt.Key.Key_Tab)
    assert form.focusWidget() is form.fields["formula"].control


def test_saving_without_a_change_writes_nothing(show: Callable[[str], CatalogueForm], jobs: TableJobs) -> None:
    form = show("VIX")
    press(form.save)
    assert declared(jobs) == []
    assert not form.isVisible()


def test_what_is_wrong_stands_at_its_field_in_both_languages(
    show: Callable[[str], CatalogueForm], jobs: TableJobs, session: Session, qtbot: QtBot
) -> None:
    form = show("VIX")
    jobs.verbs["catalogue_try"] = lambda *_: ({"row": {}, "problems": [NO_KIND.as_json()]}, b"")
    fill(form, unit="furlongs")
    qtbot.waitUntil(lambda: said(form.fields["kind"]) == "kind must be one of price, yield. Mend the entry.")
    session.set_language("zh-Hant-TW")
    qtbot.waitUntil(lambda: said(form.fields["kind"]) == "kind必須是下列之一：price、yield。 請修正。")
    assert form.fields["kind"].control.accessibleDescription() == said(form.fields["kind"])


def test_a_form_that_is_refused_stays_open_with_the_reason(
    show: Callable[[str], CatalogueForm], jobs: TableJobs
) -> None:
    jobs.verbs["catalogue_declare"] = refusing(NONSENSE)
    form = show("VIX")
    fill(form, formula="GOLD +")
    press(form.save)
    assert form.isVisible()
    assert said(form.fields["formula"]).startswith("The formula makes no sense at character 7.")


def test_a_problem_without_a_field_stands_below_all(show: Callable[[str], CatalogueForm], jobs: TableJobs) -> None:
    full = error("catalogue.unwritable", NOWHERE, Label("The disk is full.", "磁碟已滿。"), Label("", ""))
    jobs.verbs["catalogue_declare"] = refusing(full)
    form = show("VIX")
    fill(form, unit="x")
    press(form.save)
    assert form.isVisible()
    assert form.general.text() == "The disk is full."


def test_a_new_series_asks_for_what_it_needs_only_when_it_is_saved(
    show: Callable[[str], CatalogueForm], jobs: TableJobs
) -> None:
    form = show("")
    assert [key for key, field in form.fields.items() if said(field)] == []
    press(form.save)
    needed = ["series_id", "name_en", "name_zh", "kind", "source_en", "source_zh"]
    assert sorted(key for key, field in form.fields.items() if said(field) == "Fill this in.") == sorted(needed)
    assert form.focusWidget() is form.fields["series_id"].control
    assert declared(jobs) == []


@pytest.mark.parametrize(("typed", "words"), [("gold", "An id has capital letters"), ("VIX", "VIX exists already.")])
def test_an_id_that_cannot_be_is_told_at_once(
    show: Callable[[str], CatalogueForm], qtbot: QtBot, typed: str, words: str
) -> None:
    form = show("")
    fill(form, series_id=typed)
    qtbot.waitUntil(lambda: said(form.fields["series_id"]).startswith(words))


def test_ids_names_and_metrics_are_offered_for_the_word_at_the_caret(show: Callable[[str], CatalogueForm]) -> None:
    form = show("")
    line = form.fields["formula"].control
    assert isinstance(line, FormulaLine)
    line.setFocus()
    QTest.keyClicks(line, "pcti")
    QTest.keyClick(line.offers, Qt.Key.Key_Return)
    assert line.text() == "pctile("
    QTest.keyClicks(line, "UST2")
    QTest.keyClick(line.offers, Qt.Key.Key_Return)
    assert line.text() == "pctile(UST2Y"


def test_an_id_that_nobody_knows_is_declared_as_a_new_series(
    show: Callable[[str], CatalogueForm], jobs: TableJobs
) -> None:
    form = show("HOUSE_INDEX")
    press(form.save)
    assert sorted(key for key, field in form.fields.items() if said(field) == "Fill this in.") == [
        *("kind", "name_en", "name_zh", "source_en", "source_zh"),
    ]
    fill(form, name_en="House index", name_zh="自編指數", kind="index", source_en="The desk", source_zh="自營部")
    press(form.save)
    assert [args["id"] for args in declared(jobs)] == ["HOUSE_INDEX"]
    assert declared(jobs)[0]["change"]["kind"] == "index"


def test_a_formula_without_a_kind_asks_for_the_kind(show: Callable[[str], CatalogueForm], qtbot: QtBot) -> None:
    form = show("")
    fill(form, formula="VIX / UST2Y")
    qtbot.waitUntil(lambda: form.body.result.text() == "Choose the kind below to see what the formula gives.")


def test_the_wheel_over_a_closed_list_changes_nothing(show: Callable[[str], CatalogueForm]) -> None:
    form = show("VIX")
    kind = form.fields["kind"].control
    assert isinstance(kind, QComboBox)
    turn_wheel_over(kind)
    assert kind.currentIndex() == 0


def turn_wheel_over(box: QComboBox) -> None:
    middle = QPointF(box.rect().center())
    turned = QWheelEvent(
        middle,
        QPointF(box.mapToGlobal(middle.toPoint())),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turned)


def test_all_changes_are_taken_back_and_can_come_again(
    show: Callable[[str], CatalogueForm], jobs: TableJobs, session: Session
) -> None:
    jobs.verbs["catalogue_forget"] = lambda *_: ({}, b"")
    notices: list[Any] = []
    session.noticed.connect(notices.append)
    form = show("VIX")
    press(form.forget)
    assert ("catalogue_forget", {"id": "VIX"}) in jobs.asked
    notices[-1].choices[0].call()
    assert declared(jobs) == [{"id": "VIX", "change": {"decimals": "1"}}]


def test_every_control_has_a_name_in_both_languages(show: Callable[[str], CatalogueForm], session: Session) -> None:
    form = show("")
    english = {key: field.control.accessibleName() for key, field in form.fields.items()}
    session.set_language("zh-Hant-TW")
    chinese = {key: field.control.accessibleName() for key, field in form.fields.items()}
    assert all(english.values())
    assert all(chinese.values())
    assert not set(english.values()) & set(chinese.values())
    assert set(ENTRY) <= set(english)


# --- with the real data worker


@pytest.fixture
def real(qapp: object, tmp_path: Path) -> Iterator[Session]:
    """A session on a sample workspace of its own, with the worker that the program has."""
    jobs = Jobs()
    session = Session(jobs)
    session.open_workspace(create_sample(tmp_path / "own").root)
    wait(lambda: bool(session.listing.entries))
    yield session
    jobs.stop()


def wait(done: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "the worker did not answer"
        QTest.qWait(10)


@pytest.mark.slow
def test_a_series_declared_by_a_formula_is_in_the_tree_and_has_values_at_once(real: Session, qtbot: QtBot) -> None:
    tree = SeriesPanel(real)
    form = CatalogueForm(real, tree)
    qtbot.addWidget(tree)
    form.show()
    own = real.workspace / "catalogue.toml" if real.workspace else Path()
    own.write_text(f"# By hand.\n{own.read_text(encoding='utf-8')}", encoding="utf-8")
    fill(form, series_id="SPY_TLT", kind="ratio", formula="SPY +")
    wait(lambda: "makes no sense" in said(form.fields["formula"]))
    fill(form, formula="SPY / TLT")
    wait(form.body.result.isVisible)
    assert form.body.result.text().endswith("x, changes in x.")
    assert len(form.body.spark.values) == 120
    fill(form, name_en="Shares over bonds", name_zh="股債比", source_en="The desk", source_zh="自營部", tags="equity")
    press(form.save)
    wait(lambda: real.catalogue_entry("SPY_TLT") is not None)
    tree.reveal("SPY_TLT")
    assert tree.view.current() == "SPY_TLT"
    assert real.series("SPY_TLT") is None
    wait(lambda: real.series("SPY_TLT") is not None)
    assert own.read_text(encoding="utf-8").startswith("# By hand.\n")
    wait(lambda: any(row["series"] == "SPY_TLT" for row in real.market.movers))
