"""The set-up script: what it says when something is missing, and that a second run does nothing."""

from __future__ import annotations

import importlib.util
import shlex
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "packaging" / "set_up.py"


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("set_up", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


set_up = load_script()


class FakeMachine:
    """A machine where nothing really happens: it notes the commands and lets apt-get bring what it is asked for."""

    def __init__(self, *, root: bool = True, apt: bool = True, lacking: tuple[str, ...] = ()) -> None:
        self.root, self.apt, self.lacking = root, apt, set(lacking)
        self.commands: list[list[str]] = []
        self.fails: dict[str, str] = {}  # a word in a command -> what that command leaves in the log

    def loads(self, library: str) -> bool:
        return library not in self.lacking

    def finds(self, program: str) -> bool:
        return self.apt if program == "apt-get" else program not in self.lacking

    def administrator(self) -> list[str] | None:
        return [] if self.root else None

    def pip(self) -> list[str]:
        return [] if "pip" in self.lacking else ["pip"]

    def run(self, command: list[str], log: Path | None = None, **more: str) -> int:
        self.commands.append(command)
        if "apt-get" in command and "install" in command:
            self.lacking.clear()
        if "venv" in command:
            python = Path(command[-1], "bin", "python")
            python.parent.mkdir(parents=True)
            python.touch()
        for word, output in self.fails.items():
            if word in command:
                assert log
                log.write_text(output)
                return 1
        return 0


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what the set-up reads."""
    (tmp_path / "packaging" / "lock").mkdir(parents=True)
    (tmp_path / "packaging" / "lock" / "run.txt").write_text("numpy==1\n")
    (tmp_path / "packaging" / "lock" / "test.txt").write_text("numpy==1\npytest==1\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.ruff]\nline-length = 99\n')
    return tmp_path


def the_line(text: str) -> str:
    """The one line to type in a refusal."""
    lines = [line.strip() for line in text.splitlines() if "apt-get install" in line]
    assert len(lines) == 1
    return lines[0]


def test_without_rights_a_missing_library_gives_one_line_to_type_and_exit_code_3(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = FakeMachine(root=False, lacking=("libpango-1.0.so.0", "libxcb-cursor.so.0", "Xvfb", "xvfb-run", "pip"))
    assert set_up.main(["test"], machine, checkout) == 3
    said = capsys.readouterr().err
    packages = "libpango-1.0-0 libxcb-cursor0 xvfb python3-pip"
    assert the_line(said) == f"sudo apt-get install -y --no-install-recommends {packages}"
    assert "libpango-1.0.so.0" in said
    assert "Traceback" not in said
    assert machine.commands == []


def test_postgresql_is_installed_without_a_server_of_its_own_and_leaves_no_setting_behind(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert set_up.main(["test"], FakeMachine(root=False, lacking=("postgres",)), checkout) == 3
    words = shlex.split(the_line(capsys.readouterr().err))
    assert words[:2] == ["sudo", "apt-get"]
    assert words[-1] == "postgresql"
    before, after = (word.partition("::=")[2] for word in words if word.startswith("DPkg::"))
    folder = checkout / "createcluster.d"
    here = {set_up.NO_SERVER_FILE: str(folder / "ours.conf"), str(Path(set_up.NO_SERVER_FILE).parent): str(folder)}
    for there, path in here.items():
        before, after = before.replace(there, path), after.replace(there, path)
    subprocess.run(["sh", "-c", before], check=True)
    assert (folder / "ours.conf").read_text().strip() == "create_main_cluster=false"
    subprocess.run(["sh", "-c", after], check=True)
    assert list(folder.iterdir()) == []


def test_the_programs_of_a_server_are_found_off_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_up, "SERVER_PROGRAMS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not set_up.Machine().finds("postgres")
    (tmp_path / "15" / "bin").mkdir(parents=True)
    (tmp_path / "15" / "bin" / "postgres").touch()
    assert set_up.Machine().finds("postgres")


def test_running_needs_no_test_programs(checkout: Path) -> None:
    assert set_up.main(["run"], FakeMachine(root=False, lacking=("Xvfb", "qpdf")), checkout) == 0


def test_where_there_is_no_apt_get_the_missing_library_is_named(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert set_up.main(["run"], FakeMachine(apt=False, lacking=("libEGL.so.1",)), checkout) == 3
    assert "libEGL.so.1" in capsys.readouterr().err


def test_root_installs_what_is_missing_and_only_that(checkout: Path) -> None:
    machine = FakeMachine(lacking=("libEGL.so.1",))
    assert set_up.main(["run"], machine, checkout) == 0
    assert machine.commands[0][-2:] == ["apt-get", "update"]
    assert [word for word in machine.commands[1] if word.startswith("lib")] == ["libegl1"]


def test_the_second_run_does_nothing(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up.main(["test"], FakeMachine(), checkout) == 0
    capsys.readouterr()
    for kind in ("test", "run"):  # an environment for tests serves for running, too
        again = FakeMachine()
        assert set_up.main([kind], again, checkout) == 0
        assert again.commands == []
        assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("file", "text", "ready"),
    [
        ("pyproject.toml", '[project]\nname = "x"\n[tool.ruff]\nline-length = 1\n', True),
        ("pyproject.toml", '[project]\nname = "x"\ndependencies = ["y"]\n', False),
        ("packaging/lock/test.txt", "numpy==2\n", False),
        ("packaging/lock/run.txt", "numpy==2\n", True),  # not the lock that this environment was made from
    ],
)
def test_a_change_of_what_is_installed_calls_for_a_new_set_up(
    checkout: Path, file: str, text: str, ready: bool
) -> None:
    set_up.main(["test"], FakeMachine(), checkout)
    (checkout / file).write_text(text)
    assert set_up.is_ready("test", checkout) is ready


def test_an_interrupted_set_up_is_taken_up_again(checkout: Path) -> None:
    machine = FakeMachine()
    machine.fails["-r"] = "whatever"
    assert set_up.main(["run"], machine, checkout) == 3
    assert not set_up.is_ready("run", checkout)


@pytest.mark.parametrize(
    ("word", "output", "said"),
    [
        (
            "-r",
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "not the one that was lock",
        ),
        ("-r", "NewConnectionError: Failed to establish a new connection", "connect to the network"),
        ("-r", "OSError: [Errno 28] No space left on device", "the disk is full"),
        ("-r", "something else", "set-up.log"),
        ("venv", "something else", "could not be made"),
        ("-c", "OSError: libfoo.so: cannot open", "do not load"),
    ],
)
def test_each_failure_is_one_sentence(
    checkout: Path, word: str, output: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = FakeMachine()
    machine.fails[word] = output
    assert set_up.main(["run"], machine, checkout) == 3
    message = capsys.readouterr().err
    assert said in message
    assert message.count("\n") == 1


def test_an_old_python_is_told_so(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "OLDEST_PYTHON", (9, 0))
    assert set_up.main(["run"], FakeMachine(), checkout) == 3
    assert "or newer is needed" in capsys.readouterr().err


def test_a_wrong_word_is_answered_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up.main(["tset"]) == 2
    assert "usage" in capsys.readouterr().err


def test_the_real_second_run_takes_less_than_two_seconds() -> None:
    if not set_up.is_ready("test", ROOT):
        pytest.skip("this environment was not made by the set-up")
    start = time.perf_counter()
    done = subprocess.run([sys.executable, SCRIPT, "test"], check=True, capture_output=True, text=True)
    assert time.perf_counter() - start < 2
    assert done.stdout + done.stderr == ""
