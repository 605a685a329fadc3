"""When somebody is told that there is news, and when the office stops trying. Pure: no store, no clock."""

from datetime import date, timedelta
from typing import Final

MOST_TRIES: Final = 5
"""After so many tries in vain an address is given up, until the person leaves another."""
TOLD: Final = 100
"""What stands for the number of tries once somebody was told: they rest until the day is over."""
DAYS_BETWEEN: Final = (1, 1, 2, 4, 7)
"""Days from one try to the next; the message says nothing, so nobody is hurried by it."""


def next_try_on(tries: int, today: date) -> date:
    """Return the day of the next try after `tries` of them."""
    return today + timedelta(days=DAYS_BETWEEN[min(tries, len(DAYS_BETWEEN)) - 1])
