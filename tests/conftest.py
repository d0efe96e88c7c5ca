"""A real PostgreSQL server for the tests that want one: made on demand, for this process of tests alone."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

OWNER = "owner"
PASSWORD = "not a secret, only a test"  # noqa: S105 - it guards nothing
STARTS_WITHIN = 60

SETTINGS = {
    "autovacuum": "off",
    "datestyle": "SQL, DMY",
    "fsync": "off",
    "full_page_writes": "off",
    "jit": "off",
    "listen_addresses": "127.0.0.1",
    "log_statement": "all",
    "max_wal_size": "4GB",
    "shared_buffers": "128MB",
    "ssl": "on",
    "synchronous_commit": "off",
    "timezone": "Asia/Taipei",
}
"""Nothing here outlives the tests, so nothing waits for a disk. Some are unusual, as a server may well be set."""

ACCESS = """\
local all owner trust
local all all scram-sha-256
host all trusted 127.0.0.1/32 trust
host all candid 127.0.0.1/32 password
host all all 127.0.0.1/32 scram-sha-256
"""

NEW_CERTIFICATE = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9"
AUTHORITY = "-subj /CN=tests -keyout authority.key -out authority.crt"
CERTIFICATE = """\
-CA authority.crt -CAkey authority.key -subj /CN=db.example -addext subjectAltName=DNS:db.example
-addext basicConstraints=critical,CA:FALSE -keyout data/server.key -out data/server.crt
"""


class Server:
    """A cluster of databases in a temporary folder, on a port of its own of the loopback address.

    The superuser `owner` comes in through the socket in `home` without a password; everybody else gives one.
    """

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.home = Path(tempfile.mkdtemp(prefix="briefing-pg-"))
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = 0
        if os.geteuid() == 0:
            account = _unprivileged()
            os.chown(self.home, account.pw_uid, account.pw_gid)

    @property
    def log(self) -> str:
        """All that the server has said."""
        return (self.home / "log").read_text(encoding="utf-8", errors="replace")

    @property
    def authority(self) -> Path:
        """The certificate of the authority that the server's own certificate, for db.example, comes from."""
        return self.home / "authority.crt"

    def make(self) -> None:
        """Make the files of the cluster. The server does not run yet."""
        self._run("initdb", "-D", "data", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        (self.home / "data" / "pg_hba.conf").write_text(ACCESS, encoding="utf-8")
        self._make_certificates()

    def start(self) -> None:
        """Start the server, or start it again after it was killed; return when it takes connections."""
        for _ in range(3):
            self.port = self.port or _free_port()
            command = [*self._as_user("--pdeathsig", "INT"), str(self.programs / "postgres"), "-D", "data"]
            options = {**SETTINGS, "port": str(self.port), "unix_socket_directories": str(self.home)}
            for name, value in options.items():
                command += ["-c", f"{name}={value}"]
            with (self.home / "log").open("ab") as log:
                self._process = subprocess.Popen(
                    command, cwd=self.home, stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )
            if self._is_ready(self._process):
                return
            self.port = 0
        pytest.fail(f"PostgreSQL does not start:\n{self.log}")

    def make_sure(self) -> None:
        """Start the server again when a test has killed it."""
        if self._process is None or self._process.poll() is not None:
            self.start()

    def kill(self) -> None:
        """End the server and every process of it by SIGKILL, as a crash of the machine would."""
        assert self._process
        family = [self._process.pid, *_children(self._process.pid)]
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        while any(_parent(pid) for pid in family[1:]):
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop the server at once and remove its folder."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(STARTS_WITHIN)
        shutil.rmtree(self.home)

    def database(self, template: str = "template1") -> str:
        """A new database like another one that nobody uses; its name."""
        self._databases += 1
        name = f"desk{self._databases}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def user(self, name: str, *roles: str) -> str:
        """Make sure of a user with the password of the tests who is a member of some roles; the name."""
        if (name,) not in self.ask("SELECT rolname FROM pg_roles"):
            self.do(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
        for role in roles:
            self.do(f"GRANT {role} TO {name}")
        return name

    def url(self, database: str, user: str) -> str:
        """What a workspace file says to mean one of the databases."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def do(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as the superuser, each for itself."""
        with self.connection(database) as connection, connection.cursor() as cursor:
            cursor.execute(statement)

    def ask(self, query: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """The rows of a query of the superuser."""
        with self.connection(database) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return [tuple(row) for row in cursor.fetchall()]

    def connection(self, database: str) -> Any:
        """A connection of the superuser, to be closed."""
        from adbc_driver_postgresql import dbapi

        return dbapi.connect(f"host={self.home} port={self.port} user={OWNER} dbname={database}", autocommit=True)

    def _is_ready(self, process: subprocess.Popen[bytes]) -> bool:
        state = self.home / "data" / "postmaster.pid"
        deadline = time.monotonic() + STARTS_WITHIN
        while process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(FileNotFoundError):
                lines = state.read_text(encoding="utf-8").splitlines()
                if lines[:1] == [str(process.pid)] and lines[7:8] == ["ready   "]:
                    return True
            time.sleep(0.01)
        return False

    def _make_certificates(self) -> None:
        for certificate in (AUTHORITY, CERTIFICATE):
            self._run("openssl", *NEW_CERTIFICATE.split(), *certificate.split())

    def _run(self, program: str, *arguments: str) -> None:
        path = self.programs / program
        command = [*self._as_user(), str(path) if path.exists() else program, *arguments]
        done = subprocess.run(command, cwd=self.home, check=False, capture_output=True, text=True)
        if done.returncode:
            pytest.fail(f"{program} failed:\n{done.stdout}{done.stderr}")

    def _as_user(self, *options: str) -> list[str]:
        """What to put before a command: PostgreSQL refuses to run as root."""
        if os.geteuid() == 0:
            account = _unprivileged()
            options += ("--reuid", str(account.pw_uid), "--regid", str(account.pw_gid), "--clear-groups")
        return ["setpriv", *options] if options else []


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    pytest.fail("there is neither a user postgres nor a user nobody")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _parent(pid: int) -> int:
    """The parent of a process; 0 for one that is gone or waits to be reaped."""
    try:
        state, parent = Path("/proc", str(pid), "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 0 if state == "Z" else int(parent)


def _children(parent: int) -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if _parent(int(path.name)) == parent]


def _programs() -> Path | None:
    """The folder with the programs of the newest PostgreSQL: Debian keeps them off the path."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if folders:
        return max(folders, key=lambda folder: int(folder.parent.name))
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running server; tests that need it are skipped where there is none, and fail in the build."""
    programs = _programs()
    if programs is None and os.environ.get("CI") == "true":
        pytest.fail("PostgreSQL is missing; the set-up for tests installs it")
    if programs is None:
        pytest.skip("needs PostgreSQL (Debian: apt-get install postgresql)")
    server = Server(programs)
    try:
        server.make()
        server.start()
        server.do(f"ALTER ROLE {OWNER} PASSWORD '{PASSWORD}'")
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def _team_template(postgres: Server) -> str:
    """A database with the tables of a team's store and the users anna, who loads, and rita, who reads."""
    from briefing.data.stores.postgres_address import parse_address
    from briefing.data.stores.postgres_schema import create_schema
    from briefing.data.stores.postgres_session import WRITING, Session

    name = postgres.database()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PGPASSWORD", PASSWORD)
        session = Session(parse_address(postgres.url(name, OWNER)), WRITING)
        create_schema(session)
        session.close()
    postgres.user("anna", "brief_loader")
    postgres.user("rita", "brief_reader")
    return name


@pytest.fixture(scope="session")
def _idle_teams() -> list[str]:
    """Databases of teams that a test has used and emptied again."""
    return []


@pytest.fixture
def new_team(
    postgres: Server, _team_template: str, _idle_teams: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], str]]:
    """Gives a team's database with nothing in it; its name. Everybody's password is in the environment."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    used: list[str] = []

    def one() -> str:
        used.append(_idle_teams.pop() if _idle_teams else postgres.database(_team_template))
        return used[-1]

    yield one
    postgres.make_sure()
    for name in used:
        postgres.do("TRUNCATE brief.load, brief.hiding, brief.obs, brief.chain", name)
    _idle_teams += used


@pytest.fixture
def team(new_team: Callable[[], str]) -> str:
    """The name of a team's database with nothing in it."""
    return new_team()


@pytest.fixture
def own_team(postgres: Server, _team_template: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same, for a test that changes tables or rights: nobody else gets the database."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    return postgres.database(_team_template)
