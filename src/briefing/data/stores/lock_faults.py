"""What may be wrong with the lock of writers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from briefing.problems import Place, Problem, error
from briefing.text import Label

if TYPE_CHECKING:
    from briefing.data.stores.lock import Held


def held(path: Path, holder: Held | None, waited: float, *, beating: bool) -> Problem:
    """Somebody else writes, or died while writing."""
    who = Label("another program", "另一個程式")
    if holder is not None:
        at = f"{holder.user}@{holder.holder.host}" if holder.user else holder.holder.host
        who = Label(
            f"{at} (process {holder.holder.pid}, since {holder.since})",
            f"{at}（程序{holder.holder.pid}，自{holder.since}起）",
        )
    alive = (
        Label("It gave signs of life meanwhile.", "等待期間該程式仍在運作。")
        if beating
        else Label("It gave no sign of life meanwhile.", "等待期間該程式沒有任何動靜。")
    )
    return error(
        "store.locked",
        Place(file=str(path)),
        Label(
            f"The store is being written by {who.en}; waited {waited:.0f} s. {alive.en}",
            f"資料庫正由{who.zh}寫入，已等候{waited:.0f}秒。{alive.zh}",
        ),
        Label(
            "Try again when it has finished. If that program is surely gone: “briefing store unlock --yes”.",
            "請待其完成後再試。若確定該程式已不存在，請執行「briefing store unlock --yes」。",
        ),
    )


def broken(path: Path) -> Problem:
    """Somebody took the lock away while we wrote."""
    return error(
        "store.lock_lost",
        Place(file=str(path)),
        Label("Somebody broke the lock of the store while it was being written.", "寫入資料庫期間，鎖定遭他人解除。"),
        Label("Nothing was written; import again.", "未寫入任何資料，請重新匯入。"),
    )


def no_lock(data: Path) -> Problem:
    """There is nothing to break."""
    return error(
        "store.no_lock",
        Place(file=str(data)),
        Label(f"Nobody holds the lock of {data}.", f"{data}目前沒有鎖定。"),
        Label("Import as usual.", "請照常匯入。"),
    )


def unwritable(data: Path, fault: OSError) -> Problem:
    """The system does not let us write there."""
    return error(
        "store.unwritable",
        Place(file=str(data)),
        Label(f"{data} cannot be written ({fault.strerror}).", f"無法寫入{data}（{fault.strerror}）。"),
        Label(
            "Make room or mend the rights; what was loaded before is untouched.",
            "請騰出空間或修正權限；先前的資料未受影響。",
        ),
    )
