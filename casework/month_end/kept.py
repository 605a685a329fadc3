"""What the tables have of a month. The timeline is asked only what changed since the month was over."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from casework.appointments.tables import CaseAppointment, IncomingBooking
from casework.cases.tables import CaseFile
from casework.harms.tables import CaseHarm
from casework.inbox.tables import InboxReport
from casework.incidents.tables import CaseLink
from casework.messages.tables import CaseMessage, IncomingMessage
from casework.month_end.rules import (
    CASES,
    CONTACTS,
    HARMS,
    OUTCOMES,
    PEOPLE,
    REPORTS,
    SAME_PERSON,
    TALKS,
    Contact,
    Kept,
    first_day,
    last_day,
    people,
)
from casework.month_end.told import Harm, Told
from casework.tasks.tables import CaseTask
from office.clock import month_of

WITH_A_REPORT: Final = col(CaseFile.report_id).is_not(None)
"""Every case begins with a report; those of a demonstration's past, invented without one, never happened."""

OF_NO_HARM: Final = 0


LeftOut = Callable[[str, date], bool]
"""Says of a case, by number or chain, whether what happened in it on a day is counted nowhere: it is void."""


def kept_counts(session: Session, month: str, told: Told) -> Mapping[str, Kept]:
    """Return the six counts of a month as the tables have them.

    `told` says what was undone since the month was over: cases opened again or voided, numbers parted, forms
    removed, appointments to which nobody had come.
    """
    seen = _seen(session)
    contacts = [*seen, *_messages(session), *_said(session), *_talks(session), *_met(session)]
    void = _void(session)

    def kept(found: list[Contact], left_out: LeftOut) -> list[Contact]:
        return [(number, on) for number, on in found if not left_out(number, on)]

    def counted(found: list[Contact], undone: Sequence[Contact] = ()) -> Kept:
        there, now, then = (
            sum(month_of(on) == month for _, on in kept(some, left_out))
            for some, left_out in (
                (found, void),
                (found, told.void_now),
                ([*found, *undone], told.void_then),
            )
        )
        return Kept(there, then - now)

    first, last = first_day(month), last_day(month)
    links = select(CaseLink.from_number, CaseLink.to_number).where(
        CaseLink.relation == SAME_PERSON, col(CaseLink.made_on) <= last
    )
    joined = {frozenset(pair) for pair in session.exec(links)}
    undone = told.undone_since(month)
    there = people(kept(contacts, void), joined, month)
    now = people(kept(contacts, told.void_now), joined, month)
    then = people(kept([*contacts, *undone], told.void_then), joined | told.parted_since(month), month)
    return {
        CONTACTS: counted(contacts, undone),
        PEOPLE: Kept(there, then - now),
        REPORTS: counted(seen),
        CASES: counted(_opened(session)),
        HARMS: _harms(session, month, told, void),
        OUTCOMES: Kept(_outcomes(session, first, last), len(told.reopened_since(month))),
    }


def _void(session: Session) -> LeftOut:
    """Return what the tables say of void cases: nothing of the month in which they became void, or later."""
    wanted = columns(col(CaseFile.id), col(CaseFile.reference), col(CaseFile.voided_on))
    since: dict[str, date] = {}
    for own, number, on in session.execute(wanted.where(col(CaseFile.voided_on).is_not(None))):
        if on is not None:
            since[str(own)] = since[number] = on
    return lambda who, on: who in since and since[who] <= last_day(month_of(on))


def _seen(session: Session) -> list[Contact]:
    """Return each report with the day it was first opened or settled."""
    found = columns(col(InboxReport.case_number), col(InboxReport.opened_on), col(InboxReport.settled_on))
    return [
        (number, min(day for day in (opened, settled) if day))
        for number, opened, settled in session.execute(found)
        if opened or settled
    ]


def _messages(session: Session) -> list[Contact]:
    """Return what people wrote, also with an answer about an appointment, with the day it was opened."""
    wanted = columns(col(IncomingMessage.case_number), col(IncomingMessage.opened_on))
    answered = columns(col(IncomingBooking.case_number), col(IncomingBooking.opened_on))
    found = (*session.execute(wanted), *session.execute(answered.where(col(IncomingBooking.has_words))))
    return [(number, on) for number, on in found if on]


def _said(session: Session) -> list[Contact]:
    """Return what people were told."""
    wanted = (
        columns(col(CaseFile.reference), col(CaseMessage.written_on))
        .join(CaseFile, col(CaseFile.id) == col(CaseMessage.case_id))
        .where(col(CaseMessage.direction) == "out")
    )
    return [(number, on) for number, on in session.execute(wanted)]


def _talks(session: Session) -> list[Contact]:
    """Return the calls, meetings and letters with the person that were noted as done."""
    wanted = (
        columns(col(CaseFile.reference), col(CaseTask.settled_on))
        .join(CaseFile, col(CaseFile.id) == col(CaseTask.case_id))
        .where(
            col(CaseTask.state_code) == "done",
            col(CaseTask.with_code) == "person",
            col(CaseTask.kind_code).in_(TALKS),
        )
    )
    return [(number, on) for number, on in session.execute(wanted) if on]


def _met(session: Session) -> list[Contact]:
    """Return the appointments to which people came."""
    wanted = (
        columns(col(CaseFile.reference), col(CaseAppointment.settled_on))
        .join(CaseFile, col(CaseFile.id) == col(CaseAppointment.case_id))
        .where(col(CaseAppointment.state_code) == "attended")
    )
    return [(number, on) for number, on in session.execute(wanted) if on]


def _opened(session: Session) -> list[Contact]:
    """Return each case with the day it was opened."""
    wanted = columns(col(CaseFile.reference), col(CaseFile.opened_on)).where(WITH_A_REPORT)
    return [(number, on) for number, on in session.execute(wanted)]


def _outcomes(session: Session, first: date, last: date) -> int:
    """Return how many cases were closed in these days; a void one has no outcome."""
    rules = (col(CaseFile.closed_on).between(first, last), col(CaseFile.voided_on).is_(None), WITH_A_REPORT)
    return session.exec(select(func.count()).select_from(CaseFile).where(*rules)).one()


def _harms(session: Session, month: str, told: Told, void: LeftOut) -> Kept:
    """Return the forms in the tables that were coded first in the month; one never coded is in every month.

    So a form that came into a harm or a case past the timeline makes the month fail.
    """
    there, found = set[Harm](), dict[str, set[str]]()
    harms = (
        select(CaseHarm.case_id, CaseHarm.place, CaseHarm.conduct_codes)
        .join(CaseFile, col(CaseFile.id) == col(CaseHarm.case_id))
        .where(col(CaseHarm.removed_on).is_(None), WITH_A_REPORT)
    )
    for own, place, codes in session.exec(harms):
        found.setdefault(str(own), set()).update(codes.split())
        there |= {(str(own), place, code) for code in codes.split()}
    for own, codes in session.exec(select(CaseFile.id, CaseFile.conduct_codes).where(WITH_A_REPORT)):
        there |= {(str(own), OF_NO_HARM, code) for code in set(codes.split()) - found.get(str(own), set())}
    in_month = {harm: on for harm, (on, _) in told.harms.items() if month_of(on) == month}

    def without(left_out: LeftOut) -> set[Harm]:
        return {harm for harm, on in in_month.items() if not left_out(harm[0], on)}

    then, now = without(told.void_then), without(told.void_now) & told.present
    return Kept(len(there & without(void)) + len(there - told.present), len(then) - len(now))
