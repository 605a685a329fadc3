"""Who may read a report: one against the city itself is sealed to a key ordinary advisers do not hold.

Which respondents are the city itself is said in the list `respondents`; this module knows none of them.
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
