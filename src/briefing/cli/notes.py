"""Commands about notes: a new one, its checks, its PDF, and what was not saved."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.options import AsOfOption, JsonOption, VintageOption, WorkspaceOption, day_of, workspace_of
from briefing.cli.printing import language, print_json, print_line, print_problems
from briefing.metrics.derived import open_source
from briefing.problems import Place, Problem, Refused, error, has_errors
from briefing.render.edition import edition_choice, inspect_note, write_edition
from briefing.store.opening import open_note
from briefing.text import Label

_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\\/:*?"<>|\ud800-\udfff]|^\.+$')
_LONGEST = 200

NoteArgument = Annotated[Path, typer.Argument(help="The .brief file.")]


def new(
    name: Annotated[
        str, typer.Argument(help="The name of the note, with or without .brief; by default its date.")
    ] = "",
    workspace: WorkspaceOption = None,
    as_of: AsOfOption = None,
    vintage: VintageOption = None,
) -> None:
    """Begin a note in the workspace's notes folder, dated at the newest observation, or pinned to a vintage."""
    from briefing.blocks.beginning import first_note
    from briefing.data.writing import write_file
    from briefing.store.notefile import note_bytes

    room = workspace_of(workspace)
    source = open_source(room, day_of(as_of), vintage)
    _check_name(name)
    target = room.notes / f"{name.removesuffix('.brief') or source.as_of.isoformat()}.brief"
    if target.exists():
        raise Refused(_taken(target))
    try:
        write_file(target, note_bytes(first_note(source.as_of, vintage)))
    except OSError as fault:
        raise Refused(_unwritable(target, fault)) from fault
    print_line(str(target))


def check(
    note: NoteArgument,
    workspace: WorkspaceOption = None,
    as_of: AsOfOption = None,
    vintage: VintageOption = None,
    json: JsonOption = False,
) -> None:
    """List every problem of a note. Exits 1 when one is an error."""
    opened = open_note(note)
    seen = replace(opened.note, as_of=day_of(as_of) or opened.note.as_of, vintage=vintage or opened.note.vintage)
    source = open_source(workspace_of(workspace, note), seen.as_of, seen.vintage)
    problems = (*opened.problems, *inspect_note(seen, source))
    if json:
        print_json([problem.as_json() for problem in problems])
    elif problems:
        print_problems(problems)
    else:
        print_line(Label("Nothing to fix.", "沒有需要修正之處。").of(language()))
    if has_errors(problems):
        raise typer.Exit(1)


def render(
    note: NoteArgument,
    output: Annotated[Path, typer.Option("-o", "--output", help="The PDF to write.")],
    *,
    workspace: WorkspaceOption = None,
    edition: Annotated[str, typer.Option("--edition", help="both, en or zh-Hant-TW.")] = "both",
    layout: Annotated[str, typer.Option("--layout", help="stacked or columns, for both languages.")] = "stacked",
    style: Annotated[str | None, typer.Option("--style", help="A house style; by default the note's own.")] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Print in spite of errors, with dashes and a watermark.")
    ] = False,
    as_of: AsOfOption = None,
    vintage: VintageOption = None,
) -> None:
    """Make the PDF of a note. With errors nothing is written and the exit code is 1, unless it is a draft."""
    choice = edition_choice(edition, layout, style, draft=draft)
    room = workspace_of(workspace, note)
    print_problems(write_edition(room, note, output, choice, as_of=day_of(as_of), vintage=vintage))
    print_line(f"PDF: {output}")


def recover(json: JsonOption = False) -> None:
    """List the text that was typed but not saved when the program ended."""
    from briefing.store.recovery import recoverable

    found = recoverable()
    if json:
        print_json([entry.as_json() for entry in found])
        return
    side = language()
    for entry in found:
        print_line(entry.summary.of(side))
    if not found:
        print_line(Label("Nothing to recover.", "沒有需要復原的內容。").of(side))


def _check_name(name: str) -> None:
    """A name is one part of a path, of a length and of signs that every system takes."""
    if len(name.encode("utf-8", "replace")) > _LONGEST or _UNFIT.search(name):
        raise Refused(
            error(
                "note.name",
                Place(),
                Label(f"“{name[:_LONGEST]}” cannot be the name of a note.", f"「{name[:_LONGEST]}」不能作為報告名稱。"),
                Label(
                    'Use a short name without folders and without \\ / : * ? " < > |',
                    '請使用簡短名稱，不含資料夾與\\ / : * ? " < > |',
                ),
            )
        )


def _unwritable(target: Path, fault: OSError) -> Problem:
    return error(
        "note.unwritable",
        Place(file=str(target)),
        Label(f"{target.name} cannot be written: {fault.strerror}.", f"無法寫入{target.name}：{fault.strerror}。"),
        Label("Make room, or choose a workspace where you may write.", "請騰出空間，或選擇可寫入的工作區。"),
    )


def _taken(target: Path) -> Problem:
    return error(
        "note.exists",
        Place(file=target.name),
        Label(f"There is a note {target.name} already.", f"已有名為{target.name}的報告。"),
        Label("Give the new one another name.", "請為新報告取另一個名稱。"),
    )
