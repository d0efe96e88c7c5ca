"""Families of series: declared once by a pattern, named in full in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest

from briefing.data.calendars import is_calendar
from briefing.data.catalogue import load_catalogue
from briefing.data.catalogue_writing import forget_entry, write_entry
from briefing.data.families import Family, Word, family_row, shipped_families
from briefing.data.intake.report import ImportReport, Outcome
from briefing.data.lateness import lateness
from briefing.data.tags import TAGS
from briefing.data.workspace import Workspace
from briefing.metrics.derived import open_source
from briefing.metrics.listing import found
from briefing.series import Kind

Load = Callable[..., ImportReport]
SHIPPED = load_catalogue()
EXAMPLES = (
    "SVENY07",
    "SVENPY30",
    "SVENF01",
    "SVEN1F09",
    "TIPSY02",
    "TIPSPY20",
    "TIPSF10",
    "TIPS5F5",
    "BKEVEN10",
    "BKEVENPY05",
    "BKEVENF20",
    "BKEVEN5F05",
    "GSW_BETA0",
    "GSW_TAU2",
    "GSW_BETA3_MONTHLY",
    "GSW_TAU1_MONTHLY",
    "GSW_TIPS_BETA2",
    "GSW_TIPS_TAU1",
    "ACMTP09",
    "ACMY01",
    "ACMTP10_MONTHLY",
    "ACMRNY10_MONTHLY",
    "ACMTP010M_MONTHLY",
    "ACMY119M_MONTHLY",
    "THREEFYTP10",
    "THREEFF1",
    "CFTC_13874A_LEV_MONEY_LONG",
    "CFTC_13874PLUS_OI",
    "CFTCC_999999_NONCOMM_NET",
    "ZQF23",
    "FOMC_RATE_20260318",
    "FOMC_RATE_20260318_MID",
    "PST_US10",
    "PST_NEWMARKET",
    "PST_US10_PRICE",
    "CL1",
    "TY2",
    "SHILLER_CPI",
    "SHILLER_REAL_EARNINGS",
    "SHILLER_RATE",
    "CAPE",
    "TYX",
)


def test_every_family_has_an_example_that_it_alone_matches() -> None:
    for family in shipped_families():
        mine = [name for name in EXAMPLES if family.row_of(name)]
        assert mine, family.pattern.pattern
    for name in EXAMPLES:
        assert sum(family.row_of(name) is not None for family in shipped_families()) == 1, name


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_member_is_named_in_both_languages_and_stands_in_the_tree(name: str) -> None:
    entry = SHIPPED.entry(name)
    assert entry is not None
    assert entry.series_id == name
    assert set(entry.tags[:2]) <= set(TAGS)
    assert is_calendar(entry.calendar)
    assert entry.licence_note
    for label in (entry.name, entry.short):
        assert not re.search(r"[{}*]", label.en + label.zh)
        assert not set(",;:!?()") & set(label.zh), label.zh
        for before, after in pairwise(label.zh):
            assert not (re.match(r"[\u4e00-\u9fff]", before) and after == " "), label.zh
    assert len(entry.short.en) <= 24, entry.short.en


@pytest.mark.parametrize(
    "name",
    ["SVENY00", "SVENY31", "SVENY7", "ACMTP11", "ACMY012M_MONTHLY0", "THREEFYTP11", "CFTC_1_OI", "ZQA23", "GSW_"],
)
def test_an_id_beside_the_pattern_is_none_of_the_family(name: str) -> None:
    assert SHIPPED.entry(name) is None
    assert family_row(name) is None


def test_leading_zeros_are_left_out_of_names_and_kept_in_ids() -> None:
    entry = SHIPPED.entry("SVENY07")
    assert entry is not None
    assert entry.name.en == "US Treasury 7-year zero-coupon yield (GSW)"
    assert entry.name.zh == "美國公債7年期零息殖利率（GSW）"
    assert entry.tags[2] == "tenor:7Y"


def test_a_contract_that_has_no_words_is_named_by_its_code() -> None:
    entry = SHIPPED.entry("CFTC_999999_DEALER_SHORT")
    assert entry is not None
    assert (entry.name.en, entry.name.zh) == (
        "Contract 999999 futures: dealers, short",
        "合約999999期貨：交易商空單",
    )


def test_a_net_position_is_a_formula_over_what_the_report_holds_and_has_an_alias() -> None:
    entry = SHIPPED.entry("TY_LEV_NET")
    assert entry is not None
    assert entry.series_id == "CFTC_043602_LEV_MONEY_NET"
    assert entry.formula == "CFTC_043602_LEV_MONEY_LONG - CFTC_043602_LEV_MONEY_SHORT"
    assert (entry.name.en, entry.name.zh) == (
        "US 10-year note futures: leveraged funds, net",
        "美國10年期公債期貨：槓桿基金淨部位",
    )


def test_a_contract_without_a_sign_has_no_alias() -> None:
    entry = SHIPPED.entry("CFTC_999999_LEV_MONEY_NET")
    assert entry is not None
    assert entry.aliases == ()


def test_the_net_positions_of_the_usual_contracts_are_listed_before_anything_is_stored() -> None:
    listed = {entry.series_id for entry in SHIPPED.entries}
    assert {f"CFTC_{code}_LEV_MONEY_NET" for code in ("042601", "044601", "043602", "020601")} <= listed
    assert {f"CFTC_{code}_ASSET_MGR_NET" for code in ("13874A", "209742", "1170E1", "099741", "097741")} <= listed


def test_a_position_of_tuesday_is_fresh_until_the_report_of_next_fridays_week_is_out() -> None:
    entry = SHIPPED.entry("CFTC_043602_OI")
    assert entry is not None
    tuesday = date(2025, 1, 7)
    assert lateness(entry, tuesday, date(2025, 1, 16)) is None
    late = lateness(entry, tuesday, date(2025, 1, 17))
    assert late is not None
    assert late.sessions == 1


def test_a_search_finds_members_that_are_stored_and_no_others() -> None:
    assert not any(entry.series_id == "SVENY07" for entry in SHIPPED.search("sveny07", "en"))
    stored = SHIPPED.listing(["SVENY07", "SPY", "SPY_OPEN", "NOBODY"])
    assert stored.search("sveny07", "en")[0].series_id == "SVENY07"
    assert [entry.series_id for entry in stored.search("7年期零息", "zh-Hant-TW")] == ["SVENY07"]
    assert len(stored.entries) == len(SHIPPED.entries) + 1


def test_an_entry_of_the_workspace_is_laid_over_its_family_key_by_key(workspace: Workspace) -> None:
    workspace.catalogue.write_text('[[series]]\nseries_id = "SVENY07"\nshort_en = "Zero 7"\n', encoding="utf-8")
    entry = load_catalogue(workspace).entry("SVENY07")
    assert entry is not None
    assert (entry.short.en, entry.short.zh, entry.kind) == ("Zero 7", "GSW零息7年", Kind.YIELD)


def test_a_full_entry_comes_before_its_family() -> None:
    entry = SHIPPED.entry("ACMTP10")
    assert entry is not None
    assert entry.aliases == ("TERM_PREMIUM10Y",)


def test_a_family_of_a_test_fills_its_template() -> None:
    words = {"X": Word("ten", "十", "TEN"), "*": Word("part *", "部分*")}
    row = {"name_en": "{part} of {number}", "name_zh": "{number}之{part}", "aliases": ["{part}_A"], "formula": "{part}"}
    family = Family(re.compile(r"T_(?P<part>\w)_(?P<number>\d+)"), row, {"part": words}, frozenset({"number"}), ())
    assert family.row_of("T_X_007") == {
        "series_id": "T_X_007",
        "name_en": "ten of 7",
        "name_zh": "7之十",
        "aliases": ["TEN_A"],
        "formula": "X",
    }
    other = family.row_of("T_Y_10")
    assert other is not None
    assert other["name_en"] == "part Y of 10"
    assert "aliases" not in other


def test_a_stored_member_of_a_family_is_listed_in_the_market_and_its_net_position_is_derived(
    workspace: Workspace, load: Load
) -> None:
    report = load(
        "positions.csv",
        "Date,CFTC_043602_LEV_MONEY_LONG,CFTC_043602_LEV_MONEY_SHORT\n2025-01-07,900,2000\n2025-01-14,1000,2500\n",
    )
    assert report.outcome is Outcome.LOADED, report.problems
    source = open_source(workspace)
    members = ("LONG", "NET", "SHORT")
    assert {series.id for series in found(source, "leveraged 10-year")} == {
        f"CFTC_043602_LEV_MONEY_{member}" for member in members
    }
    assert source.series("TY_LEV_NET").values.tolist() == [-1100.0, -1500.0]


def test_a_member_of_a_family_is_changed_and_taken_back_like_any_series(workspace: Workspace) -> None:
    write_entry(workspace, "SVENY07", {"short_en": "Zero 7", "kind": "yield"})
    assert workspace.catalogue.read_text(encoding="utf-8").endswith(
        '[[series]]\nseries_id = "SVENY07"\nshort_en = "Zero 7"\n'
    )
    changed = load_catalogue(workspace)
    assert changed.search("zero 7", "en")[0].series_id == "SVENY07"
    forget_entry(workspace, "SVENY07")
    entry = load_catalogue(workspace).entry("SVENY07")
    assert entry is not None
    assert entry.short.en == "GSW zero 7Y"
