"""The real store under the knife: a typist that types and saves until it is killed, and what is left of it.

Run as `typist.py FOLDER ROUNDS STORE`; prints one line of JSON. STORE is `real`, or one with the
protection taken out: `in-place` saves by writing over the file, `debounced` keeps a journal that waits
for a pause in the typing. Each round is a forked process, so nothing is imported twice.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from briefing.blocks.pair import Pair
from briefing.note import Note, with_block
from briefing.problems import Refused
from briefing.store.journal import Journal, begin, origin_of, rebased
from briefing.store.notefile import note_bytes, read_note
from briefing.store.recovery import recoverable_of, reopen
from briefing.store.saving import Saved, save
from briefing.store.versions import digest_of
from briefing.text import Text

NOW = datetime(2025, 1, 15, 7, 30, tzinfo=UTC)
WORDS = "殖利率下滑 The curve steepened, 10Y −12bp. "
FILLING = "市場靜待聯準會決議。" * 1200


def typed(keys: int) -> str:
    """What stands in the paragraph after so many keys."""
    return (WORDS * (keys // len(WORDS) + 1))[:keys]


def note_after(keys: int) -> Note:
    blocks = (Pair(id="typed", text=Text("", typed(keys))), Pair(id="rest", text=Text("", FILLING)))
    return Note(date=date(2025, 1, 15), blocks=blocks)


class Debounced:
    """A journal as many programs have it: it waits for a pause of a second before it writes anything."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._pending: Note | None = None
        self._last = time.monotonic()

    def record(self, note: Note) -> None:
        now = time.monotonic()
        if self._pending is not None and now - self._last > 1.0:
            self._journal.record(self._pending)
        self._pending, self._last = note, now


def save_in_place(path: Path, note: Note) -> None:
    with path.open("r+b") as file:
        file.truncate()
        content = note_bytes(note)
        for at in range(0, len(content), 256):
            file.write(content[at : at + 256])
            file.flush()


@dataclass(frozen=True)
class Desk:
    note: Path
    accepted: Path


def type_until_killed(desk: Desk, keys: int, store: str, tell: int) -> None:
    """Type from where the last round ended; every 10th key saves. Each accepted key is one byte in another file."""
    base = desk.note.read_bytes()
    recovered = recoverable_of(desk.note)
    journal = reopen(recovered) if recovered else begin(origin_of(desk.note, base), note_after(keys))
    digest = digest_of(base)
    writer: Journal | Debounced = Debounced(journal) if store == "debounced" else journal
    out = os.open(desk.accepted, os.O_WRONLY | os.O_APPEND)
    note = note_after(keys)
    os.write(tell, b".")
    while True:
        keys += 1
        note = with_block(note, Pair(id="typed", text=Text("", typed(keys))))
        writer.record(note)
        os.write(out, b".")
        if store == "in-place":
            save_in_place(desk.note, note)
        elif store == "real" and keys % 10 == 0:
            journal.about_to_save(note_bytes(note))
            saved = save(desk.note, note, base=digest, now=NOW)
            assert isinstance(saved, Saved), saved
            digest = saved.digest
            writer = journal = rebased(journal, origin_of(desk.note, saved.content), note)
        time.sleep(0.0005)


def what_is_left(desk: Desk) -> tuple[bool, int]:
    """Whether the file is one whole version, and how many keys are there in file and journal."""
    try:
        note, _ = read_note(desk.note.read_bytes())
    except Refused:
        return False, 0
    recovered = recoverable_of(desk.note)
    words = [entry.blocks[0].text.zh for entry in (note, recovered.note if recovered else note)]
    whole = all(text == typed(len(text)) for text in words) and note.blocks[1].text.zh == FILLING
    return whole, max(len(text) for text in words)


def killed(work: Callable[[int], None], chance: random.Random) -> None:
    """Let a child work and kill it: mostly while it types, one time in five while it still recovers."""
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(tell)
        finally:
            os._exit(70)
    os.close(tell)
    if chance.random() < 0.2:
        time.sleep(chance.uniform(0.0, 0.05))
    else:
        os.read(ready, 1)
        time.sleep(chance.uniform(0.005, 0.05))
    os.kill(child, signal.SIGKILL)
    os.close(ready)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"the typist ended by itself: {status}"


def main() -> None:
    folder, rounds, store = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    desk = Desk(folder / "note.brief", folder / "accepted")
    desk.accepted.touch()
    desk.note.write_bytes(note_bytes(note_after(0)))
    chance = random.Random(rounds)
    torn = lost = there = 0
    for _ in range(rounds):
        killed(lambda tell, start=there: type_until_killed(desk, start, store, tell), chance)
        whole, there = what_is_left(desk)
        accepted = desk.accepted.stat().st_size
        torn += not whole
        lost += max(0, accepted - there)
        if not whole or there < accepted:
            desk.note.write_bytes(note_bytes(note_after(there)))
        os.truncate(desk.accepted, there)
    print(json.dumps({"rounds": rounds, "keys": there, "torn": torn, "lost": lost}))


if __name__ == "__main__":
    main()
