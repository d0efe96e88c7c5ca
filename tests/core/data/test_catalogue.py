"""The catalogue: complete in both languages, merged with the workspace's own, searchable."""

from __future__ import annotations

from itertools import pairwise

import pytest

from briefing.data.calendars import EXCHANGES, is_calendar
from briefing.data.catalogue import Catalogue, load_catalogue
from briefing.data.sources.registry import recognisers
from briefing.data.tags import TAGS, tag_label
from briefing.data.workspace import Workspace, create_workspace, find_workspace
from briefing.problems import Refused
from briefing.series import Kind
from briefing.text import Label

SHIPPED = load_catalogue()
HALF_WIDTH = set(",;:!?()")


def is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"


def words_of(catalogue: Catalogue) -> list[Label]:
    return [label for entry in catalogue.entries for label in (entry.name, entry.short, entry.source)]


def test_at_least_250_series_are_shipped_with_distinct_names() -> None:
    stored = [entry for entry in SHIPPED.entries if not entry.formula]
    assert len(stored) >= 60
    for names in (
        [entry.name.en for entry in SHIPPED.entries],
        [entry.name.zh for entry in SHIPPED.entries],
        [entry.short.en for entry in SHIPPED.entries],
        [entry.short.zh for entry in SHIPPED.entries],
        [name for entry in SHIPPED.entries for name in (entry.series_id, *entry.aliases)],
    ):
        assert len(set(names)) == len(names)


def test_chinese_words_are_set_as_chinese_is() -> None:
    for label in words_of(SHIPPED):
        assert not HALF_WIDTH & set(label.zh), label.zh
        for before, after in pairwise(label.zh):
            assert not (is_han(before) and after == " "), label.zh
            assert not (before == " " and is_han(after)), label.zh


def test_every_entry_says_where_it_stands_in_the_tree_and_what_it_may_be_used_for() -> None:
    for entry in SHIPPED.entries:
        assert set(entry.tags[:2]) <= set(TAGS), entry.series_id
        assert is_calendar(entry.calendar)
        assert entry.licence_note
        assert set(entry.sources) <= set(recognisers())


def test_short_names_fit_a_tag() -> None:
    assert max(len(entry.short.en) for entry in SHIPPED.entries) <= 18
    assert max(len(entry.short.zh) for entry in SHIPPED.entries) <= 12


def test_the_exchanges_are_those_of_the_calendar_library() -> None:
    import exchange_calendars

    assert set(exchange_calendars.get_calendar_names(include_aliases=False)) >= EXCHANGES


@pytest.mark.parametrize(
    ("name", "series_id"),
    [("UST10Y", "DGS10"), ("DGS10", "DGS10"), ("VIX", "VIXCLS"), ("VIX_OPEN", "VIXCLS_OPEN"), ("SPY_LOW", "SPY_LOW")],
)
def test_an_entry_is_found_by_id_alias_or_companion(name: str, series_id: str) -> None:
    entry = SHIPPED.entry(name)
    assert entry is not None
    assert entry.series_id == series_id


@pytest.mark.parametrize(
    ("vendor", "code", "series_id"),
    [
        ("bloomberg", "H15T10Y Index", "DGS10"),
        ("bloomberg", "  spx   INDEX ", "SP500"),
        ("bloomberg", "EUR Curncy", "DEXUSEU"),
        ("bloomberg", "EURUSD Curncy", "DEXUSEU"),
        ("lseg", ".N225", "NIKKEI225"),
        ("datastream", "CBOEVIX", "VIXCLS"),
        ("haver", "fcm10@daily", "DGS10"),
        ("wind", "000300.SH", "CSI300"),
    ],
)
def test_a_vendors_code_finds_its_series_in_any_case_and_spacing(vendor: str, code: str, series_id: str) -> None:
    entry = SHIPPED.coded(vendor, code)
    assert entry is not None
    assert entry.series_id == series_id


def test_a_code_of_another_vendor_or_of_nobody_finds_nothing() -> None:
    assert SHIPPED.coded("lseg", "SPX Index") is None
    assert SHIPPED.coded("bloomberg", "") is None


def test_a_name_in_either_language_finds_its_series_and_half_a_name_does_not() -> None:
    for words in ("US Treasury 10-year yield", "us treasury  10-YEAR yield", "美國10年期公債殖利率"):
        entry = SHIPPED.titled(words)
        assert entry is not None
        assert entry.series_id == "DGS10"
    assert SHIPPED.titled("US Treasury 10-year") is None


def test_no_code_of_a_vendor_stands_for_two_series() -> None:
    pairs = [(vendor, code.casefold()) for entry in SHIPPED.entries for vendor, code in entry.codes]
    assert len(pairs) > 200
    assert len(set(pairs)) == len(pairs)


@pytest.mark.parametrize("name", ["UST11Y", "_OPEN", "NOPE_OPEN", "SPY_MIDDLE", ""])
def test_an_unknown_name_has_no_entry(name: str) -> None:
    assert SHIPPED.entry(name) is None


def test_a_slope_is_declared_as_a_formula() -> None:
    entry = SHIPPED.entry("UST2S10S")
    assert entry is not None
    assert (entry.formula, entry.kind, entry.unit, entry.stored_unit) == ("UST10Y - UST2Y", Kind.SPREAD, "bp", "%")


@pytest.mark.parametrize(
    ("query", "lang", "first"),
    [
        ("ust10y", "en", "DGS10"),
        ("dgs1", "en", "DGS1"),
        ("10-year real", "en", "DFII10"),
        ("10年期實質", "zh-Hant-TW", "DFII10"),
        ("標普500指數", "zh-Hant-TW", "SP500"),
        ("nasdak", "en", "NASDAQCOM"),
    ],
)
def test_a_search_puts_the_closest_first(query: str, lang: str, first: str) -> None:
    found = SHIPPED.search(query, "en" if lang == "en" else "zh-Hant-TW")
    assert found[0].series_id == first


def test_an_empty_search_gives_all_and_a_senseless_one_nothing() -> None:
    assert SHIPPED.search("  ", "en") == list(SHIPPED.entries)
    assert SHIPPED.search("qqqqzzzzxxxx", "en") == []


def test_a_tag_of_ones_own_stands_for_itself() -> None:
    assert tag_label("mine") == Label("mine", "mine")
    assert tag_label("rates") == Label("Rates", "利率")


OWN = """
[[series]]
series_id = "DGS10"
name_zh = "十年美債"
tolerated_age = 5

[[series]]
series_id = "MINE"
aliases = ["VIX"]
name_en = "Mine"
name_zh = "我的"
kind = "position"
unit = "USD mn"
source_en = "Desk"
source_zh = "本部"
"""


def test_the_workspaces_own_entries_are_merged_over_the_shipped_ones(workspace: Workspace) -> None:
    workspace.catalogue.write_text(OWN, encoding="utf-8")
    catalogue = load_catalogue(workspace)
    ten, mine = catalogue.entry("UST10Y"), catalogue.entry("VIX")
    assert ten is not None
    assert mine is not None
    assert (ten.name, ten.tolerated_age, ten.kind) == (Label("US Treasury 10-year yield", "十年美債"), 5, Kind.YIELD)
    assert (mine.series_id, mine.unit, mine.source.zh) == ("MINE", "USD mn", "本部")
    assert len(catalogue.entries) == len(SHIPPED.entries) + 1


ENTRY = '[[series]]\nseries_id = "MINE"\nname_en = "Mine"\nname_zh = "我的"\nsource_en = "D"\nsource_zh = "本"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[series]", "catalogue.toml: cannot be read"),
        ('[[series]]\nname_en = "x"\n', "catalogue.toml: entry 1 has no valid series_id."),
        (ENTRY, "catalogue.toml, MINE: kind must be one of price, yield"),
        (ENTRY + 'kind = "yield"\ncolour = "red"\n', "catalogue.toml, MINE: unknown key 'colour'."),
        (ENTRY + 'kind = "yield"\ncodes = { lseg = 2 }\n', "catalogue.toml, MINE: codes has the wrong type"),
        (ENTRY + 'kind = "yield"\ndecimals = "2"\n', "catalogue.toml, MINE: decimals has the wrong type: '2'."),
        (ENTRY + 'kind = "yield"\nfreq = "X"\n', "catalogue.toml, MINE: freq 'X' is not known."),
        (ENTRY + 'kind = "yield"\ncalendar = "NYSE"\n', "catalogue.toml, MINE: calendar 'NYSE' is not known."),
        (ENTRY + 'kind = "yield"\nstored_unit = "kg"\n', "catalogue.toml, MINE: no conversion from 'kg' to '%'."),
        (ENTRY + 'kind = "yield"\npublisher = "me"\n', "catalogue.toml, MINE: publisher 'me' is not in [publishers]."),
        (ENTRY + 'kind = "yield"\n' + ENTRY, "catalogue.toml, MINE: is entered twice."),
        ('[[series]]\nseries_id = "MINE"\nkind = "yield"\n', "catalogue.toml, MINE: needs source_en and source_zh."),
    ],
)
def test_a_faulty_entry_is_refused_by_name(workspace: Workspace, text: str, message: str) -> None:
    workspace.catalogue.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        load_catalogue(workspace)
    assert refusal.value.problems[0].message.en.startswith(message)


def test_a_workspace_is_found_from_any_folder_inside_it(workspace: Workspace) -> None:
    inside = workspace.notes / "2025"
    inside.mkdir()
    assert find_workspace(inside) == workspace
    with pytest.raises(Refused, match="There is no workspace"):
        find_workspace(workspace.root.parent)


def test_a_workspace_is_not_made_twice(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="is a workspace already"):
        create_workspace(workspace.root)


def test_a_workspace_of_a_newer_format_is_refused(workspace: Workspace) -> None:
    (workspace.root / "workspace.toml").write_text("format = 2\n", encoding="utf-8")
    with pytest.raises(Refused, match="has format 2; this program reads format 1"):
        find_workspace(workspace.root)


def test_a_workspace_cannot_be_made_where_a_file_is_in_the_way(workspace: Workspace) -> None:
    blocked = workspace.root / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be written: Not a directory"):
        create_workspace(blocked / "desk")
