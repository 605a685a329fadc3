"""Making hours and giving them away: nobody and no room is needed twice at one time.

That is the store's own rule: each quarter of an hour of a person or a room is a row with its own key
(`SlotUse`). Which of two cases gets an hour is decided by the hour's row, which is held while it is taken.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.appointments.errors import HourTaken
from casework.appointments.rules import kept_free, quarters, starts
from casework.appointments.tables import Clinic, MeetingSlot, SlotUse
from casework.timeline.actions import record
from casework.transactions import attempt


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of one day, as somebody asks for them: minutes of the day, and how long each lasts."""

    on: date
    first: int
    until: int
    minutes: int

    @property
    def starts(self) -> list[int]:
        """When each begins."""
        return starts(self.first, self.until, self.minutes)


def make_slots(
    session: Session, hours: Hours, way: str, act: Act, *, site_id: UUID | None, room_id: UUID | None
) -> int:
    """Open hours of whoever acts on one day; return how many.

    Raises:
        HourTaken: they or the room are needed elsewhere in one of them; none is made.
    """
    try:
        with attempt(session):
            for minute in hours.starts:
                slot = MeetingSlot(
                    staff_id=act.who.id,
                    site_id=site_id,
                    room_id=room_id,
                    way_code=way,
                    on_day=hours.on,
                    minute=minute,
                    minutes=hours.minutes,
                )
                session.add(slot)
                session.flush()
                _use(session, slot)
    except IntegrityError:
        raise HourTaken from None
    count = len(hours.starts)
    record(session, "hours_opened", at=act.at, by=act.who.id, count=count, meeting=way)
    return count


def make_clinic(
    session: Session, hours: Hours, act: Act, *, site_id: UUID, desks: int, walk_ins: int, run_by: UUID
) -> Clinic:
    """Open a clinic: every hour once for each desk, some of them kept for who comes unasked.

    Raises:
        HourTaken: there is a clinic at this place on this day.
    """
    clinic = Clinic(
        site_id=site_id,
        on_day=hours.on,
        desks=desks,
        walk_ins=walk_ins,
        run_by=run_by,
        made_by=act.who.id,
    )
    try:
        with attempt(session):
            session.add(clinic)
            session.flush()
    except IntegrityError:
        raise HourTaken from None
    every = [minute for minute in hours.starts for _ in range(desks)]
    for minute, is_kept in zip(every, kept_free(len(every), walk_ins), strict=True):
        session.add(
            MeetingSlot(
                clinic_id=clinic.id,
                site_id=site_id,
                way_code="clinic",
                on_day=hours.on,
                minute=minute,
                minutes=hours.minutes,
                for_walk_ins=is_kept,
            )
        )
    session.flush()
    record(session, "clinic_opened", at=act.at, by=act.who.id, count=len(every))
    return clinic


def give_up(session: Session, slot_id: UUID, act: Act) -> None:
    """Take back a free hour of whoever acts.

    Raises:
        HourTaken: it is taken, or it is not theirs.
    """
    slot = take(session, slot_id, also_walk_ins=True)
    if slot is None or slot.staff_id != act.who.id:
        raise HourTaken
    slot.state_code = "shut"
    session.add(slot)
    session.execute(delete(SlotUse).where(col(SlotUse.slot_id) == slot.id))
    session.flush()
    record(session, "hour_given_up", at=act.at, by=act.who.id, meeting=slot.way_code)


def take(session: Session, slot_id: UUID, *, also_walk_ins: bool = False) -> MeetingSlot | None:
    """Take an hour that is free, or return None; of two who want it at once the second finds it taken."""
    wanted = select(MeetingSlot).where(MeetingSlot.id == slot_id, MeetingSlot.state_code == "free")
    slot = session.exec(wanted.with_for_update()).first()
    if slot is None or (slot.for_walk_ins and not also_walk_ins):
        return None
    slot.state_code = "taken"
    session.add(slot)
    session.flush()
    return slot


def take_like(session: Session, slot: MeetingSlot) -> MeetingSlot | None:
    """Take an hour, or at a clinic the same hour at another desk; None if there is none."""
    took = take(session, slot.id)
    if took is not None or slot.clinic_id is None:
        return took
    beside = select(MeetingSlot.id).where(
        MeetingSlot.clinic_id == slot.clinic_id,
        MeetingSlot.minute == slot.minute,
        MeetingSlot.state_code == "free",
        col(MeetingSlot.for_walk_ins).is_(False),
    )
    for other in session.exec(beside.order_by(col(MeetingSlot.id))).all():
        if (took := take(session, other)) is not None:
            return took
    return None


def let_go(session: Session, slot_id: UUID | None) -> None:
    """Free an hour that was taken."""
    slot = session.get(MeetingSlot, slot_id) if slot_id else None
    if slot is not None and slot.state_code == "taken":
        slot.state_code = "free"
        session.add(slot)
        session.flush()


def open_again(session: Session, slot: MeetingSlot) -> None:
    """Open an hour of a clinic again as another row: what was said of the old one is about no hour now."""
    slot.state_code = "shut"
    session.add(slot)
    same = slot.model_dump(exclude={"id", "state_code"})
    session.add(MeetingSlot(**same))
    session.flush()


def shut_of(session: Session, staff_id: UUID) -> None:
    """Give up every free hour of somebody who works here no more."""
    mine = select(MeetingSlot).where(MeetingSlot.staff_id == staff_id, MeetingSlot.state_code == "free")
    for slot in session.exec(mine.with_for_update()).all():
        slot.state_code = "shut"
        session.add(slot)
        session.execute(delete(SlotUse).where(col(SlotUse.slot_id) == slot.id))
    session.flush()


def _use(session: Session, slot: MeetingSlot) -> None:
    for whose in (slot.staff_id, slot.room_id):
        if whose is None:
            continue
        for quarter in quarters(slot.minute, slot.minutes):
            session.add(SlotUse(whose=whose, on_day=slot.on_day, quarter=quarter, slot_id=slot.id))
    session.flush()
