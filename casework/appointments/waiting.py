"""What waits of a case's appointments; no wall stands here, and nothing is opened.

Whoever calls this has been to the door of the case.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from casework.appointments.errors import AppointmentOpen
from casework.appointments.rules import OPEN
from casework.appointments.tables import CaseAppointment, IncomingBooking
from casework.cases.queries import held_by
from casework.cases.tables import CaseFile


def waiting_bookings(session: Session, case_number: str) -> Sequence[IncomingBooking]:
    """Return what a person answered and nobody has looked at yet."""
    return session.exec(
        select(IncomingBooking)
        .where(IncomingBooking.case_number == case_number, col(IncomingBooking.opened_on).is_(None))
        .order_by(col(IncomingBooking.received_on), col(IncomingBooking.id))
        .with_for_update()
    ).all()


def open_row(session: Session, case_id: UUID) -> CaseAppointment | None:
    """Return the appointment of a case that is to come or to be agreed."""
    wanted = select(CaseAppointment).where(
        CaseAppointment.case_id == case_id, col(CaseAppointment.state_code).in_(OPEN)
    )
    return session.exec(wanted).first()


def refuse_open_appointment(session: Session, case: CaseFile) -> None:
    """Refuse to close a case whose person is still to come, or to choose a time.

    Raises:
        AppointmentOpen: there is such an appointment.
    """
    if open_row(session, case.id) is not None:
        raise AppointmentOpen(case=case.reference)


def booked_for(session: Session, staff_id: UUID) -> Sequence[tuple[CaseAppointment, str]]:
    """Return the appointments to come of somebody's own cases, each with its case number.

    Nobody needs to be signed in: a day and a number are all that is told.
    """
    found = session.exec(
        select(CaseAppointment, CaseFile.reference)
        .join(CaseFile, col(CaseFile.id) == col(CaseAppointment.case_id))
        .where(
            CaseAppointment.state_code == "booked",
            col(CaseFile.assigned_to) == staff_id,
            held_by(staff_id),
        )
        .order_by(col(CaseAppointment.on_day), col(CaseAppointment.id))
    )
    return found.all()
