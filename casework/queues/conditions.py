"""Which cases are in a queue, as conditions on `case_file`; the wall around each stands elsewhere."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, literal, or_, union_all
from sqlmodel import col, select

from casework.appointments.tables import IncomingBooking
from casework.cases.tables import CaseFile
from casework.conflicts.queries import waits_for_supervisor
from casework.deadlines.conditions import has_passed_deadline
from casework.deadlines.rules import scan_due_before
from casework.deadlines.still_open import has_unconfirmed, lacks_scan
from casework.deadlines.tables import LimitScan
from casework.merges.standing import or_of_one_under
from casework.messages.tables import IncomingMessage
from casework.queues.rules import ENDED, SOON_DAYS, Asked
from casework.staff.sessions import SignedIn
from casework.states.queries import closing_waits_for, in_state, is_given_back, waits_untouched
from casework.states.untouched import is_untouched
from casework.tasks.on_hold import has_next_action, has_work, is_held, waits_for_the_person
from casework.tracks.looks import has_look
from office.vocabulary import City

_SENT: Final = (IncomingMessage, IncomingBooking)


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
    together = or_of_one_under({which: rule for which, rule in rules.items() if which not in ENDED}, who)
    found = {which: _is_open() & together[which] if which in together else rules[which] for which in rules}
    if "unread" in found:  # whoever writes after the end is heard too
        found["unread"] = or_(found["unread"], unread_after_the_end())
    if "closings" in found:  # that a case is no longer void is asked of the same people
        found["closings"] = found["closings"] | back_waits_for(who)
    return found


def back_waits_for(who: SignedIn) -> ColumnElement[bool]:
    """Return the condition that somebody asks this supervisor that a case is no longer void."""
    return _is_void() & closing_waits_for(who.id)


def unread_after_the_end() -> ColumnElement[bool]:
    """Return the condition that something waits unread in a closed case: few among all that ever were."""
    waits = (select(sent.case_number).where(col(sent.opened_on).is_(None)) for sent in _SENT)
    return ~_is_open() & col(CaseFile.reference).in_(union_all(*waits))


def filtered(asked: Asked, today: Today) -> list[ColumnElement[bool]]:
    """Return the conditions of the filters."""
    found: list[ColumnElement[bool]] = []
    equal = {"stage": CaseFile.stage_code, "area": CaseFile.area_code, "district": CaseFile.district_code}
    found += [col(column) == getattr(asked, name) for name, column in equal.items() if getattr(asked, name)]
    if asked.ground:
        spaced = literal(" ") + col(CaseFile.ground_codes) + literal(" ")
        found.append(spaced.contains(f" {asked.ground} ", autoescape=True))
    if asked.state:
        found.append(in_state(asked.state, today.on, today.city))
    if asked.adviser:
        found.append(col(CaseFile.assigned_to) == asked.adviser)
    if asked.since:
        found.append(col(CaseFile.opened_on) >= asked.since)
    if asked.until:
        found.append(col(CaseFile.opened_on) <= asked.until)
    return found


def _is_open() -> ColumnElement[bool]:
    return col(CaseFile.closed_on).is_(None)


def _is_void() -> ColumnElement[bool]:
    return col(CaseFile.voided_on).is_not(None)


def _overdue(today: Today) -> ColumnElement[bool]:
    """Promised news, a deadline, a look at a remedy, work of somebody, or the first limit unscanned."""
    looked = select(LimitScan.id).where(LimitScan.case_id == CaseFile.id).exists()
    told = (col(CaseFile.limit_on) < today.on) & ~looked
    late = or_(
        col(CaseFile.next_on) < today.on,
        has_passed_deadline(today.on, today.city),
        told,
        has_look(lambda day: day < today.on),
        has_work(lambda day: day < today.on),
    )
    return _is_open() & late


def _soon(today: Today) -> ColumnElement[bool]:
    ahead = today.on + timedelta(days=SOON_DAYS)
    days = (col(CaseFile.next_on), col(CaseFile.limit_on))
    rules: list[ColumnElement[bool]] = [day.between(today.on, ahead) for day in days]
    rules += [has(lambda day: day.between(today.on, ahead)) for has in (has_look, has_work)]
    return _is_open() & or_(*rules)


def _unread(_today: Today) -> ColumnElement[bool]:
    """Messages, also to a closed case, and answers about an appointment: one may cancel what is tomorrow."""
    waits = (
        select(sent.id)
        .where(sent.case_number == CaseFile.reference, col(sent.opened_on).is_(None))
        .correlate(CaseFile)
        .exists()
        for sent in _SENT
    )
    return or_(*waits)


def _untouched(today: Today) -> ColumnElement[bool]:
    """Past triage whoever has looked at a case may wait in it with nothing to do; in triage nobody may."""
    unseen = col(CaseFile.looked_on).is_(None) & is_untouched(today.on, today.city)
    return _is_open() & or_(unseen, waits_untouched(today.on, today.city))


_QUEUES: Final[Mapping[str, Callable[[Today], ColumnElement[bool]]]] = {
    "open": lambda _today: _is_open(),
    "overdue": _overdue,
    "soon": _soon,
    "urgent": lambda _today: _is_open() & col(CaseFile.urgency_code).in_(("soon", "danger")),
    "unread": _unread,
    "unscanned": lambda today: lacks_scan(scan_due_before(today.city.calendar, today.on)),
    "unconfirmed": lambda today: _is_open() & has_unconfirmed(scan_due_before(today.city.calendar, today.on)),
    "nonext": lambda _today: _is_open() & ~has_next_action(),
    "person": lambda today: _is_open() & waits_for_the_person(today.on),
    "hold": lambda today: _is_open() & is_held(today.on),
    "conflict": lambda today: (
        _is_open() & or_(waits_for_supervisor(), is_given_back(), waits_untouched(today.on, today.city))
    ),
    "untouched": _untouched,
    "closed": lambda _today: ~_is_open() & ~_is_void(),
    "void": lambda _today: _is_void(),
}
