"""Everything that is not a yield: volatility indices, credit, shares, funds, currencies, commodities, flows."""

from __future__ import annotations

import numpy as np
from paths import Path, ended, level, noise, returning, stream, through
from rates import Table
from risk import LOWEST_VIX, Risk
from sessions import Days


def volatility(days: Days, risk: Risk) -> Table:
    """The family of volatility indices, in points with two decimals."""
    count = len(days)
    logs = np.log(risk.vix)
    slow = np.log(level("vix", days))
    free = {
        "VIX": logs,
        "VIX9D": logs + 0.28 * (logs - slow) - 0.05 + returning(0.03 * noise("vix9d", count), 0.8),
        "VIX3M": 0.6 * logs + 0.4 * slow + 0.09 + returning(0.008 * noise("vix3m", count), 0.9),
        "VVIX": np.log(91.0) + 0.42 * (logs - np.log(16.0)) + returning(0.02 * noise("vvix", count), 0.95),
        "MOVE": np.log(risk.move),
        "SKEW": np.log(level("skew", days)) + returning(0.012 * noise("skew", count), 0.93) - 0.06 * (logs - slow),
    }
    return {name: np.maximum(ended(np.exp(path), name), LOWEST_VIX).round(2) for name, path in free.items()}


def credit(days: Days, risk: Risk) -> Table:
    """Option-adjusted spreads in whole basis points; they widen when volatility rises."""
    fear = np.diff(np.log(risk.vix), prepend=np.log(risk.vix[0]))
    out: Table = {}
    for name, factor, share, own in (("IG_OAS", "ig", 0.16, 0.008), ("HY_OAS", "hy", 0.24, 0.010)):
        wobble = returning(share * fear + own * noise(factor, len(days)), 0.985)
        out[name] = ended(np.exp(np.log(level(factor, days) * 100.0) + wobble), name).round()
    return out


def shares(days: Days, risk: Risk) -> Table:
    """Three share indices with two decimals."""
    count = len(days)
    free = {
        "SPX": risk.returns,
        "NDX": 1.10 * risk.returns + 0.0042 * noise("growth", count),
        "RTY": 1.05 * risk.returns + 0.0058 * noise("small", count),
    }
    logs = {name: through(np.cumsum(returns), name.lower(), days) for name, returns in free.items()}
    return {name: np.exp(ended(path, name, logs=True, over=120)).round(2) for name, path in logs.items()}


def currencies(days: Days, rates_level: Path, risk: Risk) -> Table:
    """The dollar index and four pairs; the dollar rises with American yields and with fear."""
    count = len(days)
    dollar = 0.0028 * noise("dxy", count) + 0.00022 * rates_level - 0.0006 * risk.equity
    index = np.log(level("dxy", days)) + returning(dollar, 0.985)
    euro = np.log(1.1684) - 0.95 * (index - np.log(99.42)) + returning(0.0012 * noise("eur", count), 0.985)
    free = {
        "DXY": (index, 2),
        "EURUSD": (euro, 4),
        "USDJPY": (_pair(days, "usdjpy", 0.7 * dollar + 0.0004 * rates_level, 0.004), 2),
        "USDCNH": (_pair(days, "usdcnh", 0.3 * dollar, 0.0016), 4),
        "USDTWD": (_pair(days, "usdtwd", 0.35 * dollar, 0.0019), 3),
    }
    return {name: np.exp(ended(path, name, logs=True)).round(places) for name, (path, places) in free.items()}


def _pair(days: Days, factor: str, shared: Path, own: float) -> Path:
    return np.log(level(factor, days)) + returning(shared + own * noise(factor, len(days)), 0.985)


def commodities(days: Days, real: Path, risk: Risk) -> Table:
    """Gold moves against real yields, oil and copper with shares."""
    count = len(days)
    oil = returning(0.019 * noise("wti", count) + 0.004 * risk.equity, 0.985)
    gold = returning(0.0072 * noise("gold", count) - 0.0006 * real, 0.985)
    copper = returning(0.0105 * noise("copper", count) + 0.004 * risk.equity, 0.985)
    wti = np.log(level("wti", days)) + oil
    free = {
        "GOLD": (np.log(level("gold", days)) + gold, 1),
        "WTI": (wti, 2),
        "BRENT": (wti + np.log(1.06) + returning(0.0035 * noise("brent", count), 0.97), 2),
        "COPPER": (np.log(level("copper", days)) + copper, 3),
    }
    return {name: np.exp(ended(path, name, logs=True)).round(places) for name, (path, places) in free.items()}


def funds(curve: Table, spreads: Table, index: Path, gold: Path) -> Table:
    """Closing prices of exchange-traded funds, from what they hold: yields by duration, shares, bullion."""
    long_bonds = 0.5 * (curve["UST20Y"] + curve["UST30Y"])
    closes = {
        "TLT": 107.4 * _held(long_bonds, 16.6, 3.6),
        "LQD": 117.2 * _held(curve["UST10Y"] + spreads["IG_OAS"], 8.3, 0.9),
        "HYG": 94.1 * _held(curve["UST5Y"] + spreads["HY_OAS"], 3.1, 0.15) * np.exp(-0.000024 * np.arange(len(index))),
        "SPY": 0.09962 * index * np.exp(0.0002 * stream("spy").standard_normal(len(index))),
        "GLD": 0.0965 * gold * np.exp(-0.0000159 * np.arange(len(gold))),
    }
    return {name: path.round(2) for name, path in closes.items()}


def _held(basis_points: Path, duration: float, convexity: float) -> Path:
    """Value of a bond portfolio kept at one duration, coupons paid out; 1 on the first day."""
    moved = np.diff(basis_points, prepend=basis_points[0]) / 10_000.0
    factors = 1.0 - duration * moved + 50.0 * convexity * moved**2
    return np.asarray(np.cumprod(factors), dtype=np.float64)


def flows(curve: Table, bonds: Path, days: Days) -> Table:
    """Cuts priced to the year's end, the position of a trend follower in long bonds, and a fund flow."""
    count = len(days)
    cuts = 1.9 * (curve["EFFR"] - curve["UST1Y"]) + returning(0.8 * noise("cuts", count), 0.9)
    flow = 0.7 + returning(0.55 * noise("flow", count), 0.55) + 80.0 * np.diff(np.log(bonds), prepend=np.log(bonds[0]))
    return {
        "CUTS_YE": ended(cuts, "CUTS_YE").round(),
        "TREND_UST": trend(bonds).round(),
        "DEMO_FLOW": flow.round(1),
    }


def trend(prices: Path) -> Path:
    """A trend follower's position, -100 (short) to 100 (long): mean of four look-backs against volatility.

    Each look-back contributes the hyperbolic tangent of its return over its own standard
    deviation. The first year is zero, until the longest look-back has been seen.
    """
    logs = np.log(prices)
    daily = np.diff(logs, prepend=logs[0])
    size = np.sqrt(returning(0.02 * daily**2, 0.98)) + 1e-4
    total = np.zeros_like(logs)
    for back in (21, 63, 126, 252):
        gone = logs[252:] - logs[252 - back : -back]
        total[252:] += np.tanh(1.4 * gone / (size[252:] * np.sqrt(back)))
    return 25.0 * total
