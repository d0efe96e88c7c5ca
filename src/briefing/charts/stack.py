"""Boxes in a column pushed apart, so that none covers another or leaves the column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Boxes that touch, in their order; `wish` is the sum of the tops that they would have together."""

    members: tuple[int, ...]
    size: float
    wish: float

    def start(self, top: float, bottom: float) -> float:
        return max(top, min(bottom - self.size, self.wish / len(self.members)))

    def joined(self, below: _Cluster) -> _Cluster:
        wish = self.wish + below.wish - self.size * len(below.members)
        return _Cluster(self.members + below.members, self.size + below.size, wish)


def stacked(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> tuple[float, ...]:
    """The centres of boxes, as near (in squares) to the wanted ones as they can be.

    The order of the wanted centres is kept. The heights together must fit between top and bottom.
    """
    clusters: list[_Cluster] = []
    for index in sorted(range(len(wanted)), key=lambda at: wanted[at]):
        clusters.append(_Cluster((index,), heights[index], wanted[index] - heights[index] / 2))
        while len(clusters) > 1 and _touch(clusters[-2], clusters[-1], top, bottom):
            last = clusters.pop()
            clusters[-1] = clusters[-1].joined(last)
    centres = [0.0] * len(wanted)
    for cluster in clusters:
        at = cluster.start(top, bottom)
        for index in cluster.members:
            centres[index] = at + heights[index] / 2
            at += heights[index]
    return tuple(centres)


def _touch(above: _Cluster, below: _Cluster, top: float, bottom: float) -> bool:
    return above.start(top, bottom) + above.size > below.start(top, bottom)
