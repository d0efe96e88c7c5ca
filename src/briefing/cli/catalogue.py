"""Commands about the catalogue: what is known of a series, and changing it for a workspace."""

from __future__ import annotations

from typing import Annotated

import typer

from briefing.cli.options import JsonOption, WorkspaceOption, workspace_of
from briefing.cli.printing import language, print_json, print_line, print_problems, print_table
from briefing.data.catalogue import load_catalogue
from briefing.data.catalogue_writing import entry_row, forget_entry, read_change
from briefing.data.entry import Entry
from briefing.data.workspace import Workspace
from briefing.problems import Place, Refused, error
from briefing.text import Label, Side, lang_of

_HEADS: dict[Side, tuple[str, ...]] = {
    "en": ("id", "aliases", "name", "kind", "unit"),
    "zh": ("代碼", "別名", "名稱", "類別", "單位"),
}

app = typer.Typer(help="What is known of series: names, kind, unit, calendar, source.", no_args_is_help=True)


@app.command("list")
def list_(
    query: Annotated[str, typer.Argument(help="Part of an id, a name or a tag, in either language.")] = "",
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """List the entries, the closest to the query first."""
    side = language()
    found = load_catalogue(workspace_of(workspace)).search(query, lang_of(side))
    if json:
        print_json([entry_row(entry) for entry in found])
        return
    print_table(
        _HEADS[side],
        [(one.series_id, ", ".join(one.aliases), one.name.of(side), one.kind.value, one.unit) for one in found],
    )


@app.command()
def show(
    series_id: Annotated[str, typer.Argument(metavar="ID", help="An id or an alias.")],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Show all that is known of a series."""
    _print_entry(_entry(workspace_of(workspace), series_id), json=json)


@app.command("set")
def set_(
    series_id: Annotated[str, typer.Argument(metavar="ID", help="The id; a new one makes a new entry.")],
    pairs: Annotated[list[str], typer.Argument(metavar="KEY=VALUE", help="Such as decimals=3; lists with commas.")],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Change an entry for this workspace; an empty value goes back to what is shipped."""
    from briefing.metrics.declaring import declare

    entry, problems = declare(workspace_of(workspace), series_id, read_change(_pairs(pairs)))
    _print_entry(entry, json=json)
    print_problems(problems)


@app.command()
def forget(
    series_id: Annotated[str, typer.Argument(metavar="ID", help="The id.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Take this workspace's own words of a series away."""
    forget_entry(workspace_of(workspace), series_id)


def _print_entry(entry: Entry, *, json: bool) -> None:
    row = entry_row(entry)
    if json:
        print_json(row)
        return
    for key, value in row.items():
        print_line(f"{key} = {', '.join(value) if isinstance(value, list) else value}")


def _entry(workspace: Workspace, series_id: str) -> Entry:
    entry = load_catalogue(workspace).entry(series_id)
    if entry is None:
        raise Refused(
            error(
                "catalogue.unknown",
                Place(field=series_id),
                Label(f"The catalogue has no series {series_id}.", f"目錄中沒有序列{series_id}。"),
                Label("Look for it with “briefing catalogue list”.", "請以「briefing catalogue list」搜尋。"),
            )
        )
    return entry


def _pairs(texts: list[str]) -> dict[str, str]:
    for text in texts:
        if "=" not in text:
            raise typer.BadParameter(f"{text} is not KEY=VALUE")
    return dict(text.split("=", 1) for text in texts)
