"""Opens a store as one role: the same wall on SQLite and on PostgreSQL, and plain words when it cannot.

It must not know any table.
"""

import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import quote
from weakref import WeakSet

from sqlalchemy import Engine, ExceptionContext, QueuePool, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from office.stores.errors import CommitUnknown, NotGranted, StoreAddressInvalid, StoreUnavailable
from office.stores.grants import OWNER, STORES, Authorizer, sqlite_authorizer
from office.stores.in_turn import InTurn, Line

BUSY_AFTER_MS: Final = 5000
"""How long a transaction waits for those of other processes, on SQLite."""
MIGRATING: Final = "office_migrating"
"""Execution option of a connection that is about to change the shape of a store."""

REPLACES: Final = re.compile(r"\s*(REPLACE|INSERT\s+OR\s+REPLACE|UPDATE\s+OR\s+REPLACE)\b", re.IGNORECASE)
NO_ROOM_FOR_THE_INDEX: Final = "SQLITE_IOERR_SHMSIZE"
SQLITE_REASONS: Final = {
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_FULL": "full",
    "SQLITE_CANTOPEN": "gone",
    "SQLITE_READONLY": "read_only",
    "SQLITE_IOERR": "broken",
    "SQLITE_CORRUPT": "broken",
    "SQLITE_NOTADB": "broken",
}


COMMITTING: Final = "convivencia_committing"
"""What a connection to PostgreSQL notes of itself between a COMMIT and the next transaction."""


def open_store(url: str, *, role: str, store: str) -> Engine:
    """Return an engine on a store, behind the wall of `role`.

    On SQLite a transaction takes the write lock when it begins, so that two of them cannot decide on what
    the other is about to change; only the owner begins without it. A service never creates the file: a
    store that is not there is `StoreUnavailable`, not an empty one.

    Args:
        url: `sqlite:///path` or `postgresql://user@host/database`; on PostgreSQL the user is the role.
        role: as in `grants.toml`, or `owner` (migrations, tests): no wall.
        store: `mailbox`, `casework` or `facts`.

    Raises:
        NotGranted: the role has nothing to do in this store.
        StoreAddressInvalid: the address is of no engine the office knows.
    """
    address = store_address(url, store=store)
    if address.get_backend_name() == "sqlite":
        engine = _sqlite(address, role=role, store=store)
    else:
        engine = _postgres(address)
    event.listen(engine, "handle_error", _in_our_words(store, role))
    return engine


def sessions(engine: Engine) -> sessionmaker[Session]:
    """Return the maker of sessions: `with sessions(engine).begin() as session: …` commits at the end.

    What was read stays readable after the commit, and insert-only roles are never made to read back.
    """
    return sessionmaker(engine, class_=Session, expire_on_commit=False)


def store_address(url: str, *, store: str) -> URL:
    """Return the parsed address, with the driver the office uses.

    Raises:
        StoreAddressInvalid: it is neither SQLite in a file nor PostgreSQL.
    """
    if store not in STORES:
        raise StoreAddressInvalid(store=store)
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreAddressInvalid(store=store) from error
    match address.get_backend_name():
        case "sqlite" if address.database and address.database != ":memory:":
            return address
        case "postgresql":
            return address.set(drivername="postgresql+psycopg")
        case _:
            raise StoreAddressInvalid(store=store)


def store_is_made(url: str, *, store: str) -> bool:
    """Return whether an embedded store has its file; one on PostgreSQL is taken to be there."""
    address = store_address(url, store=store)
    return address.get_backend_name() != "sqlite" or Path(address.database or "").is_file()


def create_file(path: Path) -> None:
    """Make an empty SQLite file that only its owner can read; SQLite gives its journals the same mode."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


class OnlyReading(sqlite3.Connection):
    """A connection for the moment in which the disk takes nothing more.

    Reading a journal needs an index beside it, and whoever opens a store first lays one out: 32 KB that a
    full disk does not give. So a store that everybody had let go of, after a failed write or a restart,
    could not be read. This connection makes the index in its own memory instead. It is used once and never
    kept: as long as one is open, SQLite lets no connection of this process write to that file, and one
    opened beside it never would. So those opened meanwhile are of this kind too.
    """

    path: Path

    def close(self) -> None:
        """Close it, and only then let others be opened for writing."""
        super().close()
        ONLY_READING.discard(self)


Kind = TypeVar("Kind", bound=sqlite3.Connection)
ONLY_READING: Final[WeakSet[OnlyReading]] = WeakSet()
OPENING: Final = threading.Lock()


def _opened(path: Path, how: str, authorizer: Authorizer | None, kind: type[Kind]) -> Kind:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?{how}",
        uri=True,
        timeout=BUSY_AFTER_MS / 1000,
        check_same_thread=False,
        isolation_level=None,
        factory=kind,
    )
    try:
        for pragma in (
            f"busy_timeout={BUSY_AFTER_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()
        if authorizer is not None:
            connection.set_authorizer(authorizer)
    except BaseException:
        connection.close()
        raise
    return connection


def _sqlite(address: URL, *, role: str, store: str) -> Engine:
    path = Path(address.database or "").absolute()
    authorizer = None if role == OWNER else sqlite_authorizer(store, role)
    if role == OWNER:
        create_file(path)
    line = Line()

    def connect() -> sqlite3.Connection:
        with OPENING:
            if not any(other.path == path for other in tuple(ONLY_READING)):
                try:
                    connection = _opened(path, "mode=rw", authorizer, InTurn)
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorname != NO_ROOM_FOR_THE_INDEX:
                        raise
                else:
                    connection.line = line
                    return connection
            reading = _opened(path, "mode=ro&readonly_shm=1", authorizer, OnlyReading)
            reading.path = path
            ONLY_READING.add(reading)
            return reading

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, hide_parameters=True)

    @event.listens_for(engine, "checkin")
    def _let_go(connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        if isinstance(connection, OnlyReading):
            record.invalidate()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        at_once = role != OWNER or MIGRATING in connection.get_execution_options()
        driver = connection.connection.dbapi_connection
        if at_once and isinstance(driver, InTurn):
            with plain_words(store, role):
                driver.begin_in_turn()
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if at_once else "BEGIN")

    if role != OWNER:

        @event.listens_for(engine, "before_cursor_execute")
        def _no_replace(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
            # REPLACE deletes rows without asking the authorizer; PostgreSQL has no such verb.
            if REPLACES.match(statement):
                raise NotGranted(store=store, role=role, verb="replace")

    return engine


def _postgres(address: URL) -> Engine:
    engine = create_engine(
        address, pool_pre_ping=True, connect_args={"connect_timeout": 5}, hide_parameters=True
    )

    @event.listens_for(engine, "commit")
    def _commits(connection: Connection) -> None:
        connection.info[COMMITTING] = True

    @event.listens_for(engine, "begin")
    @event.listens_for(engine, "rollback")
    def _commits_no_more(connection: Connection) -> None:
        if not connection.invalidated:  # what a connection that is gone had noted is gone with it
            connection.info.pop(COMMITTING, None)

    return engine


def _in_our_words(store: str, role: str) -> Any:
    def translate(context: ExceptionContext) -> None:
        told = in_our_words(context.original_exception, store=store, role=role)
        if told is not None and told.detail.get("reason") == "unreachable" and _was_committing(context):
            told = CommitUnknown(store=store, reason="unreachable")
        if told is not None:
            raise told from context.original_exception

    return translate


def _was_committing(context: ExceptionContext) -> bool:
    """Say whether it was a COMMIT that failed: it may have been kept before the answer was lost."""
    connection = context.connection
    if connection is None or connection.invalidated or context.statement is not None:
        return False
    return COMMITTING in connection.info


def in_our_words(error: BaseException, *, store: str, role: str = "") -> StoreUnavailable | NotGranted | None:
    """Return what a driver's error means for the office, or None if it means neither wall nor outage."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        error = error.orig
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", None) or ""
        if name == "SQLITE_AUTH" or str(error).startswith("not authorized"):
            return NotGranted(store=store, role=role)
        primary = "_".join(name.split("_")[:2])
        reason = SQLITE_REASONS.get(primary)
        return None if reason is None else StoreUnavailable(store=store, reason=reason)
    import psycopg  # only where PostgreSQL is in use

    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return NotGranted(store=store, role=role)
    if isinstance(error, psycopg.errors.DiskFull):
        return StoreUnavailable(store=store, reason="full")
    if isinstance(error, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected):
        return StoreUnavailable(store=store, reason="busy")
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return StoreUnavailable(store=store, reason="unreachable")
    return None


@contextmanager
def plain_words(store: str, role: str = "") -> Iterator[None]:
    """Translate errors of code that speaks to the driver itself, as `open_store` does for engines."""
    try:
        yield
    except Exception as error:
        told = in_our_words(error, store=store, role=role)
        if told is None:
            raise
        raise told from error
