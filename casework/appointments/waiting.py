"""What waits of a case's appointments; no wall stands here, and nothing is opened.

Whoever calls this has been to the door of the case.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from casework.appointments.errors import AppointmentOpen
from casework.appointments.rules import OPEN
from casework.appointments.tables import CaseAppointment, IncomingBooking
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
