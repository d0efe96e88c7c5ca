"""What went wrong inside the program: kept for a report, told once, never with text of a note in it."""

from __future__ import annotations

import faulthandler
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from briefing import __version__
from briefing.resources import state_dir
from briefing.text import Label

_PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "pandas", "weasyprint")
_MOST = 50
_HARMLESS = ("This plugin does not support", "propagateSizeHints")

TOLD = Label("The program met an error of its own.", "程式發生內部錯誤。")
TOLD_HINT = Label(
    "Your text is safe: it is in the journal. You can go on, or send the report.",
    "您的文字安全無虞，已存入輸入紀錄。可繼續使用，或傳送錯誤報告。",
)


class Incidents:
    """The errors of this run. `tell` is called once for each place that raised one."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._places: set[tuple[str, int]] = set()
        self.stacks: list[str] = []

    def install(self) -> None:
        """Take every error that nobody else handles, of every thread and of Qt."""
        sys.excepthook = lambda _kind, fault, trace: self.take(fault, trace)
        threading.excepthook = lambda args: self.take(args.exc_value, args.exc_traceback)
        sys.unraisablehook = lambda args: self.take(args.exc_value, args.exc_traceback)
        qInstallMessageHandler(self._qt_said)
        faulthandler.enable(_crash_file().open("w", encoding="utf-8"), all_threads=True)

    def take(self, fault: BaseException | None, trace: TracebackType | None) -> None:
        """Keep an error; tell about it the first time that its place raises one."""
        if fault is None:
            return
        kind = type(fault)
        if isinstance(fault, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        stack = traceback.extract_tb(trace)
        place = (stack[-1].filename, stack[-1].lineno or 0) if stack else (kind.__name__, 0)
        if len(self.stacks) < _MOST:
            self.stacks.append(without_words(kind, stack))
        traceback.print_exception(kind, fault, trace, file=sys.stderr)
        if place not in self._places:
            self._places.add(place)
            self._tell()

    def _qt_said(self, level: QtMsgType, context: QMessageLogContext, words: str) -> None:
        del context
        if level is QtMsgType.QtDebugMsg or any(part in words for part in _HARMLESS):
            return
        if len(self.stacks) < _MOST:
            self.stacks.append(f"Qt: {_without_paths(words)}\n")
        sys.stderr.write(f"Qt: {words}\n")


def without_words(kind: type[BaseException], stack: traceback.StackSummary) -> str:
    """A stack without source lines, messages or folders: files, lines and functions of the program only."""
    lines = [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in stack]
    return "\n".join([*lines, kind.__name__]) + "\n"


def report_text(stacks: list[str], logs: dict[str, str], settings: str) -> str:
    """The report: versions, settings, stacks, what the workers said. No text of a note, no path, no user name."""
    parts = [
        f"market-briefing {__version__}",
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}",
        *(f"{name} {version(name)}" for name in _PACKAGES),
        "",
        "Settings",
        settings,
        "Stacks",
        *(stacks or ["none\n"]),
        *(f"Log of the {name} worker\n{_worker_log(log)}" for name, log in logs.items()),
    ]
    return "\n".join(parts)


def _worker_log(log: str) -> str:
    """Only the lines that name a place in the code or a kind of error."""
    kept: list[str] = []
    for line in log.splitlines():
        place = re.match(r'\s*File "(?P<file>[^"]+)", line (?P<line>\d+), in (?P<name>\S+)', line)
        if place:
            kept.append(f"  {Path(place['file']).name}:{place['line']} in {place['name']}")
        elif error := re.match(r"([A-Za-z_.]+(?:Error|Exception|Broken|Refused))\b", line):
            kept.append(error[1])
    return "\n".join(kept) or "nothing"


def _without_paths(words: str) -> str:
    return re.sub(r"(?:[A-Za-z]:)?[\\/][^\s:'\"]+", "(path)", words)


def _crash_file() -> Path:
    return state_dir() / "crash.log"
