"""How fast all rules judge a wide file: 400 series of 6,500 values.

The limit is a ratio of two times taken in turn on the same machine: all rules against sorting the values
of every series once, which is the least that a robust measure of them costs. On a quiet machine the rules
take half a second.
"""

import time
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from briefing.data.calendars import sessions
from briefing.data.catalogue import Catalogue, load_catalogue
from briefing.data.tidy import SeriesRows, tidy_of
from briefing.data.validation.validating import validate
from briefing.series import Kind

pytestmark = pytest.mark.bench
SERIES, VALUES = 400, 6500
AT_MOST = 15.0


def test_all_rules_judge_a_wide_file_in_little_more_than_it_takes_to_sort_it() -> None:
    days = sessions("SIFMA_US", date(2000, 1, 3), date(2026, 11, 20))[:VALUES]
    known = [one for one in load_catalogue().entries if one.kind in {Kind.PRICE, Kind.YIELD} and not one.formula]
    entries = [
        replace(known[at % len(known)], series_id=f"S{at:03d}", aliases=(), freq="D", calendar="SIFMA_US")
        for at in range(SERIES)
    ]
    random = np.random.default_rng(1)
    rows = tidy_of(
        SeriesRows(
            entry.series_id,
            days,
            np.round(4 + np.cumsum(random.normal(0, 0.03, VALUES)) * 0.2, 2)
            if entry.kind is Kind.YIELD
            else np.round(100 * np.exp(np.cumsum(random.normal(0, 0.01, VALUES))), 2),
            np.zeros(VALUES, dtype=np.uint8),
            np.arange(2, VALUES + 2, dtype=np.int32),
        )
        for entry in entries
    )
    judging, sorting = [], []
    for _ in range(3):
        start = time.perf_counter()
        for _, place in rows.by_series():
            np.sort(rows.values[place], kind="mergesort")
        sorting.append(time.perf_counter() - start)
        start = time.perf_counter()
        result = validate(rows, Catalogue(tuple(entries)), {}, date(2026, 11, 25), file="wide.csv")
        judging.append(time.perf_counter() - start)

    assert not result.refused, [one.message.en for one in result.problems if one.severity == "error"]
    ratio = min(judging) / min(sorting)
    print(f"\nrules over {SERIES} x {VALUES}: {min(judging):.2f} s, {ratio:.1f} times a sort")
    assert ratio <= AT_MOST
