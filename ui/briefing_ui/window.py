"""The main window: panes around charts and note. What it does on an action is one short method each."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget

from briefing.charts.spec import ChartSpec, Line, Range
from briefing.problems import Place
from briefing.settings import Settings, settings_text
from briefing.text import Label, Lang
from briefing_ui import arrangement, look, menus
from briefing_ui.actions import Area
from briefing_ui.arrangement import Arrangement
from briefing_ui.catalogue.opening import offer_in_menus, properties_of
from briefing_ui.cheat_sheet import CheatSheet
from briefing_ui.choosing import choose_data_folder, create_workspace, show_folder
from briefing_ui.composing import Composing
from briefing_ui.desk import Desk
from briefing_ui.docks import build_docks, name_docks
from briefing_ui.dropping import DropTarget
from briefing_ui.edition import EditionName, LayoutName
from briefing_ui.exporting import Export
from briefing_ui.health.desk import HealthDesk
from briefing_ui.health.rows import Revised
from briefing_ui.health.telling import revision_notice
from briefing_ui.intake import Intake
from briefing_ui.jobs import Jobs
from briefing_ui.note_desk import NoteDesk
from briefing_ui.notice import Choice, Notice
from briefing_ui.panels.checks import ChecksPanel
from briefing_ui.panels.glossary import GlossaryPanel
from briefing_ui.panels.health import HealthPanel
from briefing_ui.panels.inspector import InspectorPanel
from briefing_ui.panels.movers import MoversPanel
from briefing_ui.panels.preview import PreviewPanel
from briefing_ui.panels.series import SeriesPanel
from briefing_ui.panes import Panes
from briefing_ui.proof import Proof
from briefing_ui.recovering import offer_recovered
from briefing_ui.refreshing import Refreshing
from briefing_ui.report import TOLD, TOLD_HINT, Incidents, report_text
from briefing_ui.session import Session
from briefing_ui.settings_file import language_of, look_of, store_settings
from briefing_ui.status import StatusBar
from briefing_ui.tokens import Theme
from briefing_ui.tool_bar import ToolBar
from briefing_ui.workspaces import IMPORT, INSIDE, Workspaces

if TYPE_CHECKING:
    from briefing_ui.panels.charts import ChartsPanel
    from briefing_ui.panels.editor import EditorPanel

_TITLE = Label("Market Briefing", "市場簡報")
_LAYOUT_LOST = Label("The window layout of the last time could not be used.", "無法套用上次的視窗版面。")
_NO_NOTE = Label("Open a note first.", "請先開啟報告。")
_NOTHING_TO_DROP = Label("Select a series or a chart first.", "請先選取序列或圖表。")
_REPORT = Label("Show the report", "顯示錯誤報告")
_LEAST = (1280, 720)
_AFTER_WORDS = 20
"""Panels reword themselves in the next turns of the event loop; milliseconds."""


class MainWindow(QMainWindow):
    """The window. It is painted first; charts, note and workers come right after (`awake`)."""

    awake = Signal()

    def __init__(self, jobs: Jobs, settings: Settings, path: Path | None = None) -> None:
        super().__init__()
        app = cast("QApplication", QApplication.instance())
        self._settings = settings
        self._path = path
        self._painted = False
        self._charts: ChartsPanel | None = None
        self._editor: EditorPanel | None = None
        self._counts: dict[str, int] = {}
        self._reworded = QTimer(self, singleShot=True, interval=_AFTER_WORDS)
        self._reworded.timeout.connect(self._measure_again)
        self.incidents = Incidents(self._tell_incident)
        self.session = Session(jobs, self, look=look_of(settings, app), lang=language_of(settings))
        self.proof = Proof(self.session, self)
        self.notes = NoteDesk(self.session, self)
        self.workspaces = Workspaces(self.session, self.notes, self)
        self.exports = Export(self.session, self.notes.files, self)
        self.composing = Composing(app)
        self.health_desk = HealthDesk(self.session, self)
        self.refreshing = Refreshing(self.session, self.health_desk, self)
        self.desk = Desk(self.session, settings, self)
        self.drops = DropTarget(self.session, INSIDE, self)
        self.intake = Intake(self.session, self.workspaces, self.desk, self)
        self.movers = MoversPanel(self.session, self)
        self.series = SeriesPanel(self.session, self)
        self.preview = PreviewPanel(self.session, self.proof, self)
        self.inspector = InspectorPanel(self.session, self)
        self.checks = ChecksPanel(self.session, self)
        self.health = HealthPanel(self.session, self.health_desk, self)
        self.glossary = GlossaryPanel(self.session, self)
        widgets: dict[str, QWidget] = {
            "movers": self.movers,
            "series": self.series,
            "preview": self.preview,
            "inspector": self.inspector,
            "checks": self.checks,
            "health": self.health,
            "glossary": self.glossary,
        }
        self.docks = build_docks(self, widgets)
        self.panes = Panes(widgets, self.docks)
        self._home = self.saveState(arrangement.VERSION)
        self.actions_ = menus.qt_actions(self)
        self.menus_ = menus.fill_menu_bar(self, self.actions_)
        self.tools = ToolBar(self, self.actions_)
        self.addToolBar(self.tools)
        self.status = StatusBar(self.session, self.proof, self.show_pane, self)
        self.setStatusBar(self.status)
        self.setCentralWidget(self.desk)
        for dock in self.docks.values():
            dock.topLevelChanged.connect(lambda floating, dock=dock: self.drops.guard(dock) if floating else None)
        self.setMinimumSize(*_LEAST)
        self.resize(1440, 900)
        self._connect()
        look.apply(app, self.session.look)
        self._retell()
        self._show_docks(False)

    # --- waking up

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.wake)

    def wake(self) -> None:
        """After the first paint: start the workers, load what is slow to load, open what was asked for."""
        from briefing_ui.panels.charts import ChartsPanel
        from briefing_ui.panels.editor import EditorPanel

        self.session.jobs.always_first("render", "warm", {})
        self.session.jobs.start()
        charts, editor = ChartsPanel(self.session, self), EditorPanel(self.session, self)
        self._charts, self._editor = charts, editor
        self.desk.put(charts, editor)
        self.panes.add("charts", charts)
        self.panes.add("editor", editor)
        charts.note_wanted.connect(editor.drop_figure)
        charts.specs_changed.connect(self._charts_changed)
        charts.current_changed.connect(self._charts_changed)
        editor.caret_moved.connect(lambda block: self.session.select(block=block))
        self._retell()
        if self._path is not None:
            self.workspaces.open(self._path)
        offer_recovered(self, self._path)
        self.awake.emit()

    @property
    def charts(self) -> ChartsPanel:
        """The charts. Raises `RuntimeError` before the window is awake."""
        if self._charts is None:
            raise RuntimeError("the window is not awake yet")
        return self._charts

    @property
    def editor(self) -> EditorPanel:
        """The note. Raises `RuntimeError` before the window is awake."""
        if self._editor is None:
            raise RuntimeError("the window is not awake yet")
        return self._editor

    # --- files and workspaces

    def new_note(self) -> None:
        """Begin a note."""
        self.workspaces.begin_note()

    def open_sample(self) -> None:
        """Open the sample workspace."""
        self.workspaces.open_sample()

    def refresh(self) -> None:
        """Read what is new in the watched folders, and the store again."""
        self.refreshing.start()

    def save(self) -> None:
        """Save the note."""
        self.notes.save()

    def export(self) -> None:
        """Export the edition that is shown."""
        note = self.session.note
        if note is None:
            self.session.notice(Notice(_NO_NOTE, tone="warning"))
            return
        stem = self.notes.path.stem if self.notes.path is not None else note.date.isoformat()
        self.exports.start(self.proof.edition, stem)

    # --- the note, charts, panes

    def undo(self) -> None:
        """Take the last edit back."""
        self.session.undo()

    def redo(self) -> None:
        """Make the edit again that was taken back."""
        self.session.redo()

    def drop(self) -> None:
        """Put what has the keyboard into the note: a chart as a figure, a series as a row."""
        if self.session.note is None:
            self.session.notice(Notice(_NO_NOTE, tone="warning"))
            return
        series = self.session.selection.series
        if self.panes.focused() in {"movers", "series"} and series:
            self.editor.drop_metric_row(series)
            return
        spec = self.charts.current_spec()
        if spec is not None:
            self.editor.drop_figure(spec)
        else:
            self.session.notice(Notice(_NOTHING_TO_DROP))

    def chart(self, series: str, *, pinned: bool = False) -> None:
        """Show a series in the grid of charts."""
        self.charts.show_chart(ChartSpec(lines=(Line(series=series),)), pinned=pinned)

    def chart_range(self) -> Range | None:
        """The range of the charts, None after zooming."""
        return self._charts.range_ if self._charts is not None else None

    def set_range(self, range_: Range) -> None:
        """Choose the range of all charts."""
        self.charts.set_range(range_)

    def set_grid(self, rows: int, columns: int) -> None:
        """Choose how many charts there are."""
        self.charts.set_grid(rows, columns)

    def step_problem(self, by: int) -> None:
        """Go to the next or previous problem."""
        self.checks.step(by)

    def go_to_block(self, block: str) -> None:
        """Go to a block of the note."""
        self.editor.go_to(Place(block=block))

    def _go_to(self, place: Place) -> None:
        self.editor.go_to(place)

    def go_to_page(self, page: int) -> None:
        """Go to a page of the preview."""
        self.preview.view.go_to_page(page)

    def find_series(self) -> None:
        """Put the keyboard into the search of series."""
        self.show_pane("series")
        self.series.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_series(self, series: str) -> None:
        """Chart a series and put the cursor of the tree on it."""
        self.chart(series)
        self.series.reveal(series)

    def show_health(self) -> None:
        """Show how every series and file stands."""
        self.health.show_standing()
        self.show_pane("health")

    def show_revisions(self) -> None:
        """Show which past values loads changed."""
        self.health.want_revisions()
        self.show_pane("health")

    def show_imports(self) -> None:
        """Show what entered the store."""
        self.health.want_imports()
        self.show_pane("health")

    def show_pane(self, name: str) -> None:
        """Show a pane and give it the keyboard."""
        self.panes.show(name)

    def step_pane(self, by: int) -> None:
        """Give the next or previous pane in sight the keyboard."""
        self.panes.step(by)

    # --- look, language, arrangement

    def arrange(self, kind: Arrangement) -> None:
        """Show one of the four arrangements."""
        arrangement.arrange(self, self.docks, self.desk.splitter, kind, self._home)
        if self._charts is not None:
            self._charts.set_grid(2, 1 if self.width() < arrangement.NARROW else 2)

    def reset_layout(self) -> None:
        """Back to the arrangement that the program comes with."""
        self.arrange("compose")

    def swap(self) -> None:
        """Swap preview and charts: full pages in the middle, or back to charts."""
        self.arrange("compose" if not self.charts.isVisible() else "proof")

    def toggle_full_screen(self) -> None:
        """Fill the screen, or no longer."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def toggle_focus(self) -> None:
        """Only the note, or everything again."""
        if any(dock.isVisible() for dock in self.docks.values()):
            self._show_docks(False)
            self.charts.hide()
        else:
            self.arrange("compose")

    def set_theme(self, theme: Theme) -> None:
        """Choose a theme, for good."""
        self.set_settings(replace(self._settings, theme=theme))

    def set_language(self, lang: Lang) -> None:
        """Choose the language of the interface, for good."""
        self.set_settings(replace(self._settings, language="en" if lang == "en" else "zh"))

    def set_settings(self, settings: Settings) -> None:
        """Take other settings, keep them, and follow them at once."""
        self._settings = settings
        store_settings(settings)
        self.session.set_look(look_of(settings, cast("QApplication", QApplication.instance())))
        self.session.set_language(language_of(settings))
        self.desk.start.show_settings(settings)

    def set_edition(self, name: EditionName) -> None:
        """Choose the languages of the page."""
        self.proof.set_edition(replace(self.proof.edition, name=name))

    def set_page_layout(self, name: LayoutName) -> None:
        """Choose how the languages stand on the page."""
        self.proof.set_edition(replace(self.proof.edition, layout=name))

    def marks(self) -> frozenset[str]:
        """What is chosen now, for the ticks of the menus."""
        session, edition = self.session, self.proof.edition
        return frozenset({f"theme {session.look.theme}", f"lang {session.lang}", f"layout {edition.layout}"})

    def set_ticks(self) -> None:
        """Tick in menus and tool bar what is chosen now."""
        menus.retell(self, self.actions_, self.menus_)
        self.tools.retell()

    # --- boxes

    def open_palette(self, prefix: str) -> None:
        """Open the search box."""
        from briefing_ui.palette_box import PaletteBox

        self.palette_box = PaletteBox(self, prefix)

    def show_keys(self, *, here: bool) -> None:
        """Show the keys: all of them, or those of the pane that has the keyboard."""
        areas: dict[str, Area] = {
            "movers": "lists",
            "series": "lists",
            "health": "health",
            "charts": "chart",
            "editor": "editor",
            "preview": "preview",
        }
        CheatSheet(self.session, areas.get(self.panes.focused()) if here else None, self).open()

    def show_report(self) -> None:
        """Show the report of a problem."""
        from briefing_ui.report_box import ReportBox

        logs = {name: self.session.jobs.log(name) for name in ("data", "render")}
        ReportBox(self.session, report_text(self.incidents.stacks, logs, settings_text(self._settings)), self).open()

    # --- events

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing asks nothing: what is not saved is in the journal, and reopening restores it."""
        if self.desk.stack.currentWidget() is self.desk.splitter:
            arrangement.store_state(self, self.desk.splitter)
        self.notes.close()
        self.refreshing.stop()
        self.session.jobs.stop()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.notes.compare_with_disk()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.drops.guard(self)

    # --- what changes by itself

    def _connect(self) -> None:
        session, desk = self.session, self.desk
        session.language_changed.connect(self._retell)
        session.look_changed.connect(self._dress)
        session.problems_changed.connect(self._count_problems)
        session.market_changed.connect(self._fill_charts)
        self.proof.edition_changed.connect(self.set_ticks)
        self.notes.kept_changed.connect(lambda saved: self.status.show_kept(saved=saved))
        self.notes.opened.connect(self._note_opened)
        self.workspaces.ready.connect(self.show_desk)
        self.workspaces.read.connect(partial(desk.banners.withdraw, IMPORT))
        session.files_given.connect(self.workspaces.take)
        self.drops.dropped.connect(self.workspaces.take)
        self.refreshing.withdrawn.connect(desk.banners.withdraw)
        self.refreshing.refused.connect(self.workspaces.imported)
        self.refreshing.health_wanted.connect(self.show_health)
        self.workspaces.watched.connect(lambda _folders: self.refreshing.look())
        self.refreshing.waiting_changed.connect(self.status.show_waiting)
        self.status.refresh_wanted.connect(self.refresh)
        self.exports.errors_wanted.connect(lambda: self.show_pane("checks"))
        desk.start.sample_wanted.connect(self.open_sample)
        desk.start.new_wanted.connect(partial(create_workspace, self))
        desk.start.folder_wanted.connect(partial(choose_data_folder, self))
        desk.start.settings_wanted.connect(self.set_settings)
        desk.imports.closed.connect(self.show_desk)
        for lists in (self.movers, self.series):
            lists.chart_wanted.connect(self.chart)
            lists.pin_wanted.connect(lambda series: self.chart(series, pinned=True))
        self.preview.block_clicked.connect(self.go_to_block)
        self.glossary.block_wanted.connect(self.go_to_block)
        self.checks.place_wanted.connect(self._go_to)
        self._connect_health()

    def _connect_health(self) -> None:
        health = self.health
        health.series_wanted.connect(self.show_series)
        health.block_wanted.connect(self.go_to_block)
        health.file_wanted.connect(lambda path: self.workspaces.take([Path(path)]))
        health.folder_wanted.connect(lambda folder: show_folder(Path(folder)))
        health.properties_wanted.connect(partial(properties_of, self))
        offer_in_menus(self, self.movers.view, self.series.view)
        health.counted.connect(lambda count: self._count("health", count))
        self.health_desk.changed.connect(lambda: self.status.show_health(self.health_desk.counts))
        self.health_desk.revised.connect(self._tell_revised)
        self.health_desk.hide_wanted.connect(lambda loads, hidden: self.workspaces.hide(loads, hidden=hidden))
        self.workspaces.hid.connect(self.health_desk.tell_hidden)

    def _tell_revised(self, rows: tuple[Revised, ...]) -> None:
        def show() -> None:
            self.health.show_revisions(rows)
            self.show_pane("health")

        desk = self.health_desk
        self.session.notice(revision_notice(rows, desk.revised_count, desk.places(rows), show))

    def _retell(self) -> None:
        words = self.session.words
        name = f" · {self.notes.path.name}" if self.notes.path is not None else ""
        self.setWindowTitle(f"{words(_TITLE)}{name}")
        name_docks(self.docks, self.session.lang, self._counts)
        self.set_ticks()
        self._reworded.start()

    def _dress(self) -> None:
        look.apply(cast("QApplication", QApplication.instance()), self.session.look)
        self.set_ticks()
        self._reworded.start()

    def _measure_again(self) -> None:
        """Buttons ask for their room before new words and sheet have reached them all; let them ask once more."""
        for button in self.findChildren(QAbstractButton):
            button.updateGeometry()
        self.movers.view.fit()

    def _count_problems(self) -> None:
        self.tools.count_problems(len(self.session.problems))
        self._count("checks", len(self.session.problems))

    def _count(self, dock: str, count: int) -> None:
        self._counts[dock] = count
        name_docks(self.docks, self.session.lang, self._counts)

    def _charts_changed(self) -> None:
        self.session.select(chart=self.charts.current_spec())
        self.tools.retell()

    def _fill_charts(self) -> None:
        """Show the largest movers where the grid is still empty, so that there is something to look at."""
        if self._charts is None or any(self._charts.specs()):
            return
        for place, row in enumerate(self.session.market.movers[: len(self._charts.specs())]):
            self._charts.show_chart(ChartSpec(lines=(Line(series=row["series"]),)), place)
        self._charts.set_current(0)

    def _note_opened(self) -> None:
        self._retell()

    def show_desk(self) -> None:
        """Charts and note in the middle, panes around them, as they were the last time."""
        if self.desk.stack.currentWidget() is not self.desk.splitter:
            self._show_docks(True)
            self.desk.show_page(self.desk.splitter)
            restored = arrangement.restore_state(self, self.desk.splitter)
            if not restored:
                self.arrange("compose")
            if restored is False:
                self.session.say(_LAYOUT_LOST)

    def _show_docks(self, shown: bool) -> None:
        for dock in self.docks.values():
            dock.setVisible(shown)

    def _tell_incident(self) -> None:
        show = Choice(_REPORT, self.show_report)
        self.session.notice(Notice(TOLD, TOLD_HINT, "error", (show,), key="incident"))
