"""Commands about the store: where the data lie, what was loaded, and what a person decides about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.options import JsonOption, VintageOption, WorkspaceOption, workspace_of
from briefing.cli.printing import language, print_json, print_line, print_problems, print_table
from briefing.data.loads import Load
from briefing.data.stores.consent import allow_server
from briefing.data.stores.contract import DataStore, Snapshot
from briefing.data.stores.folder import FolderStore
from briefing.data.stores.opening import open_store
from briefing.data.stores.places import SharedFolder, is_shared, make_shared, parse_place, place_of, server_of
from briefing.data.vintages import bound_of
from briefing.data.workspace import with_store
from briefing.problems import NOWHERE, Place, Refused, error
from briefing.text import Label, Side

app = typer.Typer(help="Where the data lie, and what was loaded.", invoke_without_command=True)

YesOption = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]

_DATASET_HEADS: dict[Side, tuple[str, ...]] = {
    "en": ("dataset", "loads", "series", "newest load"),
    "zh": ("資料集", "載入次數", "序列數", "最新版本"),
}
_LOAD_HEADS: dict[Side, tuple[str, ...]] = {
    "en": ("load", "vintage", "dataset", "file", "series", "state"),
    "zh": ("編號", "版本", "資料集", "檔案", "序列數", "狀態"),
}


@app.callback()
def show_store(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    thorough: Annotated[bool, typer.Option("--thorough", help="Read every file of a folder to its end.")] = False,
    json: JsonOption = False,
) -> None:
    """Show where the data lie, what is in there, and what of it cannot be read. Exits 1 when something cannot.

    What is said before the name of a command below is meant for that one.
    """
    if context.invoked_subcommand is not None:
        context.default_map = {context.invoked_subcommand: {"workspace": workspace, "json": json}}
        return
    store = open_store(workspace_of(workspace))
    view = store.snapshot()
    faults = store.damaged() if thorough and isinstance(store, FolderStore) else view.faults
    problems = [fault.problem for fault in faults]
    if json:
        print_json(_facts(store, view) | {"problems": [problem.as_json() for problem in problems]})
    else:
        _print_facts(store, view)
        print_problems(problems)
    if problems:
        raise typer.Exit(1)


@app.command("set")
def set_(
    place: Annotated[str, typer.Argument(help="“folder”, a path, or postgresql://user@server:5432/database.")],
    workspace: WorkspaceOption = None,
    yes: YesOption = False,
) -> None:
    """Say where the data of the workspace lie from now on. What was loaded elsewhere stays there."""
    room = workspace_of(workspace)
    text = "" if place == "folder" else place
    where = parse_place(text, room.root, Place(field="store"))
    if server_of(where):
        _ask(Label(f"Let this program talk to {server_of(where)}?", f"允許本程式連線至{server_of(where)}？"), yes=yes)
        allow_server(server_of(where))
    if isinstance(where, SharedFolder) and not is_shared(where.path):
        _ask(Label(f"Make a new store in {where.path}?", f"在{where.path}建立新的資料庫？"), yes=yes)
        make_shared(where.path)
    _print_facts(open_store(with_store(room, text)), None)


@app.command()
def allow(workspace: WorkspaceOption = None, yes: YesOption = False) -> None:
    """Allow the server that the workspace names, for you on this machine."""
    server = server_of(place_of(workspace_of(workspace)))
    if not server:
        raise Refused(
            error(
                "store.no_server",
                NOWHERE,
                Label("The data of this workspace lie on no server.", "此工作區的資料不在任何伺服器上。"),
                Label("There is nothing to allow.", "無須允許任何連線。"),
            )
        )
    _ask(Label(f"Let this program talk to {server}?", f"允許本程式連線至{server}？"), yes=yes)
    allow_server(server)
    print_line(Label(f"{server} is allowed.", f"已允許{server}。").of(language()))


@app.command()
def loads(workspace: WorkspaceOption = None, vintage: VintageOption = None, json: JsonOption = False) -> None:
    """List what was loaded, the newest last, hidden loads too."""
    view = open_store(workspace_of(workspace)).snapshot(bound_of(vintage))
    both = [(load, False) for load in view.loads] + [(load, True) for load in view.hidden]
    listed = sorted(both, key=lambda one: one[0].order)
    if json:
        print_json([{**load.as_json(), "hidden": hidden} for load, hidden in listed])
        return
    side = language()
    shown, away = Label("", ""), Label("hidden", "隱藏")
    print_table(
        _LOAD_HEADS[side],
        [
            (
                str(load.load_id),
                load.vintage,
                load.dataset,
                f"{load.file} {load.part}".strip(),
                str(len(load.series)),
                (away if hidden else shown).of(side),
            )
            for load, hidden in listed
        ],
    )


@app.command()
def hide(
    load: Annotated[list[int], typer.Argument(help="Numbers of loads, as “briefing store loads” lists them.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Undo imports: take loads out of sight. Views at earlier vintages keep them."""
    _decide(workspace, load, hidden=True)


@app.command()
def show(
    load: Annotated[list[int], typer.Argument(help="Numbers of loads that are hidden.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Show loads again that were hidden."""
    _decide(workspace, load, hidden=False)


@app.command()
def compact(
    dataset: Annotated[str | None, typer.Argument(help="One dataset; by default all.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Put the loads of each dataset into one file; the files of the loads go to the archive. No answer changes."""
    side = language()
    done = _folder(workspace).compact(dataset)
    for one in done:
        print_line(
            Label(
                f"{one.dataset}: {one.loads} loads in one file, {one.archived} files archived.",
                f"{one.dataset}：{one.loads}次載入合併為一檔，{one.archived}個檔案移至封存。",
            ).of(side)
        )
    if not done:
        print_line(Label("Nothing to compact.", "無須合併。").of(side))


@app.command()
def quarantine(
    file: Annotated[str, typer.Argument(help="The name of a file that “briefing store” calls damaged.")],
    workspace: WorkspaceOption = None,
    yes: YesOption = False,
) -> None:
    """Set a damaged file of the store aside. What it held is missing until it is imported again."""
    _ask(Label(f"Set {file} aside? What it held will be missing.", f"隔離{file}？其中的資料將會缺漏。"), yes=yes)
    fault = _folder(workspace).set_aside(Path(file).name)
    names = sorted(fault.series or ())
    print_line(
        Label(
            f"Set aside. Import again the files of: {', '.join(names) or 'unknown series'}.",
            f"已隔離。請重新匯入下列序列的檔案：{'、'.join(names) or '序列不明'}。",
        ).of(language())
    )


@app.command()
def unlock(workspace: WorkspaceOption = None, yes: YesOption = False) -> None:
    """Break the lock of a writer that is surely gone."""
    store = _folder(workspace)
    _ask(Label("Is the program that was writing surely gone?", "確定正在寫入的程式已不存在？"), yes=yes)
    held = store.break_lock()
    who = held.holder.host if held else "?"
    print_line(Label(f"The lock of {who} is broken.", f"已解除{who}的鎖定。").of(language()))


def _decide(workspace: Path | None, load_ids: list[int], *, hidden: bool) -> None:
    store = open_store(workspace_of(workspace))
    with store.writing() as writer:
        writer.hide(load_ids, hidden=hidden)
    _print_facts(store, store.snapshot())


def _folder(workspace: Path | None) -> FolderStore:
    """The store, when it is a folder. Raises `Refused` for a database, which needs none of this."""
    store = open_store(workspace_of(workspace))
    if isinstance(store, FolderStore):
        return store
    raise Refused(
        error(
            "store.no_folder",
            NOWHERE,
            Label(
                "This is for stores in folders; the data are in a database.",
                "此指令僅適用於資料夾，目前資料位於資料庫伺服器。",
            ),
            Label("The server sees to that by itself.", "伺服器會自行處理。"),
        )
    )


def _ask(question: Label, *, yes: bool) -> None:
    """Ask a person. Raises `Refused` for a no, and where nobody can answer."""
    if yes or (_is_answered() and typer.confirm(question.of(language()))):
        return
    raise Refused(
        error(
            "store.not_confirmed",
            NOWHERE,
            Label("Nothing was done, because nobody said yes.", "未獲確認，因此未執行任何動作。"),
            Label("Answer yes, or give --yes.", "請回答「y」，或加上--yes。"),
        )
    )


def _is_answered() -> bool:
    """Whether somebody sits at the terminal."""
    return typer.get_text_stream("stdin").isatty()


def _facts(store: DataStore, view: Snapshot) -> dict[str, object]:
    facts = store.facts
    return {
        "kind": facts.kind.as_json(),
        "place": facts.place,
        "writable": facts.writable,
        "remote": facts.remote,
        "vintage": view.pin.text if view.loads else None,
        "loads": len(view.loads),
        "hidden": len(view.hidden),
        "datasets": [_dataset_facts(name, found) for name, found in _datasets(view).items()],
    }


def _dataset_facts(name: str, found: list[Load]) -> dict[str, object]:
    series = {series for load in found for series in load.series}
    return {"name": name, "loads": len(found), "series": len(series), "vintage": found[-1].vintage}


def _datasets(view: Snapshot) -> dict[str, list[Load]]:
    out: dict[str, list[Load]] = {}
    for load in view.loads:
        out.setdefault(load.dataset, []).append(load)
    return dict(sorted(out.items()))


def _print_facts(store: DataStore, view: Snapshot | None) -> None:
    side, facts = language(), store.facts
    print_line(Label(f"{facts.kind.en}: {facts.place}", f"{facts.kind.zh}：{facts.place}").of(side))
    if not facts.writable:
        print_line(Label("You may read it, not import into it.", "您僅能讀取，無法匯入。").of(side))
    if view is None or not (view.loads or view.hidden):
        return
    print_line(
        Label(
            f"{len(view.loads)} loads, {len(view.hidden)} hidden; vintage {view.pin.text}",
            f"{len(view.loads)}次載入，{len(view.hidden)}次隱藏；版本{view.pin.text}",
        ).of(side)
    )
    rows = [
        (name, str(len(found)), str(len({one for load in found for one in load.series})), found[-1].vintage)
        for name, found in _datasets(view).items()
    ]
    print_table(_DATASET_HEADS[side], rows)
