"""What the list of referrals may be asked: whose, which, to whom, where it stands, by when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from casework.listing.asked import AskedOfCases, Read, Reading
from casework.referrals.rules import STATES
from office.languages import mark

WHICH: Final = {
    "waiting": mark("Wait for an answer"),
    "overdue": mark("Overdue"),
    "returned": mark("Came back"),
    "running": mark("Taken on"),
}
LISTED: Final = ("sent", "declined", "no_answer", "accepted", "working")
"""States in which a referral stands in one of these."""


@dataclass(frozen=True, slots=True)
class ReferralsAsked(AskedOfCases):
    """What is asked of referrals. By itself: those of one's own cases that wait, the most pressing first.

    Attributes:
        since: the first of the days by which an answer is expected or somebody is reminded.
        until: the last of them.
    """

    LIST: ClassVar[str] = "referrals"
    SORTS: ClassVar[tuple[str, ...]] = ("due", "case", "body", "state")

    which: str = "waiting"
    body: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "due"


def read_query(query: str, bodies: Collection[str], *, supervises: bool) -> Read[ReferralsAsked]:
    """Return what an address asks for; what it says wrongly asks for nothing and is named in `wrong`.

    Args:
        query: the part behind the question mark.
        bodies: the codes of bodies.
        supervises: whether the reader supervises, and so may ask for the team's.
    """
    reading = Reading(query)
    asked = ReferralsAsked(
        **reading.of_cases(ReferralsAsked, tuple(WHICH), supervises=supervises),
        **reading.days(),
        body=reading.code("body", bodies),
        state=reading.code("state", [code for code in STATES if code in LISTED]),
    )
    return reading.read(asked)
