"""Pictures of the window and of the sample's pages, for people to look at: `screenshots.py FOLDER`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from briefing.text import Lang
    from briefing_ui.tokens import Theme
    from briefing_ui.window import MainWindow

SIZES = ((1440, 900), (1920, 1080))
_PATIENCE = 120.0
_PAGE_SCALE = 2.0


def main(folder: Path) -> int:
    """Write every picture into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as state:
        os.environ["BRIEFING_STATE"] = state
        from briefing.resources import use_private_fonts

        use_private_fonts()
        from PySide6.QtWidgets import QApplication

        from briefing.settings import Settings
        from briefing_ui.jobs import Jobs
        from briefing_ui.look import load_fonts
        from briefing_ui.window import MainWindow

        app = QApplication(["screenshots"])
        load_fonts()
        window = MainWindow(Jobs(), Settings(language="en", theme="light"))
        window.show()
        _take(app, window, folder / "start.png")
        window.open_sample()
        _until(app, lambda: len(window.proof.layout.sizes) > 0)
        _windows(app, window, folder)
        _pages(app, window, folder)
        window.close()
        _health(app, Path(state), folder)
        _intake(app, Path(state), folder)
    return 0


def _windows(app: QApplication, window: MainWindow, folder: Path) -> None:
    for width, height in SIZES:
        window.resize(width, height)
        window.arrange("compose")
        for theme in ("light", "dark"):
            window.set_theme(theme)
            for lang, short in (("en", "en"), ("zh-Hant-TW", "zh")):
                window.set_language(lang)
                _take(app, window, folder / f"window-{theme}-{width}x{height}-{short}.png")


def _health(app: QApplication, room: Path, folder: Path) -> None:
    """Late, suspect, refused and revised data: the panel with its pages, and the form of an entry."""
    from ailing import create_ailing, revise

    from briefing.settings import Settings
    from briefing_ui.catalogue.opening import open_form
    from briefing_ui.jobs import Jobs
    from briefing_ui.window import MainWindow

    window = MainWindow(Jobs(), Settings(language="en", theme="light"), create_ailing(room).root)
    window.show()
    _until(app, lambda: len(window.health_desk.rows) > 0)
    window.workspaces.take([revise(room)])
    _quiet(app, window)
    window.show_desk()
    window.arrange("compose")
    page = window.health.standing
    for width, height, theme, lang, short in _looks():
        window.resize(width, height)
        window.arrange("compose")
        window.set_theme(theme)
        window.set_language(lang)
        name = f"{theme}-{width}x{height}-{short}.png"
        window.show_health()
        page.select("DGS30")
        page.show_report(shown=height > 1000)
        _take(app, window, folder / f"health-{name}")
        window.show_revisions()
        _take(app, window, folder / f"revisions-{name}")
        window.show_imports()
        _take(app, window, folder / f"imports-{name}")
        for series in ("DGS10", ""):
            form = open_form(window, series)
            _quiet(app, window)
            form.grab().save(str(folder / f"catalogue-{series or 'new'}-{name}"))
            form.reject()
    window.close()


def _intake(app: QApplication, room: Path, folder: Path) -> None:
    """Files over the window, their cards, and the questions about one of them."""
    from importing import Drag, carried
    from overnight import create_overnight, revise_overnight
    from PySide6.QtCore import QPointF

    from briefing.data.workspace import create_workspace
    from briefing.settings import Settings
    from briefing_ui.jobs import Jobs
    from briefing_ui.window import MainWindow

    files, workspace = create_overnight(room), create_workspace(room / "desk")
    window = MainWindow(Jobs(), Settings(language="en", theme="light"))
    window.show()
    _quiet(app, window)
    window.workspaces.open(workspace.root)
    _until(app, lambda: window.session.workspace is not None)
    window.workspaces.take([files / "DGS10.csv"])
    _quiet(app, window)
    revise_overnight(files)
    window.workspaces.take([files])
    _quiet(app, window)
    drag = Drag(window, carried([files, *files.glob("DGS*.csv")]), QPointF(400, 400))
    for width, height, theme, lang, short in _looks():
        window.resize(width, height)
        window.set_theme(theme)
        window.set_language(lang)
        name = f"{theme}-{width}x{height}-{short}.png"
        for card in window.desk.imports.cards:
            for fold in card.folds:
                fold.button.setChecked(True)
        _take(app, window, folder / f"cards-{name}")
        drag.enter()
        _take(app, window, folder / f"drop-{name}")
        drag.leave()
        window.intake.map(files / "house view.csv")
        _quiet(app, window)
        if window.intake.mapping is not None:
            window.intake.mapping.grab().save(str(folder / f"mapping-{name}"))
            window.intake.mapping.close()
    window.close()


def _looks() -> Iterator[tuple[int, int, Theme, Lang, str]]:
    for width, height in SIZES:
        for theme in ("light", "dark"):
            yield width, height, theme, "en", "en"
            yield width, height, theme, "zh-Hant-TW", "zh"


def _pages(app: QApplication, window: MainWindow, folder: Path) -> None:
    proof = window.proof
    for page in range(1, len(proof.layout.sizes) + 1):
        proof.images.pop(page, None)
        proof.want_images([page], _PAGE_SCALE)
        _until(app, lambda page=page: page in proof.images)
        proof.images[page].save(str(folder / f"page-{page}.png"))


def _take(app: QApplication, window: MainWindow, target: Path) -> None:
    _quiet(app, window)
    window.grab().save(str(target))


def _quiet(app: QApplication, window: MainWindow) -> None:
    """Wait until nothing is under way: no job, no file, no picture of a page in sight."""
    jobs = window.session.jobs
    still = 0
    while still < 20:
        busy = jobs.busy("data") or jobs.busy("render") or window.notes.files.busy
        still = 0 if busy else still + 1
        app.processEvents()
        time.sleep(0.01)


def _until(app: QApplication, done: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not done():
        if time.monotonic() > end:
            raise TimeoutError("the window did not get ready")
        app.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
