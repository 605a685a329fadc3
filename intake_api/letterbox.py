"""The only place of the residents' door that writes: a queue, and workers that commit for many at once.

A durable commit costs a wait for the disk; while one lasts, others gather and share the next. On SQLite
there is one worker, because one may write at a time; on PostgreSQL a few. Nobody is answered before the
commit in which their work lies has returned. Plain SQL, because this is the one hot path.

It must not know what it writes: work is a function that is given a `Desk`.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection
from starlette.concurrency import run_in_threadpool

from office.errors import OfficeError
from office.stores.doors import SAY, brought
from office.stores.engines import plain_words
from office.stores.errors import StoreUnavailable

STORE: Final = "mailbox"
ROLE: Final = "intake"
MOST_AT_ONCE: Final = 64
MOST_WAITING: Final = 2000
POSTGRES_WORKERS: Final = 4

T = TypeVar("T")
Values = Sequence[Any]


class Desk:
    """What a piece of work may do inside its transaction: plain SQL, places written `?`."""

    def __init__(self, connection: PoolProxiedConnection, *, is_sqlite: bool) -> None:
        self.connection = connection
        self.cursor = connection.cursor()
        self.is_sqlite = is_sqlite

    def change(self, statement: str, values: Values) -> int:
        """Run a statement that changes rows, and return how many."""
        self.cursor.execute(statement if self.is_sqlite else statement.replace("?", "%s"), values)
        return int(self.cursor.rowcount)

    def rows(self, statement: str, values: Values) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        self.cursor.execute(statement if self.is_sqlite else statement.replace("?", "%s"), values)
        return [tuple(row) for row in self.cursor.fetchall()]

    def bring(
        self, *, case_number: str | None = None, proof: bytes | None = None, lookup: bytes | None = None
    ) -> None:
        """Tell the store what the resident brought, before a row is asked for (`office.stores.doors`)."""
        if not self.is_sqlite:
            for pair in brought(case_number=case_number, proof=proof, lookup=lookup):
                self.cursor.execute(SAY, pair)

    def close(self) -> None:
        """Let go of the cursor."""
        with suppress(Exception):
            self.cursor.close()


def day_read(value: object) -> date:
    """Return a day as either store gives it."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))


Work = Callable[[Desk], T]


class _Waiting:
    __slots__ = ("done", "loop", "work")

    def __init__(self, work: Work[Any], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.loop = loop
        self.done: asyncio.Future[Any] = loop.create_future()


class Letterbox:
    """Takes work and does it durably, many pieces in one commit.

    Args:
        engine: the mailbox, opened as `intake`.
        file: where an embedded mailbox lies.
    """

    def __init__(self, engine: Engine, file: Path | None = None) -> None:
        self.engine = engine
        self.file = file
        self.is_sqlite = engine.dialect.name == "sqlite"
        self.waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self.workers: list[threading.Thread] = []

    def open(self) -> None:
        """Start the workers."""
        count = 1 if self.is_sqlite else POSTGRES_WORKERS
        for number in range(count):
            worker = threading.Thread(target=self._serve, name=f"letterbox-{number}", daemon=True)
            worker.start()
            self.workers.append(worker)

    def close(self) -> None:
        """Finish what waits, stop the workers and let go of the store."""
        for _ in self.workers:
            self.waiting.put(None)
        for worker in self.workers:
            worker.join(timeout=10)
        self.workers.clear()
        self.engine.dispose()

    async def keep(self, work: Work[T]) -> T:
        """Return what `work` returns, after it has been committed.

        Raises:
            StoreUnavailable: nothing of it was kept.
        """
        if self.waiting.qsize() > MOST_WAITING:
            raise StoreUnavailable(store=STORE, reason="busy")
        item = _Waiting(work, asyncio.get_running_loop())
        self.waiting.put(item)
        result: T = await item.done
        return result

    async def look(self, work: Work[T]) -> T:
        """Return what `work` reads; it changes nothing and waits for no one's writing."""
        return await run_in_threadpool(self._look, work)

    def _look(self, work: Work[T]) -> T:
        with plain_words(STORE, ROLE):
            connection = self.engine.raw_connection()
            desk = Desk(connection, is_sqlite=self.is_sqlite)
            try:
                return work(desk)
            finally:
                desk.close()
                connection.close()

    def ping(self) -> None:
        """Raise StoreUnavailable if the store cannot be read."""
        self._look(lambda desk: desk.rows("SELECT bucket FROM throttle WHERE bucket = ?", ("",)))

    def _serve(self) -> None:
        line = _Line(self.engine, self.file, is_sqlite=self.is_sqlite)
        is_open = True
        while is_open:
            first = self.waiting.get()
            group: list[_Waiting] = []
            item: _Waiting | None = first
            while True:
                if item is None:
                    is_open = False
                    break
                group.append(item)
                if len(group) >= MOST_AT_ONCE:
                    break
                try:
                    item = self.waiting.get_nowait()
                except queue.Empty:
                    break
            if group:
                _tell(group, self._done(line, group))
        line.hang_up()

    def _done(self, line: "_Line", group: list[_Waiting]) -> list[Any]:
        """Return for each piece of work its result, or the exception it ended in."""
        try:
            return line.commit([item.work for item in group])
        except Exception as error:
            if len(group) == 1 or isinstance(error, StoreUnavailable):
                return [error] * len(group)
        # One of them failed and took the others with it: each again, alone.
        results: list[Any] = []
        for item in group:
            try:
                results += line.commit([item.work])
            except Exception as error:
                results.append(error)
        return results


class _Line:
    """A worker's own connection, taken anew when it broke or when the file under it was exchanged."""

    def __init__(self, engine: Engine, file: Path | None, *, is_sqlite: bool) -> None:
        self.engine = engine
        self.file = file
        self.is_sqlite = is_sqlite
        self.connection: PoolProxiedConnection | None = None
        self.desk: Desk | None = None
        self.seen: tuple[int, int] | None = None

    def commit(self, works: Iterable[Work[Any]]) -> list[Any]:
        with plain_words(STORE, ROLE):
            desk = self._ready()
            try:
                if self.is_sqlite:
                    desk.cursor.execute("BEGIN IMMEDIATE")
                results = [work(desk) for work in works]
                desk.connection.commit()
            except BaseException as error:
                self._undo(is_broken=not isinstance(error, OfficeError))
                raise
            return results

    def hang_up(self) -> None:
        if self.desk is not None:
            self.desk.close()
        if self.connection is not None:
            with suppress(Exception):
                self.connection.invalidate()
        self.connection, self.desk = None, None

    def _ready(self) -> Desk:
        seen = _place_of(self.file)
        if self.desk is not None and seen == self.seen:
            return self.desk
        self.hang_up()
        if seen != self.seen:
            self.engine.dispose()  # whoever only reads keeps reading where writing fails
        self.connection = self.engine.raw_connection()
        self.desk = Desk(self.connection, is_sqlite=self.is_sqlite)
        self.seen = _place_of(self.file)
        return self.desk

    def _undo(self, *, is_broken: bool) -> None:
        try:
            if self.connection is not None:
                self.connection.rollback()
        except Exception:
            is_broken = True
        if is_broken:
            self.hang_up()


def _place_of(file: Path | None) -> tuple[int, int] | None:
    # A connection goes on writing into a file that was moved away or deleted; nobody would find it again.
    try:
        told = file.stat() if file is not None else None
    except OSError:
        return None
    return (told.st_dev, told.st_ino) if told else None


def _tell(group: list[_Waiting], results: list[Any]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[_Waiting, Any]]] = {}
    for item, result in zip(group, results, strict=True):
        by_loop.setdefault(item.loop, []).append((item, result))
    for loop, told in by_loop.items():
        with suppress(RuntimeError):  # the loop was closed: nobody listens any more
            loop.call_soon_threadsafe(_settle, told)


def _settle(told: list[tuple[_Waiting, Any]]) -> None:
    for item, result in told:
        if item.done.done():
            continue
        if isinstance(result, BaseException):
            item.done.set_exception(result)
        else:
            item.done.set_result(result)
