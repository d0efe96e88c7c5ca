"""The grid of charts, driven by real mouse and key events."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from briefing.charts.spec import RANGES, ChartSpec
from briefing.charts.weekdays import position
from briefing_ui.look import Look
from briefing_ui.panels.charts import ChartsPanel

Spec = Callable[..., ChartSpec]
Session = Any
"""The small session of `conftest`."""

AS_OF = date(2026, 3, 6)

# The offscreen platform says so of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)


def ranges(panel: ChartsPanel) -> list[tuple[float, float]]:
    return [card.picture.x_range for card in panel.cards if card.picture is not None]


def settled(panel: ChartsPanel) -> None:
    """Do at once what waits for the next turn of the event loop."""
    assert panel._due.isActive()
    panel.refresh()


def wheel(panel: ChartsPanel, slot: int, x: float, up: bool) -> None:
    view = panel.cards[slot].view
    at, delta = QPointF(x, 40), QPoint(0, 120 if up else -120)
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), delta, Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view.viewport(), event)


def test_all_charts_have_one_range(panel: ChartsPanel) -> None:
    assert ranges(panel) == [(position(date(2025, 3, 6)), position(AS_OF))] * 3


@pytest.mark.parametrize("index", range(7))
def test_the_keys_one_to_seven_choose_the_range_of_all_charts(panel: ChartsPanel, index: int) -> None:
    QTest.keyClick(panel.cards[1].view, str(index + 1))
    settled(panel)
    assert panel.range_ == RANGES[index]
    assert len(set(ranges(panel))) == 1
    checked = [b.property("range") for card in panel.cards for b in card.ranges.buttons() if b.isChecked()]
    assert checked == [RANGES[index]] * 4


def test_a_range_button_does_the_same(panel: ChartsPanel) -> None:
    button = next(button for button in panel.cards[2].ranges.buttons() if button.property("range") == "5Y")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(panel)
    assert ranges(panel)[0][0] == position(date(2021, 3, 6))


def test_max_begins_with_the_oldest_observation_of_any_chart(panel: ChartsPanel, session: Session) -> None:
    panel.set_range("Max")
    settled(panel)
    oldest = min(series.dates[0].item() for name, series in session.held.items())
    assert {low for low, _ in ranges(panel)} == {position(oldest)}


def test_the_wheel_zooms_all_charts_about_the_day_under_the_pointer(panel: ChartsPanel) -> None:
    picture = panel.cards[0].picture
    x = picture.plot.left + picture.plot.width / 3
    under = picture.place(x)
    wheel(panel, 0, x, up=True)
    settled(panel)
    after = panel.cards[0].picture
    assert after.x_range[1] - after.x_range[0] == pytest.approx((picture.x_range[1] - picture.x_range[0]) / 1.2)
    assert after.x_range[0] + (after.x_range[1] - after.x_range[0]) / 3 == pytest.approx(under)
    assert len(set(ranges(panel))) == 1
    assert panel.range_ is None
    assert not any(button.isChecked() for button in panel.cards[0].ranges.buttons())


def test_zooming_in_stops_at_a_week(panel: ChartsPanel) -> None:
    for _ in range(60):
        wheel(panel, 0, 100, up=True)
        panel.refresh()
    low, high = ranges(panel)[0]
    assert 5 <= high - low < 7


def test_dragging_pans_all_charts_and_a_double_click_returns(panel: ChartsPanel) -> None:
    view, picture = panel.cards[0].view, panel.cards[0].picture
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 40))
    QTest.mouseMove(view.viewport(), QPoint(140, 40))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(140, 40))
    settled(panel)
    low, high = picture.x_range
    moved = 40 / picture.plot.width * (high - low)
    assert ranges(panel) == [pytest.approx((low - moved, high - moved))] * 3
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 40))
    settled(panel)
    assert ranges(panel) == [picture.x_range] * 3


def test_zero_returns_from_a_zoom(panel: ChartsPanel) -> None:
    before = ranges(panel)
    wheel(panel, 1, 100, up=False)
    settled(panel)
    assert ranges(panel) != before
    QTest.keyClick(panel.cards[0].view, Qt.Key.Key_0)
    settled(panel)
    assert ranges(panel) == before


def test_the_pointer_moves_one_crosshair_over_all_charts(panel: ChartsPanel) -> None:
    view, picture = panel.cards[0].view, panel.cards[0].picture
    x = round(picture.plot.left + picture.plot.width / 2)
    QTest.mouseMove(view.viewport(), QPoint(x, 40))
    place = panel._crosshair
    assert place == round(picture.place(x))
    assert {card.view._cross._place for card in panel.cards} == {place}
    assert len({card.strip.shown[0] for card in panel.cards[:3]}) == 1


def test_the_strip_reads_day_with_weekday_values_and_one_day_changes(panel: ChartsPanel, session: Session) -> None:
    ten = session.held["UST10Y"]
    panel.point_at(position(ten.dates[-6].item()))
    day, *readings = panel.cards[0].strip.shown
    change = round((ten.values[-6] - ten.values[-7]) * 100)
    sign = "−" if change < 0 else "+"
    assert day == "Fri 27 Feb 2026"
    assert f"{ten.values[-6]:.2f}% {sign}{abs(change)}bp" in readings[0]
    assert f"{session.held['VIX'].values[-6]:.2f}" in readings[1]


def test_where_a_series_has_no_value_the_last_earlier_one_is_read_with_its_day(panel: ChartsPanel) -> None:
    panel.point_at(position(AS_OF))
    assert panel.cards[2].strip.shown[1].endswith("(4 Mar)")


def test_arrow_keys_move_the_crosshair_by_observations_and_home_and_end_to_the_ends(
    panel: ChartsPanel, session: Session
) -> None:
    view, days = panel.cards[0].view, session.held["UST10Y"].dates
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert panel._crosshair == position(AS_OF)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert panel._crosshair == position(days[-2].item())
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert panel._crosshair == position(AS_OF)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert panel._crosshair == position(date(2025, 3, 6))
    QTest.keyClick(view, Qt.Key.Key_End)
    assert panel._crosshair == position(AS_OF)


def test_the_arrow_keys_step_over_a_gap(panel: ChartsPanel, session: Session) -> None:
    days = session.held["S2S10"].dates
    panel.point_at(position(days[-81].item()))
    QTest.keyClick(panel.cards[1].view, Qt.Key.Key_Right)
    assert panel._crosshair == position(days[-80].item())


def test_a_key_with_a_modifier_is_left_to_the_window(panel: ChartsPanel) -> None:
    QTest.keyClick(panel.cards[0].view, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert panel.range_ == "1Y"


def test_the_focused_chart_is_the_current_one_and_has_the_chosen_range(
    qtbot: QtBot, panel: ChartsPanel, spec: Spec
) -> None:
    with qtbot.waitSignal(panel.current_changed):
        panel.cards[1].view.setFocus()
    panel.set_range("3M")
    assert (panel.current, panel.current_spec()) == (1, ChartSpec(lines=spec("S2S10").lines, range="3M"))
    assert panel.current_card is panel.cards[1]


def test_the_button_sends_the_chart_into_the_note(qtbot: QtBot, panel: ChartsPanel) -> None:
    with qtbot.waitSignal(panel.note_wanted) as sent:
        QTest.mouseClick(panel.cards[2].into_note, Qt.MouseButton.LeftButton)
    assert sent.args == [panel.current_spec()]
    assert sent.args[0].lines[0].series == "JGB10Y"


def test_another_chart_takes_the_current_place_and_spares_a_pinned_one(panel: ChartsPanel, spec: Spec) -> None:
    assert panel.show_chart(spec("VIX")) == 0
    QTest.keyClick(panel.cards[0].view, Qt.Key.Key_Space)
    assert panel.is_pinned(0)
    settled(panel)
    assert panel.cards[0].pin_mark.isVisible()
    assert panel.show_chart(spec("UST10Y")) == 1
    QTest.keyClick(panel.cards[0].view, Qt.Key.Key_Space)
    assert not panel.is_pinned(0)


def test_an_empty_place_says_what_to_do(panel: ChartsPanel) -> None:
    card = panel.cards[3]
    assert card.hint.isVisible()
    assert "press Enter" in card.hint.text()
    assert not card.into_note.isVisible()
    panel.toggle_pin(3)
    assert not panel.is_pinned(3)


def test_a_series_on_its_way_is_waited_for_and_drawn_when_it_comes(
    panel: ChartsPanel, session: Session, spec: Spec
) -> None:
    session.waiting = {"VIX"}
    session.market_changed.emit()
    panel.show_chart(spec("VIX"), 3)
    settled(panel)
    assert panel.cards[3].hint.text() == "Waiting for data"
    session.waiting = set()
    session.series_arrived.emit("VIX")
    settled(panel)
    assert not panel.cards[3].hint.isVisible()
    assert panel.cards[3].picture.tags[0].series == "VIX"


def test_a_series_that_arrives_under_its_own_id_is_drawn_where_an_alias_was_asked_for(
    panel: ChartsPanel, session: Session, spec: Spec
) -> None:
    session.waiting = {"VIX"}
    session.market_changed.emit()
    panel.show_chart(spec("VIX"), 3)
    settled(panel)
    session.waiting = set()
    session.series_arrived.emit("VIXCLS")
    settled(panel)
    assert panel.cards[3].picture is not None


def test_a_series_that_the_workspace_does_not_have_is_named(panel: ChartsPanel, spec: Spec) -> None:
    panel.show_chart(spec("GOLD"), 3)
    panel.show_chart(spec("UST10Y", "GOLD"), 2)
    settled(panel)
    assert panel.cards[3].hint.text() == "No series GOLD in this workspace"
    assert panel.cards[2].title.shown[1] == "No series GOLD in this workspace"


def test_another_as_of_date_of_the_note_shows_the_charts_as_of_that_day(panel: ChartsPanel, session: Session) -> None:
    session.note_changed.emit(None, None)
    assert not panel._due.isActive()
    session.as_of = date(2025, 1, 15)
    session.note_changed.emit(None, None)
    settled(panel)
    assert ranges(panel)[0] == (position(date(2024, 1, 15)), position(date(2025, 1, 15)))
    assert panel.cards[1].strip.shown[0] == "Wed 15 Jan 2025"


def test_a_series_of_no_chart_changes_nothing(panel: ChartsPanel, session: Session) -> None:
    panel.refresh()
    session.series_arrived.emit("GOLD")
    assert not panel._due.isActive()


def test_a_range_without_data_offers_the_one_that_has_some(panel: ChartsPanel) -> None:
    panel.zoom_to(position(date(1990, 1, 1)), position(date(1991, 1, 1)))
    settled(panel)
    go = panel.cards[0].go
    assert (go.isVisible(), go.text()) == (True, "Show 1M")
    QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    settled(panel)
    assert panel.range_ == "1M"
    assert not go.isVisible()


def test_a_late_series_has_a_badge_in_the_title_line(panel: ChartsPanel) -> None:
    assert panel.cards[2].title.shown[:2] == ("JGB 10Y", "1 session late, last 4 Mar 2026")


def test_the_other_language_changes_every_word_at_once(panel: ChartsPanel, session: Session) -> None:
    session.lang = "zh-Hant-TW"
    session.language_changed.emit()
    settled(panel)
    card = panel.cards[0]
    assert card.title.shown[0] == "美債10年與VIX"
    assert [button.text() for button in card.ranges.buttons()] == [
        "1個月",
        "3個月",
        "6個月",
        "今年",
        "1年",
        "5年",
        "全部",
    ]
    assert card.into_note.text() == "→報告"
    assert {mark.lang for mark in card.picture.marks()} == {"zh-Hant-TW"}
    assert card.strip.shown[0] == "2026年3月6日（週五）"


def test_another_theme_changes_the_colours_of_every_chart(panel: ChartsPanel, session: Session) -> None:
    session.look = Look("dark")
    session.look_changed.emit()
    settled(panel)
    assert {card.picture.medium.palette.ground for card in panel.cards[:3]} == {"#14181D"}
    assert panel.cards[0].view.grab().toImage().pixelColor(1, 1).name() == "#14181d"


def test_before_a_workspace_is_open_every_place_waits(panel: ChartsPanel, session: Session) -> None:
    session.as_of = None
    session.market_changed.emit()
    settled(panel)
    assert ranges(panel) == []


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (1, 2), (2, 1), (2, 2)])
def test_the_grid_has_as_many_places_as_asked_for(panel: ChartsPanel, rows: int, columns: int) -> None:
    panel.set_current(3)
    panel.set_grid(rows, columns)
    settled(panel)
    assert sum(card.isVisible() for card in panel.cards) == rows * columns
    assert panel.current < rows * columns
    assert panel.specs()[1] is not None


def test_every_control_of_a_chart_has_a_name_for_those_who_hear_it(panel: ChartsPanel) -> None:
    controls = [child for card in panel.cards[:3] for child in card.findChildren(QAbstractButton) if child.isVisible()]
    assert len(controls) == 24
    assert all(child.accessibleName() or child.text() for child in controls)
    assert panel.accessibleName() == "Charts"
    assert panel.cards[0].view.accessibleName() == "Chart 1: UST 10Y and VIX"
    assert panel.cards[0].view.accessibleDescription() == panel.cards[0].picture.summary.en


@pytest.mark.parametrize("lang", ["en", "zh-Hant-TW"])
def test_no_button_is_cut_at_the_size_of_the_compose_layout(panel: ChartsPanel, session: Session, lang: str) -> None:
    session.lang = lang
    session.language_changed.emit()
    settled(panel)
    QApplication.processEvents()
    assert panel.width() == 720
    for button in panel.cards[0].findChildren(QAbstractButton):
        if button.isVisible():
            assert button.fontMetrics().horizontalAdvance(button.text()) + 8 <= button.width(), button.text()
            assert panel.cards[0].rect().contains(button.geometry())
