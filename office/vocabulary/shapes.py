"""Which lists there are, and what each may say about a code beyond what all lists say.

A key that is not named here is refused when a file is read: a misspelt word in a list is found at
once, and not by a resident. The references named here are what `office.vocabulary.checks` follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

CONFIDENCES: Final = ("verified", "general", "own")
"""verified: read in the law or page named; general: to be confirmed; own: a choice of this office."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a key holds.

    Attributes:
        holds: a flag, a number, a text, texts, or words in every language.
        codes_of: list whose codes these are.
        scheme: scheme of the same file whose values these are.
        allowed: the only values it may have.
        is_needed: every item must say it.
    """

    holds: Literal["flag", "number", "text", "texts", "words"]
    codes_of: str | None = None
    scheme: str | None = None
    allowed: tuple[str, ...] = ()
    is_needed: bool = False


FLAG: Final = Kind("flag")
NUMBER: Final = Kind("number")
TEXT: Final = Kind("text")
TEXTS: Final = Kind("texts")
Shape = Mapping[str, Kind]

GROUNDS: Final[Shape] = {
    "l15": Kind("texts", scheme="l15", is_needed=True),
    "eu": Kind("texts", scheme="eu", is_needed=True),
    "cfr21": Kind("texts", scheme="cfr21", is_needed=True),
    "echr12": Kind("texts", scheme="echr12", is_needed=True),
    "interior": Kind("text", scheme="interior", is_needed=True),
    "interior_before_2024": Kind("text", scheme="interior"),
    "odihr": Kind("text", scheme="odihr", is_needed=True),
    "cp": Kind("texts", scheme="cp"),
    "other_law": TEXTS,
    "has_special_category": Kind("flag", is_needed=True),
    "is_walled": FLAG,
}
CONDUCT: Final[Shape] = {
    "severity": Kind(
        "text", allowed=("serious", "very_serious", "criminal", "criminal_or_administrative", "none")
    ),
    "needs_grounds": NUMBER,
    "grounds_only": Kind("texts", codes_of="grounds"),
}
ACTS: Final[Shape] = {
    "hints": Kind("texts", codes_of="conduct", is_needed=True),
    "is_urgent": FLAG,
    "has_short_deadline": FLAG,
}
RESPONDENTS: Final[Shape] = {
    "is_public_sector": Kind("flag", is_needed=True),
    "is_the_city": FLAG,
}
RESPONSES: Final[Shape] = {
    "needs_both_consents": FLAG,
    "forbidden_when": Kind("texts", allowed=("gender_violence", "sexual_violence")),
    "is_in_barcelona_catalogue": Kind("flag", is_needed=True),
}
ROUTES: Final[Shape] = {
    "authority": Kind("text", is_needed=True),
    "who": Kind("text", is_needed=True),
    "identity": Kind("text", is_needed=True),
    "if_without_papers": Kind("text", is_needed=True),
    "evidence": Kind("texts", is_needed=True),
    "acts": Kind("texts", codes_of="acts"),
    "areas": Kind("texts", codes_of="areas"),
    "grounds": Kind("texts", codes_of="grounds"),
    "conduct": Kind("texts", codes_of="conduct"),
    "respondents": Kind("texts", codes_of="respondents"),
    "burden_shift": TEXT,
    "is_urgent": FLAG,
    "fines": TEXT,
    "compensation": TEXT,
    "mediation_limits": TEXT,
    "seat": Kind("text", codes_of="seats"),
    "seat_article": TEXT,
    "is_before_administration": FLAG,
}
LIMIT_EVENTS: Final[Shape] = {
    "is_day_of_facts": FLAG,
}
WARNINGS: Final[Shape] = {
    "routes": Kind("texts", codes_of="routes", is_needed=True),
    "acts": Kind("texts", codes_of="acts"),
    "areas": Kind("texts", codes_of="areas"),
    "grounds": Kind("texts", codes_of="grounds"),
    "respondents": Kind("texts", codes_of="respondents"),
    "soon_below_working_days": Kind("number", is_needed=True),
}
DISTRICTS: Final[Shape] = {
    "is_not_a_district": FLAG,
}

SHAPES: Final[Mapping[str, Shape]] = {
    "grounds": GROUNDS,
    "conduct": CONDUCT,
    "acts": ACTS,
    "areas": {},
    "respondents": RESPONDENTS,
    "settings": {},
    "roles": {"needs_mandate": Kind("flag", is_needed=True)},
    "channels": {"is_anonymous": Kind("flag", is_needed=True), "is_for_relays": FLAG},
    "mandates": {},
    "responses": RESPONSES,
    "outcomes": {},
    "remedies": {},
    "closure": {"is_walled": FLAG},
    "routes": ROUTES,
    "limit_events": LIMIT_EVENTS,
    "seats": {},
    "warnings": WARNINGS,
    "languages": {
        "direction": Kind("text", allowed=("ltr", "rtl"), is_needed=True),
        "autonym": Kind("text", is_needed=True),
        "reason": TEXT,
        "format": Kind("text", allowed=("text", "audio", "sign_video", "easy_read")),
    },
    "interpreters": {},
    "adviser_wishes": {},
    "equality": {"is_one_of_several": FLAG},
    "barriers": {"is_walled": FLAG},
    "urgency": {},
    "routing": {},
    "states": {},
    "consents": {},
    "first_answer_bands": {"from_days": NUMBER, "to_days": NUMBER},
    "stages": {},
}
"""Lists every office has, each in `data/<name>.toml`."""

CITY_LISTS: Final[Mapping[str, Shape]] = {"districts": DISTRICTS}
"""Lists that belong to a city, each in `cities/<city>/<name>.toml`."""

UNITS: Final = ("none", "natural_day", "working_day_admin", "working_day_court", "month", "year")
LIMIT_KINDS: Final = (
    "prescription",
    "caducidad",
    "complaint_window",
    "benefit_minimum",
    "answer_due",
    "no_deadline",
)
PAUSES: Final = ("counts", "excluded", "n/a")
STOP_EFFECTS: Final = ("suspends", "interrupts")
UNANSWERED: Final = ("", "nothing", "suspends", "interrupts")
RESTARTS: Final = ("begun", "ended")
STOP_UNITS: Final = ("none", "natural_day", "working_day_admin", "working_day_court", "month")
RECKONED_UNITS: Final = ("natural_day", "month")
"""A wait that needs no calendar: what follows from it holds wherever the person lives."""
