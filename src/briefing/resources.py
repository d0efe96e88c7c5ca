"""Where the program's own files lie, and the folders that it may write for itself."""

from __future__ import annotations

import os
import sys
from html import escape
from pathlib import Path

import platformdirs

from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

_APP = "market-briefing"


def _root() -> Path:
    """The folder that holds `templates` and `assets`: inside the wheel, or the repository."""
    packed = Path(__file__).parent / "_resources"
    return packed if packed.is_dir() else Path(__file__).parents[2]


def asset(*parts: str) -> Path:
    """A file or folder under `assets`."""
    return _root().joinpath("assets", *parts)


def template(*parts: str) -> Path:
    """A file or folder under `templates`."""
    return _root().joinpath("templates", *parts)


def state_dir() -> Path:
    """The user's state folder: journals, history, window layout. `BRIEFING_STATE` overrides it.

    Raises `Refused` when it cannot be made, as `cache_dir` does.
    """
    chosen = os.environ.get("BRIEFING_STATE")
    return _private(Path(chosen) if chosen else Path(platformdirs.user_state_dir(_APP, appauthor=False)))


def cache_dir() -> Path:
    """The user's cache folder: only what can be made again.

    `BRIEFING_CACHE` overrides it; without it a chosen state folder has the cache inside.
    """
    chosen, state = os.environ.get("BRIEFING_CACHE"), os.environ.get("BRIEFING_STATE")
    if chosen:
        return _private(Path(chosen))
    return _private(Path(state, "cache") if state else Path(platformdirs.user_cache_dir(_APP, appauthor=False)))


def fonts_conf() -> Path:
    """The private fontconfig file, which shows the vendored fonts and nothing else."""
    folder = cache_dir()
    text = asset("fonts", "fonts.conf.in").read_text(encoding="utf-8")
    text = text.replace("@FONT_DIR@", escape(str(asset("fonts")), quote=False))
    text = text.replace("@CACHE_DIR@", escape(str(folder / "fontconfig"), quote=False))
    target = folder / "fonts.conf"
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        fresh = folder / f".fonts.conf.{os.getpid()}"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(target)
    return target


def use_private_fonts() -> None:
    """Point fontconfig at the vendored fonts; must happen before Qt or Pango load.

    On Linux the C library's environment is what fontconfig reads, and Python sets it too.
    """
    os.environ["FONTCONFIG_FILE"] = str(fonts_conf())
    if sys.platform.startswith("linux"):
        os.environ.pop("FONTCONFIG_PATH", None)


def _private(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise Refused(_unmakable(folder, fault)) from fault
    return folder


def _unmakable(folder: Path, fault: OSError) -> Problem:
    return error(
        "setup.folder",
        Place(file=str(folder)),
        Label(f"The folder {folder} cannot be made: {fault.strerror}.", f"無法建立資料夾{folder}：{fault.strerror}。"),
        Label(
            "Give the program another folder with BRIEFING_STATE, or mend the rights to this one.",
            "請以BRIEFING_STATE指定其他資料夾，或修正此處的權限。",
        ),
    )
