"""Noting the places where people are met, and their rooms. Each act is one change and one event."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from casework.acts import Act
from casework.appointments.errors import SiteNotFound
from casework.appointments.tables import MeetingRoom, MeetingSite
from casework.cases.errors import CaseChanged
from casework.cases.rules import joined
from casework.timeline.actions import record
from casework.transactions import attempt
from casework.written import id_in


@dataclass(frozen=True, slots=True)
class Place:
    """A place as somebody describes it; `rooms` are the names of new rooms."""

    kind: str
    name: str
    address: str
    at_the_door: str
    step_free: bool
    languages: tuple[str, ...]
    is_shut: bool
    rooms: tuple[str, ...]


def site_of(session: Session, written: str) -> MeetingSite | None:
    """Return a place by its id, or None for the word `new`.

    Raises:
        SiteNotFound: there is none.
    """
    if written == "new":
        return None
    own = id_in(written)
    site = session.exec(select(MeetingSite).where(MeetingSite.id == own).with_for_update()).first()
    if site is None:
        raise SiteNotFound
    return site


def note_site(session: Session, site: MeetingSite | None, place: Place, act: Act, version: int) -> None:
    """Keep what is known of a place, with who noted it.

    Raises:
        CaseChanged: somebody noted something else since `version`.
    """
    if site is not None and site.version != version:
        raise CaseChanged
    if site is None:
        site = MeetingSite(
            kind_code=place.kind, name="", address="", version=0, noted_by=act.who.id, noted_on=act.on
        )
    site.kind_code, site.name, site.address = place.kind, place.name, place.address
    site.at_the_door, site.step_free = place.at_the_door, place.step_free
    site.languages, site.is_shut = joined(place.languages), place.is_shut
    site.version += 1
    site.noted_by, site.noted_on = act.who.id, act.on
    session.add(site)
    session.flush()
    for name in place.rooms:
        _add_room(session, site.id, name)
    record(session, "meeting_site_noted", at=act.at, by=act.who.id)


def _add_room(session: Session, site_id: UUID, name: str) -> None:
    """Add a room; one of this name is there already."""
    try:
        with attempt(session):
            session.add(MeetingRoom(site_id=site_id, name=name))
            session.flush()
    except IntegrityError:
        return
