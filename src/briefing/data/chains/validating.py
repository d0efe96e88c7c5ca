"""All rules over one chain: findings with their place, the marks that stay with contracts, and problems."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from briefing import numbers
from briefing.data.chains.chain import Chain
from briefing.data.chains.field_words import FIELD_WORDS
from briefing.data.chains.reading import ReadChain
from briefing.data.chains.rules.registry import ChainRule, Hit, Subject, all_chain_rules
from briefing.data.tidy import Flag
from briefing.data.validation.finding import Finding
from briefing.problems import Place, Problem, has_errors
from briefing.text import Label


@dataclass(frozen=True, slots=True, eq=False)
class ChainValidation:
    """The chain with `Flag.SUSPECT` on the contracts that a rule doubts, and what every rule found.

    `problems` tell the findings in words; the file is refused when one is an error.
    """

    chain: Chain
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> bool:
        """Whether nothing of the file may enter the store."""
        return has_errors(self.problems)


def validate_chain(read: ReadChain, before: Chain | None, loaded_on: date, *, file: str) -> ChainValidation:
    """Judge a chain by every rule; all run. Nothing is changed but marks, and nothing is repaired.

    `before` is the newest stored chain of the same root and clock until this one's session, `loaded_on`
    the day of the load's vintage. `file` names the table in messages.
    """
    subject = Subject(read, before, loaded_on)
    suspect = np.zeros(len(read.chain), dtype=bool)
    findings: list[Finding] = []
    problems: list[Problem] = []
    for entry in all_chain_rules().values():
        for hit in entry.judge(subject):
            found = _finding(entry, read.chain, hit)
            findings.append(found)
            problems.append(_problem(entry, read.chain, hit, found, file))
            if entry.doubts:
                suspect[hit.places] = True
    flags = np.where(suspect, np.uint8(Flag.SUSPECT), read.chain.flags).astype(np.uint8)
    return ChainValidation(replace(read.chain, flags=flags), tuple(findings), tuple(problems))


def _first(chain: Chain, hit: Hit) -> int | None:
    """The place of the contract that stands first in the file; None when the hit is of the whole chain."""
    return int(hit.places[np.argmin(chain.lines[hit.places])]) if len(hit.places) else None


def _finding(entry: ChainRule, chain: Chain, hit: Hit) -> Finding:
    first = _first(chain, hit)
    return Finding(
        rule=entry.name,
        severity=entry.severity,
        series=chain.root,
        first=chain.quote_date,
        last=chain.quote_date,
        count=len(hit.places),
        value=None if first is None else float(getattr(chain, hit.column)[first]),
        line=0 if first is None else int(chain.lines[first]),
        column=hit.column,
        what=hit.what,
    )


def _problem(entry: ChainRule, chain: Chain, hit: Hit, found: Finding, file: str) -> Problem:
    day = numbers.day(chain.quote_date)
    row_en, row_zh = (f", line {found.line}", f"第{found.line}行") if found.line else ("", "")
    contract = _contract(chain, _first(chain, hit), found)
    more = found.count - 1
    more_en, more_zh = (f" and {more:,} more contracts", f"，另有{more:,}個合約") if more > 0 else ("", "")
    return Problem(
        f"chain.{entry.name}",
        entry.severity,
        Place(file=file, row=found.line or None, column=found.column or None),
        Label(
            f"{file}{row_en}: {chain.root} of {day.en} {found.what.en}{contract.en}{more_en}.",
            f"{file}{row_zh}：{chain.root}（{day.zh}）{found.what.zh}{contract.zh}{more_zh}。",
        ),
        entry.hint,
    )


def _contract(chain: Chain, place: int | None, found: Finding) -> Label:
    """The contract that is named, and the value that a rule found in it."""
    if place is None:
        return Label("", "")
    name = f"{chain.option_root[place]} {chain.expiry[place]} {chain.strike[place]:.10g} {chain.cp[place]}"
    words = FIELD_WORDS[found.column]
    return Label(f" ({name}, {words.en} {found.value:g})", f"（{name}，{words.zh}為{found.value:g}）")
