"""Who may read: reports against the city are sealed to keys that the city's ordinary advisers do not hold.

A message written before the case has a key of its own must go to the same readers as its report. The
mailbox's receipt has no column for that, and the door must not ask the person again, so the lowest bit of
the receipt's salt carries it: 127 random bits are left, and the envelope says the routing in clear anyway.
"""

from functools import cache
from typing import Literal

from office.vocabulary import Vocabulary, load

Routing = Literal["normal", "city"]


@cache
def list_of(name: str) -> Vocabulary:
    """Return a list every office has, found once for the whole process."""
    return load(name)


def routing_of(respondent_code: str) -> Routing:
    """Return `city` for a respondent that is the city itself."""
    respondents = list_of("respondents")
    is_the_city = respondent_code in respondents and respondents.item(respondent_code).has("is_the_city")
    return "city" if is_the_city else "normal"


def routed(salt: bytes, routing: Routing) -> bytes:
    """Return `salt` with `routing` in its lowest bit."""
    return salt[:-1] + bytes([(salt[-1] & 0xFE) | (routing == "city")])


def routing_in_salt(salt: bytes) -> Routing:
    """Return the routing a receipt's salt carries."""
    return "city" if salt[-1] & 1 else "normal"
