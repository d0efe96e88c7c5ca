from __future__ import annotations

from dataclasses import dataclass, fields

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from briefing.blocks.heading import Heading
from briefing.blocks.pair import Pair
from briefing.blocks.registry import BLOCK_TYPES, load_block_types
from briefing.settings import Settings
from briefing.text import Label, Text
from briefing_ui.forms import Form

pytestmark = pytest.mark.ui


def test_a_text_has_a_line_for_each_language(qtbot: QtBot) -> None:
    heard: list[tuple[str, object]] = []
    form = Form(Heading(id="a", text=Text("Rates", "利率")), "en", lambda *change: heard.append(change))
    qtbot.addWidget(form)
    english, chinese = form.findChildren(QLineEdit)
    assert (english.text(), chinese.text()) == ("Rates", "利率")
    QTest.keyClick(english, "s")
    assert heard == [("text", Text("Ratess", "利率"))]


def test_a_closed_list_becomes_a_box_with_just_its_values(qtbot: QtBot) -> None:
    heard: list[tuple[str, object]] = []
    form = Form(Pair(id="a"), "en", lambda *change: heard.append(change))
    qtbot.addWidget(form)
    boxes = {box.accessibleName(): box for box in form.findChildren(QComboBox)}
    level = boxes["List level"]
    assert [level.itemData(at) for at in range(level.count())] == [0, 1, 2, 3]
    level.setCurrentIndex(2)
    level.activated.emit(2)
    assert heard == [("bullet", 2)]


def test_showing_another_value_tells_nobody(qtbot: QtBot) -> None:
    heard: list[object] = []
    form = Form(Heading(id="a"), "en", lambda *change: heard.append(change))
    qtbot.addWidget(form)
    form.show_value(Heading(id="a", text=Text("FX", "外匯"), level=2))
    assert form.findChildren(QLineEdit)[1].text() == "外匯"
    assert heard == []


def test_what_declares_no_label_has_no_row(qtbot: QtBot) -> None:
    form = Form(Pair(id="a", synced_en="x"), "en", lambda *change: None)
    qtbot.addWidget(form)
    assert "synced_en" not in form.names


def test_a_setting_has_a_row_by_itself(qtbot: QtBot) -> None:
    form = Form(Settings(), "zh-Hant-TW", lambda *change: None)
    qtbot.addWidget(form)
    assert form.names == tuple(entry.name for entry in fields(Settings))


def test_numbers_and_flags_have_controls_that_tell_their_values(qtbot: QtBot) -> None:
    from dataclasses import field

    @dataclass(frozen=True)
    class Thing:
        size: float = field(default=1.5, metadata={"label": Label("Size", "大小")})
        count: int = field(default=3, metadata={"label": Label("Count", "數量")})
        shown: bool = field(default=True, metadata={"label": Label("Shown", "顯示")})

    globals()["Thing"] = Thing
    heard: list[tuple[str, object]] = []
    form = Form(Thing(), "en", lambda *change: heard.append(change))
    qtbot.addWidget(form)
    assert form.names == ("size", "count", "shown")
    form.findChild(QWidget, "")  # the form is alive
    from PySide6.QtWidgets import QCheckBox, QSpinBox

    form.findChildren(QCheckBox)[0].click()
    count = form.findChildren(QSpinBox)[0]
    count.setValue(7)
    count.editingFinished.emit()
    assert heard == [("shown", False), ("count", 7)]


def test_every_block_type_can_be_shown_as_a_form(qtbot: QtBot) -> None:
    load_block_types()
    for kind in BLOCK_TYPES.values():
        required = {"type": "toy"} if "type" in {entry.name for entry in fields(kind.cls)} else {}
        form = Form(kind.cls(id="a", **required), "en", lambda *change: None)
        qtbot.addWidget(form)
        assert all(control.accessibleName() for control in form.findChildren(QLineEdit) if control.parent() is form)
