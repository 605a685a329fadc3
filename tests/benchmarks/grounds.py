"""Where the measurements stand: a mailbox on one engine, public keys, and services started on both."""

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import text

from office.ids import new_id
from office.launcher import Running, Service, python_module, start, stop_all, wait_until_ready
from office.sealing.boxes import SealingKey
from office.sealing.pieces import PIECE_BYTES, seal_piece
from office.sealing.public_keys import PublicKey, PublicKeys
from office.stores import migrate
from office.stores.engines import open_store
from tests.support.office import free_ports
from tests.support.postgres import Postgres, as_role

KEYS = ("story", "story-apart", "contact", "statistics")


@dataclass
class Ground:
    """One engine with a fresh mailbox on it.

    Attributes:
        engine: as in the table.
        new_store: gives the owner's address of another fresh mailbox.
    """

    engine: str
    folder: Path
    new_store: Callable[[], str]
    said: list[str] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        self.keys = self.folder / "public-keys.json"
        keys = (PublicKey(name, 1, SealingKey.generate().public, True) for name in KEYS)
        PublicKeys.of(keys).save(self.keys)
        self.url = self.new_store()

    def bare_commits(self, seconds: float) -> float:
        """K: durable commits of one new row a second, one after the other, same engine, same settings."""
        name = os.urandom(6).hex()
        insert = "INSERT INTO throttle (bucket, wrong_tries) VALUES (?, 1)"
        return self._commits(seconds, insert, lambda number: (f"{name}-{number}",))

    def bare_pieces(self, seconds: float) -> float:
        """The same with a row as large as a whole sealed piece, 1 MiB."""
        file, sealed = new_id(), seal_piece(os.urandom(32), 0, os.urandom(PIECE_BYTES))
        own = file.hex if self.engine == "SQLite" else file
        insert = "INSERT INTO upload_piece (file_id, number, sealed) VALUES (?, ?, ?)"
        return self._commits(seconds, insert, lambda number: (own, number, sealed))

    def _commits(self, seconds: float, insert: str, values: Callable[[int], tuple[Any, ...]]) -> float:
        engine = open_store(self.url, role="owner", store="mailbox")
        connection = engine.raw_connection()
        cursor = connection.cursor()
        is_sqlite = engine.dialect.name == "sqlite"
        insert = insert if is_sqlite else insert.replace("?", "%s")
        done, begun = 0, time.perf_counter()
        while (spent := time.perf_counter() - begun) < seconds:
            if is_sqlite:
                cursor.execute("BEGIN IMMEDIATE")
            cursor.execute(insert, values(done))
            connection.commit()
            done += 1
        cursor.close()
        connection.close()
        engine.dispose()
        return done / spent

    def rows(self) -> int:
        """How many envelopes the store has."""
        return self._count("envelope")

    def sent_files(self) -> int:
        """How many files the store has that went with a report."""
        return self._count("upload WHERE case_number IS NOT NULL")

    def _count(self, of: str) -> int:
        engine = open_store(self.url, role="owner", store="mailbox")
        with engine.connect() as connection:
            count = connection.execute(text(f"SELECT count(*) FROM {of}")).scalar_one()
        engine.dispose()
        return int(count)

    @contextmanager
    def serving(self, what: str) -> Iterator["Served"]:
        """Serve `intake`, `obvious` or `empty` in a process of its own on a fresh mailbox."""
        (port,) = free_ports(1)
        self.url = self.new_store()
        settings = {
            "MAILBOX_URL": self.url if self.engine == "SQLite" else as_role(self.url, "intake"),
            "PUBLIC_KEYS": str(self.keys),
            "HOME": str(self.folder),
            "PORT": str(port),
            "POSTS_PER_SECOND": "0",
        }
        own = python_module("intake_api")
        command = own if what == "intake" else python_module("tests.benchmarks.rivals", what, str(port))
        running = start(Service(what, command, settings, port), self.said.append)
        try:
            wait_until_ready([running])
            yield Served(running, port)
        finally:
            stop_all([running])


@dataclass
class Served:
    """A service at work, watched from outside."""

    running: Running
    port: int

    def __post_init__(self) -> None:
        self.process = psutil.Process(self.running.process.pid)

    def memory(self) -> float:
        """Resident memory in MiB."""
        return float(self.process.memory_info().rss) / 2**20

    def processor_seconds(self) -> float:
        """Processor time used so far."""
        used = self.process.cpu_times()
        return float(used.user + used.system)

    def children_seconds(self) -> float:
        """Processor time of the processes it started that have ended."""
        used = self.process.cpu_times()
        return float(used.children_user + used.children_system)

    @contextmanager
    def highest(self) -> Iterator[list[float]]:
        """Note the resident memory in MiB, with that of the processes it starts, ten times a second."""
        noted, is_over = [self.memory()], threading.Event()

        def watch() -> None:
            while not is_over.wait(0.1):
                with suppress(psutil.Error):
                    children = self.process.children(recursive=True)
                    noted.append(self.memory() + sum(one.memory_info().rss for one in children) / 2**20)

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield noted
        finally:
            is_over.set()
            watching.join()


@contextmanager
def on_sqlite() -> Iterator[Ground]:
    """A folder with mailboxes in files, beside this repository's other files: the same disk."""
    place = Path("var")
    place.mkdir(exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=place) as name:
        folder = Path(name).resolve()
        number = iter(range(1000))

        def new_store() -> str:
            url = f"sqlite:///{folder}/mailbox-{next(number)}.db"
            migrate.upgrade("mailbox", url)
            return url

        yield Ground("SQLite", folder, new_store)


@contextmanager
def on_postgres() -> Iterator[Ground]:
    """The embedded PostgreSQL, as durable as it comes."""
    server = Postgres(durable=True)
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            yield Ground("PostgreSQL", Path(name), lambda: server.database("mailbox"))
    finally:
        server.stop()
