"""How large a file may be before it is expanded, and how much of it is read."""

from __future__ import annotations

MOST_ENTRIES = 10_000
"""Members of an archive."""

MOST_EXPANDED = 500_000_000
"""Bytes of all members of an archive together, as its directory declares them."""

MOST_IN_MEMORY = 200_000_000
"""Bytes of one member that is held in memory as a whole."""

MOST_RATIO = 200
"""How many times its packed size a member above `SMALL` may be."""

SMALL = 1_000_000
"""Bytes of a member below which its ratio does not matter."""

MOST_COLUMNS = 5_000
"""Columns of a table."""

MOST_ROWS = 1_500_000
"""Rows of a table that are not blank."""

MOST_CELLS = 8_000_000
"""Rows times columns of all tables of a file together."""

MOST_SHEET_CELLS = 5_000_000
"""The same for workbooks, whose cells take longest to read."""

MOST_LINES = 5_000_000
"""Lines of a text file."""

MOST_IN_CELL = 131_072
"""Characters of one cell, as in a text file."""

MOST_TEXT = 300_000_000
"""Characters of all cells of a table together, each counted as often as it stands."""

MOST_DEPTH = 64
"""How deep elements of XML or values of JSON may nest."""
