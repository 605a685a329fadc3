"""Places, the hours of staff and clinics, and the appointments of cases.

Hours are of staff and places and name no case. An appointment names its case and its day; its hour, its place
and the interpreter lie sealed under the case's key. So the tables alone do not tell who was where at which
hour, as far as there is more than one appointment on a day (docs/security.md).
"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from casework.appointments.rules import INTERPRETERS, LONGEST_LINE, SITE_KINDS, SLOT_STATES, STATES, WAYS
from casework.cases.tables import index_where
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

IS_OPEN = text("state_code IN ('offered', 'asked', 'booked')")


class MeetingSite(CaseworkTable, table=True):
    """A place where people are met, as anybody may know it."""

    __tablename__ = "meeting_site"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    kind_code: str = column("coded", codes=tuple(SITE_KINDS))
    name: str = column("restricted", max_length=LONGEST_LINE)
    address: str = column("restricted", max_length=LONGEST_LINE)
    at_the_door: str = column("restricted", default="", max_length=LONGEST_LINE)
    step_free: bool = column("coded", default=False)
    languages: str = column("coded", default="", max_length=LONGEST_LINE)
    is_shut: bool = column("coded", default=False)
    version: int = column("technical", default=1)
    noted_by: UUID = column("staff", foreign_key="staff.id")
    noted_on: date = column("restricted")


class MeetingRoom(CaseworkTable, table=True):
    """A room of a place."""

    __tablename__ = "meeting_room"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    site_id: UUID = column("technical", foreign_key="meeting_site.id")
    name: str = column("restricted", max_length=80)


class Clinic(CaseworkTable, table=True):
    """A day on which the office is somewhere else, with a number of desks at which people are met."""

    __tablename__ = "clinic"
    __table_args__ = (
        CheckConstraint("desks BETWEEN 1 AND 8", "desks_are_few"),
        UniqueConstraint("site_id", "on_day"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    site_id: UUID = column("technical", foreign_key="meeting_site.id")
    on_day: date = column("restricted", index=True)
    desks: int = column("restricted")
    walk_ins: int = column("restricted")
    run_by: UUID = column("staff", foreign_key="staff.id")
    made_by: UUID = column("staff", foreign_key="staff.id")


class MeetingSlot(CaseworkTable, table=True):
    """An hour of somebody of the office, or of a clinic; which case took it is not written here."""

    __tablename__ = "meeting_slot"
    __table_args__ = (
        CheckConstraint("(staff_id IS NULL) = (clinic_id IS NOT NULL)", "of_somebody_or_a_clinic"),
        CheckConstraint("(way_code IN ('place', 'clinic')) = (site_id IS NOT NULL)", "somewhere_or_not"),
        CheckConstraint("minute BETWEEN 0 AND 1439", "minute_of_a_day"),
        Index("meeting_slot_of_staff", "staff_id", "on_day"),
        Index("meeting_slot_of_clinic", "clinic_id", "minute"),
        Index("meeting_slot_free", "state_code", "on_day"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    staff_id: UUID | None = column("staff", default=None, foreign_key="staff.id")
    clinic_id: UUID | None = column("technical", default=None, foreign_key="clinic.id")
    site_id: UUID | None = column("technical", default=None, foreign_key="meeting_site.id")
    room_id: UUID | None = column("technical", default=None, foreign_key="meeting_room.id")
    way_code: str = column("coded", codes=tuple(WAYS))
    on_day: date = column("restricted")
    minute: int = column("restricted")
    minutes: int = column("restricted")
    for_walk_ins: bool = column("coded", default=False)
    state_code: str = column("coded", default="free", codes=tuple(SLOT_STATES))


class SlotUse(CaseworkTable, table=True):
    """A quarter of an hour of a person or a room: the key lets each be given once."""

    __tablename__ = "slot_use"

    whose: UUID = column("technical", primary_key=True)
    on_day: date = column("restricted", primary_key=True)
    quarter: int = column("restricted", primary_key=True)
    slot_id: UUID = column("technical", foreign_key="meeting_slot.id", index=True)


class InterpreterUse(CaseworkTable, table=True):
    """A quarter of an hour of an interpreter of the directory: the key lets each be given once.

    Of which hour and case is not written here: who is needed where lies sealed in the appointment.
    """

    __tablename__ = "interpreter_use"

    interpreter_id: UUID = column("technical", primary_key=True, foreign_key="interpreter.id")
    on_day: date = column("restricted", primary_key=True)
    quarter: int = column("restricted", primary_key=True)


class CaseAppointment(CaseworkTable, table=True):
    """An appointment of a case: where it stands and on which day; hour, place and names are sealed."""

    __tablename__ = "case_appointment"
    __table_args__ = (
        CheckConstraint("(way_code IS NULL) = (on_day IS NULL)", "a_day_with_its_way"),
        CheckConstraint("state_code <> 'booked' OR on_day IS NOT NULL", "booked_for_a_day"),
        CheckConstraint(
            "(state_code IN ('offered', 'asked', 'booked')) = (settled_on IS NULL)", "settled_on_a_day"
        ),
        Index(
            "case_appointment_open",
            "case_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("case_appointment_day", "on_day"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    state_code: str = column("coded", codes=tuple(STATES))
    way_code: str | None = column("coded", default=None, codes=tuple(WAYS))
    on_day: date | None = column("restricted", default=None)
    interpreter_code: str = column("coded", default="none", codes=tuple(INTERPRETERS))
    is_walk_in: bool = column("coded", default=False)
    task_id: UUID | None = column("technical", default=None, foreign_key="case_task.id")
    then_task_id: UUID | None = column("technical", default=None, foreign_key="case_task.id")
    version: int = column("technical", default=1)
    made_by: UUID = column("staff", foreign_key="staff.id")
    made_on: date = column("restricted")
    settled_on: date | None = column("restricted", default=None)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)

    @property
    def is_open(self) -> bool:
        """Whether it is still to come or to be agreed."""
        return self.settled_on is None


class IncomingBooking(CaseworkTable, table=True):
    """What a person answered about an appointment, sealed until somebody of the case looks.

    Then what they wrote stands in the thread of the case, and here only whether they did (`has_words`).
    """

    __tablename__ = "incoming_booking"
    __table_args__ = (index_where("opened_on IS NULL", "incoming_booking_waiting", "case_number"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_number: str = column("restricted", exactly=9, max_length=9, index=True)
    key_name: str = column("technical", max_length=60)
    sealed: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    received_on: date = column("restricted")
    opened_on: date | None = column("restricted", default=None)
    has_words: bool = column("coded", default=False)
