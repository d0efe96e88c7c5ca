"""Yields in whole basis points: nominal = real + breakeven holds exactly, and so does every slope."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from paths import Path, ended, level, noise, returning, stream
from risk import Risk
from sessions import Days
from story import CALM, SHOCKS

Table = dict[str, Path]


@dataclass(frozen=True)
class Drivers:
    """Daily shocks in bp, each of shape (n,): the real yield, breakeven inflation, and the whole level."""

    real: Path
    inflation: Path

    @property
    def whole(self) -> Path:
        """Shocks to nominal yields."""
        return self.real + self.inflation


def rates(days: Days, pushes: Drivers) -> Table:
    """Every yield, breakeven and policy rate, by id, in basis points (whole numbers)."""
    breakevens = _breakevens(days, pushes)
    nominal = _nominal(days, pushes, breakevens["BE10Y"])
    tenors = {"DFII5": ("UST5Y", "BE5Y"), "DFII10": ("UST10Y", "BE10Y"), "DFII30": ("UST30Y", "BE30Y")}
    real = {name: nominal[whole] - breakevens[part] for name, (whole, part) in tenors.items()}
    return {**nominal, **real, **breakevens, **_foreign(days, pushes)}


def drivers(days: Days, risk: Risk) -> Drivers:
    """Draw the daily shocks to yields. The days of the story are exact, and the calm stretch has a limit."""
    count = len(days)
    size = 0.85 * risk.move / np.sqrt(252.0)
    real = size * (0.8 * risk.bonds + 0.25 * noise("real", count))
    inflation = size * (0.26 * risk.bonds + 0.12 * risk.equity + 0.22 * noise("inflation", count))
    first, last, most, most_inflation = CALM
    calm = (days >= np.datetime64(first)) & (days <= np.datetime64(last))
    real[calm] = np.clip(real[calm], -most, most)
    inflation[calm] = np.clip(inflation[calm], -most_inflation, most_inflation)
    for shock in SHOCKS:
        at = int(np.searchsorted(days, np.datetime64(shock.day)))
        real[at], inflation[at] = shock.real, shock.inflation
    return Drivers(real, inflation)


def _breakevens(days: Days, pushes: Drivers) -> Table:
    count = len(days)
    ten = level("be10", days) + returning(pushes.inflation, 0.985)
    short = ten + returning(0.35 * pushes.inflation + 0.8 * noise("be5", count), 0.97) + 2.0
    long = ten - 4.0 + returning(-0.2 * pushes.inflation + 0.5 * noise("be30", count), 0.97)
    return {"BE5Y": _whole(short, "BE5Y"), "BE10Y": _whole(ten, "BE10Y"), "BE30Y": _whole(long, "BE30Y")}


def _nominal(days: Days, pushes: Drivers, inflation: Path) -> Table:
    count = len(days)
    effr = _effective(days)
    real = level("real10", days) + returning(pushes.real, 0.985)
    ten = _whole(real + inflation, "UST10Y")
    tied = np.clip(0.2 + 0.25 * effr / 100.0, 0.2, 0.9)
    two = level("y2", days) + returning(tied * (pushes.whole + 1.6 * noise("two", count)), 0.985)
    thirty = ten + level("steep30", days) + returning(-0.12 * pushes.whole + 1.1 * noise("thirty", count), 0.985)
    five = 0.5 * (two + ten) - 9.0 + returning(0.18 * pushes.whole + 0.9 * noise("five", count), 0.97)
    seven = 0.42 * five + 0.58 * ten - 2.0 + returning(0.4 * noise("seven", count), 0.95)
    twenty = ten + 0.92 * (thirty - ten) + returning(0.5 * noise("twenty", count), 0.97)
    bill = effr + 0.06 * (two - effr) + returning(0.8 * noise("bill", count), 0.9)
    one = 0.45 * bill + 0.55 * two + returning(0.7 * noise("one", count), 0.95)
    free = {"UST3M": bill, "UST1Y": one, "UST2Y": two, "UST5Y": five, "UST7Y": seven, "UST20Y": twenty}
    curve = {name: np.maximum(_whole(path, name), 2.0) for name, path in {**free, "UST30Y": thirty}.items()}
    return {**curve, "UST10Y": ten, "EFFR": effr, "SOFR": _whole(effr + _repo(count), "SOFR")}


def _effective(days: Days) -> Path:
    """The policy rate moves at meetings only, in steps of 25 bp, towards the level of the story."""
    wanted = np.round(level("policy", days) * 4.0 - 0.5) * 25.0 + 8.0
    meetings = np.isin(days, meeting_days(days))
    at = np.maximum.accumulate(np.where(meetings, np.arange(len(days)), 0))
    jitter = np.clip(np.round(0.45 * stream("effr").standard_normal(len(days))), -1, 1)
    return ended(np.maximum(wanted[at] + jitter, 4.0), "EFFR", over=40).round()


def meeting_days(days: Days) -> Days:
    """Invented policy meetings: the third Wednesday of eight months a year, or the session after it."""
    months = np.arange(days[0].astype("datetime64[M]"), days[-1].astype("datetime64[M]") + 1)
    chosen = [month for month in months if int(month.astype(int)) % 12 + 1 in {1, 3, 5, 6, 7, 9, 11, 12}]
    third = np.busday_offset(np.array(chosen).astype("datetime64[D]"), 2, roll="forward", weekmask="Wed")
    inside = third[(third >= days[0]) & (third <= days[-1])]
    meetings: Days = days[np.searchsorted(days, inside)]
    return meetings


def _repo(count: int) -> Path:
    return 2.0 + returning(0.9 * np.abs(noise("repo", count)), 0.6)


def _foreign(days: Days, pushes: Drivers) -> Table:
    """Ten-year yields abroad follow the American one by different shares."""
    out: Table = {}
    for name, factor, share, own in (
        ("BUND10Y", "bund", 0.5, 2.2), ("GILT10Y", "gilt", 0.6, 2.8), ("JGB10Y", "jgb", 0.12, 1.0),
    ):  # fmt: skip
        wobble = returning(share * pushes.whole + own * noise(factor, len(days)), 0.98)
        out[name] = _whole(level(factor, days) + wobble, name)
    return out


def _whole(path: Path, name: str) -> Path:
    """The path ended by the story's week, in whole basis points."""
    return np.round(ended(path, name))
