"""Hours, places and appointments as they are looked at; of a case one may not open, nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.appointments.content import AppointmentText
from casework.appointments.errors import AppointmentNotFound
from casework.appointments.rules import DAYS_AHEAD, SAFE_WAY, SETTLED
from casework.appointments.tables import (
    CaseAppointment,
    Clinic,
    IncomingBooking,
    MeetingRoom,
    MeetingSite,
    MeetingSlot,
)
from casework.appointments.telling import text_of
from casework.cases.holders import present_holders
from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out
from casework.messages.incoming import UNREADABLE
from casework.safe_contact.guards import rules_of
from casework.safe_contact.rules import NEVER
from casework.staff.sessions import SignedIn
from casework.written import id_in
from office.handover.reply import MeetingTime
from office.languages import mark
from office.stores.keyroom import Staff

NOT_READY: Final = {
    "interpreter": mark("nobody interprets yet"),
    "unsafe": mark("the person is not to be telephoned"),
    "nobody": mark("whoever was to meet them does not have the case"),
    "kept_out": mark("whoever runs the clinic keeps out of the case"),
    "steps": mark("the place has steps"),
}
"""Why an appointment that is booked cannot take place as it stands."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One appointment with its sealed part in clear, and what is missing for it to take place."""

    row: CaseAppointment
    text: AppointmentText
    missing: tuple[str, ...] = ()

    @property
    def time(self) -> MeetingTime | None:
        """The hour that is, or was, booked."""
        booked = self.text.offered if self.row.on_day is not None else ()
        return booked[0] if booked else None


def appointment_of(session: Session, case: CaseFile, written: str, act: Act) -> Standing:
    """Return one appointment of a case by its id.

    Raises:
        AppointmentNotFound: there is none.
    """
    own = id_in(written)
    row = session.get(CaseAppointment, own) if own else None
    if row is None or row.case_id != case.id:
        raise AppointmentNotFound(case=case.reference)
    return standing(session, case, row, act)


def appointments_of(session: Session, case: CaseFile, act: Act) -> list[Standing]:
    """Return every appointment of a case, the newest first."""
    wanted = select(CaseAppointment).where(CaseAppointment.case_id == case.id)
    rows = session.exec(wanted.order_by(col(CaseAppointment.version).desc())).all()
    return [standing(session, case, row, act) for row in rows]


def standing(session: Session, case: CaseFile, row: CaseAppointment, act: Act) -> Standing:
    """Return an appointment as it stands today."""
    text = text_of(session, case, row, act)
    missing: list[str] = []
    if row.state_code == "booked":
        slot = session.get(MeetingSlot, text.slot_id) if text.slot_id else None
        if row.interpreter_code not in SETTLED:
            missing.append("interpreter")
        if rules_of(session, case).get(SAFE_WAY.get(row.way_code or "", ""), "") == NEVER:
            missing.append("unsafe")
        if slot is not None and slot.staff_id and slot.staff_id not in _holders(session, case):
            missing.append("nobody")
        clinic = session.get(Clinic, slot.clinic_id) if slot is not None and slot.clinic_id else None
        if clinic is not None and clinic.run_by in kept_out(session, case.id):
            missing.append("kept_out")
        if text.step_free and any(one.step_free is False for one in text.offered):
            missing.append("steps")
    return Standing(row, text, tuple(missing))


def _holders(session: Session, case: CaseFile) -> set[UUID]:
    return {person.id for person in present_holders(session, case)}


def free_for(session: Session, case: CaseFile, act: Act) -> Sequence[MeetingSlot]:
    """Return the hours that can be offered to the person of a case, the nearest first.

    They are of who holds the case, and of clinics that nobody runs who keeps out of it; those kept for who
    comes unasked are not among them.
    """
    now = act.at.astimezone(act.zone)
    minute = now.hour * 60 + now.minute
    wanted = select(MeetingSlot).where(
        MeetingSlot.state_code == "free",
        col(MeetingSlot.for_walk_ins).is_(False),
        col(MeetingSlot.on_day) <= act.on + timedelta(days=DAYS_AHEAD),
        or_(
            col(MeetingSlot.on_day) > act.on,
            and_(col(MeetingSlot.on_day) == act.on, col(MeetingSlot.minute) > minute),
        ),
        or_(
            col(MeetingSlot.clinic_id).in_(
                select(Clinic.id).where(col(Clinic.run_by).not_in(kept_out(session, case.id)))
            ),
            col(MeetingSlot.staff_id).in_(_holders(session, case)),
        ),
    )
    order = col(MeetingSlot.on_day), col(MeetingSlot.minute), col(MeetingSlot.way_code), col(MeetingSlot.id)
    return _one_an_hour(session.exec(wanted.order_by(*order)).all())


def _one_an_hour(slots: Sequence[MeetingSlot]) -> list[MeetingSlot]:
    """Of a clinic's desks that are free at one time one is enough: to the person they are the same."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for slot in slots:
        own = (slot.clinic_id or slot.id, slot.on_day, slot.minute)
        if own not in seen:
            seen.add(own)
            found.append(slot)
    return found


def cases_with_answers(session: Session, act: Act, *, at_most: int) -> Sequence[str]:
    """Return the numbers of the cases whoever acts may open in which an answer waits, in one order."""
    wanted = select(CaseFile.reference).where(*_answered(act.who))
    return session.exec(wanted.order_by(col(CaseFile.id)).limit(at_most)).all()


def answers_total(session: Session, who: SignedIn) -> int:
    """Return in how many of the cases somebody may open an answer waits."""
    return session.exec(select(func.count()).select_from(CaseFile).where(*_answered(who))).one()


def _answered(who: SignedIn) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that an answer waits in a case: asked from the few that wait."""
    waiting = select(IncomingBooking.case_number).where(col(IncomingBooking.opened_on).is_(None))
    return col(CaseFile.reference).in_(waiting), may_open(who)


def sites(session: Session, *, only_open: bool = True) -> Sequence[MeetingSite]:
    """Return the places, by name."""
    wanted = select(MeetingSite).order_by(col(MeetingSite.name), col(MeetingSite.id))
    return session.exec(wanted.where(col(MeetingSite.is_shut).is_(False)) if only_open else wanted).all()


def rooms(session: Session) -> Sequence[tuple[MeetingRoom, MeetingSite]]:
    """Return every room with its place, by name."""
    wanted = select(MeetingRoom, MeetingSite).join(
        MeetingSite, col(MeetingSite.id) == col(MeetingRoom.site_id)
    )
    return session.exec(wanted.order_by(col(MeetingSite.name), col(MeetingRoom.name))).all()


def slots_of(session: Session, staff_id: UUID, first: date, last: date) -> Sequence[MeetingSlot]:
    """Return the hours of a member of staff between two days, in their order."""
    return session.exec(
        select(MeetingSlot)
        .where(
            MeetingSlot.staff_id == staff_id,
            col(MeetingSlot.on_day).between(first, last),
            MeetingSlot.state_code != "shut",
        )
        .order_by(col(MeetingSlot.on_day), col(MeetingSlot.minute), col(MeetingSlot.id))
    ).all()


def booked_between(
    session: Session, act: Act, first: date, last: date
) -> tuple[dict[UUID, tuple[CaseFile, Standing]], list[str]]:
    """Return by its hour each appointment between two days in the cases whoever acts may open.

    Then the numbers of the cases in which one cannot be opened: they hold up no other.
    """
    found = session.exec(
        select(CaseFile, CaseAppointment)
        .join(CaseAppointment, col(CaseAppointment.case_id) == col(CaseFile.id))
        .where(
            may_open(act.who),
            col(CaseAppointment.on_day).between(first, last),
            col(CaseAppointment.state_code).in_(("booked", "attended", "no_show")),
        )
    ).all()
    by_hour: dict[UUID, tuple[CaseFile, Standing]] = {}
    damaged: set[str] = set()
    for case, row in found:
        try:
            one = standing(session, case, row, act)
        except UNREADABLE:
            damaged.add(case.reference)
            continue
        if one.text.slot_id is not None:
            by_hour[one.text.slot_id] = (case, one)
    return by_hour, sorted(damaged)


def clinics(session: Session, today: date) -> Sequence[tuple[Clinic, MeetingSite, Staff]]:
    """Return the clinics of the last month and those to come, the nearest first."""
    return session.exec(
        select(Clinic, MeetingSite, Staff)
        .join(MeetingSite, col(MeetingSite.id) == col(Clinic.site_id))
        .join(Staff, col(Staff.id) == col(Clinic.run_by))
        .where(col(Clinic.on_day) >= today - timedelta(days=30))
        .order_by(col(Clinic.on_day), col(MeetingSite.name))
    ).all()


def slots_of_clinic(session: Session, clinic_id: UUID) -> Sequence[MeetingSlot]:
    """Return the hours of a clinic in their order."""
    return session.exec(
        select(MeetingSlot)
        .where(MeetingSlot.clinic_id == clinic_id, MeetingSlot.state_code != "shut")
        .order_by(col(MeetingSlot.minute), col(MeetingSlot.for_walk_ins), col(MeetingSlot.id))
    ).all()
