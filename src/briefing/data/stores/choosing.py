"""Which partition files give a view of a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from briefing.data.loads import Load
from briefing.data.stores.partitions import Partition
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label


def chosen(
    loads: Iterable[Load], there: Sequence[Partition], archived: Callable[[], Sequence[Partition]]
) -> tuple[Partition, ...]:
    """Partitions that hold exactly the rows of some loads, the fewest files first.

    A compaction stands for the loads that it covers when all of them are wanted; when only some are,
    their own files are taken, which lie in the archive. Raises `Refused` when they are not there any more.
    """
    wanted = set(loads)
    out: list[Partition] = []
    _take(there, wanted, out)
    if wanted:
        _take(archived(), wanted, out)
    if wanted:
        raise Refused(_gone(wanted))
    return tuple(sorted(out, key=lambda item: item.load.order))


def _take(partitions: Sequence[Partition], wanted: set[Load], out: list[Partition]) -> None:
    for item in sorted(partitions, key=lambda item: (-len(item.loads), item.load.order)):
        if wanted.issuperset(item.loads):
            wanted.difference_update(item.loads)
            out.append(item)


def _gone(wanted: Iterable[Load]) -> Problem:
    missing = sorted(wanted, key=lambda load: load.order)
    datasets = ", ".join(sorted({load.dataset for load in missing}))
    numbers = ", ".join(str(load.load_id) for load in missing[:5]) + (" …" if len(missing) > 5 else "")
    return error(
        "store.archived",
        Place(),
        Label(
            f"This view of {datasets} needs the loads {numbers} one by one; they were compacted and are not in the archive.",
            f"此資料版本需要{datasets}的個別載入（{numbers}），但已合併且不在封存資料夾中。",
        ),
        Label(
            "Bring the archive folder of the store back, or take a newer vintage.",
            "請還原資料庫的封存資料夾，或改用較新的版本。",
        ),
    )
