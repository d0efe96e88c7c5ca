"""A session on the desk of a test: real but for the workers, whose answers stand here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from briefing.blocks.disclosure import Disclosure
from briefing.blocks.heading import Heading
from briefing.blocks.key_points import KeyPoints, Point
from briefing.blocks.pair import Pair
from briefing.note import Note
from briefing.problems import NOWHERE, error
from briefing.series import Kind
from briefing.text import Label, Text
from briefing_ui import look
from briefing_ui.jobs import Reply
from briefing_ui.market import Listed, Listing
from briefing_ui.session import Session

TEN = "{UST10Y.last}"

_VALUES = {
    "UST10Y.last": ("4.25%", "4.25%"),
    "UST10Y.change.1d": ("−12bp", "−12個基點"),
    "UST10Y.change.1d|move": ("down 12bp", "下跌12個基點"),
    "CUTS_YE.last": ("42bp", "42個基點"),
}


def value(ref: str) -> dict[str, Any]:
    """The value of a reference as the data worker would print it."""
    known = _VALUES.get(ref)
    late = {"last": "2026-03-04", "sessions": 2, "freq": "D"} if ref.startswith("CUTS") else None
    problem = error(
        "series.unknown", NOWHERE, Label(f"No series for {ref}.", f"找不到{ref}。"), Label("Import it.", "請匯入。")
    )
    return {
        "ref": ref,
        "value": 1.0 if known else None,
        "unit": "%",
        "text": {"en": known[0], "zh": known[1]} if known else {"en": "—", "zh": "—"},
        "date": "2026-03-06",
        "base_date": "2026-03-05" if "change" in ref else None,
        "window_start": None,
        "n": None,
        "vintage": "2026-03-07",
        "late": late,
        "problems": [] if known else [problem.as_json()],
    }


class FakeJobs(QObject):
    """Answers at the next turn of the event loop, as the workers never do earlier."""

    said = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, Mapping[str, Any]]] = []

    def ask(self, worker: str, verb: str, args: Mapping[str, Any], on_reply: Any, **_more: Any) -> None:
        self.asked.append((verb, args))
        answer = getattr(self, f"_{verb}", None)
        if answer is not None:
            QTimer.singleShot(0, self, lambda: on_reply(Reply(answer(args))))

    def _values(self, args: Mapping[str, Any]) -> dict[str, Any]:
        return {"values": {ref: value(ref) for ref in args["refs"]}}

    def _complete(self, args: Mapping[str, Any]) -> dict[str, Any]:
        rows = [
            {"ref": ref, "label": {"en": f"10Y: {ref}", "zh": f"10年：{ref}"}, "value": {"en": en, "zh": zh}}
            for ref, (en, zh) in _VALUES.items()
            if args["typed"].lower() in ref.lower()
        ]
        return {"candidates": rows}


def listed(series_id: str) -> Listed:
    """What the catalogue says of a series."""
    return Listed(
        id=series_id,
        aliases=(),
        name=Label(series_id, series_id),
        short=Label(series_id, series_id),
        kind=Kind.YIELD,
        unit="%",
        delta_unit="bp",
        decimals=2,
        calendar="XNYS",
        source=Label("Test", "測試"),
        tags=(),
        last=date(2026, 3, 6),
        late=None,
    )


@pytest.fixture
def fake_jobs() -> FakeJobs:
    return FakeJobs()


@pytest.fixture
def session(qapp: QApplication, fake_jobs: FakeJobs) -> Session:
    """A session with a market of three series and no note."""
    look.load_fonts()
    if qapp.styleSheet() != look.style_sheet(look.Look().tokens):
        look.apply(qapp, look.Look())
    made = Session(fake_jobs)
    entries = tuple(listed(name) for name in ("UST10Y", "CUTS_YE", "VIX"))
    made.market.show(Listing("/nowhere", date(2026, 3, 6), date(2026, 3, 6), entries=entries))
    return made


@pytest.fixture
def note() -> Note:
    """A short note with a block of most kinds that are written in."""
    return Note(
        date=date(2026, 3, 6),
        title=Text("Morning note", "晨報"),
        blocks=(
            Heading(id="h", level=1, text=Text("Rates", "利率")),
            Pair(id="a", text=Text(f"The 10-year is at {TEN}.", f"10年期殖利率為{TEN}。")),
            Pair(id="b", text=Text("Stocks fell.", "股市下跌。")),
            KeyPoints(id="k", points=(Point(text=Text("One", "一")), Point(text=Text("Two", "二")))),
            Disclosure(id="d"),
        ),
    )
