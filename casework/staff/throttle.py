"""Wrong tries at the staff door: after five a name waits, and nobody can have somebody else wait.

Tries are counted for the name at each device on which its person has signed in before, and together for all
other devices. So a stranger who types a colleague's name slows other strangers, and never the colleague at
their own desk.
"""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

TRIES: Final = 5
WAIT: Final = timedelta(minutes=5)
COUNTS_KEPT: Final = 10_000
UNKNOWN: Final = b""
"""The device of all who never signed in with this name."""
Counted = tuple[str, bytes]
"""A sign-in name as it is compared, known or not, and the hash of a device known for it."""


class WrongTries:
    """Counts tries that were not right, in the memory of this process."""

    def __init__(self) -> None:
        self._tries: OrderedDict[Counted, tuple[int, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def may_try(self, counted: Counted, now: datetime) -> bool:
        """Count a try before it is looked at, and say whether it may be made.

        Whoever tries many times at once so has no more than five. What is refused here counts no further: or
        whoever knocks on would keep the person out for ever.
        """
        with self._lock:
            count, last = self._tries.pop(counted, (0, now))
            if now - last >= WAIT:
                count = 0
            is_one_more = count < TRIES
            self._tries[counted] = (count + 1, now) if is_one_more else (count, last)
            while len(self._tries) > COUNTS_KEPT:
                self._tries.popitem(last=False)
            return is_one_more

    def right(self, counted: Counted) -> None:
        """Forget the tries where somebody was right."""
        with self._lock:
            self._tries.pop(counted, None)
