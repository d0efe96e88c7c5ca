"""Opens the form of a catalogue entry from menus, lists and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from briefing.text import Label
from briefing_ui.notice import Notice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView

    from briefing_ui.catalogue.form import CatalogueForm
    from briefing_ui.window import MainWindow

_FIRST = Label("Select a series first.", "請先選取序列。")
_NO_WORKSPACE = Label("Open a workspace first.", "請先開啟工作區。")


def show_properties(window: MainWindow) -> None:
    """Show the properties of the series that is selected in a list."""
    selected = window.session.selection.series
    if selected:
        properties_of(window, selected)
    else:
        window.session.notice(Notice(_FIRST, tone="warning"))


def properties_of(window: MainWindow, series: str) -> None:
    """Show the properties of a series, named by its id or an alias."""
    entry = window.session.catalogue_entry(series)
    open_form(window, entry.id if entry is not None else series)


def new_series(window: MainWindow) -> None:
    """Declare a series that is computed from others."""
    if window.session.workspace is None:
        window.session.notice(Notice(_NO_WORKSPACE, tone="warning"))
        return
    open_form(window, "")


def open_form(window: MainWindow, series: str) -> CatalogueForm:
    """The form of a series, or of a new one; one that is open already comes to the front."""
    from briefing_ui.catalogue.form import CatalogueForm

    for form in window.findChildren(CatalogueForm):
        if form.about == series and form.isVisible():
            form.raise_()
            form.activateWindow()
            return form
    form = CatalogueForm(window.session, window, series)
    form.show()
    return form


def offer_in_menus(window: MainWindow, *lists: QAbstractItemView) -> None:
    """Put the properties of the row under the cursor into the menus of lists of series."""
    for view in lists:
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        view.addActions([window.actions_[name] for name in ("data.catalogue", "data.formula")])
