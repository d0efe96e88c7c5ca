"""The forces behind everything: equity and bond shocks, and the volatility that scales them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from paths import Path, level, noise, returning
from sessions import Days
from story import SHOCKS, TURN

LOWEST_VIX = 9.3


@dataclass(frozen=True)
class Risk:
    """Arrays of shape (n,).

    `equity` and `bonds` are shocks with unit variance, `returns` the equity index's daily return
    as a fraction, `vix` and `move` levels in points.
    """

    equity: Path
    bonds: Path
    returns: Path
    vix: Path
    move: Path


def risk(days: Days) -> Risk:
    """Draw the forces. Volatility falls when shares rise; after the turn yields fall with it."""
    count = len(days)
    equity = noise("equity", count)
    with_equity = np.where(days < np.datetime64(TURN), 0.38, -0.36)
    bonds = with_equity * equity + np.sqrt(1.0 - with_equity**2) * noise("bonds", count)
    jumps = {int(np.searchsorted(days, np.datetime64(shock.day))): shock for shock in SHOCKS}
    returns, vix = _equity_and_vix(days, equity, {at: (s.equity, s.vix) for at, s in jumps.items()})
    return Risk(equity, bonds, returns, vix, _move(days, bonds, {at: s.move for at, s in jumps.items()}))


def _equity_and_vix(days: Days, equity: Path, jumps: dict[int, tuple[float, float]]) -> tuple[Path, Path]:
    own = noise("vix", len(days))
    home = np.log(level("vix", days))
    returns, vix = np.zeros(len(days)), np.empty(len(days))
    held = 0.0
    vix[0] = np.exp(home[0])
    for at in range(1, len(days)):
        size = 0.78 * vix[at - 1] / 100.0 / np.sqrt(252.0)
        jumped, jump = jumps.get(at, (None, 0.0))
        returns[at] = 0.0004 + size * equity[at] if jumped is None else jumped / 100.0
        held = 0.965 * held - 0.055 * equity[at] + 0.032 * own[at] + jump
        vix[at] = max(LOWEST_VIX, np.exp(home[at] + held))
    return returns, vix


def _move(days: Days, bonds: Path, jumps: dict[int, float]) -> Path:
    shocks = 0.024 * noise("move", len(days)) + 0.022 * (np.abs(bonds) - 0.75)
    for at, jump in jumps.items():
        shocks[at] += jump
    return np.exp(np.log(level("move", days)) + returning(shocks, 0.97))
