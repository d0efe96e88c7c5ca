#!/usr/bin/env python3
"""Makes `.venv`, ready to run or to test the program, out of a bare machine.

    python3 packaging/set_up.py run     what the program needs
    python3 packaging/set_up.py test    that, and what its tests need

Needs nothing but the standard library.  System libraries are probed by loading them; what is
missing is installed with apt-get where that needs no password, otherwise the one line to type is
printed.  Python packages come from a lock file with hashes.  A second run finds a stamp and does
nothing.  Exit codes: 0 ready, 3 this machine lacks something (said in one sentence).
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
OLDEST_PIP = (22, 3)  # the first with --python
NOT_READY = 3
SIGNS_OF_NO_NETWORK = (
    "Failed to establish a new connection",
    "Max retries exceeded",
    "Network is unreachable",
    "ProxyError",
    "Read timed out",
    "Temporary failure in name resolution",
)


class Need(NamedTuple):
    """A library (by the name the loader knows) or a program, and the Debian package with it."""

    name: str
    package: str


# What WeasyPrint loads; the window needs the last one too.
PAGE_LIBRARIES = (
    Need("libgobject-2.0.so.0", "libglib2.0-0"),
    Need("libpango-1.0.so.0", "libpango-1.0-0"),
    Need("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
    Need("libharfbuzz.so.0", "libharfbuzz0b"),
    Need("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
    Need("libfontconfig.so.1", "libfontconfig1"),
)

# What Qt's wheel links to and does not bring along: first the core, then X11, then Wayland.
WINDOW_LIBRARIES = (
    Need("libdbus-1.so.3", "libdbus-1-3"),
    Need("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
    Need("libEGL.so.1", "libegl1"),
    Need("libGL.so.1", "libgl1"),
    Need("libGLX.so.0", "libglx0"),
    Need("libOpenGL.so.0", "libopengl0"),
    Need("libfreetype.so.6", "libfreetype6"),
    Need("libz.so.1", "zlib1g"),
    Need("libzstd.so.1", "libzstd1"),
    Need("libxkbcommon.so.0", "libxkbcommon0"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    Need("libX11.so.6", "libx11-6"),
    Need("libX11-xcb.so.1", "libx11-xcb1"),
    Need("libxcb.so.1", "libxcb1"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4"),
    Need("libxcb-image.so.0", "libxcb-image0"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Need("libxcb-randr.so.0", "libxcb-randr0"),
    Need("libxcb-render.so.0", "libxcb-render0"),
    Need("libxcb-render-util.so.0", "libxcb-render-util0"),
    Need("libxcb-shape.so.0", "libxcb-shape0"),
    Need("libxcb-shm.so.0", "libxcb-shm0"),
    Need("libxcb-sync.so.1", "libxcb-sync1"),
    Need("libxcb-util.so.1", "libxcb-util1"),
    Need("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1"),
    Need("libwayland-client.so.0", "libwayland-client0"),
    Need("libwayland-cursor.so.0", "libwayland-cursor0"),
    Need("libwayland-egl.so.1", "libwayland-egl1"),
)

TEST_PROGRAMS = (
    Need("Xvfb", "xvfb"),
    Need("xvfb-run", "xvfb"),
    Need("xauth", "xauth"),
    Need("xdotool", "xdotool"),
    Need("pdftotext", "poppler-utils"),
    Need("pdftoppm", "poppler-utils"),
    Need("qpdf", "qpdf"),
    Need("postgres", "postgresql"),
)

# Debian keeps the programs of a PostgreSQL server off the path, by version.
SERVER_PROGRAMS = Path("/usr/lib/postgresql")

# Debian's package makes and starts a server of its own unless it is told not to; the tests start theirs.
NO_SERVER_FILE = "/etc/postgresql-common/createcluster.d/market-briefing-set-up.conf"
NO_SERVER = (
    "-o",
    f"DPkg::Pre-Invoke::=mkdir -p {Path(NO_SERVER_FILE).parent} && echo create_main_cluster=false >{NO_SERVER_FILE}",
    "-o",
    f"DPkg::Post-Invoke::=rm -f {NO_SERVER_FILE}",
)


class SetUpError(Exception):
    """The machine lacks something; the text is one sentence for the person at it."""


class Machine:
    """What the set-up asks of the machine.  Tests put another in its place."""

    def loads(self, library: str) -> bool:
        """Say whether the loader finds this library."""
        try:
            ctypes.CDLL(library)
        except OSError:
            return False
        return True

    def finds(self, program: str) -> bool:
        """Say whether this program is on the path, or among those of a PostgreSQL server."""
        return shutil.which(program) is not None or any(SERVER_PROGRAMS.glob(f"*/bin/{program}"))

    def administrator(self) -> list[str] | None:
        """Return what to put before a command to run it as root; None if that needs a password."""
        if os.geteuid() == 0:
            return []
        if self.finds("sudo") and self.run(["sudo", "-n", "true"]) == 0:
            return ["sudo", "-n"]
        return None

    def pip(self) -> list[str]:
        """Return the command of a pip that can install into another environment, or []."""
        for python in dict.fromkeys((sys.executable, "/usr/bin/python3")):
            if Path(python).exists() and pip_version(python) >= OLDEST_PIP:
                return [python, "-m", "pip"]
        return []

    def run(self, command: Sequence[str], log: Path | None = None, **more: str) -> int:
        """Run a command with its output in the log; return its exit code.

        `more` is added to the environment.
        """
        with contextlib.ExitStack() as stack:
            out = stack.enter_context(log.open("ab")) if log else subprocess.DEVNULL
            return subprocess.run(
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **more},
            ).returncode


def pip_version(python: str) -> tuple[int, ...]:
    """Return the version of this Python's pip, or () where there is none."""
    done = subprocess.run([python, "-m", "pip", "--version"], check=False, capture_output=True, text=True)
    words = done.stdout.split()
    if done.returncode or len(words) < 2:
        return ()
    return tuple(int(part) for part in words[1].split(".") if part.isdigit())


def say(message: str) -> None:
    """Tell the person at the machine what is going on."""
    print(f"Set-up: {message}", flush=True)


# --- system libraries -----------------------------------------------------------------------------


def missing_needs(machine: Machine, kind: str) -> list[Need]:
    """List the libraries and programs that this machine lacks."""
    libraries = [n for n in PAGE_LIBRARIES + WINDOW_LIBRARIES if not machine.loads(n.name)]
    programs = TEST_PROGRAMS if kind == "test" else ()
    return libraries + [n for n in programs if not machine.finds(n.name)]


def packages_of(needs: Iterable[Need]) -> list[str]:
    """List the Debian packages that bring these needs, each once."""
    return list(dict.fromkeys(n.package for n in needs))


def named(needs: Sequence[Need]) -> str:
    """Name what is missing, the first few of it where it is much."""
    some = ", ".join(n.name for n in needs[:4])
    return some if len(needs) <= 4 else f"{some} and {len(needs) - 4} more"


def install_system_packages(machine: Machine, needs: Sequence[Need], log: Path) -> None:
    """Install with apt-get what is missing, or say which one line does it."""
    if not machine.finds("apt-get"):
        everything = ", ".join(n.name for n in needs)
        raise SetUpError(f"missing, with no apt-get to install it: {everything}.")
    packages = packages_of(needs)
    options = NO_SERVER if "postgresql" in packages else ()
    install = ["apt-get", "install", "-y", "--no-install-recommends", *options, *packages]
    prefix = machine.administrator()
    if prefix is None:
        line = shlex.join(["sudo", *install])
        raise SetUpError(f"missing: {named(needs)}. Type this line, then try again:\n    {line}")
    say(f"installing {len(packages)} system packages with apt-get.")
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    machine.run([*quiet, "apt-get", "update"], log)
    if machine.run([*quiet, *install, "-o", "DPkg::Lock::Timeout=120"], log):
        raise SetUpError(f"apt-get could not install {' '.join(packages)}: the reason is in {log}.")


def ensure_system(machine: Machine, kind: str, log: Path, *, with_pip: bool) -> None:
    """Make sure that every system library and program is there, and pip where it will be used."""
    pip = [Need("pip", "python3-pip")] if with_pip and not machine.pip() else []
    missing = missing_needs(machine, kind) + pip
    if not missing:
        return
    install_system_packages(machine, missing, log)
    still = missing_needs(machine, kind) + (pip if not machine.pip() else [])
    if still:
        raise SetUpError(f"apt-get succeeded, but still missing: {named(still)}.")


# --- the virtual environment ----------------------------------------------------------------------


def lock_file(kind: str, root: Path) -> Path:
    """Return the lock file for `run` or `test`."""
    return root / "packaging" / "lock" / f"{kind}.txt"


def installation_part(root: Path) -> str:
    """Return what pyproject.toml says about the installation, without the settings of tools."""
    import tomllib  # not there before Python 3.11, which is told so

    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    hatch = project.get("tool", {}).get("hatch")
    return json.dumps([project.get("build-system"), project.get("project"), hatch], sort_keys=True)


def fingerprint(kind: str, root: Path) -> str:
    """Return what an environment for `kind` depends on, as one hash."""
    text = f"{sys.version}\0{root}\0{installation_part(root)}\0"
    return hashlib.sha256(text.encode() + lock_file(kind, root).read_bytes()).hexdigest()


def read_stamp(venv: Path) -> dict[str, str]:
    """Return the fingerprints that the environment was made for, by kind."""
    try:
        stamp = json.loads((venv / "set-up.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_ready(kind: str, root: Path) -> bool:
    """Say whether the environment already serves `kind`: one for `test` serves `run` too."""
    venv = root / ".venv"
    if not (venv / "bin" / "python").exists():
        return False
    stamp = read_stamp(venv)
    kinds = ("run", "test") if kind == "run" else ("test",)
    return any(stamp.get(k) == fingerprint(k, root) for k in kinds)


def venv_fits(venv: Path) -> bool:
    """Say whether an environment that is there was made by this very Python, at this place."""
    try:
        text = (venv / "pyvenv.cfg").read_text("utf-8")
    except OSError:
        return False
    lines = dict(line.split(" = ", 1) for line in text.splitlines() if " = " in line)
    version = ".".join(map(str, sys.version_info[:3]))
    same_place = lines.get("command", "").endswith(f" {venv}")
    return lines.get("version") == version and same_place and (venv / "bin" / "python").exists()


def make_venv(machine: Machine, venv: Path, log: Path) -> None:
    """Make an empty environment, unless a fitting one is there."""
    if venv_fits(venv):
        return
    command = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(venv)]
    if machine.run(command, log):
        raise SetUpError(f"the environment .venv could not be made: the reason is in {log}.")


def pip_trouble(log_text: str, log: Path) -> str:
    """Say in one sentence why pip failed."""
    if "DO NOT MATCH THE HASHES" in log_text:
        return f"a downloaded package is not the one that was locked: see {log}."
    if any(sign in log_text for sign in SIGNS_OF_NO_NETWORK):
        return "the package index cannot be reached; connect to the network and try again."
    if "No space left on device" in log_text:
        return "the disk is full; about 1.5 GB are needed."
    return f"pip could not install the packages: the reason is in {log}."


def install_packages(machine: Machine, kind: str, root: Path, log: Path) -> None:
    """Install the locked packages, then the project itself, editable."""
    python = str(root / ".venv" / "bin" / "python")
    pip = [*machine.pip(), "--python", python, "install", "--no-input"]
    quiet = {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONPATH": ""}
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(lock_file(kind, root))]
    project = ["--no-deps", "--no-build-isolation", "--no-index", "-e", str(root)]
    for what in (locked, project):
        start = log.stat().st_size if log.exists() else 0
        if machine.run([*pip, *what], log, **quiet):
            raise SetUpError(pip_trouble(log.read_bytes()[start:].decode(errors="replace"), log))


def check_imports(machine: Machine, venv: Path, log: Path) -> None:
    """Import what loads system libraries, so that a library nobody thought of is noticed now."""
    code = "import weasyprint, PySide6.QtWidgets, PySide6.QtSvg, pypdfium2, pikepdf"
    if machine.run([str(venv / "bin" / "python"), "-c", code], log):
        raise SetUpError(f"the packages are installed but do not load: the reason is in {log}.")


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Wait until no other set-up works in this folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def set_up(kind: str, machine: Machine, root: Path) -> None:
    """Make everything ready for `run` or `test`."""
    if sys.version_info < OLDEST_PYTHON:
        this = ".".join(map(str, sys.version_info[:2]))
        raise SetUpError(f"Python 3.11 or newer is needed, and this is {this}.")
    log = root / "build" / "set-up.log"
    log.parent.mkdir(exist_ok=True)
    ensure_system(machine, kind, log, with_pip=not is_ready(kind, root))
    if is_ready(kind, root):
        return
    with one_at_a_time(root):
        if is_ready(kind, root):
            return
        say("installing the Python packages into .venv (once, some minutes).")
        venv = root / ".venv"
        make_venv(machine, venv, log)
        install_packages(machine, kind, root, log)
        check_imports(machine, venv, log)
        stamp = json.dumps({kind: fingerprint(kind, root)})
        (venv / "set-up.json").write_text(stamp, "utf-8")
        say("done.")


def main(arguments: Sequence[str], machine: Machine | None = None, root: Path = ROOT) -> int:
    """Run the set-up from the command line."""
    if list(arguments) not in (["run"], ["test"]):
        print("usage: set_up.py run|test", file=sys.stderr)
        return 2
    try:
        set_up(arguments[0], machine or Machine(), root)
    except SetUpError as trouble:
        print(f"Set-up: {trouble}", file=sys.stderr)
        return NOT_READY
    except KeyboardInterrupt:
        print("Set-up: interrupted; the next run goes on from here.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
