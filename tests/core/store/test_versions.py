from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from briefing.store.versions import Version, keep, kept, thin, versions

NOW = datetime(2025, 1, 15, 7, 30, tzinfo=UTC)


def version(number: int, age: timedelta, *, size: int = 10, pinned: bool = False) -> Version:
    return Version(Path(f"{number}.brief"), number, NOW - age, f"{number:064x}", size, pinned)


def numbers(held: tuple[Version, ...]) -> list[int]:
    return [entry.number for entry in held]


def test_a_version_is_kept_once_by_its_content(tmp_path: Path) -> None:
    for content in (b"a", b"b", b"a"):
        keep(tmp_path, content, NOW)
    assert [entry.content() for entry in versions(tmp_path)] == [b"a", b"b"]


def test_what_is_newest_is_told_by_number_whatever_the_clock_says(tmp_path: Path) -> None:
    keep(tmp_path, b"first", NOW)
    keep(tmp_path, b"second", NOW - timedelta(days=1))
    keep(tmp_path, b"third", NOW.replace(year=2035))
    assert [entry.content() for entry in versions(tmp_path)] == [b"first", b"second", b"third"]


def test_all_versions_of_the_last_two_days_stay() -> None:
    held = [version(at, timedelta(hours=47) - timedelta(minutes=at)) for at in range(50)]
    assert numbers(kept(held, NOW, always=1)) == list(range(50))


def test_the_last_versions_stay_whatever_their_age() -> None:
    held = [version(at, timedelta(days=900 - at)) for at in range(30)]
    assert numbers(kept(held, NOW)) == list(range(10, 30))


def test_after_two_days_the_last_of_each_day_stays() -> None:
    held = [version(at, timedelta(days=5, minutes=-at)) for at in range(5)] + [version(9, timedelta(0))]
    assert numbers(kept(held, NOW, always=1)) == [4, 9]


def test_later_one_of_each_week_then_of_each_month_then_none() -> None:
    weekly = [version(at, timedelta(days=50 - at)) for at in range(14)]
    assert len(kept([*weekly, version(99, timedelta(0))], NOW, always=1)) - 1 in {2, 3}
    monthly = [version(at, timedelta(days=200 - at)) for at in range(60)]
    assert len(kept([*monthly, version(99, timedelta(0))], NOW, always=1)) - 1 in {2, 3}
    assert numbers(kept([version(1, timedelta(days=400)), version(2, timedelta(0))], NOW, always=1)) == [2]


def test_the_newest_and_a_pinned_one_always_stay() -> None:
    held = [version(1, timedelta(days=900), pinned=True), version(2, timedelta(days=800))]
    assert numbers(kept(held, NOW, limit=0)) == [1, 2]


def test_over_the_limit_the_oldest_go_first() -> None:
    held = [version(at, timedelta(hours=10 - at), size=10) for at in range(5)]
    assert numbers(kept(held, NOW, limit=25)) == [3, 4]


def test_a_version_before_a_migration_is_pinned_though_its_content_is_there(tmp_path: Path) -> None:
    keep(tmp_path, b"a", NOW)
    keep(tmp_path, b"a", NOW, pinned=True)
    assert [entry.pinned for entry in versions(tmp_path)] == [False, True]


@given(st.lists(st.integers(0, 500 * 24), max_size=40), st.integers(0, 300))
def test_thinning_twice_is_thinning_once(hours: list[int], limit: int) -> None:
    held = [version(at, timedelta(hours=age)) for at, age in enumerate(sorted(hours, reverse=True))]
    once = kept(held, NOW, limit, always=3)
    assert kept(once, NOW, limit, always=3) == once
    assert set(once) <= set(held)
    assert held[-1:] == list(once[-1:])


def test_thinning_removes_the_files(tmp_path: Path) -> None:
    for days in (20, 19, 18, 0):
        keep(tmp_path, f"{days}".encode(), NOW - timedelta(days=days))
    assert len(versions(tmp_path)) == 4
    (tmp_path / "versions" / "note.brief").write_bytes(b"not ours")
    thin(tmp_path, NOW, limit=1)
    assert [entry.content() for entry in versions(tmp_path)] == [b"0"]
    assert (tmp_path / "versions" / "note.brief").exists()
