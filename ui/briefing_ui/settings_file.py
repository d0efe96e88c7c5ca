"""The user's settings on this machine, and what they mean for language and look."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from briefing.resources import state_dir
from briefing.settings import Settings, read_settings, settings_text
from briefing.text import Lang
from briefing_ui.look import Look, system_theme
from briefing_ui.tokens import Theme, UpDown


def settings_path() -> Path:
    """Where the settings are kept."""
    return state_dir() / "settings.toml"


def load_settings() -> Settings:
    """The settings, or the defaults. Raises `Refused` for a file that cannot be read."""
    return read_settings(settings_path())


def store_settings(settings: Settings) -> None:
    """Keep the settings; the old ones stay whole until the new ones are complete."""
    path = settings_path()
    fresh = path.with_suffix(".fresh")
    fresh.write_text(settings_text(settings), encoding="utf-8")
    fresh.replace(path)


def look_of(settings: Settings, app: QApplication) -> Look:
    """The look that the settings ask for."""
    theme = system_theme(app) if settings.theme == "system" else cast("Theme", settings.theme)
    return Look(theme, cast("UpDown", settings.up_down))


def language_of(settings: Settings) -> Lang:
    """The language that the settings ask for; as the system, Chinese where the system speaks any."""
    if settings.language == "system":
        return "zh-Hant-TW" if QLocale.system().language() is QLocale.Language.Chinese else "en"
    return "zh-Hant-TW" if settings.language == "zh" else "en"
