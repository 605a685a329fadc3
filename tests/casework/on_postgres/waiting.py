"""Waiting until somebody waits for a lock: two who act at once, one after the other as the test says."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from sqlalchemy import text
from starlette.responses import Response

from tests.casework.on_postgres.conftest import PostgresDesk

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
SECONDS = 20


@contextmanager
def at_once(
    desk: PostgresDesk, *acts: Callable[[], Response], beside: int = 0
) -> Iterator[list[Future[Response]]]:
    """Begin these acts, and go on when each has ended or waits for a row that somebody holds.

    `beside` is how many wait already.
    """
    with ThreadPoolExecutor(len(acts)) as pool:
        begun = [pool.submit(act) for act in acts]
        until = time.monotonic() + SECONDS
        while True:
            with desk.reading() as session:
                waiting = int(session.execute(WAITING).scalar_one())
            if waiting + sum(one.done() for one in begun) >= len(begun) + beside:
                break
            assert time.monotonic() < until, "neither done nor waiting"
            time.sleep(0.02)
        yield begun
