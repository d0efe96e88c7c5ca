"""Changing the workspace's catalogue: entry by entry, checked first, with a person's own words kept."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.data.catalogue import load_catalogue
from briefing.data.catalogue_writing import changed_entry, entry_row, forget_entry, read_change, write_entry
from briefing.data.workspace import Workspace
from briefing.problems import Refused
from briefing.series import Kind

MINE: dict[str, str | int | list[str] | None] = {
    "name_en": "My spread",
    "name_zh": "我的利差",
    "kind": "spread",
    "source_en": "The desk",
    "source_zh": "自營部",
}


def refused(workspace: Workspace, series_id: str, **change: str | int | list[str] | None) -> str:
    before = workspace.catalogue.read_bytes()
    with pytest.raises(Refused) as caught:
        write_entry(workspace, series_id, change)
    assert workspace.catalogue.read_bytes() == before
    return caught.value.problems[0].message.en


def test_a_new_name_is_read_back_and_the_rest_stays_shipped(workspace: Workspace) -> None:
    write_entry(workspace, "DGS10", {"name_zh": "十年美債"})
    entry = load_catalogue(workspace).entry("UST10Y")
    assert entry is not None
    assert (entry.name.zh, entry.name.en) == ("十年美債", "US Treasury 10-year yield")


def test_only_what_differs_from_the_shipped_entry_is_kept(workspace: Workspace) -> None:
    write_entry(workspace, "DGS10", {"name_en": "US Treasury 10-year yield", "decimals": 3})
    text = workspace.catalogue.read_text(encoding="utf-8")
    assert text.endswith('[[series]]\nseries_id = "DGS10"\ndecimals = 3\n')


def test_comments_and_order_of_a_person_stay(workspace: Workspace) -> None:
    written = '# ours\n[[series]]\nseries_id = "DGS10"  # the benchmark\n\ndecimals = 3\n\n# end\n'
    workspace.catalogue.write_text(written, encoding="utf-8")
    write_entry(workspace, "DGS10", {"decimals": 4})
    assert workspace.catalogue.read_text(encoding="utf-8") == written.replace("3", "4")


def test_a_key_set_back_to_the_shipped_value_goes_and_the_empty_entry_with_it(workspace: Workspace) -> None:
    before = workspace.catalogue.read_bytes()
    write_entry(workspace, "DGS10", {"decimals": 3})
    write_entry(workspace, "DGS10", {"decimals": None})
    assert workspace.catalogue.read_bytes() == before


def test_a_series_of_ones_own_is_added(workspace: Workspace) -> None:
    entry = write_entry(workspace, "MY_SPREAD", {**MINE, "aliases": ["DESK_SPREAD"]})
    assert (entry.kind, entry.unit) == (Kind.SPREAD, "bp")
    assert load_catalogue(workspace).entry("DESK_SPREAD") == entry


def test_a_change_can_be_looked_at_without_being_written(workspace: Workspace) -> None:
    before = workspace.catalogue.read_bytes()
    assert changed_entry(workspace, "DGS10", {"decimals": 3}).decimals == 3
    assert workspace.catalogue.read_bytes() == before


def test_an_own_series_is_forgotten_and_a_shipped_one_is_as_shipped_again(workspace: Workspace) -> None:
    write_entry(workspace, "MY_SPREAD", MINE)
    write_entry(workspace, "DGS10", {"decimals": 3})
    for series_id in ("MY_SPREAD", "DGS10", "NEVER_THERE"):
        forget_entry(workspace, series_id)
    catalogue, shipped = load_catalogue(workspace), load_catalogue()
    assert catalogue.entry("MY_SPREAD") is None
    assert catalogue.entry("DGS10") == shipped.entry("DGS10")


def test_what_is_not_valid_is_refused_and_nothing_is_written(workspace: Workspace) -> None:
    assert "kind must be one of" in refused(workspace, "DGS10", kind="colour")
    assert "calendar 'MOON' is not known" in refused(workspace, "DGS10", calendar="MOON")
    assert "needs name_en and name_zh" in refused(workspace, "NEW_ONE", kind="yield", source_en="x", source_zh="x")
    assert "no valid series_id" in refused(workspace, "lower case", **MINE)


def test_bounds_are_typed_kept_and_read_back(workspace: Workspace) -> None:
    assert read_change({"low": "-100", "high": "2.5"}) == {"low": -100.0, "high": 2.5}
    with pytest.raises(Refused, match="low is a number, not “below zero”"):
        read_change({"low": "below zero"})

    written = write_entry(workspace, "DGS10", {"low": -1.5, "high": 20.0})

    assert (written.low, written.high) == (-1.5, 20.0)
    assert load_catalogue(workspace).entry("DGS10") == written
    row = entry_row(written)
    assert (row["low"], row["high"]) == (-1.5, 20.0)


def test_an_alias_of_another_series_is_refused(workspace: Workspace) -> None:
    assert refused(workspace, "MY_SPREAD", **{**MINE, "aliases": ["UST10Y"]}) == "UST10Y already stands for DGS10."


def test_a_file_that_is_no_toml_is_left_alone(workspace: Workspace) -> None:
    workspace.catalogue.write_text("[[series]\n", encoding="utf-8")
    assert "cannot be read" in refused(workspace, "DGS10", decimals=3)


def test_a_folder_that_cannot_be_written_is_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("briefing.data.catalogue_writing.write_file", full)
    assert refused(workspace, "DGS10", decimals=3) == "catalogue.toml cannot be written: No space left on device."


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
def test_any_name_comes_back_as_it_was_given(workspace: Workspace, name: str) -> None:
    entry = write_entry(workspace, "MY_SPREAD", {**MINE, "name_en": name})
    assert entry.name.en == name
    assert load_catalogue(workspace).entry("MY_SPREAD") == entry
