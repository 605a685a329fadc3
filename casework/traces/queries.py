"""The events about one case or of one member of staff in a month, the oldest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from casework.cases.tables import CaseFile
from casework.queues.tables import Absence
from casework.timeline.queries import Entry, entry_of, names_of
from casework.timeline.rules import OFFICE
from casework.timeline.tables import Event
from casework.traces.rules import PAGE, Span
from casework.written import id_in
from office.clock import day_in
from office.stores.keyroom import Staff


@dataclass(frozen=True, slots=True)
class Trace:
    """One event: the number it is about if it is about one, and for whom whoever did it was standing in."""

    entry: Entry
    number: str
    instead_of: str


@dataclass(frozen=True, slots=True)
class Traces:
    """One page of traces; `next` is the place of the following page."""

    found: Sequence[Trace]
    next: str | None


def staff_choices(session: Session) -> list[tuple[str, str]]:
    """Return everybody the office knows, who left too, by name."""
    found = session.exec(select(Staff.id, Staff.display_name).order_by(Staff.display_name)).all()
    return [(str(own), name) for own, name in found]


def case_of(session: Session, number: str) -> UUID | None:
    """Return the id of the case of this number, whoever may open it; None if there is none."""
    return session.exec(select(CaseFile.id).where(CaseFile.reference == number)).first()


def case_numbers(session: Session, chains: Iterable[str]) -> dict[str, str]:
    """Return the number of the case of each of these chains."""
    ids = [own for chain in chains if (own := id_in(chain)) is not None]
    rows = session.exec(select(CaseFile.id, CaseFile.reference).where(col(CaseFile.id).in_(ids)))
    return {str(own): reference for own, reference in rows}


def traces(
    session: Session,
    span: Span,
    zone: ZoneInfo,
    *,
    number: str = "",
    staff_id: UUID | None = None,
    after: str = "",
) -> Traces:
    """Return what was done about a number, by somebody, or both.

    About a number is: everything in its case's chain, and every event of the office that names it, among them
    reads of the report before it was a case, searches that found it, exports it was in, and refused doors.
    """
    wanted = select(Event).where(col(Event.at) >= span.begins, col(Event.at) < span.ends)
    if number:
        wanted = wanted.where(_about(session, number))
    if staff_id is not None:
        wanted = wanted.where(Event.by == staff_id)
    place = _place(after)
    if place is not None:
        wanted = wanted.where(_behind(session, *place))
    wanted = wanted.order_by(col(Event.at), col(Event.chain), col(Event.seq)).limit(PAGE + 1)
    events = session.exec(wanted).all()
    here = events[:PAGE]
    following = f"{here[-1].chain}.{here[-1].seq}" if len(events) > PAGE else None
    return Traces(_told(session, here, zone), following)


def _about(session: Session, number: str) -> ColumnElement[bool]:
    own = case_of(session, number)
    named = and_(Event.chain == OFFICE, col(Event.detail).contains(f'"{number}"', autoescape=True))
    return or_(Event.chain == str(own), named) if own else named


def _behind(session: Session, chain: str, seq: int) -> ColumnElement[bool]:
    """Return the condition that an event comes after this one, which is looked up: nothing is rounded."""
    last = session.get(Event, (chain, seq))
    if last is None:
        return col(Event.seq) > 0
    at = col(Event.at)
    same = and_(
        at == last.at, or_(col(Event.chain) > chain, and_(Event.chain == chain, col(Event.seq) > seq))
    )
    return or_(at > last.at, same)


def _place(written: str) -> tuple[str, int] | None:
    chain, _, seq = written.partition(".")
    return (chain, int(seq)) if seq.isascii() and seq.isdigit() and len(seq) < 10 else None


def _told(session: Session, events: Sequence[Event], zone: ZoneInfo) -> list[Trace]:
    people = {event.by for event in events if event.by}
    names = names_of(session, list(people))
    numbers = case_numbers(session, {event.chain for event in events if event.chain != OFFICE})
    away = session.exec(select(Absence).where(col(Absence.cover_id).in_(people))).all()
    covered = names_of(session, [one.staff_id for one in away])
    found = []
    for event in events:
        entry = entry_of(event, names.get(event.by, "") if event.by else "")
        on = day_in(zone, entry.at)
        instead = sorted({covered.get(one.staff_id, "") for one in away if _covers(one, event.by, on)})
        number = numbers.get(event.chain) or str(
            entry.detail.get("report") or entry.detail.get("number") or ""
        )
        found.append(Trace(entry, number, ", ".join(instead)))
    return found


def _covers(absence: Absence, by: UUID | None, on: date) -> bool:
    ended = absence.ended_on is not None and absence.ended_on < on
    return absence.cover_id == by and absence.first_on <= on <= absence.last_on and not ended
