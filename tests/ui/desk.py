"""Jobs that answer at once from a table, and a small market, for tests of the window's parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from briefing.problems import NOWHERE, Refused, warning
from briefing.store.notefile import note_bytes, read_note
from briefing.text import Label
from briefing_ui.jobs import Jobs, Reply

Answering = Callable[[Mapping[str, Any], bytes], tuple[Mapping[str, Any], bytes]]


class TableJobs(Jobs):
    """Jobs without processes: verbs are looked up in a table. What was asked is kept in `asked`."""

    def __init__(self, verbs: Mapping[str, Answering]) -> None:
        super().__init__(commands={})
        self.verbs = dict(verbs)
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def ask(self, worker: str, verb: str, args: Mapping[str, Any], on_reply: Any, **options: Any) -> None:
        self.asked.append((verb, dict(args)))
        try:
            result, body = self.verbs[verb](args, options.get("body", b""))
        except Refused as refused:
            on_reply(Reply({}, b"", refused.problems))
        else:
            on_reply(Reply(result, body))

    def always_first(self, worker: str, verb: str, args: Mapping[str, Any]) -> None:
        """There is no process to be told."""

    def start(self) -> None:
        """There is no process to be started."""

    def busy(self, worker: str) -> bool:
        return False

    def log(self, worker: str) -> str:
        return ""


def meta(series_id: str, en: str, zh: str, tag: str = "rates", late: Any = None, **more: Any) -> dict[str, Any]:
    """A series as the data worker lists it."""
    return {
        "id": series_id,
        "aliases": [],
        "name": {"en": en, "zh": zh},
        "short": {"en": en, "zh": zh},
        "kind": "yield",
        "unit": "%",
        "delta_unit": "bp",
        "decimals": 2,
        "calendar": "US",
        "source": {"en": "Synthetic", "zh": "合成資料"},
        "tags": [tag],
        "last": "2026-03-06",
        "late": late,
        "caveats": {},
        "pauses": [],
    } | more


METAS = (
    meta("UST10Y", "10-year Treasury yield", "美國10年期公債殖利率", aliases=["DGS10"]),
    meta(
        "UST2Y",
        "2-year Treasury yield",
        "美國2年期公債殖利率",
        last="2026-03-03",
        late={"last": "2026-03-03", "sessions": 3, "freq": "D"},
    ),
    meta("VIX", "VIX", "VIX指數", tag="volatility", kind="volatility", unit="points", delta_unit="points"),
)
TAGS = {"rates": {"en": "Rates", "zh": "利率"}, "volatility": {"en": "Volatility", "zh": "波動率"}}


def mover(entry: Mapping[str, Any], zscore: float | None, change: float, **more: Any) -> dict[str, Any]:
    """A row of movers as the data worker sends it."""
    sign = "+" if change > 0 else "\N{MINUS SIGN}" if change < 0 else ""
    text = {"en": f"{sign}{abs(change):.1f}bp", "zh": f"{sign}{abs(change):.1f}個基點"}
    return {
        "series": entry["id"],
        "name": entry["name"],
        "short": entry["short"],
        "kind": entry["kind"],
        "unit": entry["unit"],
        "delta_unit": entry["delta_unit"],
        "date": "2026-03-06",
        "last": 4.25,
        "last_text": {"en": "4.25%", "zh": "4.25%"},
        "base_date": "2026-03-05",
        "change_1d": change,
        "change_1d_text": text,
        "change_1w": change * 2,
        "change_1w_text": text,
        "zscore": zscore,
        "percentile": 62.0,
        "percentile_text": {"en": "62nd percentile", "zh": "第62百分位"},
        "window_start": "2025-03-07",
        "n": 252,
        "largest_since": {"en": "largest 1d drop since 14 Dec 2023", "zh": "自2023年12月14日以來最大單日跌幅"},
        "late": entry["late"],
        "doubts": [],
    } | more


def opened(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `open`."""
    folder = str(args["workspace"])
    return {
        "workspace": folder,
        "as_of": "2026-03-06",
        "newest": "2026-03-06",
        "vintage": "20260306T211500Z-3",
        "series": list(METAS),
        "tags": TAGS,
        "problems": [],
    }, b""


def moved(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `movers`."""
    return {"rows": [mover(METAS[0], -2.4, -10.0), mover(METAS[1], 1.9, 5.0), mover(METAS[2], None, 0.0)]}, b""


def sent(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `series`: three days each."""
    known = {entry["id"]: entry for entry in METAS}
    packed = np.array([20515, 20516, 20517], "<i4").tobytes() + np.array([4.0, 4.1, 4.25], "<f8").tobytes()
    ids = args["ids"]
    return {"series": [{**known[one], "n": 3} for one in ids]}, packed * len(ids)


def valued(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `values`."""
    made = {
        ref: {
            "ref": ref,
            "value": 4.25,
            "unit": "%",
            "text": {"en": "4.25%", "zh": "4.25%"},
            "late": None,
            "problems": [],
        }
        for ref in args["refs"]
    }
    return {"values": made}, b""


def standing(entry: Mapping[str, Any], state: str, words: Mapping[str, str], **more: Any) -> dict[str, Any]:
    """A row of health as the data worker sends it."""
    return {
        "series": entry["id"],
        "name": entry["name"],
        "state": state,
        "words": words,
        "last": entry["last"],
        "expected": "2026-03-09",
        "due": "2026-03-10",
        "late": entry["late"],
        "calendar": entry["calendar"],
        "freq": "D",
        "rows": 3,
        "formula": "",
        "origin": {
            "dataset": "FRED",
            "file": f"{entry['id']}.csv",
            "folder": "/data/fred",
            "part": "",
            "vintage": "20260306T211500Z",
            "loaded_at": "2026-03-06T21:15:00Z",
            "load_id": 3,
        },
        "flags": [],
        "more_flags": 0,
        "refused": None,
        "problems": [],
    } | more


HEALTH = (
    standing(METAS[1], "late", {"en": "3 sessions late, last 3 Mar 2026", "zh": "遲3個交易日，最新為2026年3月3日"}),
    standing(METAS[0], "fresh", {"en": "last 6 Mar 2026", "zh": "最新為2026年3月6日"}),
    standing(METAS[2], "fresh", {"en": "last 6 Mar 2026", "zh": "最新為2026年3月6日"}),
)


def stood(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `health`: one series is late."""
    return {"rows": list(HEALTH)}, b""


def loaded(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `loads`: one file that is seen, and one that is hidden."""
    seen = {"load_id": 3, "batch": [3], "file": "UST2Y.csv", "dataset": "FRED", "series": ["UST2Y"], "hidden": False}
    hidden = seen | {"load_id": 2, "batch": [2], "file": "VIX.csv", "series": ["VIX"], "hidden": True}
    return {"loads": [one | {"loaded_at": "2026-03-06T21:15:00Z"} for one in (seen, hidden)]}, b""


def revised(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `revisions`: one value of the 10-year yield."""
    row = {
        "series": "UST10Y",
        "name": METAS[0]["name"],
        "date": "2026-03-04",
        "old_text": {"en": "4.10%", "zh": "4.10%"},
        "new_text": {"en": "4.12%", "zh": "4.12%"},
        "file": "DGS10.csv",
        "vintage": "20260306T211500Z",
    }
    rows = [row] if args.get("series", "") in {"", row["series"]} else []
    return {"rows": rows, "count": len(rows)}, b""


def waiting(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `pending`: no folder is watched."""
    return {"folders": [], "files": [], "elsewhere": False}, b""


def refreshed(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `refresh`: nothing was new."""
    return {"reports": [], "unchanged": 0, "problems": []}, b""


ENTRY: Mapping[str, Any] = {
    "name_en": "VIX",
    "name_zh": "VIX指數",
    "short_en": "VIX",
    "short_zh": "VIX",
    "kind": "volatility",
    "unit": "points",
    "delta_unit": "points",
    "decimals": 2,
    "calendar": "XNYS",
    "freq": "D",
    "source_en": "Cboe",
    "source_zh": "芝加哥選擇權交易所",
    "tags": ["volatility", "equity_vol"],
    "tolerated_age": 1,
}
"""What is shipped of a series of volatility."""


def entered(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `catalogue_entry`: VIX is shipped, and the workspace says that it has one decimal."""
    if args["id"] != "VIX":
        return {"row": {}, "shipped": {}, "own": {}}, b""
    return {"row": {**ENTRY, "decimals": 1}, "shipped": dict(ENTRY), "own": {"decimals": 1}}, b""


def tried(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `catalogue_try`: nothing is wrong."""
    return {"row": {**ENTRY, **args["change"]}, "problems": []}, b""


MARKET_VERBS: Mapping[str, Answering] = {
    "open": opened,
    "movers": moved,
    "series": sent,
    "values": valued,
    "health": stood,
    "loads": loaded,
    "revisions": revised,
    "catalogue_entry": entered,
    "catalogue_try": tried,
    "pending": waiting,
    "refresh": refreshed,
}


FOUND = warning("late", NOWHERE, Label("Late.", "延遲。"), Label("Refresh.", "請更新。"))
"""What the renderer below finds in every note."""


def parsed(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `note`: the bytes, read and written again."""
    note, problems = read_note(body, str(args["name"]))
    return {"problems": [problem.as_json() for problem in problems]}, note_bytes(note)


def completed(args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The answer to `complete`: nothing to offer."""
    return {"candidates": []}, b""


class Renderer:
    """A render worker in three lines: pages of one colour, and boxes where the test wants them."""

    def __init__(self) -> None:
        self.pages = 3
        self.boxes = [{"block": "head0001", "page": 2, "x": 50.0, "y": 100.0, "width": 300.0, "height": 20.0}]
        self.refusal: Refused | None = None
        self.drawn: list[tuple[int, float]] = []

    def view(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        return {"request": {"view": {}}, "problems": [FOUND.as_json()]}, b""

    def render(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        if self.refusal is not None:
            raise self.refusal
        return {
            "pages": [{"width": 595.0, "height": 842.0}] * self.pages,
            "anchors": self.boxes,
            "problems": [],
        }, b"%PDF"

    def images(self, args: Mapping[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        width, height = round(595 * args["scale"]), round(842 * args["scale"])
        self.drawn += [(page, args["scale"]) for page in args["pages"]]
        made = [{"page": page, "width": width, "height": height, "scale": args["scale"]} for page in args["pages"]]
        return {"pages": made}, b"\xff\xf0\xe0\x00" * (width * height) * len(made)
