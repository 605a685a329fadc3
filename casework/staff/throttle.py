"""Wrong tries at the staff door: after five a name waits, but never long enough to lock somebody out."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

TRIES: Final = 5
WAIT: Final = timedelta(minutes=5)
NAMES_KEPT: Final = 10_000


class WrongTries:
    """Counts wrong tries by sign-in name, known or not, in the memory of this process."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def must_wait(self, name: str, now: datetime) -> bool:
        """Say whether this name has used up its tries and the wait is not over."""
        with self._lock:
            count, last = self._tries.get(name, (0, now))
            if now - last >= WAIT:
                self._tries.pop(name, None)
                return False
            return count >= TRIES

    def wrong(self, name: str, now: datetime) -> None:
        """Count a wrong try."""
        with self._lock:
            count, _ = self._tries.pop(name, (0, now))
            self._tries[name] = (count + 1, now)
            while len(self._tries) > NAMES_KEPT:
                self._tries.popitem(last=False)

    def right(self, name: str) -> None:
        """Forget the tries of a name that signed in."""
        with self._lock:
            self._tries.pop(name, None)
