"""A table of known series, and what happens to single values of it on the way to the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

NAMES = ("UST10Y", "VIX", "SPX")
STORED_AS = {"UST10Y": "DGS10", "VIX": "VIXCLS", "SPX": "SP500"}
DECIMALS = {"UST10Y": 2, "VIX": 2, "SPX": 2}
FIRST, COUNT, KNOWN = date(2024, 1, 2), 260, 200
LOADED_ON = date(2025, 1, 10)


@dataclass
class Table:
    """The cells of a file: a header, then rows of a date and one value a name."""

    header: list[str]
    rows: list[list[str]]
    cut: int = 0

    def text(self) -> str:
        """The file."""
        lines = [self.header, *self.rows]
        text = "".join(",".join(_quoted(cell) for cell in line) + "\n" for line in lines)
        return text[: len(text) - self.cut]


Corruption = Callable[[Table, Random], None]
CORRUPTIONS: list[Corruption] = []


def corruption(function: Corruption) -> Corruption:
    """Enter a function in the list."""
    CORRUPTIONS.append(function)
    return function


def _quoted(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell


def sessions() -> list[date]:
    """Weekdays that are no holidays of New York or of the bond market, in 2024."""
    holidays = {
        *("2024-01-15", "2024-02-19", "2024-03-29", "2024-05-27", "2024-06-19", "2024-07-04", "2024-09-02"),
        *("2024-10-14", "2024-11-11", "2024-11-28", "2024-12-25", "2025-01-01", "2025-01-09"),
    }
    days = (FIRST + timedelta(days=at) for at in range(2 * COUNT))
    return [day for day in days if day.weekday() < 5 and day.isoformat() not in holidays][:COUNT]


def truth(random: Random) -> Table:
    """A quiet year: a yield, a volatility and a price that walk by a per cent or so a day."""
    levels = {"UST10Y": 4.2, "VIX": 16.0, "SPX": 4800.0}
    rows = []
    for day in sessions()[:COUNT]:
        if day >= LOADED_ON:
            break
        levels["UST10Y"] += random.gauss(0, 0.04) + 0.02 * (4.2 - levels["UST10Y"])
        levels["VIX"] *= 1 + random.gauss(0, 0.03) + 0.02 * (16.0 / levels["VIX"] - 1)
        levels["SPX"] *= 1 + random.gauss(0.0003, 0.008)
        rows.append([day.isoformat(), *(f"{levels[name]:.{DECIMALS[name]}f}" for name in NAMES)])
    return Table(["Date", *NAMES], rows)


def values(table: Table) -> dict[tuple[str, str], float]:
    """The value of each stored series on each day."""
    return {
        (STORED_AS[name], row[0]): float(cell)
        for row in table.rows
        for name, cell in zip(table.header[1:], row[1:], strict=True)
    }


def _spot(table: Table, random: Random, *, new: bool = False) -> tuple[int, int]:
    """A row and a column of values, not near the ends; `new` for a row that no load before had."""
    first = KNOWN + 10 if new else 20
    return random.randrange(first, len(table.rows) - 12), random.randrange(1, 4)


@corruption
def letter_for_digit(table: Table, random: Random) -> None:
    """O for 0, l for 1."""
    row, column = _spot(table, random)
    table.rows[row][column] = table.rows[row][column].replace(".", ".O")


@corruption
def comma_for_point(table: Table, random: Random) -> None:
    """One value typed by a German hand."""
    row, column = _spot(table, random)
    table.rows[row][column] = table.rows[row][column].replace(".", ",")


@corruption
def second_point(table: Table, random: Random) -> None:
    """A point twice."""
    row, column = _spot(table, random)
    table.rows[row][column] += ".5"


@corruption
def space_inside(table: Table, random: Random) -> None:
    """A space between the digits."""
    row, column = _spot(table, random)
    table.rows[row][column] = table.rows[row][column].replace(".", " .")


@corruption
def percent_sign(table: Table, random: Random) -> None:
    """A percentage of a series that is in points."""
    row, _ = _spot(table, random)
    table.rows[row][2] += "%"


def _scaled(table: Table, rows: range, column: int, factor: float) -> None:
    for row in rows:
        table.rows[row][column] = f"{float(table.rows[row][column]) * factor:.4f}"


@corruption
def hundredfold_from_here(table: Table, random: Random) -> None:
    """Basis points for per cent, from some day on."""
    row, _ = _spot(table, random, new=True)
    _scaled(table, range(row, len(table.rows)), 1, 100)


@corruption
def thousandfold_from_here(table: Table, random: Random) -> None:
    """A price without its thousands."""
    row, _ = _spot(table, random, new=True)
    _scaled(table, range(row, len(table.rows)), 3, 0.001)


@corruption
def hundredth_from_here(table: Table, random: Random) -> None:
    """Fractions for points."""
    row, column = _spot(table, random, new=True)
    _scaled(table, range(row, len(table.rows)), column, 0.01)


@corruption
def hundredth_throughout(table: Table, random: Random) -> None:
    """The whole column in another unit than the one loaded before."""
    _scaled(table, range(len(table.rows)), random.randrange(1, 4), 0.01)


@corruption
def tenfold_once(table: Table, random: Random) -> None:
    """The point one digit too far right."""
    row, column = _spot(table, random)
    _scaled(table, range(row, row + 1), column, 10)


@corruption
def tenth_once(table: Table, random: Random) -> None:
    """The point one digit too far left."""
    row, column = _spot(table, random)
    _scaled(table, range(row, row + 1), column, 0.1)


@corruption
def minus_once(table: Table, random: Random) -> None:
    """A sign that does not belong there."""
    row, column = _spot(table, random)
    table.rows[row][column] = "-" + table.rows[row][column]


@corruption
def zero_once(table: Table, random: Random) -> None:
    """A zero for a missing value."""
    row, column = _spot(table, random)
    table.rows[row][column] = "0"


@corruption
def nines_once(table: Table, random: Random) -> None:
    """Another vendor's word for a missing value."""
    row, column = _spot(table, random)
    table.rows[row][column] = "-999.99"


@corruption
def neighbours_cell(table: Table, random: Random) -> None:
    """The yield of a day in the place of its price."""
    row, _ = _spot(table, random)
    table.rows[row][3] = table.rows[row][1]


@corruption
def swapped_cells(table: Table, random: Random) -> None:
    """Two values of a day in each other's place."""
    row, _ = _spot(table, random)
    cells = table.rows[row]
    cells[2], cells[3] = cells[3], cells[2]


@corruption
def swapped_headings(table: Table, _random: Random) -> None:
    """The names of two columns in each other's place."""
    table.header[1], table.header[3] = table.header[3], table.header[1]


@corruption
def standing_still(table: Table, random: Random) -> None:
    """A feed that stopped and repeats itself."""
    row, column = _spot(table, random, new=True)
    for at in range(row, len(table.rows)):
        table.rows[at][column] = table.rows[row][column]


@corruption
def other_value_of_a_day(table: Table, random: Random) -> None:
    """The same day twice, with different values."""
    row, column = _spot(table, random)
    again = list(table.rows[row])
    again[column] = f"{float(again[column]) * 1.01:.2f}"
    table.rows.insert(row + 3, again)


@corruption
def day_of_the_future(table: Table, random: Random) -> None:
    """A year too late."""
    row, _ = _spot(table, random)
    table.rows[row][0] = table.rows[row][0].replace("2024", "2034")


@corruption
def day_of_the_past(table: Table, random: Random) -> None:
    """A thousand years too early."""
    row, _ = _spot(table, random)
    table.rows[row][0] = table.rows[row][0].replace("2024", "1024")


@corruption
def day_that_is_none(table: Table, random: Random) -> None:
    """The thirtieth of February."""
    row, _ = _spot(table, random)
    table.rows[row][0] = "2024-02-30"


@corruption
def other_date_style(table: Table, random: Random) -> None:
    """One date written by another hand."""
    row, _ = _spot(table, random)
    year, month, day = table.rows[row][0].split("-")
    table.rows[row][0] = f"{month}/{day}/{year}"


@corruption
def weekend(table: Table, random: Random) -> None:
    """A Friday dated as the Saturday after it."""
    fridays = [at for at, row in enumerate(table.rows) if date.fromisoformat(row[0]).weekday() == 4]
    row = random.choice(fridays[5:-5])
    table.rows[row][0] = (date.fromisoformat(table.rows[row][0]) + timedelta(days=1)).isoformat()


@corruption
def lagged(table: Table, random: Random) -> None:
    """A column slipped down by a row."""
    column = random.randrange(1, 4)
    cells = [row[column] for row in table.rows]
    for row, cell in zip(table.rows[1:], cells, strict=False):
        row[column] = cell


@corruption
def long_row(table: Table, random: Random) -> None:
    """A cell too many, so that the rest stands one place too far right."""
    row, column = _spot(table, random)
    table.rows[row].insert(column, "4.00")


@corruption
def short_row(table: Table, random: Random) -> None:
    """A cell too few."""
    row, column = _spot(table, random)
    del table.rows[row][column]


@corruption
def formula_error(table: Table, random: Random) -> None:
    """A word of a spreadsheet."""
    row, column = _spot(table, random)
    table.rows[row][column] = random.choice(["#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])


@corruption
def saved_too_early(table: Table, random: Random) -> None:
    """An export that was not complete."""
    row, column = _spot(table, random)
    table.rows[row][column] = "#N/A Requesting Data..."


@corruption
def cut_in_a_number(table: Table, _random: Random) -> None:
    """The last digits are gone."""
    table.cut = 3


@corruption
def rebased(table: Table, random: Random) -> None:
    """History that was adjusted although it should not be."""
    _scaled(table, range(len(table.rows)), 3, random.choice([0.97, 1.03]))
