"""The two sides of a pair belong together: neither is stale, and both bind the same numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from briefing.bilingual.pairs import PairState, pair_state
from briefing.blocks.pair import Pair
from briefing.blocks.private import Private
from briefing.blocks.registry import texts
from briefing.checks.registry import Inspection, check
from briefing.inline import references
from briefing.problems import Place, Problem, error, warning
from briefing.text import Label, Side

_STALE: dict[PairState, tuple[tuple[Side, Label], ...]] = {
    PairState.EN_CHANGED: (
        ("zh", Label("The English changed after the Chinese was confirmed.", "確認中文之後英文又有改動。")),
    ),
    PairState.ZH_CHANGED: (
        ("en", Label("The Chinese changed after the English was confirmed.", "確認英文之後中文又有改動。")),
    ),
    PairState.BOTH_CHANGED: (
        ("en", Label("Both sides changed since they were confirmed.", "確認之後中英文皆有改動。")),
        ("zh", Label("Both sides changed since they were confirmed.", "確認之後中英文皆有改動。")),
    ),
}


@check("C14", Label("Neither side is older than the other", "中英文兩側皆為最新"))
def neither_side_is_stale(inspection: Inspection) -> Iterable[Problem]:
    """A side whose other one changed since both were confirmed."""
    for block in inspection.note.blocks:
        if isinstance(block, Pair):
            for side, message in _STALE.get(pair_state(block), ()):
                yield error(
                    "C14",
                    Place(block=block.id, field="text", side=side),
                    message,
                    Label("Bring it up to date and confirm the pair (Ctrl+Enter).", "請更新後確認此段（Ctrl+Enter）。"),
                )


@check("pair.references", Label("Both sides bind the same numbers", "中英文引用相同數據"))
def both_sides_bind_the_same(inspection: Inspection) -> Iterable[Problem]:
    """References that stand on one side only; how a number is written may differ."""
    for block in inspection.note.blocks:
        for field in () if isinstance(block, Private) else texts(block):
            if not (field.text.en.strip() and field.text.zh.strip()):
                continue
            en, zh = _bound(field.text.en), _bound(field.text.zh)
            sides: tuple[tuple[Side, Counter[str]], ...] = (("zh", en - zh), ("en", zh - en))
            for side, lacking in sides:
                if lacking:
                    names = [f"{{{name}}}" for name in lacking]
                    yield warning(
                        "pair.references",
                        Place(block=block.id, field=field.path, side=side),
                        Label(f"This side does not have {', '.join(names)}.", f"此側缺少{'、'.join(names)}。"),
                        Label("Bind the same number here.", "請在此引用同一數據。"),
                    )


def _bound(words: str) -> Counter[str]:
    return Counter((run.ref or "").partition("|")[0] for run in references(words))
