"""An hour of a clinic for somebody who came without a case, and for whom an outreach worker filed there.

The worker writes the number that the receipt shows. Whether there is a report or a case of that number is not
told, only that the hour is taken, or free again, once somebody opened the case. The hour is put, sealed,
beside what a person sends to that number, and whoever first looks at the case gives it to the person. Until
then it can be taken back, by its hour alone. Then it is opened again as another hour, so that what was sealed
for the first gives nothing to anybody.
"""

from typing import Literal
from uuid import UUID

from sqlmodel import Session, select

from casework.acts import Act
from casework.appointments import actions
from casework.appointments.actions import Hand
from casework.appointments.errors import HourTaken
from casework.appointments.slots import open_again, take
from casework.appointments.tables import IncomingBooking, MeetingSlot
from casework.appointments.waiting import open_row, waiting_bookings
from casework.cases.holders import STORY
from casework.cases.keys import case_public_key
from casework.cases.rules import key_name
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.inbox.tables import InboxReport
from casework.messages.incoming import UNREADABLE, keys_for
from casework.states.errors import ClosingAsked
from casework.timeline.actions import record
from casework.transactions import attempt
from office.handover.report import Sealable
from office.sealing.boxes import seal, unseal


class WalkIn(Sealable):
    """Which hour of a clinic somebody had who came without a case."""

    kind: Literal["walk_in"] = "walk_in"
    slot_id: UUID


def keep_for_number(session: Session, slot_id: UUID, number: str, act: Act) -> None:
    """Take an hour for whoever has the receipt of this number, whether or not anything of it has come.

    Raises:
        HourTaken: somebody else has the hour.
        NoActiveKey: nothing can be sealed now.
    """
    name, public = _key_for(session, number, act)
    slot = take(session, slot_id, also_walk_ins=True)
    if slot is None or slot.clinic_id is None:
        raise HourTaken
    slot.state_code = "kept"
    session.add(slot)
    sealed = seal(WalkIn(slot_id=slot.id).as_bytes(), public, about=f"booking/{number}")
    session.add(IncomingBooking(case_number=number, key_name=name, sealed=sealed, received_on=act.on))
    session.flush()
    record(session, "walk_in_filed", at=act.at, by=act.who.id)


def _key_for(session: Session, number: str, act: Act) -> tuple[str, bytes]:
    """Return the key for what is kept for a number: of its case, or as its report came.

    With neither it is the key of the stories; whoever opens the inbox passes it on once there is a case.
    """
    case = session.exec(select(CaseFile).where(CaseFile.reference == number)).first()
    if case is not None:
        return key_name(case.reference, case.key_version), case_public_key(session, case)
    came_under = session.exec(select(InboxReport.key_name).where(InboxReport.case_number == number)).first()
    return act.keys.active(came_under.rpartition(".")[0] if came_under else STORY)


def release_kept_hour(session: Session, clinic_id: UUID, slot_id: UUID, act: Act) -> None:
    """Take back an hour that is kept for a number; whether anything of that number came is not asked.

    Raises:
        HourTaken: it is not kept any more, or of another clinic.
    """
    slot = session.get(MeetingSlot, slot_id, with_for_update=True)
    if slot is None or slot.clinic_id != clinic_id or slot.state_code != "kept":
        raise HourTaken
    open_again(session, slot)
    record(session, "walk_in_released", at=act.at, by=act.who.id)


def give_kept_hours(hand: Hand) -> int:
    """Give the person of a case the hours that were kept for its number; return how many.

    An hour beside an appointment there is already, or in a case that is closed or asked to be, is free again,
    and the timeline says so. While nothing may go on in the case it waits.
    """
    session, case, act = hand.session, hand.case, hand.act
    key_of, given = keys_for(session, act, case), 0
    for row in waiting_bookings(session, case.reference):
        key = key_of(row.key_name)
        if key is None or row.sealed is None:
            continue
        try:
            clear = unseal(row.sealed, key, about=f"booking/{case.reference}")
            slot_id = WalkIn.model_validate_json(clear).slot_id
        except UNREADABLE:  # what the person answered themselves is read elsewhere
            continue
        slot = session.get(MeetingSlot, slot_id, with_for_update=True)
        if slot is not None and slot.state_code == "kept":
            try:
                given += _give(hand, slot)
            except (ConflictUndecided, AdviserKeepsOut):
                continue
        row.sealed, row.opened_on = None, act.on
        session.add(row)
        session.flush()
    return given


def _give(hand: Hand, slot: MeetingSlot) -> bool:
    """Book an hour that was kept for the person of a case, or free it; say whether it is theirs."""
    session, case = hand.session, hand.case
    try:
        with attempt(session):
            slot.state_code = "free"
            session.add(slot)
            session.flush()
            if not case.is_closed and open_row(session, case.id) is None:
                actions.book(hand, slot.id, "", None, 0, is_walk_in=True)
                return True
    except ClosingAsked:
        slot.state_code = "free"
        session.add(slot)
    at, by = hand.act.at, hand.act.who.id
    record(session, "walk_in_let_go", at=at, by=by, case_id=case.id, on_day=slot.on_day.isoformat())
    return False
