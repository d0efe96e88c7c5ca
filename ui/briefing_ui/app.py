"""The program with its window: `python -m briefing_ui.app [NOTE or WORKSPACE]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from briefing.problems import Problem, Refused
from briefing.resources import use_private_fonts
from briefing.settings import Settings
from briefing.text import Label

_NO_FONTS = Label("The bundled fonts cannot be loaded: {names}.", "無法載入內附字型：{names}。")
_NO_FONTS_HINT = Label("Install the program again. Another font is used for now.", "請重新安裝程式，目前暫用其他字型。")


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, on a note or a workspace if one is named; gives the exit code when it was closed."""
    use_private_fonts()
    from PySide6.QtWidgets import QApplication

    from briefing_ui.jobs import Jobs
    from briefing_ui.look import load_fonts
    from briefing_ui.notice import Notice, problem_notice
    from briefing_ui.window import MainWindow

    arguments = list(sys.argv[1:] if argv is None else argv)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["market-briefing", *arguments])
    app.setApplicationName("Market Briefing")
    missing = load_fonts()
    settings, problems = _settings()
    window = MainWindow(Jobs(), settings, Path(arguments[0]).absolute() if arguments else None)
    window.incidents.install()
    for problem in problems:
        window.session.notice(problem_notice(problem))
    if missing:
        names = ", ".join(missing)
        message = Label(_NO_FONTS.en.format(names=names), _NO_FONTS.zh.format(names=names))
        window.session.notice(Notice(message, _NO_FONTS_HINT, "warning"))
    window.show()
    return int(app.exec())


def _settings() -> tuple[Settings, tuple[Problem, ...]]:
    from briefing_ui.settings_file import load_settings

    try:
        return load_settings(), ()
    except Refused as refused:
        return Settings(), refused.problems


if __name__ == "__main__":
    sys.exit(main())
