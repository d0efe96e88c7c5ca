"""Commands about the machine: what is set up, and the window."""

from __future__ import annotations

import importlib
import importlib.metadata
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from briefing import __version__
from briefing.cli.options import JsonOption
from briefing.cli.printing import language, print_json, print_line, system_language
from briefing.problems import Refused
from briefing.render.fonts import FACES
from briefing.resources import asset, cache_dir, fonts_conf, state_dir, template, use_private_fonts
from briefing.text import Label, Side

_PACKAGES = ("PySide6-Essentials", "pyqtgraph", "pandas", "numpy", "Jinja2", "weasyprint", "pyarrow", "duckdb")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the program needs, and whether it is there."""

    name: Label
    good: bool
    detail: str
    remedy: Label


def doctor(json: JsonOption = False) -> None:
    """Say whether everything that the program needs is here. Exits 3 when something is missing."""
    findings = list(_findings())
    if json:
        print_json([{"name": f.name.en, "good": f.good, "detail": f.detail, "remedy": f.remedy.en} for f in findings])
    else:
        side = _language()
        for finding in findings:
            print_line(f"{'✓' if finding.good else '✗'} {finding.name.of(side)}: {finding.detail}")
            if not finding.good:
                print_line(f"   {finding.remedy.of(side)}")
    if not all(finding.good for finding in findings):
        raise typer.Exit(3)


def window(note: Annotated[Path | None, typer.Argument(help="A .brief file to open.")] = None) -> None:
    """Open the window, on a note if one is named."""
    use_private_fonts()
    program = importlib.import_module("briefing_ui.app")
    raise typer.Exit(program.main([str(note)] if note else []))


def _findings() -> Iterator[Finding]:
    again = Label("Run the set-up again: make run.", "請重新執行安裝：make run。")
    version = platform.python_version()
    yield Finding(Label("Program", "程式"), good=True, detail=f"market-briefing {__version__}", remedy=again)
    yield Finding(Label("Python", "Python"), sys.version_info >= (3, 11), version, again)
    yield _packages(again)
    missing = [name for name in FACES if not asset("fonts", name).is_file()]
    yield Finding(Label("Fonts", "字型"), not missing, ", ".join(missing) or str(len(FACES)), again)
    yield _probe(Label("Private fontconfig", "專用字型設定"), lambda: str(fonts_conf()), again)
    yield _probe(Label("Text layout (Pango)", "文字排版（Pango）"), _pango, again)
    styles = [folder.name for folder in sorted(template().iterdir()) if (folder / "style.toml").is_file()]
    yield Finding(Label("Styles", "版型"), bool(styles), ", ".join(styles) or "—", again)
    yield _probe(Label("Settings", "設定"), language, again)
    yield _probe(Label("State folder", "狀態資料夾"), lambda: _writable(state_dir()), again)
    yield _probe(Label("Cache folder", "快取資料夾"), lambda: _writable(cache_dir()), again)


def _language() -> Side:
    """The language of the report, which has to appear even where the settings cannot be read."""
    try:
        return language()
    except Refused:
        return system_language()


def _packages(remedy: Label) -> Finding:
    found, missing = [], []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    detail = " ".join(f"✗{name}" for name in missing) if missing else ", ".join(found)
    return Finding(Label("Packages", "套件"), not missing, detail, remedy)


def _probe(name: Label, look: Callable[[], str], remedy: Label) -> Finding:
    try:
        return Finding(name, good=True, detail=look(), remedy=remedy)
    except (OSError, ImportError) as fault:
        return Finding(name, good=False, detail=str(fault), remedy=remedy)
    except Refused as refused:
        (problem, *_) = refused.problems
        return Finding(name, good=False, detail=problem.message.en, remedy=problem.hint)


def _pango() -> str:
    use_private_fonts()
    return f"WeasyPrint {importlib.import_module('weasyprint').__version__}"


def _writable(folder: Path) -> str:
    probe = folder / ".probe"
    probe.write_text("", encoding="utf-8")
    probe.unlink()
    return str(folder)
