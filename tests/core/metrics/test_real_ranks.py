"""Since-when, percentiles, z-scores, volatility, drawdown and correlation against the known numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from briefing.metrics.registry import Value, history
from briefing.series import Series


@pytest.mark.parametrize(
    ("series", "size", "since", "since_change"),
    [
        ("DFII10", -10.0, "2023-12-14", -18.0),
        ("UST10Y", -12.0, "2024-11-25", -14.0),
        ("UST2Y", -10.0, "2024-11-25", -16.0),
        ("UST30Y", -10.0, "2024-11-25", -15.0),
        ("VIX", -2.59, "2024-12-20", -5.73),
        ("VVIX", -10.14, "2025-01-03", -12.23),
        ("MOVE", -8.89, "2024-11-07", -13.56),
    ],
)
def test_the_last_move_at_least_as_large(
    real: Callable[..., Value], series: str, size: float, since: str, since_change: float
) -> None:
    value = real(f"{series}.largest_since.1d")
    assert (value.value, value.facts["since"], value.facts["since_change"]) == (size, since, since_change)


def test_the_statement_reads_in_both_languages(real: Callable[..., Value]) -> None:
    text = real("DFII10.largest_since.1d").text
    assert text.en == "largest 1d drop since 14 Dec 2023"
    assert text.zh == "自2023年12月14日以來最大單日跌幅"


def test_the_largest_of_all_names_the_first_day_of_the_data(real: Callable[..., Value]) -> None:
    value = real("DFII10.largest_since.1d", "2009-03-18")
    assert value.value == -62.0
    assert value.text.en == "largest 1d drop on record since 2 Jan 2003"
    assert value.text.zh == "自2003年1月2日有紀錄以來最大單日跌幅"


def test_falls_of_ten_basis_points_are_found_although_binary_noise_hides_the_tie(
    whole: Callable[[str], Series],
) -> None:
    fell = history("change", [whole("DFII10").until(date(2025, 1, 15))], "1d")
    days = fell.dates[(fell.values <= -10.0) & (fell.dates >= np.datetime64("2023-11-01"))]
    found = ["2023-11-01", "2023-11-14", "2023-12-01", "2023-12-13", "2023-12-14", "2025-01-15"]
    assert [str(day) for day in days] == found


def test_a_spread_is_called_tightest_with_strictly_tighter_days_only(real: Callable[..., Value]) -> None:
    tight, high_yield = real("IG.lowest_since"), real("HY.lowest_since")
    assert (tight.facts["since"], tight.facts["since_level"]) == ("2024-12-31", 82.0)
    assert tight.text.en == "tightest since 31 Dec 2024"
    assert tight.text.zh == "自2024年12月31日以來最窄"
    assert (high_yield.facts["since"], high_yield.facts["since_level"]) == ("2024-12-16", 269.0)


@pytest.mark.parametrize(
    ("reference", "expected", "n"),
    [
        ("VIX.pctile.1y", 64.2857, 252),
        ("VIX.pctile.5y", 25.8730, 1260),
        ("VIX.pctile.all", 40.5518, 8843),
        ("VIX.pctile.since2021", 30.8511, 1034),
        ("MOVE.pctile.1y", 17.46, 252),
        ("MOVE.pctile.5y", 44.52, 1260),
        ("SKEW.pctile.1y", 88.49, 252),
        ("SKEW.pctile.5y", 97.54, 1260),
        ("SKEW.pctile.all", 99.65, None),
        ("IG.pctile.since-1999-01-04", 1.2059, 6800),
        ("HY.pctile.since-1999-01-04", 1.5292, 6801),
        ("IG.pctile.since2021", 4.6445, None),
        ("HY.pctile.since2021", 2.6515, None),
        ("IG_1996.pctile.all", 6.8579, 7320),
        ("HY_1996.pctile.all", 3.1963, None),
        ("IG_2023.pctile.all", 12.8272, 382),
        ("HY_2023.pctile.all", 7.3107, None),
    ],
)
def test_percentiles_with_their_windows(
    real: Callable[..., Value], reference: str, expected: float, n: int | None
) -> None:
    value = real(reference)
    places = 4 if len(str(expected).split(".")[1]) > 2 else 2
    assert value.value == pytest.approx(expected, abs=1.01 * 10**-places)
    assert n in (None, value.n)


@pytest.mark.parametrize(("series", "start"), [("VIX", date(2024, 1, 25)), ("VVIX", date(2024, 1, 16))])
def test_252_rows_of_a_file_with_holiday_rows_are_a_shorter_year(
    real: Callable[..., Value], series: str, start: date
) -> None:
    assert real(f"{series}.pctile.1y").window_start == start


def test_a_percentile_says_its_window_and_a_cut_history_its_own_start(real: Callable[..., Value]) -> None:
    assert real("VIX.pctile.since2021").text.en == "31st percentile since 2021"
    assert real("VIX.pctile.1y").text.zh == "近一年第64百分位"
    assert real("IG_2023.pctile.since2021").text.en == "13th percentile since 1 Aug 2023"


@pytest.mark.parametrize(
    ("series", "plain", "robust"),
    [
        ("VVIX", 0.2693, 0.5632),
        ("MOVE", -0.9087, -0.7819),
        ("SKEW", 1.3237, 1.4513),
        ("COR1M", -0.3514, -0.3558),
        ("DSPX", 1.0096, 0.9449),
    ],
)
def test_z_scores(real: Callable[..., Value], series: str, plain: float, robust: float) -> None:
    assert real(f"{series}.zscore.1y").value == pytest.approx(plain, abs=1e-4)
    assert real(f"{series}.zscore_robust.1y").value == pytest.approx(robust, abs=1e-4)


@pytest.mark.parametrize(
    ("day", "month", "quarter", "zero_mean"),
    [
        ("2024-12-13", 8.1430, 10.6164, 7.9957),
        ("2025-01-14", 15.6578, 12.8499, 15.6144),
        ("2025-01-15", 17.0689, 13.2480, 16.7213),
        ("2025-04-08", 31.2042, 22.1829, 31.8056),
    ],
)
def test_realised_volatility(
    real: Callable[..., Value], day: str, month: float, quarter: float, zero_mean: float
) -> None:
    assert real("SPY.realised_vol.1m", day).value == pytest.approx(month, abs=1e-4)
    assert real("SPY.realised_vol.3m", day).value == pytest.approx(quarter, abs=1e-4)
    assert real("SPY.realised_vol_zero_mean.1m", day).value == pytest.approx(zero_mean, abs=1e-4)


def test_twenty_returns_need_twenty_one_closes(real: Callable[..., Value]) -> None:
    value = real("SPY_ADJ.realised_vol.20d", "2015-02-02")
    assert value.value == pytest.approx(17.5039, abs=1e-4)
    assert (value.n, value.window_start) == (20, date(2015, 1, 2))
    assert real("SPY_ADJ.realised_vol_zero_mean.20d", "2015-02-02").value == pytest.approx(17.1165, abs=1e-4)
    short = real("SPY_ADJ.realised_vol.20d", "2015-01-30")
    assert (short.value, short.problems[0].message.en) == (None, "This needs 21 observations, the data have 20.")


@pytest.mark.parametrize(
    ("day", "volatility", "variance"),
    [
        ("2024-12-13", 5.6670, 126.784),
        ("2025-01-14", 3.0522, 106.255),
        ("2025-01-15", -0.9489, -19.746),
        ("2025-04-08", 21.1258, 1726.835),
    ],
)
def test_implied_less_realised(real: Callable[..., Value], day: str, volatility: float, variance: float) -> None:
    assert real("VIX,SPY.vrp", day).value == pytest.approx(volatility, abs=1e-3)
    assert real("VIX,SPY.vrp_variance", day).value == pytest.approx(variance, abs=1e-3)


def test_the_premium_after_the_fact_follows_from_the_volatility_that_came(real: Callable[..., Value]) -> None:
    came = real("SPY.realised_vol.1m", "2025-02-14")
    assert (came.value, came.window_start) == (pytest.approx(10.8960, abs=1e-4), date(2025, 1, 15))
    zero_mean = real("SPY.realised_vol_zero_mean.1m", "2025-02-14").value
    assert real("VIX.last").value ** 2 - zero_mean**2 == pytest.approx(142.258, abs=1e-3)


@pytest.mark.parametrize(
    ("series", "day", "depth", "peak"),
    [
        ("SPY", "2009-03-09", -56.4737, "2007-10-09"),
        ("SPY", "2020-03-23", -34.1047, "2020-02-19"),
        ("SPY", "2025-04-08", -18.9989, "2025-02-19"),
        ("SPY", "2025-01-15", -2.4728, "2024-12-06"),
        ("SPY_ADJ", "2020-03-23", -33.7154, "2020-02-19"),
        ("SPXTR", "2020-03-23", -33.7905, "2020-02-19"),
    ],
)
def test_drawdowns_with_their_peaks(real: Callable[..., Value], series: str, day: str, depth: float, peak: str) -> None:
    value = real(f"{series}.drawdown", day)
    assert (value.value, value.facts["peak_date"]) == (pytest.approx(depth, abs=1e-4), peak)


@pytest.mark.parametrize(
    ("bottom", "recovered"),
    [("2009-03-09", "2013-03-14"), ("2020-03-23", "2020-08-18"), ("2025-04-08", "2025-06-27")],
)
def test_a_drawdown_ends_on_the_day_of_a_new_high(whole: Callable[[str], Series], bottom: str, recovered: str) -> None:
    falls = history("drawdown", [whole("SPY")])
    after = falls.dates[(falls.dates > np.datetime64(bottom)) & (falls.values == 0.0)]
    assert str(after[0]) == recovered


@pytest.mark.parametrize(
    ("day", "correlation", "beta"),
    [("2020-03-16", -0.600619, -0.331013), ("2022-10-14", 0.200509, 0.166899), ("2025-01-15", 0.141614, 0.161437)],
)
def test_stocks_and_bonds_together(real: Callable[..., Value], day: str, correlation: float, beta: float) -> None:
    assert real("SPY,TLT.correlation", day).value == pytest.approx(correlation, abs=1e-6)
    assert real("TLT,SPY.beta", day).value == pytest.approx(beta, abs=1e-6)


def test_a_correlation_carries_its_fisher_z(real: Callable[..., Value]) -> None:
    assert real("SPY,TLT.correlation").facts["fisher_z"] == pytest.approx(1.1044, abs=1e-4)
