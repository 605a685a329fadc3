"""What the person is told of their appointment: the whole of where it stands, each time anew."""

from collections.abc import Mapping
from typing import Final

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.appointments.content import AppointmentText
from casework.appointments.tables import CaseAppointment, MeetingRoom, MeetingSite, MeetingSlot
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.messages.actions import addressee
from casework.messages.replies import say_appointment
from casework.safe_contact.guards import can_be_told
from office.handover.reply import AppointmentState, AppointmentTold, MeetingTime, Reply

TOLD_AS: Final[Mapping[str, AppointmentState]] = {
    "offered": "offered",
    "asked": "asked",
    "booked": "booked",
    "cancelled_person": "cancelled",
    "cancelled_office": "cancelled",
    "attended": "over",
    "no_show": "over",
}


def tell(session: Session, case: CaseFile, row: CaseAppointment, text: AppointmentText, act: Act) -> bool:
    """Tell the person where the appointment stands, if that is safe; say whether they were told."""
    if not can_be_told(session, case):
        return False
    say_appointment(session, addressee(case), told_of(row, text), act, is_news=row.is_open)
    return True


def told_of(row: CaseAppointment, text: AppointmentText) -> AppointmentTold:
    """Return what is told of an appointment as it stands."""
    state = TOLD_AS[row.state_code]
    return AppointmentTold(
        appointment_id=row.id,
        number=row.version,
        state_code=state,
        times=text.offered if state in ("offered", "booked", "cancelled") else (),
        is_taken=text.is_taken,
        interpreter="arranged" if row.interpreter_code in ("arranged", "self") else row.interpreter_code,  # type: ignore[arg-type]  # the other two words
        answer_by=text.answer_by if state == "offered" else None,
        join=text.join if state == "booked" else "",
        by_person=row.state_code == "cancelled_person",
    )


def said_again(session: Session, case: CaseFile, act: Act) -> list[Reply]:
    """Return what was told last of the newest appointment, for somebody with a new key."""
    newest = select(CaseAppointment).where(CaseAppointment.case_id == case.id)
    row = session.exec(newest.order_by(col(CaseAppointment.version).desc())).first()
    if row is None or not can_be_told(session, case):
        return []
    text = text_of(session, case, row, act)
    return [Reply(kind="appointment", said_on=act.on, appointment=told_of(row, text))]


def text_of(session: Session, case: CaseFile, row: CaseAppointment, act: Act) -> AppointmentText:
    """Return the sealed part of an appointment.

    Raises:
        CaseNotFound: whoever acts does not hold the case.
        CannotOpen: it is damaged.
    """
    return AppointmentText.model_validate_json(open_rows(session, case, [row], act)[0])


def time_of(session: Session, slot: MeetingSlot) -> MeetingTime:
    """Return an hour as the person is told it."""
    site = session.get(MeetingSite, slot.site_id) if slot.site_id else None
    room = session.get(MeetingRoom, slot.room_id) if slot.room_id else None
    return MeetingTime(
        id=slot.id,
        on=slot.on_day,
        minute=slot.minute,
        minutes=slot.minutes,
        way_code=slot.way_code,  # type: ignore[arg-type]  # one of the four
        place=site.name if site else "",
        address=site.address if site else "",
        room=room.name if room else "",
        at_the_door=site.at_the_door if site else "",
        step_free=site.step_free if site else None,
        languages=tuple(site.languages.split()) if site else (),
    )
