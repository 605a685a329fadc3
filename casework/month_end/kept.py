"""What the tables have of a month. The timeline is asked only what changed since the month was over."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from casework.appointments.tables import CaseAppointment, IncomingBooking
from casework.cases.tables import CaseFile
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
from casework.month_end.told import Told
from casework.tasks.tables import CaseTask
from office.clock import month_of

WITH_A_REPORT: Final = col(CaseFile.report_id).is_not(None)
"""Every case begins with a report; those of a demonstration's past, invented without one, never happened."""


def kept_counts(session: Session, month: str, told: Told) -> Mapping[str, Kept]:
    """Return the six counts of a month as the tables have them.

    `told` says what was undone since the month was over: cases opened again, numbers parted, forms removed.
    """
    seen = _seen(session)
    contacts = [*seen, *_messages(session), *_said(session), *_talks(session), *_met(session)]
    first, last = first_day(month), last_day(month)
    links = select(CaseLink.from_number, CaseLink.to_number).where(
        CaseLink.relation == SAME_PERSON, col(CaseLink.made_on) <= last
    )
    joined = {frozenset(pair) for pair in session.exec(links)}
    now = people(contacts, joined, month)
    then = people(contacts, joined | told.parted_since(month), month)
    return {
        CONTACTS: Kept(sum(month_of(on) == month for _, on in contacts)),
        PEOPLE: Kept(now, then - now),
        REPORTS: Kept(sum(month_of(on) == month for _, on in seen)),
        CASES: Kept(_between(session, CaseFile.opened_on, first, last)),
        HARMS: _harms(session, month, told),
        OUTCOMES: Kept(_between(session, CaseFile.closed_on, first, last), len(told.reopened_since(month))),
    }


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


def _between(session: Session, column: date | None, first: date, last: date) -> int:
    wanted = select(func.count()).select_from(CaseFile).where(col(column).between(first, last), WITH_A_REPORT)
    return session.exec(wanted).one()


def _harms(session: Session, month: str, told: Told) -> Kept:
    """Return the forms in the tables that were coded first in the month; one never coded is in every month.

    So a form that came into a case past the timeline makes the month fail.
    """
    there = {
        (str(own), code)
        for own, codes in session.exec(select(CaseFile.id, CaseFile.conduct_codes).where(WITH_A_REPORT))
        for code in codes.split()
    }
    in_month = {harm for harm, on in told.harms.items() if month_of(on) == month}
    return Kept(len(there & in_month) + len(there - told.present), len(in_month - told.present))
