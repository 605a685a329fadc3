"""Nobody interprets at two appointments at one time: the hours for which somebody of the directory is booked.

Each quarter of an hour of an interpreter is a row with its own key, which names neither the case nor the hour
of the office; that this appointment holds them lies sealed in it. A service sends whom it has, and is not
counted; nor is somebody who is in no directory.
"""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from casework.appointments.content import AppointmentText
from casework.appointments.errors import InterpreterTaken
from casework.appointments.rules import quarters
from casework.appointments.tables import CaseAppointment, InterpreterUse
from casework.interpreters.tables import Interpreter
from casework.transactions import attempt


def take(session: Session, row: CaseAppointment, text: AppointmentText) -> AppointmentText:
    """Take the interpreter for the hour that is booked; return the text that remembers it.

    Raises:
        InterpreterTaken: they interpret elsewhere in that hour.
    """
    found = session.get(Interpreter, text.interpreter_id) if text.interpreter_id else None
    if row.state_code != "booked" or found is None or found.is_service or not text.offered:
        return text
    time = text.offered[0]
    try:
        with attempt(session):
            for quarter in quarters(time.minute, time.minutes):
                session.add(InterpreterUse(interpreter_id=found.id, on_day=time.on, quarter=quarter))
            session.flush()
    except IntegrityError:
        raise InterpreterTaken from None
    return text.with_(holds_interpreter=True)


def let_go(session: Session, text: AppointmentText) -> AppointmentText:
    """Free the interpreter of the hour that was booked; return the text without them being held."""
    if not text.holds_interpreter or text.interpreter_id is None or not text.offered:
        return text
    time = text.offered[0]
    session.execute(
        delete(InterpreterUse).where(
            col(InterpreterUse.interpreter_id) == text.interpreter_id,
            col(InterpreterUse.on_day) == time.on,
            col(InterpreterUse.quarter).in_(list(quarters(time.minute, time.minutes))),
        )
    )
    session.flush()
    return text.with_(holds_interpreter=False)
