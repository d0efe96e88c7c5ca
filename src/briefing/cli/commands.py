"""The table of commands, put together from the files that hold them."""

from __future__ import annotations

import typer

from briefing.cli import catalogue, chains, data, health, machine, notes, refreshing, revisions, store, team

app = typer.Typer(
    name="briefing",
    help="A folder of daily data becomes a bilingual client note.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("init")(data.init)
app.command("import")(data.import_)
app.command("refresh")(refreshing.refresh)
app.add_typer(refreshing.app, name="watch")
app.command("health")(health.show_health)
app.command("series")(data.series)
app.command("chains")(chains.list_chains)
app.command("metrics")(data.metrics)
app.command("value")(data.value)
app.command("movers")(data.movers)
app.command("revisions")(revisions.list_revisions)
store.app.command("create")(team.create)
store.app.command("roles")(team.roles)
store.app.command("check")(team.check)
store.app.command("password")(team.password)
app.add_typer(store.app, name="store")
app.add_typer(catalogue.app, name="catalogue")
app.command("new")(notes.new)
app.command("check")(notes.check)
app.command("render")(notes.render)
app.command("recover")(notes.recover)
app.command("doctor")(machine.doctor)
app.command("app")(machine.window)
