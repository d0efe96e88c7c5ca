"""Reads `catalogue.toml`: a table of publishers and a list of series, with everything checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from briefing.data.calendars import is_calendar
from briefing.data.entry import Entry
from briefing.data.units import MEASURES, factor
from briefing.problems import Place, Refused, error
from briefing.series import Kind
from briefing.text import Label
from briefing.toml_file import read_toml

Raw = Mapping[str, object]

_ID = re.compile(r"[A-Z][A-Z0-9_]*")
_FREQS = ("D", "W", "M", "Q")
_QUOTES = ("decimal", "32nds")
WORD_KEYS = (
    *("series_id", "publisher", "name_en", "name_zh", "short_en", "short_zh", "kind", "unit", "delta_unit"),
    *("stored_unit", "freq", "calendar", "tz", "source_en", "source_zh", "formula", "quote", "licence_note"),
    "discontinued_on",
)
LIST_KEYS = ("aliases", "sources", "tags")
NUMBER_KEYS = ("decimals", "release_lag_days", "tolerated_age")
BOUND_KEYS = ("low", "high")
_TIME_ZONES = {"XNYS": "America/New_York", "SIFMA_US": "America/New_York"}


def read_rows(path: Path) -> tuple[dict[str, Raw], dict[str, Raw]]:
    """The publishers and the series of a file, unchecked, by their ids. Raises `Refused`."""
    try:
        document = read_toml(path)
    except (OSError, ValueError) as fault:
        _refuse(path, None, f"cannot be read: {fault}", f"無法讀取：{fault}")
    return rows_of(document, path)


def rows_of(document: Mapping[str, object], path: Path) -> tuple[dict[str, Raw], dict[str, Raw]]:
    """The publishers and the series of a parsed file, unchecked, by their ids. Raises `Refused`."""
    publishers, series = document.get("publishers", {}), document.get("series", [])
    if not isinstance(publishers, dict) or not isinstance(series, list):
        _refuse(
            path, None, "needs [publishers.NAME] tables and [[series]] entries", "應含[publishers.名稱]與[[series]]"
        )
    rows: dict[str, Raw] = {}
    for number, row in enumerate(series, start=1):
        series_id = row.get("series_id") if isinstance(row, dict) else None
        if not isinstance(series_id, str) or not _ID.fullmatch(series_id):
            _refuse(
                path, None, f"entry {number} has no valid series_id", f"第{number}筆沒有有效的series_id", "series_id"
            )
        if series_id in rows:
            _refuse(path, series_id, "is entered twice", "重複登錄")
        rows[series_id] = row
    return publishers, rows


def entry_of(row: Raw, publishers: Mapping[str, Raw], path: Path) -> Entry:
    """A checked entry. Raises `Refused` naming the series and the key."""
    series_id = str(row["series_id"])
    _check_keys(row, path, series_id)
    kind = _kind(row, path, series_id)
    measure = MEASURES[kind]
    unit = _word(row, "unit", measure.unit)
    stored = _word(row, "stored_unit", unit)
    if factor(stored, unit) is None:
        _refuse(
            path, series_id, f"no conversion from {stored!r} to {unit!r}", f"無法由{stored}換算為{unit}", "stored_unit"
        )
    calendar = _choice(row, "calendar", "SIFMA_US", path)
    source, licence = _publisher(row, publishers, path, series_id)
    name = _label(row, "name", path)
    return Entry(
        series_id=series_id,
        name=name,
        short=Label(_word(row, "short_en", name.en), _word(row, "short_zh", name.zh)),
        kind=kind,
        unit=unit,
        delta_unit=_word(row, "delta_unit", measure.delta_unit),
        stored_unit=stored,
        decimals=_number(row, "decimals", measure.decimals),
        freq=_choice(row, "freq", "D", path),
        calendar=calendar,
        tz=_word(row, "tz", _TIME_ZONES.get(calendar, "")),
        source=source,
        aliases=_list(row, "aliases"),
        sources=_list(row, "sources"),
        codes=_codes(row),
        formula=_word(row, "formula", ""),
        release_lag_days=_number(row, "release_lag_days", 0),
        tolerated_age=_number(row, "tolerated_age", 1),
        low=_bound(row, "low"),
        high=_bound(row, "high"),
        quote=_choice(row, "quote", "decimal", path),
        licence_note=_word(row, "licence_note", licence),
        discontinued_on=_word(row, "discontinued_on", ""),
        tags=_list(row, "tags"),
    )


def _check_keys(row: Raw, path: Path, series_id: str) -> None:
    for key, value in row.items():
        if key in WORD_KEYS:
            good = isinstance(value, str)
        elif key in NUMBER_KEYS:
            good = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        elif key in BOUND_KEYS:
            good = isinstance(value, int | float) and not isinstance(value, bool)
        elif key in LIST_KEYS:
            good = _is_words(value)
        elif key == "codes":
            good = isinstance(value, dict) and all(isinstance(one, str) or _is_words(one) for one in value.values())
        else:
            _refuse(path, series_id, f"unknown key {key!r}", f"未知的欄位{key}", key)
        if not good:
            _refuse(path, series_id, f"{key} has the wrong type: {value!r}", f"{key}的型別不正確：{value!r}", key)


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _codes(row: Raw) -> tuple[tuple[str, str], ...]:
    """The codes of every vendor; a vendor has one, or a list of several that mean the same figure."""
    found = row.get("codes")
    pairs = found.items() if isinstance(found, dict) else ()
    return tuple((vendor, code) for vendor, codes in pairs for code in ([codes] if isinstance(codes, str) else codes))


def _kind(row: Raw, path: Path, series_id: str) -> Kind:
    found = row.get("kind")
    if found not in set(Kind):
        kinds = ", ".join(Kind)
        _refuse(path, series_id, f"kind must be one of {kinds}", f"kind必須是下列之一：{kinds}", "kind")
    return Kind(str(found))


def _choice(row: Raw, key: str, default: str, path: Path) -> str:
    found = _word(row, key, default)
    good = {"freq": found in _FREQS, "quote": found in _QUOTES, "calendar": is_calendar(found)}[key]
    if not good:
        _refuse(path, str(row["series_id"]), f"{key} {found!r} is not known", f"{key}的值{found}未知", key)
    return found


def _publisher(row: Raw, publishers: Mapping[str, Raw], path: Path, series_id: str) -> tuple[Label, str]:
    """The source in words with its licence note: the publisher's, but for what the entry itself says."""
    if "publisher" not in row:
        return _label(row, "source", path), ""
    found: object = publishers.get(str(row["publisher"]))
    if found is None:
        _refuse(
            path,
            series_id,
            f"publisher {row['publisher']!r} is not in [publishers]",
            f"[publishers]中沒有{row['publisher']}",
            "publisher",
        )
    if not isinstance(found, Mapping) or not all(isinstance(found.get(key), str) for key in ("en", "zh")):
        _refuse(
            path,
            series_id,
            f"[publishers.{row['publisher']}] needs en and zh",
            f"[publishers.{row['publisher']}]需要en與zh",
            "publisher",
        )
    source = Label(_word(row, "source_en", str(found["en"])), _word(row, "source_zh", str(found["zh"])))
    return source, str(found.get("licence_note", ""))


def _label(row: Raw, stem: str, path: Path) -> Label:
    en, zh = _word(row, f"{stem}_en", ""), _word(row, f"{stem}_zh", "")
    if not en or not zh:
        _refuse(
            path,
            str(row["series_id"]),
            f"needs {stem}_en and {stem}_zh",
            f"需要{stem}_en與{stem}_zh",
            f"{stem}_zh" if en else f"{stem}_en",
        )
    return Label(en, zh)


def _word(row: Raw, key: str, default: str) -> str:
    return str(row.get(key, default))


def _number(row: Raw, key: str, default: int) -> int:
    value = row.get(key, default)
    return value if isinstance(value, int) else default


def _bound(row: Raw, key: str) -> float | None:
    value = row.get(key)
    return float(value) if isinstance(value, int | float) else None


def _list(row: Raw, key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _refuse(path: Path, series_id: str | None, en: str, zh: str, key: str | None = None) -> NoReturn:
    which_en, which_zh = (f", {series_id}", f"，{series_id}") if series_id else ("", "")
    raise Refused(
        error(
            "catalogue.entry",
            Place(file=str(path), field=series_id, column=key),
            Label(f"{path.name}{which_en}: {en}.", f"{path.name}{which_zh}：{zh}。"),
            Label("Mend the entry in the catalogue file.", "請修正目錄檔中的該筆資料。"),
        )
    )
