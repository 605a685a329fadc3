"""Who may read a report: one against the city itself is sealed to a key ordinary advisers do not hold.

Which respondents are the city itself is said in the list `respondents`; this module knows none of them.

A message written before the case has a key of its own must go to the same readers as its report. The
mailbox's receipt has no column for that, and the door must not ask the person again, so the lowest bit of
the receipt's salt carries it: 127 random bits are left, and the envelope says the routing in clear anyway.
"""

from collections.abc import Mapping
from typing import Final, Literal

from office.vocabulary import City, load

Routing = Literal["normal", "city"]

STORY_KEY: Final[Mapping[Routing, str]] = {"normal": "story", "city": "story-apart"}
"""The office key to which a story of each routing is sealed."""


def routing_of(respondent_code: str, city: City) -> Routing:
    """Return `city` for a respondent that is the city itself."""
    respondents = load("respondents", city)
    is_the_city = respondent_code in respondents and respondents.item(respondent_code).has("is_the_city")
    return "city" if is_the_city else "normal"


def routed(salt: bytes, routing: Routing) -> bytes:
    """Return the salt of a receipt with `routing` in its lowest bit."""
    return salt[:-1] + bytes([(salt[-1] & 0xFE) | (routing == "city")])


def routing_in_salt(salt: bytes) -> Routing:
    """Return the routing a receipt's salt carries."""
    return "city" if salt[-1] & 1 else "normal"
