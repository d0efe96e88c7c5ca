"""What a user may set. One field here is the whole addition of a setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label
from briefing.toml_file import read_toml


def choice(label: Label, choices: Mapping[str, Label]) -> Any:
    """A setting with a closed list of values; the first one is the default."""
    return field(default=next(iter(choices)), metadata={"label": label, "choices": dict(choices)})


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's settings, the same on every workspace of this machine."""

    language: str = choice(
        Label("Language of the program", "介面語言"),
        {"system": Label("As the system", "跟隨系統"), "en": Label("English", "English"), "zh": Label("中文", "中文")},
    )
    theme: str = choice(
        Label("Appearance", "外觀"),
        {
            "system": Label("As the system", "跟隨系統"),
            "light": Label("Light", "淺色"),
            "dark": Label("Dark", "深色"),
            "contrast-light": Label("High contrast, light", "高對比（淺色）"),
            "contrast-dark": Label("High contrast, dark", "高對比（深色）"),
        },
    )
    up_down: str = choice(
        Label("Colours of up and down", "漲跌顏色"),
        {
            "default": Label("Blue up, vermilion down", "藍漲朱跌"),
            "red-up": Label("Red up, green down", "紅漲綠跌"),
            "green-up": Label("Green up, red down", "綠漲紅跌"),
            "mono": Label("Ink only", "單色"),
        },
    )


def read_settings(path: Path) -> Settings:
    """The settings in a file, or the defaults when there is none.

    Raises `Refused` when the file cannot be read, is no TOML or holds a value that is not on a list.
    """
    try:
        raw = read_toml(path)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as fault:
        raise Refused(_unreadable(path, str(fault))) from fault
    known = {entry.name: entry for entry in fields(Settings)}
    for name, value in raw.items():
        if name in known and not _is_choice(value, known[name].metadata["choices"]):
            raise Refused(_unknown_value(path, name, value))
    return Settings(**{name: value for name, value in raw.items() if name in known})


def _is_choice(value: object, choices: Mapping[str, Label]) -> bool:
    return isinstance(value, str) and value in choices


def settings_text(settings: Settings) -> str:
    """The settings as the text of their file."""
    return "".join(f'{name} = "{value}"\n' for name, value in asdict(settings).items())


def _unreadable(path: Path, why: str) -> Problem:
    return error(
        "settings.file",
        Place(file=path.name),
        Label(f"The settings file {path.name} cannot be read: {why}.", f"無法讀取設定檔{path.name}：{why}。"),
        Label("Mend or delete it; the defaults then apply.", "請修正或刪除該檔，將改用預設值。"),
    )


def _unknown_value(path: Path, name: str, value: object) -> Problem:
    return error(
        "settings.value",
        Place(file=path.name, column=name),
        Label(f"“{value}” is no value of the setting {name}.", f"「{value}」不是設定{name}的有效值。"),
        Label("Choose one of the values in the settings dialog.", "請在設定視窗中選擇有效值。"),
    )
