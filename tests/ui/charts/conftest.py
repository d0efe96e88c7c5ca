"""A small session with four made-up series, and the grid of charts on it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.charts.spec import ChartSpec, Line
from briefing.series import Kind, Late, Series
from briefing.text import Label, Lang
from briefing_ui.look import Look, apply, load_fonts
from briefing_ui.panels.charts import ChartsPanel

AS_OF = date(2026, 3, 6)


class FakeSession(QObject):
    """Holds series; those named in `waiting` arrive later."""

    series_arrived = Signal(str)
    market_changed = Signal()
    look_changed = Signal()
    language_changed = Signal()
    note_changed = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.as_of: date | None = AS_OF
        self.look = Look()
        self.lang: Lang = "en"
        self.waiting: set[str] = set()
        self.held = {
            "UST10Y": walk("UST10Y", Label("UST 10Y", "美債10年"), Kind.YIELD, "%", "bp", 2600),
            "VIX": walk("VIX", Label("VIX", "VIX"), Kind.VOLATILITY, "points", "points", 2600),
            "S2S10": holed(walk("S2S10", Label("2s10s", "2年/10年利差"), Kind.SPREAD, "bp", "bp", 2600)),
            "JGB10Y": late(walk("JGB10Y", Label("JGB 10Y", "日債10年"), Kind.YIELD, "%", "bp", 2600)),
        }

    def series(self, series_id: str) -> Series | None:
        found = None if series_id in self.waiting else self.held.get(series_id)
        return found.until(self.as_of) if found is not None and self.as_of != AS_OF and self.as_of else found

    def catalogue_entry(self, series_id: str) -> object | None:
        return self.held.get(series_id)


def walk(name: str, short: Label, kind: Kind, unit: str, delta: str, count: int) -> Series:
    days = np.arange(np.datetime64("2010-01-01"), np.datetime64(AS_OF) + 1)
    days = days[np.is_busday(days)][-count:]
    values = np.round(20 + np.cumsum(np.random.default_rng(len(name)).normal(0, 0.1, count)), 2)
    return Series(name, short, short, kind, unit, delta, 2, "NYSE", Label("Made up", "虛構"), days, values, AS_OF)


def holed(series: Series) -> Series:
    return replace(
        series, dates=np.delete(series.dates, slice(-100, -80)), values=np.delete(series.values, slice(-100, -80))
    )


def late(series: Series) -> Series:
    return replace(series, dates=series.dates[:-2], values=series.values[:-2], late=Late(date(2026, 3, 4), 1))


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    load_fonts()
    apply(qapp, Look())
    return qapp


@pytest.fixture
def session(dressed: QApplication) -> FakeSession:
    return FakeSession()


@pytest.fixture
def spec() -> Callable[..., ChartSpec]:
    """`spec("UST10Y")` or `spec("UST10Y", "VIX")`, the second on the second axis."""

    def make(first: str, second: str = "") -> ChartSpec:
        lines = [Line(series=first)] + ([Line(series=second, axis="second")] if second else [])
        return ChartSpec(lines=tuple(lines))

    return make


@pytest.fixture
def panel(qtbot: QtBot, session: FakeSession, spec: Callable[..., ChartSpec]) -> Iterator[ChartsPanel]:
    """Four places, three with a chart, laid out at the size of the Compose layout. It leaves nothing behind."""
    panel = ChartsPanel(session)
    panel.resize(720, 470)
    panel.show_chart(spec("UST10Y", "VIX"), 0)
    panel.show_chart(spec("S2S10"), 1)
    panel.show_chart(spec("JGB10Y"), 2)
    panel.set_current(0)
    panel.show()
    qtbot.waitExposed(panel)
    panel.refresh()
    yield panel
    panel.close()
    panel.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [type(widget).__name__ for widget in QApplication.allWidgets() if "Chart" in type(widget).__name__] == []
