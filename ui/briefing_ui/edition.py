"""Which edition of the note is shown and exported, and the requests that make it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from briefing.text import Label

EditionName = Literal["both", "en", "zh-Hant-TW"]
LayoutName = Literal["stacked", "columns"]

EDITION_LABELS: dict[EditionName, Label] = {
    "en": Label("EN", "英"),
    "zh-Hant-TW": Label("ZH", "中"),
    "both": Label("EN+ZH", "中英"),
}
EDITION_HINTS: dict[EditionName, Label] = {
    "en": Label("English edition", "英文版"),
    "zh-Hant-TW": Label("Chinese edition", "中文版"),
    "both": Label("Bilingual edition", "雙語版"),
}
LAYOUT_LABELS: dict[LayoutName, Label] = {
    "stacked": Label("English above Chinese", "英文在上、中文在下"),
    "columns": Label("English beside Chinese", "中英並列"),
}


@dataclass(frozen=True, slots=True)
class Edition:
    """Languages and arrangement of the page."""

    name: EditionName = "both"
    layout: LayoutName = "stacked"

    def args(self, *, draft: bool = False, attach: bool = False) -> dict[str, Any]:
        """The arguments of the data worker's `view`."""
        return {"edition": self.name, "layout": self.layout, "draft": draft, "attach": attach}
