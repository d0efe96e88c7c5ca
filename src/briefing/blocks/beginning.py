"""The note that a new one begins as: every part of the page, waiting for words."""

from __future__ import annotations

from datetime import date

from briefing.blocks.disclosure import Disclosure
from briefing.blocks.heading import Heading
from briefing.blocks.key_points import KeyPoints
from briefing.blocks.pair import Pair
from briefing.note import Note, new_id
from briefing.text import Text


def first_note(day: date, vintage: str | None = None) -> Note:
    """A note dated and as of a day, with key points, one section and the disclosure; pinned to a vintage, if one is given."""
    return Note(
        date=day,
        as_of=day,
        vintage=vintage,
        title=Text("Market briefing", "市場簡報"),
        blocks=(
            KeyPoints(id=new_id()),
            Heading(id=new_id(), text=Text("What moved", "市場動態")),
            Pair(id=new_id()),
            Disclosure(id=new_id()),
        ),
    )
