"""Whose turn it is to write to a store in a file: threads of a process in a line, first come first served."""

import sqlite3
import threading
from collections import deque
from contextlib import suppress
from typing import Final

TURN_AFTER_SECONDS: Final = 15
"""How long a transaction waits for those of its own process, before it waits for other processes."""


class Line:
    """One thread at a time has its turn. A `threading.Lock` gives it to whoever asks at the right moment."""

    def __init__(self) -> None:
        """Begin with nobody in it."""
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._is_taken = False

    def wait(self, seconds: float) -> bool:
        """Wait for the turn, at most so long; return whether it came."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            called = threading.Event()
            self._waiting.append(called)
        if called.wait(seconds):
            return True
        with self._guard:
            if called.is_set():  # it came at the last moment
                return True
            self._waiting.remove(called)
            return False

    def pass_on(self) -> None:
        """Give the turn to who has waited longest; any thread may do it for the one that had it."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False


class InTurn(sqlite3.Connection):
    """A connection whose transactions that take the write lock wait for those of this process in a line.

    SQLite makes who finds the lock taken ask again after a while, whoever asks first then has it, and some
    have never had it when their time is over: of 25 people reading at once every third was refused.
    """

    line: Line
    has_turn = False

    def begin_in_turn(self) -> None:
        """Begin a transaction with the write lock.

        Raises:
            sqlite3.OperationalError: the lock, or the turn, did not come in time.
        """
        if not self.has_turn and not self.line.wait(TURN_AFTER_SECONDS):
            late = sqlite3.OperationalError("database is locked")
            late.sqlite_errorname = "SQLITE_BUSY"
            raise late
        self.has_turn = True
        try:
            self.execute("BEGIN IMMEDIATE").close()
        finally:
            self._pass_on()

    def commit(self) -> None:
        """Commit, and let the next one begin."""
        try:
            super().commit()
        finally:
            self._pass_on()

    def rollback(self) -> None:
        """Roll back, and let the next one begin."""
        try:
            super().rollback()
        finally:
            self._pass_on()

    def close(self) -> None:
        """Close it, and let the next one begin; what it had not committed is rolled back first."""
        try:
            with suppress(sqlite3.Error):
                super().rollback()
            super().close()
        finally:
            self._let_go()

    def _pass_on(self) -> None:
        if not self.in_transaction:
            self._let_go()

    def _let_go(self) -> None:
        if self.has_turn:
            self.has_turn = False
            self.line.pass_on()
