"""Changes the workspace's catalogue.toml entry by entry; what a person wrote around them stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from briefing.data.catalogue import Catalogue, merged_catalogue, shipped_row
from briefing.data.catalogue_file import BOUND_KEYS, LIST_KEYS, NUMBER_KEYS, WORD_KEYS, rows_of
from briefing.data.entry import Entry
from briefing.data.workspace import Workspace
from briefing.data.writing import write_file
from briefing.problems import Place, Problem, Refused, error
from briefing.text import Label

_KEYS = {*WORD_KEYS, *LIST_KEYS, *NUMBER_KEYS, *BOUND_KEYS}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
Change = Mapping[str, str | int | float | list[str] | None]
"""Keys of an entry with their new values; None goes back to what is shipped or usual."""


def changed_entry(workspace: Workspace, series_id: str, change: Change) -> Entry:
    """What an entry would be after a change that is not written. Raises `Refused` as `write_entry` does."""
    return _checked(_changed(workspace, series_id, change), workspace, series_id, change)


def write_entry(workspace: Workspace, series_id: str, change: Change) -> Entry:
    """Change or add an entry, and give what it is then. Only what differs from the shipped entry is kept.

    Raises `Refused` when the file is no TOML, when the entry would not be valid, when its id or an alias
    belongs to another series, and when the file cannot be written; the file is then as it was.
    """
    document = _changed(workspace, series_id, change)
    entry = _checked(document, workspace, series_id, change)
    _write(workspace.catalogue, document)
    return entry


def own_row(workspace: Workspace, series_id: str) -> dict[str, str | int | float | list[str]]:
    """What the workspace's own file says of a series, key by key; empty when it says nothing. Raises `Refused`."""
    series = _read(workspace.catalogue).get("series")
    place = _place(series, series_id) if isinstance(series, AoT) else None
    if not isinstance(series, AoT) or place is None:
        return {}
    return {key: value for key, value in series[place].unwrap().items() if key in _KEYS and key != "series_id"}


def forget_entry(workspace: Workspace, series_id: str) -> None:
    """Take the workspace's own words of a series away. Raises `Refused` when the file cannot be read or written."""
    document = _read(workspace.catalogue)
    series = document.get("series")
    if isinstance(series, AoT):
        place = _place(series, series_id)
        if place is not None:
            _take_away(document, series, place)
            _write(workspace.catalogue, document)


def entry_row(entry: Entry) -> dict[str, str | int | float | list[str]]:
    """An entry as catalogue.toml writes it, every key that has a value."""
    words: dict[str, str | int | float | list[str]] = {
        "series_id": entry.series_id,
        "aliases": list(entry.aliases),
        "kind": entry.kind.value,
        "sources": list(entry.sources),
        "tags": list(entry.tags),
    }
    for stem, label in (("name", entry.name), ("short", entry.short), ("source", entry.source)):
        words |= {f"{stem}_en": label.en, f"{stem}_zh": label.zh}
    plain = ("unit", "delta_unit", "stored_unit", "decimals", "freq", "calendar", "tz", "formula", "release_lag_days")
    words |= {name: getattr(entry, name) for name in plain}
    words |= {name: getattr(entry, name) for name in ("tolerated_age", "quote", "licence_note", "discontinued_on")}
    words |= {name: bound for name, bound in (("low", entry.low), ("high", entry.high)) if bound is not None}
    return {key: value for key, value in words.items() if value not in ("", [])}


def read_change(pairs: Mapping[str, str]) -> Change:
    """Keys with values as a person types them: whole numbers as such, lists with commas, nothing for `None`.

    Raises `Refused` for an unknown key or a number that is none.
    """
    return {key: _typed(key, text.strip()) for key, text in pairs.items()}


def _typed(key: str, text: str) -> str | int | float | list[str] | None:
    if key not in _KEYS or key == "series_id":
        raise Refused(_no_key(key))
    if not text:
        return None
    if key in LIST_KEYS:
        return [item.strip() for item in text.split(",") if item.strip()]
    if key in BOUND_KEYS:
        return _bound(key, text)
    if key not in NUMBER_KEYS:
        return text
    if not (text.isascii() and text.isdigit()):
        raise Refused(_no_whole_number(key, text))
    return int(text)


def _bound(key: str, text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise Refused(_no_number(key, text))
    return float(text)


def _changed(workspace: Workspace, series_id: str, change: Change) -> tomlkit.TOMLDocument:
    document = _read(workspace.catalogue)
    series = document.setdefault("series", tomlkit.aot())
    if not isinstance(series, AoT):
        raise Refused(_no_list(workspace.catalogue))
    place = _place(series, series_id)
    if place is None:
        place = len(series)
        series.append(tomlkit.table().add("series_id", series_id))
    table = series[place]
    shipped = shipped_row(series_id)
    for key, value in change.items():
        if value is None or shipped.get(key) == value:
            table.pop(key, None)
        else:
            table[key] = value
    if list(table) == ["series_id"] and shipped:
        _take_away(document, series, place)
    return document


def _take_away(document: tomlkit.TOMLDocument, series: AoT, place: int) -> None:
    del series[place]
    if not series:
        document.remove("series")


def _place(series: AoT, series_id: str) -> int | None:
    return next((place for place, table in enumerate(series) if table.get("series_id") == series_id), None)


def _checked(document: tomlkit.TOMLDocument, workspace: Workspace, series_id: str, change: Change) -> Entry:
    """The entry as it would be read back. Raises `Refused` when it could not be, or takes a name of another."""
    path = workspace.catalogue
    catalogue = merged_catalogue(*rows_of(document.unwrap(), path), path)
    entry = catalogue.entry(series_id)
    if entry is None or entry.series_id != series_id:
        raise Refused(_taken(path, series_id, entry.series_id if entry else ""))
    for name in entry.aliases if "aliases" in change else ():
        other = _other_owner(catalogue, entry, name)
        if other:
            raise Refused(_taken(path, name, other))
    return entry


def _other_owner(catalogue: Catalogue, entry: Entry, name: str) -> str:
    owners = (one for one in catalogue.entries if name == one.series_id or name in one.aliases)
    return next((one.series_id for one in owners if one.series_id != entry.series_id), "")


def _read(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return tomlkit.document()
    except (OSError, ValueError, TOMLKitError) as fault:
        raise Refused(
            error(
                "catalogue.unreadable",
                Place(file=str(path)),
                Label(f"{path.name} cannot be read: {fault}.", f"無法讀取{path.name}：{fault}。"),
                Label("Mend the file; it was not changed.", "請修正該檔；檔案未更動。"),
            )
        ) from fault


def _write(path: Path, document: tomlkit.TOMLDocument) -> None:
    try:
        write_file(path, tomlkit.dumps(document).encode())
    except OSError as fault:
        raise Refused(
            error(
                "catalogue.unwritable",
                Place(file=str(path)),
                Label(f"{path.name} cannot be written: {fault.strerror}.", f"無法寫入{path.name}：{fault.strerror}。"),
                Label("Make room, or ask for the right to write there.", "請騰出空間，或取得寫入權限。"),
            )
        ) from fault


def _no_list(path: Path) -> Problem:
    return error(
        "catalogue.unreadable",
        Place(file=str(path)),
        Label(f"{path.name}: series must be [[series]] entries.", f"{path.name}：series應為[[series]]項目。"),
        Label("Mend the file; it was not changed.", "請修正該檔；檔案未更動。"),
    )


def _taken(path: Path, name: str, owner: str) -> Problem:
    return error(
        "catalogue.taken",
        Place(file=str(path), field=name),
        Label(f"{name} already stands for {owner}.", f"{name}已代表{owner}。"),
        Label("Choose another name.", "請改用其他名稱。"),
    )


def _no_key(key: str) -> Problem:
    keys = ", ".join(sorted(_KEYS - {"series_id"}))
    return error(
        "catalogue.key",
        Place(field=key),
        Label(f"An entry has no key “{key}”.", f"目錄項目沒有「{key}」欄位。"),
        Label(f"The keys are: {keys}.", f"可用欄位：{keys}。"),
    )


def _no_number(key: str, text: str) -> Problem:
    return error(
        "catalogue.key",
        Place(field=key),
        Label(f"{key} is a number, not “{text}”.", f"{key}應為數字，而非「{text}」。"),
        Label("Write it in digits, such as -100 or 2.5.", "請以數字填寫，例如-100或2.5。"),
    )


def _no_whole_number(key: str, text: str) -> Problem:
    return error(
        "catalogue.key",
        Place(field=key),
        Label(f"{key} is a whole number, not “{text}”.", f"{key}應為整數，而非「{text}」。"),
        Label("Write it in digits, such as 2.", "請以數字填寫，例如2。"),
    )
