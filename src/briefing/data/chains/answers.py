"""Whether what a person said of a file of chains agrees with the file. What is said in vain is refused, not passed over."""

from __future__ import annotations

from briefing.data.chains.reading import ChainReading, ChainShape
from briefing.data.chains.underlying import named_underlying
from briefing.data.intake.choices import Choices
from briefing.data.reading.shape import Sheet
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label


def read_chains(sheet: Sheet, shape: ChainShape, choices: Choices) -> ChainReading:
    """Read the chains of a table. Raises `Refused` with questions, or when a choice contradicts the file."""
    reading = shape.read(sheet, shape, choices)
    title = sheet.grid.title
    roots = {one.chain.root for one in reading.chains}
    if choices.as_id and roots and roots != {named_underlying(sheet.grid, choices.as_id)}:
        raise Refused(_contradicted(title, "--as", choices.as_id, ", ".join(sorted(roots))))
    days = {one.chain.quote_date for one in reading.chains}
    if choices.quote_date is not None and days and days != {choices.quote_date}:
        raise Refused(
            _contradicted(title, "--quote-date", str(choices.quote_date), ", ".join(map(str, sorted(days)[:4])))
        )
    return reading


def _contradicted(title: str, option: str, said: str, found: str) -> Problem:
    return error(
        "chain.contradicted",
        Place(file=title),
        Label(
            f"{title} says {found} itself; {option} {said} contradicts it.",
            f"{title}本身註明{found}，與{option} {said}不符。",
        ),
        Label(f"Say {option} {found}, or nothing.", f"請改為{option} {found}，或不指定。"),
    )
