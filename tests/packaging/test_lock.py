"""The lock files: every package with its hashes, no index named, no licence that we could not pass on."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

LOCK = Path(__file__).parents[2] / "packaging" / "lock"
KINDS = ("run", "test")

# Offered under several licences, of which we take one that is not the GPL.
CHOICE_OF_LICENCE = {"pyphen"}


def locked(kind: str) -> list[tuple[Requirement, list[str]]]:
    """Each requirement of a lock file, and its hashes."""
    text = (LOCK / f"{kind}.txt").read_text("utf-8").replace("\\\n", " ")
    lines = [line.split("--hash=") for line in text.splitlines() if line and not line.startswith("#")]
    return [(Requirement(line[0]), [h.strip() for h in line[1:]]) for line in lines]


def names(kind: str) -> set[str]:
    return {requirement.name for requirement, _ in locked(kind)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_package_has_one_version_and_hashes(kind: str) -> None:
    for requirement, hashes in locked(kind):
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes), requirement


@pytest.mark.parametrize("kind", KINDS)
def test_no_index_is_named(kind: str) -> None:
    text = (LOCK / f"{kind}.txt").read_text("utf-8")
    assert "://" not in text
    assert "index" not in text
    assert " @ " not in text


def test_the_tests_run_with_the_very_packages_of_the_program() -> None:
    run, test = ({str(r): h for r, h in locked(kind)} for kind in KINDS)
    assert run.items() <= test.items()


def test_every_direct_dependency_is_locked() -> None:
    wanted = [Requirement(text) for text in metadata.requires("market-briefing") or ()]
    versions = {r.name: r for r, _ in locked("run") if not r.marker or r.marker.evaluate()}
    for requirement in wanted:
        pinned = str(versions[requirement.name.lower()].specifier).removeprefix("==")
        assert pinned in requirement.specifier, requirement


def test_no_gpl_at_run_time() -> None:
    suspects = set()
    for name in names("run") - CHOICE_OF_LICENCE:
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:  # locked for another system
            continue
        stated = [about.get("License-Expression") or "", about.get("License") or ""]
        stated += [c for c in about.get_all("Classifier") or () if c.startswith("License")]
        for text in stated:
            if re.search(r"\bA?GPL|(?<!Lesser )General Public", text.split("\n")[0]) and "LGPL" not in text:
                suspects.add(f"{name}: {text.splitlines()[0]}")
    assert suspects == set()
