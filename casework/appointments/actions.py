"""What is done with the appointment of a case. Each act is one change and one event; none commits.

A case has one appointment at a time that is to come or to be agreed, so that the person sees one thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.advice.rules import needs_interpreter
from casework.appointments import interpreter_hours, interpreting
from casework.appointments.content import AppointmentText
from casework.appointments.errors import (
    AppointmentChanged,
    HourTaken,
    InterpreterNotSettled,
    NotYet,
    OneAtATime,
)
from casework.appointments.going_on import CANCELLED, CHOOSES, COMES, GOES_ON, MISSED, say_next
from casework.appointments.queries import Standing
from casework.appointments.rules import AFTER_DAYS, LONGEST_LINE, SAFE_WAY, SETTLED, SOON_DAYS
from casework.appointments.slots import let_go, take
from casework.appointments.tables import CaseAppointment, MeetingSlot
from casework.appointments.telling import tell, time_of
from casework.appointments.waiting import open_row
from casework.cases.content import story_of
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.messages.errors import NobodyReads
from casework.safe_contact.guards import require_safe
from casework.safe_contact.rules import OWN_WAY
from casework.states.settling import refuse_while_closing
from casework.timeline import actions as timeline
from office.languages import Language


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts in which case, and in whose language what is written down is written."""

    session: Session
    case: CaseFile
    act: Act
    language: Language


def offer(
    hand: Hand, slots: Sequence[MeetingSlot], answer_by: date, join: str, was: Standing | None, version: int
) -> CaseAppointment:
    """Offer the person times to choose from; an hour they had before is free again.

    Raises:
        OneAtATime, AppointmentChanged: see `begin`.
        CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut: nothing is begun.
        NobodyReads: there is no receipt with which it could be read.
        WayNotSafe: the receipt's page is never safe, or one of the times is by a way that is not.
    """
    row, text = begin(hand, was, version)
    _require_ways(hand, slots)
    if hand.case.reporter_public_key is None:
        raise NobodyReads(case=hand.case.reference)
    require_safe(hand.session, hand.case, OWN_WAY)
    let_go(hand.session, text.slot_id)
    text = interpreter_hours.let_go(hand.session, text)
    times = tuple(time_of(hand.session, slot) for slot in slots)
    text = text.with_(offered=times, slot_id=None, answer_by=answer_by, join=join, is_taken=False)
    keep(hand, row, text, "offered")
    after(hand, row, "person", answer_by, CHOOSES)
    record(hand, "appointment_offered", row, count=len(times))
    return row


def book(
    hand: Hand,
    slot_id: UUID,
    join: str,
    was: Standing | None,
    version: int,
    *,
    is_walk_in: bool = False,
) -> CaseAppointment:
    """Book a time that was agreed with the person, or move what was booked to it.

    Args:
        hand: who acts in which case.
        slot_id: the hour.
        join: how to join on video.
        was: the appointment there is, if there is one.
        version: of the page it was made from.
        is_walk_in: they came unasked, to a clinic.

    Raises:
        HourTaken: somebody else has the hour.
        OneAtATime, AppointmentChanged, CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut, WayNotSafe:
            as `offer`.
    """
    row, text = begin(hand, was, version)
    slot = take(hand.session, slot_id, also_walk_ins=is_walk_in)
    if slot is None:
        raise HourTaken
    _require_ways(hand, [slot])
    is_moved = row.state_code == "booked"
    let_go(hand.session, text.slot_id)
    row.is_walk_in = is_walk_in
    put_booked(hand, row, text.with_(join=join, is_taken=False, agreed_at=row.version + 1), slot)
    record(hand, "appointment_moved" if is_moved else "appointment_booked", row)
    return row


def put_booked(hand: Hand, row: CaseAppointment, text: AppointmentText, slot: MeetingSlot) -> None:
    """Book an hour that was taken for this appointment, and say what is to be done for it."""
    text = interpreter_hours.let_go(hand.session, text)
    text = text.with_(offered=(time_of(hand.session, slot),), slot_id=slot.id, answer_by=None)
    row.way_code, row.on_day = slot.way_code, slot.on_day
    if row.interpreter_code == "arranged":  # for another hour they are asked again
        row.interpreter_code = "needed"
        text = text.with_(interpreter="", interpreter_id=None)
    interpreting.ask_in_time(hand.session, hand.case, row, hand.act, hand.language)
    keep(hand, row, text, "booked")
    after(hand, row, "person", slot.on_day, COMES)


def cancel(hand: Hand, one: Standing, version: int) -> None:
    """Cancel for the office, and tell the person.

    Raises:
        AppointmentChanged: it is another than on the page, or over.
    """
    _require(one, version)
    put_cancelled(hand, one, "cancelled_office")
    record(hand, "appointment_cancelled", one.row)


def put_cancelled(hand: Hand, one: Standing, state: str) -> None:
    """End an appointment before it took place: its hour is free for others."""
    let_go(hand.session, one.text.slot_id)
    interpreting.not_asked_any_more(hand.session, hand.case, one.row, hand.act)
    keep(hand, one.row, interpreter_hours.let_go(hand.session, one.text).with_(slot_id=None), state)
    after(hand, one.row, "adviser", hand.act.on + timedelta(days=AFTER_DAYS), CANCELLED)


@dataclass(frozen=True, slots=True)
class Heard:
    """Whether somebody interprets, a code of `rules.INTERPRETERS`; who, and for which language.

    `own`: who it is in the directory, if they are in it; `has_undertaken`: if they are not, that whoever
    noted it says they have signed.
    """

    code: str
    name: str
    speaks: str
    own: UUID | None = None
    has_undertaken: bool = False

    def put(self, row: CaseAppointment, text: AppointmentText) -> AppointmentText:
        """Note it, and return the text with who it is."""
        row.interpreter_code = self.code
        is_arranged = self.code == "arranged"
        return text.with_(
            interpreter=self.name if is_arranged else "",
            interpreter_id=self.own if is_arranged else None,
            has_undertaken=self.has_undertaken and is_arranged,
            speaks=self.speaks,
        )


def arrange(hand: Hand, one: Standing, heard: Heard, version: int) -> None:
    """Note whether somebody interprets, and who.

    Raises:
        AppointmentChanged: it is another than on the page, or over.
        InterpreterTaken: they interpret elsewhere in that hour.
    """
    _require(one, version)
    row = one.row
    text = heard.put(row, interpreter_hours.let_go(hand.session, one.text))
    text = interpreter_hours.take(hand.session, row, text)
    if heard.code in SETTLED:
        interpreting.found(hand.session, hand.case, row, hand.act)
    elif row.state_code == "booked":
        interpreting.ask_in_time(hand.session, hand.case, row, hand.act, hand.language)
    keep(hand, row, text, row.state_code)
    record(hand, "interpreter_noted", row, interpreter=heard.code)


def settle(hand: Hand, one: Standing, came: bool, version: int) -> None:
    """Note on its day or later whether the person came.

    Raises:
        AppointmentChanged: it is another than on the page, or over.
        NotYet: its day is to come.
        InterpreterNotSettled: they came, and it is not noted who interpreted.
    """
    _require(one, version)
    row, today = one.row, hand.act.on
    if row.state_code != "booked" or row.on_day is None:
        raise AppointmentChanged(case=hand.case.reference)
    if row.on_day > today:
        raise NotYet(case=hand.case.reference)
    if came and row.interpreter_code not in SETTLED:
        raise InterpreterNotSettled(case=hand.case.reference)
    interpreting.not_asked_any_more(hand.session, hand.case, row, hand.act)
    text = interpreter_hours.let_go(hand.session, one.text)
    keep(hand, row, text, "attended" if came else "no_show")
    days, then = (AFTER_DAYS, GOES_ON) if came else (SOON_DAYS, MISSED)
    after(hand, row, "adviser", today + timedelta(days=days), then)
    record(hand, "appointment_attended" if came else "appointment_missed", row, on_day=row.on_day.isoformat())


def keep(hand: Hand, row: CaseAppointment, text: AppointmentText, state: str) -> None:
    """Keep an appointment as it stands now, and tell the person."""
    row.state_code = state
    if state in ("offered", "asked"):
        row.way_code = row.on_day = None
        interpreting.not_asked_any_more(hand.session, hand.case, row, hand.act)
    row.settled_on = None if state in ("offered", "asked", "booked") else hand.act.on
    row.version += 1
    seal_row(hand.session, hand.case, row, text.as_bytes())
    hand.session.flush()
    tell(hand.session, hand.case, row, text, hand.act)


def after(hand: Hand, row: CaseAppointment, who: str, by: date, sentence: str) -> None:
    """Say who acts next; see `going_on`."""
    say_next(hand.session, hand.case, row, who, by, sentence, hand.act, hand.language)


def begin(
    hand: Hand, was: Standing | None, version: int, *, while_closing: bool = False
) -> tuple[CaseAppointment, AppointmentText]:
    """Return the appointment there is, or a new one; `while_closing`: also in a case that is to be closed.

    Raises:
        AppointmentChanged: the one there is is another than on the page, or over.
        OneAtATime: there is one, and the page knew of none.
        CaseAlreadyClosed, ClosingAsked, ConflictUndecided, AdviserKeepsOut: nothing is begun in this case.
    """
    session, case, act = hand.session, hand.case, hand.act
    require_free_to_go_on(session, case)
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    if not while_closing:
        refuse_while_closing(session, case)
    if was is not None:
        _require(was, version)
        return was.row, was.text
    if open_row(session, case.id) is not None:
        raise OneAtATime(case=case.reference)
    told = select(func.max(CaseAppointment.version)).where(col(CaseAppointment.case_id) == case.id)
    languages = story_of(session, case, act).languages
    needed = needs_interpreter(languages.interpreter_code)
    row = CaseAppointment(
        case_id=case.id,
        state_code="asked",
        interpreter_code="needed" if needed else "none",
        version=session.exec(told).one() or 0,
        made_by=act.who.id,
        made_on=act.on,
    )
    return row, AppointmentText(speaks=languages.other_text[:LONGEST_LINE])


def _require(one: Standing, version: int) -> None:
    if one.row.version != version or not one.row.is_open:
        raise AppointmentChanged


def _require_ways(hand: Hand, slots: Sequence[MeetingSlot]) -> None:
    for way in dict.fromkeys(SAFE_WAY[slot.way_code] for slot in slots if slot.way_code in SAFE_WAY):
        require_safe(hand.session, hand.case, way)


def record(hand: Hand, kind: str, row: CaseAppointment | None = None, **more: str | int) -> None:
    """Put one event into the timeline of the case."""
    if row is not None and row.way_code is not None:
        more["meeting"] = row.way_code
    timeline.record(hand.session, kind, at=hand.act.at, by=hand.act.who.id, case_id=hand.case.id, **more)
