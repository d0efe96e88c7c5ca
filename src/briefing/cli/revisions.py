"""The command that lists past values which a load changed."""

from __future__ import annotations

from typing import Annotated

import typer

from briefing.cli.options import AsOfOption, JsonOption, VintageOption, WorkspaceOption, day_of, workspace_of
from briefing.cli.printing import language, print_json, print_line, print_table
from briefing.metrics.derived import open_source
from briefing.metrics.revisions import revisions
from briefing.text import Label, Side

_HEADS: dict[Side, tuple[str, ...]] = {
    "en": ("id", "name", "date", "before", "now", "file", "vintage"),
    "zh": ("代碼", "名稱", "日期", "原值", "新值", "檔案", "版本"),
}


def list_revisions(
    since: Annotated[
        str | None, typer.Option("--since", help="Only by loads after this vintage, like 20260306T211500Z.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_of: AsOfOption = None,
    vintage: VintageOption = None,
    json: JsonOption = False,
) -> None:
    """List the past values that later loads changed, with what they were."""
    found = revisions(open_source(workspace_of(workspace), day_of(as_of), vintage), since)
    if json:
        print_json([one.as_json() for one in found])
        return
    side = language()
    if not found:
        print_line(Label("No value was revised.", "沒有修正過的數值。").of(side))
        return
    rows = [
        (
            one.series,
            one.name.of(side),
            one.date.isoformat(),
            one.old_text.of(side),
            one.new_text.of(side),
            one.file,
            one.vintage,
        )
        for one in found
    ]
    print_table(_HEADS[side], rows)
