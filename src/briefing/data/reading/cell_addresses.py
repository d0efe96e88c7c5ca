"""Addresses of a workbook's cells, such as AB12."""

from __future__ import annotations

_LETTERS = 26


def column_letters(number: int) -> str:
    """The letters of a column counted from 1: 28 is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int | None:
    """The number of a column by its letters, in either case; None for what no workbook has."""
    if not 1 <= len(letters) <= 3 or not (letters.isascii() and letters.isalpha()):
        return None
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def address(column: int, line: int) -> str:
    """The address of a cell, both counted from 1."""
    return f"{column_letters(column)}{line}"
