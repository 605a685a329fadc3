"""The route outside: whom somebody can complain to when the city itself is said to have discriminated."""

from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.messages.actions import addressee
from casework.messages.content import ThreadEntry
from casework.messages.errors import NobodyReads
from casework.messages.replies import say_text
from casework.messages.thread import add_to_thread
from casework.safe_contact.guards import require_safe
from casework.safe_contact.rules import OWN_WAY
from casework.timeline.actions import record
from casework.walls.errors import NoWall
from casework.walls.standing import wall_of
from office.handover.notice import OUTSIDE_CHOICE, OUTSIDE_HELP, OUTSIDE_ROUTE, OUTSIDE_UNCHECKED
from office.languages import Language, UnknownLanguage, language
from office.vocabulary import City
from office.vocabulary.city import Contact

FALLBACK: Final = "es"


@dataclass(frozen=True, slots=True)
class Outside:
    """One of them as it is shown: what it is called, how it is reached, and whether that was confirmed."""

    contact: Contact
    name: str
    ways: tuple[str, ...]


def outside(city: City, tag: str) -> list[Outside]:
    """Return everybody outside to whom one can complain of the city, in the order of the city's data."""
    return [
        Outside(one, one.label_in(tag), tuple(filter(None, (one.phone, one.email, one.url, one.address))))
        for one in city.outside_routes
    ]


def spoken_to(case: CaseFile) -> Language:
    """Return the language in which the person of a case reads."""
    try:
        return language(case.language, "office")
    except UnknownLanguage:
        return language(FALLBACK, "office")


def sentence_for(city: City, spoken: Language) -> str:
    """Return what the person is told, in a language: that there is a way outside, and who is there."""
    routes = outside(city, spoken.tag)
    lines = ["\n".join(filter(None, (f"– {one.name}", " · ".join(one.ways)))) for one in routes]
    told = [spoken.gettext(OUTSIDE_ROUTE), spoken.gettext(OUTSIDE_CHOICE), "\n".join(lines)]
    if any(not one.contact.is_confirmed for one in routes):
        told.append(spoken.gettext(OUTSIDE_UNCHECKED))
    return "\n\n".join((*told, spoken.gettext(OUTSIDE_HELP)))


def offer(session: Session, case: CaseFile, act: Act) -> None:
    """Tell the person in their language of the way outside. It is no answer to what they wrote.

    Raises:
        NoWall: the case is not against the city.
        NobodyReads: it came without a receipt.
        WayNotSafe: it was noted that the receipt's page is never safe.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    wall = wall_of(session, case, hold=True)
    if wall is None:
        raise NoWall(case=case.reference)
    require_free_to_go_on(session, case)
    if case.reporter_public_key is None:
        raise NobodyReads(case=case.reference)
    require_safe(session, case, OWN_WAY)
    text = sentence_for(act.city, spoken_to(case))
    say_text(session, addressee(case), text, act)
    add_to_thread(session, case, "out", ThreadEntry(text=text), act, by=act.who.id)
    wall.told_on, wall.told_by = act.on, act.who.id
    session.add(wall)
    record(session, "message_written", at=act.at, by=act.who.id, case_id=case.id, about="outside_route")
