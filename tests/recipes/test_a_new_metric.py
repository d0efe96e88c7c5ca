"""To add a metric: write one decorated function. The table, its description and references follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from briefing.metrics.metric import At, Shape
from briefing.metrics.registry import METRICS, describe, evaluate, history, metric
from briefing.metrics.rolling import over_windows
from briefing.metrics.windows import Role
from briefing.problems import NOWHERE
from briefing.reference import parse_reference
from briefing.series import Kind, Series, Values
from briefing.text import Label


@pytest.fixture(autouse=True)
def _toy() -> Iterator[None]:
    @metric(
        "spread_of_values",
        label=Label("Range", "區間幅度"),
        doc=Label("The highest less the lowest value of the window.", "期間內最高值減最低值。"),
        source="Textbook",
        example="UST10Y.spread_of_values.1m",
        shape=Shape(Kind.RATIO, "pp", "pp", 2),
        role=Role.SAMPLE,
        default_window="1m",
    )
    def spread_of_values(values: Values, *, at: At) -> Values:
        return over_windows(lambda samples: np.ptp(samples, axis=1), at.starts, values)

    yield
    del METRICS["spread_of_values"]


class _Source:
    as_of = date(2020, 1, 5)

    def series(self, series_id: str) -> Series:
        words = Label(series_id, series_id)
        dates = np.datetime64("2020-01-01") + np.arange(5)
        values = np.array([1.0, 5.0, 2.0, 2.5, 4.0])
        return Series(series_id, words, words, Kind.YIELD, "%", "bp", 2, "XNYS", words, dates, values, self.as_of)

    def events(self, name: str) -> tuple[date, ...]:
        return ()


def test_it_is_in_the_table_under_its_family_with_its_words() -> None:
    entry = METRICS["spread_of_values"]
    assert (entry.family, entry.label.zh, entry.needs) == ("test_a_new_metric", "區間幅度", 1)


def test_it_is_described_for_the_command_line() -> None:
    shown = describe(METRICS["spread_of_values"])
    assert (shown["name"], shown["unit"], shown["default_window"], shown["needs"]) == (
        "spread_of_values",
        "pp",
        "1m",
        [["any"]],
    )


def test_a_reference_to_it_has_a_value_with_its_provenance() -> None:
    value = evaluate(parse_reference("X.spread_of_values.3d", NOWHERE), _Source())
    assert (value.value, value.text.en, value.text.zh) == (2.0, "2.00pp", "2.00個百分點")
    assert (value.window_start, value.n) == (date(2020, 1, 3), 3)


def test_its_history_is_a_series() -> None:
    assert history("spread_of_values", [_Source().series("X")], "2d").values.tolist() == [4.0, 3.0, 0.5, 1.5]


def test_a_history_too_short_for_it_is_refused_with_the_reason() -> None:
    value = evaluate(parse_reference("X.spread_of_values", NOWHERE), _Source())
    assert value.problems[0].message.zh == "需要21筆觀測值，現有5筆。"
