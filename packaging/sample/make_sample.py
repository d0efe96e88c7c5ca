"""Writes the synthetic data of the sample workspace: the same bytes on every run.

python packaging/sample/make_sample.py            # into assets/sample/files
python packaging/sample/make_sample.py --to DIR
"""

from __future__ import annotations

import argparse
from pathlib import Path as FilePath

import numpy as np
from bars import bars
from markets import commodities, credit, currencies, flows, funds, shares, volatility
from paths import Path
from rates import Table, drivers, meeting_days, rates
from risk import risk
from sessions import Days, Mask, bond_sessions, sessions

HOME = FilePath(__file__).resolve().parents[2] / "assets" / "sample"

RATES = (
    "UST3M", "UST1Y", "UST2Y", "UST5Y", "UST7Y", "UST10Y", "UST20Y", "UST30Y",
    "DFII5", "DFII10", "DFII30", "BE5Y", "BE10Y", "BE30Y",
    "EFFR", "SOFR", "BUND10Y", "GILT10Y", "JGB10Y",
)  # fmt: skip
"""The columns of rates.csv, in order."""

DECIMALS = {
    "EURUSD": 4, "USDCNH": 4, "USDTWD": 3, "COPPER": 3, "GOLD": 1,
    "CUTS_YE": 0, "TREND_UST": 0, "DEMO_FLOW": 1,
}  # fmt: skip
"""Decimals as quoted, where they are not two."""

LATE = {"JGB10Y": 2}
"""Series that end this many sessions before the others, so that a late mark can be seen."""


def main() -> None:
    """Write every file of the sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=FilePath, default=HOME)
    target = parser.parse_args().to
    days = sessions()
    texts = {f"files/{name}": text for name, text in files(days).items()}
    texts["calendars/fomc.csv"] = "\n".join(["date", *map(str, meeting_days(days))]) + "\n"
    for name, text in texts.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("ascii"))


def files(days: Days) -> dict[str, str]:
    """The text of each data file by its name."""
    open_for_bonds = bond_sessions(days)
    forces = risk(days)
    pushes = drivers(days, forces)
    curve, spreads, indices = rates(days, pushes), credit(days, forces), shares(days, forces)
    metals = commodities(days, pushes.real, forces)
    closes = funds(curve, spreads, indices["SPX"], metals["GOLD"])
    positions = flows(curve, closes["TLT"], days)
    return {
        "rates.csv": _wide(days, {name: curve[name] / 100.0 for name in RATES}, open_for_bonds),
        "credit.csv": _wide(days, {name: path / 100.0 for name, path in spreads.items()}, open_for_bonds),
        "volatility.csv": _wide(days, volatility(days, forces)),
        "equities.csv": _wide(days, {**indices, **{name: closes[name] for name in ("HYG", "LQD", "GLD")}}),
        "currencies.csv": _wide(days, currencies(days, pushes.whole, forces)),
        "commodities.csv": _wide(days, metals),
        "positioning.csv": _wide(days, positions, open_for_bonds),
        "SPY.csv": _yahoo(days, "SPY", closes["SPY"]),
        "TLT.csv": _yahoo(days, "TLT", closes["TLT"]),
    }


def _wide(days: Days, table: Table, kept: Mask | None = None) -> str:
    rows = [",".join(["Date", *table])]
    columns = [_cells(name, path) for name, path in table.items()]
    keep = np.ones(len(days), dtype=bool) if kept is None else kept
    rows += [",".join([str(day), *(column[at] for column in columns)]) for at, day in enumerate(days) if keep[at]]
    return "\n".join(rows) + "\n"


def _cells(name: str, path: Path) -> list[str]:
    """The printed values; a series that is late ends with empty cells."""
    places = DECIMALS.get(name, 2)
    missing = LATE.get(name, 0)
    printed = [f"{value:.{places}f}" for value in path + 0.0]
    return printed if not missing else [*printed[:-missing], *[""] * missing]


def _yahoo(days: Days, name: str, closes: Path) -> str:
    """Bars in the columns of Yahoo's library, whose second row names the fund."""
    table = bars(name, days, closes)
    columns = {
        "Adj Close": [f"{value:.6f}" for value in table.adjusted],
        "Close": [f"{value:.2f}" for value in closes],
        "High": [f"{value:.2f}" for value in table.highs],
        "Low": [f"{value:.2f}" for value in table.lows],
        "Open": [f"{value:.2f}" for value in table.opens],
        "Volume": [f"{value:.0f}" for value in table.volumes],
    }
    heads = (["Price", *columns], ["Ticker", *[name] * len(columns)], ["Date", *[""] * len(columns)])
    rows = [[str(day), *(cells[at] for cells in columns.values())] for at, day in enumerate(days)]
    return "\n".join(",".join(row) for row in (*heads, *rows)) + "\n"


if __name__ == "__main__":
    main()
