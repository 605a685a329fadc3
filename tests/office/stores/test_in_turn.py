"""Whoever came first has the turn first, whoever gives up leaves the line, and a store passes it on."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from office.stores import engines, in_turn, migrate
from office.stores.engines import open_store, sessions
from office.stores.errors import StoreUnavailable
from office.stores.in_turn import Line


def until(what: str, holds: object) -> None:
    """Wait for something another thread does."""
    for _ in range(500):
        if callable(holds) and holds():
            return
        time.sleep(0.01)
    raise AssertionError(f"never came: {what}")


def test_whoever_came_first_has_it_first_and_nobody_slips_in() -> None:
    line, came = Line(), []

    def come(name: str) -> None:
        assert line.wait(5)
        came.append(name)

    assert line.wait(0)
    threads = [threading.Thread(target=come, args=(name,)) for name in "abc"]
    for count, thread in enumerate(threads, 1):
        thread.start()
        until("it stands in the line", lambda count=count: len(line._waiting) == count)
    for count in (1, 2, 3):
        line.pass_on()
        assert not line.wait(0)  # who has just had it asks again, before the one called has looked
        until("the next has it", lambda count=count: len(came) == count)
    line.pass_on()
    for thread in threads:
        thread.join()
    assert came == ["a", "b", "c"] and line.wait(0)


def test_whoever_gives_up_is_not_called() -> None:
    line = Line()
    assert line.wait(0) and not line.wait(0.01)
    line.pass_on()
    assert line.wait(0)


def test_a_store_lets_its_own_threads_wait_and_passes_the_turn_on_whatever_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/casework.db"
    migrate.upgrade("casework", url)
    engine = open_store(url, role="casework", store="casework")
    monkeypatch.setattr(in_turn, "TURN_AFTER_SECONDS", 0.05)
    make = sessions(engine)
    with make.begin() as session:
        session.exec(text("SELECT 1"))  # type: ignore[call-overload]
        with pytest.raises(StoreUnavailable) as late, make.begin() as other:
            other.exec(text("SELECT 1"))  # type: ignore[call-overload]
        assert late.value.detail["reason"] == "busy"
    with pytest.raises(ZeroDivisionError), make.begin() as session:
        session.exec(text("SELECT 1"))  # type: ignore[call-overload]
        raise ZeroDivisionError
    with make.begin() as session:  # on another connection than the one rolled back
        assert session.exec(text("SELECT 1")).one() == (1,)  # type: ignore[call-overload]
    with make.begin() as session:
        assert session.exec(text("SELECT 1")).one() == (1,)  # type: ignore[call-overload]
    elsewhere = sqlite3.connect(tmp_path / "casework.db", isolation_level=None)
    elsewhere.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(engines, "BUSY_AFTER_MS", 20)
    engine.dispose()  # those opened from now on wait that long for another process
    with pytest.raises(StoreUnavailable), make.begin() as session:
        session.exec(text("SELECT 1"))  # type: ignore[call-overload]
    elsewhere.execute("ROLLBACK")
    elsewhere.close()
    with make.begin() as session:
        assert session.exec(text("SELECT 1")).one() == (1,)  # type: ignore[call-overload]
    engine.dispose()
