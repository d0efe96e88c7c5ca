"""Ranges that reach back before the first year there is."""

from datetime import date
from typing import get_args

import pytest

from briefing.charts.ranges import start_of
from briefing.charts.spec import Range


@pytest.mark.parametrize("range_", get_args(Range))
def test_a_range_of_the_first_day_there_is_begins_on_a_day_there_is(range_: Range) -> None:
    assert start_of(range_, date(1, 1, 1), date(1, 1, 1)).year == 1
