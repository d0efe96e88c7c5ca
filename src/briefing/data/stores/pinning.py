"""The bound that gives a view of a store again later."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.data.loads import Hiding, Load
from briefing.data.vintages import Bound
from briefing.problems import NOWHERE, Refused, error
from briefing.text import Label


def pin_of(loads: Iterable[Load], hidings: Iterable[Hiding]) -> Bound:
    """The bound just after the last of what a view admits. Raises `Refused` for a view of nothing."""
    orders = [*(load.order for load in loads), *(hiding.order for hiding in hidings)]
    if not orders:
        raise Refused(
            error(
                "store.empty",
                NOWHERE,
                Label("Nothing has been loaded yet.", "尚未載入任何資料。"),
                Label("Load some with “briefing import FILE”.", "請以「briefing import 檔案」匯入。"),
            )
        )
    return Bound(*max(orders))
