"""Commands from shells that are set up badly: streams, languages, folders and state that do not work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.sample import create_sample

WORDS = [sys.executable, "-m", "briefing"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_sample(tmp_path_factory.mktemp("desk") / "workspace").root


def briefing(desk: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {**os.environ, "BRIEFING_STATE": str(desk.parent / "state"), "LC_ALL": "C.UTF-8", **environment}
    return subprocess.run(
        [*WORDS, *words], cwd=desk, env=own, capture_output=True, text=True, encoding="utf-8", check=False
    )


def shell(desk: Path, line: str) -> subprocess.CompletedProcess[str]:
    own = {**os.environ, "BRIEFING_STATE": str(desk.parent / "state"), "LC_ALL": "C.UTF-8", "PY": sys.executable}
    return subprocess.run(
        ["/bin/sh", "-c", line], cwd=desk, env=own, capture_output=True, text=True, encoding="utf-8", check=False
    )


posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")


def test_a_terminal_that_knows_ascii_only_spells_what_it_cannot_show(desk: Path) -> None:
    done = briefing(desk, "value", "UST10Y.change.1d", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout, done.stderr) == (0, "\\u221213bp\n", "")


def test_json_for_an_ascii_pipe_is_still_json(desk: Path) -> None:
    done = briefing(desk, "value", "UST10Y.change.1d", "--json", PYTHONIOENCODING="latin-1")
    assert json.loads(done.stdout)["text"]["en"] == "−13bp"


def test_the_language_asked_for_is_spoken_where_its_locale_is_not_installed(desk: Path) -> None:
    done = briefing(desk, "value", "NOPE.last", LC_ALL="zh_TW.UTF-8", PYTHONUTF8="1")
    assert "沒有名為NOPE的序列。" in done.stderr


@posix
def test_a_full_disk_behind_the_output_is_said(desk: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = shell(desk, '"$PY" -m briefing value UST10Y.last > /dev/full')
    assert done.returncode == 1
    assert done.stderr.startswith("● output.unwritable: The output cannot be written")
    assert "Traceback" not in done.stderr


@posix
def test_closed_streams_change_no_exit_code(desk: Path) -> None:
    assert shell(desk, '"$PY" -m briefing value UST10Y.last >&-').returncode == 0
    assert shell(desk, '"$PY" -m briefing value NOPE.last 2>&-').returncode == 1


@posix
def test_a_folder_that_was_deleted_under_the_shell_is_said(desk: Path) -> None:
    done = shell(desk, 'mkdir gone && cd gone && rmdir ../gone && "$PY" -m briefing value UST10Y.last')
    assert (done.returncode, done.stderr.partition(":")[0]) == (1, "● folder.gone")


def test_damaged_settings_are_said_once_and_never_hide_another_problem(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("language = [1]\n", encoding="utf-8")
    alone = briefing(desk, "series", "UST10Y", BRIEFING_STATE=str(tmp_path))
    beside = briefing(desk, "value", "NOPE.last", BRIEFING_STATE=str(tmp_path))
    assert (alone.returncode, alone.stderr.count("● settings.value")) == (1, 1)
    assert [line.split()[1] for line in beside.stderr.splitlines() if line.startswith("●")] == [
        "market.unknown",
        "settings.value",
    ]


def test_a_state_folder_that_cannot_be_made_is_named_and_the_doctor_sees_it(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    state = str(tmp_path / "file" / "state")
    listed, examined = briefing(desk, "series", BRIEFING_STATE=state), briefing(desk, "doctor", BRIEFING_STATE=state)
    assert (listed.returncode, listed.stderr.split()[1]) == (1, "setup.folder")
    assert (examined.returncode, examined.stderr) == (3, "")
    assert "✗ State folder" in examined.stdout


def test_a_file_name_cannot_send_commands_to_the_terminal(desk: Path, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such names")
    (tmp_path / "a\x1b[31m\u202e.csv").write_bytes(b"")
    done = briefing(desk, "import", str(tmp_path))
    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr
    assert r"a\x1b[31m\u202e.csv" in done.stdout


@pytest.mark.parametrize("name", ["../evil", "a/b", "a\\b", "..", "x" * 300, "a\nb", "a:b"])
def test_a_new_note_stays_in_the_notes_folder_under_a_name_that_every_system_takes(desk: Path, name: str) -> None:
    done = briefing(desk, "new", name)
    assert (done.returncode, done.stderr.partition(":")[0]) == (1, "● note.name")


def test_a_year_that_never_was_is_no_window(desk: Path) -> None:
    done = briefing(desk, "value", "UST10Y.pctile.since0000")
    assert (done.returncode, done.stderr.partition(":")[0]) == (1, "● reference.syntax")


@posix
def test_a_target_that_is_no_file_is_never_replaced(desk: Path, tmp_path: Path) -> None:
    note = desk / "notes" / "plain.brief"
    briefing(desk, "new", "plain")
    os.mkfifo(tmp_path / "pipe")
    done = briefing(desk, "render", str(note), "-o", str(tmp_path / "pipe"), "--draft")
    assert (done.returncode, "● render.unwritable" in done.stderr) == (1, True)
    assert (tmp_path / "pipe").is_fifo()


def test_a_note_that_cannot_be_written_is_said(desk: Path) -> None:
    source = create_sample(desk.parent / "blocked").root
    for note in (source / "notes").iterdir():
        note.unlink()
    (source / "notes").rmdir()
    (source / "notes").write_bytes(b"")
    done = briefing(source, "new", "x")
    assert (done.returncode, done.stderr.partition(" [")[0]) == (1, "● note.unwritable")
