"""Who may read: reports against the city are sealed to keys that the city's ordinary advisers do not hold.

A message written before the case has a key of its own must go to the same readers as its report. The
mailbox's receipt has no column for that, and the door must not ask the person again, so the lowest bit of
the receipt's salt carries it: 127 random bits are left, and the envelope says the routing in clear anyway.
"""

from typing import Literal

from office.sealing.receipts import new_salt
from office.vocabulary import load

Routing = Literal["normal", "city"]


def routing_of(respondent_code: str) -> Routing:
    """Return `city` for a respondent that is the city itself."""
    respondents = load("respondents")
    is_the_city = respondent_code in respondents and respondents.item(respondent_code).has("is_the_city")
    return "city" if is_the_city else "normal"


def salt_for(routing: Routing) -> bytes:
    """Return a random salt that carries `routing`."""
    return routed(new_salt(), routing)


def routed(salt: bytes, routing: Routing) -> bytes:
    """Return `salt` with `routing` in its lowest bit."""
    return salt[:-1] + bytes([(salt[-1] & 0xFE) | (routing == "city")])


def routing_in_salt(salt: bytes) -> Routing:
    """Return the routing a receipt's salt carries."""
    return "city" if salt[-1] & 1 else "normal"
