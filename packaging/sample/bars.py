"""Daily bars around known closes, with the closes adjusted for distributions and the volume."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from paths import Path, noise, stream
from sessions import Days

PAYOUTS = {"SPY": (3, 0.013), "TLT": (1, 0.034)}
"""Months between distributions, and the yearly yield that is paid."""

VOLUMES = {"SPY": 78e6, "TLT": 31e6}


@dataclass(frozen=True)
class Bars:
    """Arrays of shape (n,), prices with two decimals; low <= open, close <= high on every day."""

    opens: Path
    highs: Path
    lows: Path
    adjusted: Path
    volumes: Path


def bars(name: str, days: Days, closes: Path) -> Bars:
    """The bars around the closes of one fund."""
    returns = np.diff(np.log(closes), prepend=np.log(closes[0]))
    size = np.abs(returns) + 0.004
    previous = np.concatenate([closes[:1], closes[:-1]])
    opens = (previous * np.exp(0.45 * returns + 0.25 * size * noise(f"{name} open", len(days)))).round(2)
    above, below = (np.abs(noise(f"{name} {side}", len(days))) for side in ("high", "low"))
    highs = np.maximum(np.maximum(opens, closes) * (1.0 + 0.3 * size * above), np.maximum(opens, closes)).round(2)
    lows = np.minimum(np.minimum(opens, closes) * (1.0 - 0.3 * size * below), np.minimum(opens, closes)).round(2)
    busy = np.exp(22.0 * np.abs(returns) + 0.22 * stream(f"{name} volume").standard_normal(len(days)))
    return Bars(opens, highs, lows, _adjusted(name, days, closes), (VOLUMES[name] * busy / 100.0).round() * 100.0)


def _adjusted(name: str, days: Days, closes: Path) -> Path:
    """Closes scaled down before each distribution, as vendors publish them."""
    every, yearly = PAYOUTS[name]
    months = days.astype("datetime64[M]").astype(np.int64)
    paying = np.concatenate([[False], (np.diff(months) > 0) & ((months[1:] % every) == 0)])
    kept = np.where(paying, 1.0 - yearly * every / 12.0, 1.0)
    after = np.concatenate([np.cumprod(kept[::-1])[::-1][1:], [1.0]])
    return np.asarray(closes * after, dtype=np.float64)
