"""The directory of bodies: the city's contacts, and what the office knows of them and of others."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from casework.acts import Act
from casework.referrals.errors import BodyNotFound, ReferralChanged
from casework.referrals.rules import is_stale
from casework.referrals.tables import ReferralBody
from casework.timeline.actions import hold_office, record
from casework.timeline.queries import names_of
from office.ids import new_id
from office.vocabulary import City
from office.vocabulary.items import CodeUnknown


@dataclass(frozen=True, slots=True)
class Body:
    """One body as it is shown: its contact, and what the office noted about it, if anything."""

    code: str
    name: str
    ways: tuple[str, ...]
    languages_told: str
    checked_on: date | None
    checked_by: str
    known: ReferralBody | None
    is_stale: bool

    @property
    def version(self) -> int:
        """The version of what the office noted; 0 while that is nothing."""
        return self.known.version if self.known else 0


@dataclass(frozen=True, slots=True)
class Noted:
    """What a supervisor says of a body."""

    services: str
    language_codes: tuple[str, ...]
    agreement_code: str
    agreement_until: date | None
    processing_on: date | None
    name: str = ""
    way: str = ""


def directory(session: Session, city: City, tag: str, today: date) -> list[Body]:
    """Return every body, the city's contacts first; an emergency number is nobody to refer to."""
    known = {row.code: row for row in session.exec(select(ReferralBody).order_by(ReferralBody.name))}
    names = names_of(session, [row.checked_by for row in known.values()])
    bodies = []
    for contact in city.contacts:
        if contact.is_emergency:
            continue
        row = known.pop(contact.code, None)
        days = (row.checked_on if row else None, contact.last_checked_on)
        checked = max((day for day in days if day), default=None)
        bodies.append(
            Body(
                contact.code,
                contact.label_in(tag),
                tuple(filter(None, (contact.phone, contact.email, contact.address, contact.url))),
                contact.languages,
                checked,
                names.get(row.checked_by, "") if row else "",
                row,
                is_stale(checked, today),
            )
        )
    bodies += [
        Body(
            row.code,
            row.name,
            tuple(filter(None, (row.way,))),
            "",
            row.checked_on,
            names.get(row.checked_by, ""),
            row,
            is_stale(row.checked_on, today),
        )
        for row in known.values()
        if row.name
    ]
    return bodies


def body_of(session: Session, city: City, code: str, tag: str, today: date) -> Body:
    """Return one body; raise BodyNotFound."""
    for body in directory(session, city, tag, today):
        if body.code == code:
            return body
    raise BodyNotFound


def body_name(session: Session, city: City, code: str, tag: str) -> str:
    """Return what a body is called, also one that left the city's list: by its code then."""
    try:
        return city.contact(code).label_in(tag)
    except CodeUnknown:
        row = session.get(ReferralBody, code)
        return row.name if row and row.name else code


def note_body(session: Session, body: Body | None, noted: Noted, act: Act, *, version: int) -> ReferralBody:
    """Keep what the office knows of a body, checked by whoever acts today; a new one if none is given.

    The office's chain is held first: of two who note a body at once, also one of which nothing was known,
    the later one sees what the earlier noted.

    Raises:
        ReferralChanged: somebody changed it since `version`.
    """
    hold_office(session)
    row = _held(session, body.code) if body else None
    if version != (row.version if row else 0):
        raise ReferralChanged
    if row is None:
        code = body.code if body else f"own-{new_id().hex}"
        row = ReferralBody(code=code, version=0, checked_on=act.on, checked_by=act.who.id)
    row.name, row.way = noted.name, noted.way
    row.services, row.language_codes = noted.services, " ".join(noted.language_codes)
    row.agreement_code, row.agreement_until = noted.agreement_code, noted.agreement_until
    row.processing_on, row.checked_on, row.checked_by = noted.processing_on, act.on, act.who.id
    row.version += 1
    session.add(row)
    session.flush()
    record(session, "body_noted", at=act.at, by=act.who.id, body=row.code)
    return row


def _held(session: Session, code: str) -> ReferralBody | None:
    wanted = select(ReferralBody).where(ReferralBody.code == code).with_for_update()
    return session.exec(wanted.execution_options(populate_existing=True)).first()
