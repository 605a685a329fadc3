"""Which cases are in a queue, as conditions on `case_file`; the wall around each stands elsewhere."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, literal, or_
from sqlmodel import col, select

from casework.appointments.tables import IncomingBooking
from casework.cases.tables import CaseFile
from casework.conflicts.queries import waits_for_supervisor
from casework.deadlines.queries import has_passed_deadline
from casework.deadlines.rules import scan_due_before, working_days_before
from casework.deadlines.still_open import lacks_scan
from casework.deadlines.tables import LimitScan
from casework.merges.standing import or_of_one_under
from casework.messages.tables import IncomingMessage
from casework.queues.rules import SOON_DAYS, UNTOUCHED_AFTER, Asked
from casework.staff.sessions import SignedIn
from casework.states.queries import closing_waits_for, in_state, is_given_back
from office.vocabulary import City


@dataclass(frozen=True, slots=True)
class Today:
    """The city's day, and the city whose working days count."""

    on: date
    city: City


def in_queue(which: str, today: Today, who: SignedIn) -> ColumnElement[bool]:
    """Return the condition that a case is in a queue of `rules.QUEUES`, of those `who` may open."""
    return in_queues((which,), today, who)[which]


def in_queues(queues: Iterable[str], today: Today, who: SignedIn) -> dict[str, ColumnElement[bool]]:
    """Return the same for several queues, in their order.

    A case put under another is in none of its own: the leading one is, if either belongs there.
    """
    rules = {
        which: closing_waits_for(who.id) if which == "closings" else _QUEUES[which](today) for which in queues
    }
    together = or_of_one_under({which: rule for which, rule in rules.items() if which != "closed"}, who)
    return {which: _is_open() & together[which] if which in together else rules[which] for which in rules}


def filtered(asked: Asked, today: Today) -> list[ColumnElement[bool]]:
    """Return the conditions of the filters."""
    found: list[ColumnElement[bool]] = []
    equal = {"stage": CaseFile.stage_code, "area": CaseFile.area_code, "district": CaseFile.district_code}
    found += [col(column) == getattr(asked, name) for name, column in equal.items() if getattr(asked, name)]
    if asked.ground:
        spaced = literal(" ") + col(CaseFile.ground_codes) + literal(" ")
        found.append(spaced.contains(f" {asked.ground} ", autoescape=True))
    if asked.state:
        found.append(in_state(asked.state, today.on))
    if asked.adviser:
        found.append(col(CaseFile.assigned_to) == asked.adviser)
    if asked.since:
        found.append(col(CaseFile.opened_on) >= asked.since)
    if asked.until:
        found.append(col(CaseFile.opened_on) <= asked.until)
    return found


def _is_open() -> ColumnElement[bool]:
    return col(CaseFile.closed_on).is_(None)


def _overdue(today: Today) -> ColumnElement[bool]:
    """Promised news, a counted deadline, or before anybody has looked the first limit that was told."""
    looked = select(LimitScan.id).where(LimitScan.case_id == CaseFile.id).exists()
    told = (col(CaseFile.limit_on) < today.on) & ~looked
    late = or_(col(CaseFile.next_on) < today.on, has_passed_deadline(today.on), told)
    return _is_open() & late


def _soon(today: Today) -> ColumnElement[bool]:
    ahead = today.on + timedelta(days=SOON_DAYS)
    days = (col(CaseFile.next_on), col(CaseFile.limit_on))
    return _is_open() & or_(*(day.between(today.on, ahead) for day in days))


def _unread(_today: Today) -> ColumnElement[bool]:
    """Messages, and answers about an appointment: one may cancel what is tomorrow."""
    waits = (
        select(sent.id)
        .where(sent.case_number == CaseFile.reference, col(sent.opened_on).is_(None))
        .correlate(CaseFile)
        .exists()
        for sent in (IncomingMessage, IncomingBooking)
    )
    return _is_open() & or_(*waits)


def _untouched(today: Today) -> ColumnElement[bool]:
    given_before = working_days_before(today.city.calendar, today.on, UNTOUCHED_AFTER)
    return _is_open() & col(CaseFile.looked_on).is_(None) & (col(CaseFile.assigned_on) < given_before)


_QUEUES: Final[Mapping[str, Callable[[Today], ColumnElement[bool]]]] = {
    "open": lambda _today: _is_open(),
    "overdue": _overdue,
    "soon": _soon,
    "urgent": lambda _today: _is_open() & col(CaseFile.urgency_code).in_(("soon", "danger")),
    "unread": _unread,
    "unscanned": lambda today: lacks_scan(scan_due_before(today.city.calendar, today.on)),
    "nonext": lambda _today: _is_open() & col(CaseFile.next_on).is_(None),
    "conflict": lambda _today: _is_open() & or_(waits_for_supervisor(), is_given_back()),
    "untouched": _untouched,
    "closed": lambda _today: ~_is_open(),
}
