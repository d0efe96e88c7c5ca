"""How messages name tables, and quote names that a file has."""

from __future__ import annotations

from briefing.data.intake.part_names import last_part, part_name
from briefing.data.reading.shape import quoting
from briefing.text import Label


def test_a_table_is_named_by_its_file_and_what_is_known_of_its_place() -> None:
    assert part_name("month.zip", "mb.xlsx", "Data") == "month.zip › mb.xlsx › Data"
    assert part_name("plain.csv", "") == "plain.csv"
    assert part_name("", "Data") == "Data"


def test_the_last_part_is_the_sheet_or_member_itself() -> None:
    assert last_part("mb.xlsx › Data") == "Data"
    assert last_part("Data") == "Data"


def test_four_names_are_quoted_and_more_are_hinted_at_in_each_languages_signs() -> None:
    codes = Label("Haver codes", "Haver代碼")
    assert quoting(codes, ["A", "B"]) == Label("Haver codes “A, B”", "Haver代碼「A、B」")
    assert quoting(codes, ["A", "B", "C", "D", "E"]) == Label("Haver codes “A, B, C, D …”", "Haver代碼「A、B、C、D……」")
