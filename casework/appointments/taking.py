"""Taking over what a person answered about their appointment, at the next look of somebody with the case.

Of several answers about one appointment the last one said counts, with every need that was named; what the
person wrote with any of them goes into the thread of the case. One about an hour in whose place the office
has booked another since is left to the adviser. A time that somebody else has by then is said kindly, with
others; the person is never told that it is theirs before the hour is taken.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Final

from pydantic import Field, TypeAdapter

from casework.appointments import interpreter_hours, interpreting
from casework.appointments.actions import Hand, after, keep, put_booked, put_cancelled, record
from casework.appointments.going_on import OF_ANOTHER_HOUR, OFFER_AGAIN
from casework.appointments.queries import Standing, free_for, standing
from casework.appointments.rules import MOST, SAFE_WAY, SOON_DAYS
from casework.appointments.slots import let_go, take_like
from casework.appointments.tables import Clinic, IncomingBooking, MeetingSite, MeetingSlot
from casework.appointments.telling import time_of
from casework.appointments.waiting import open_row, waiting_bookings
from casework.appointments.walk_ins import give_kept_hours
from casework.appointments.wish_words import asked_in_words
from casework.appointments.wishing import take_wish
from casework.cases.holders import present_holders
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.conflicts.guards import kept_out, require_free_to_go_on
from casework.messages.content import ThreadEntry
from casework.messages.incoming import UNREADABLE, keys_for
from casework.messages.thread import add_to_thread
from casework.safe_contact.guards import rules_of
from casework.safe_contact.rules import NEVER
from office.handover.booking import AppointmentWish, Booking
from office.sealing.boxes import unseal

TOLD: Final[TypeAdapter[Booking | AppointmentWish]] = TypeAdapter(
    Annotated[Booking | AppointmentWish, Field(discriminator="kind")]
)


def take_answers(hand: Hand) -> int:
    """Take over the answers that wait for a case; return how many. What was kept for its number comes first.

    While a conflict of interest is undecided only what cancels is: nothing is agreed in such a case.
    """
    session, case, act = hand.session, hand.case, hand.act
    give_kept_hours(hand)
    key_of = keys_for(session, act, case)
    opened: list[tuple[IncomingBooking, Booking]] = []
    wished: list[tuple[IncomingBooking, AppointmentWish]] = []
    for row in waiting_bookings(session, case.reference):
        key = key_of(row.key_name)
        if key is None or row.sealed is None:
            continue
        try:
            clear = unseal(row.sealed, key, about=f"booking/{case.reference}")
            said_of = TOLD.validate_json(clear)
        except UNREADABLE:
            continue
        if isinstance(said_of, AppointmentWish):
            wished.append((row, said_of))
        else:
            opened.append((row, said_of))
    return _take(hand, opened) + _take_wishes(hand, wished)


def _take_wishes(hand: Hand, wished: list[tuple[IncomingBooking, AppointmentWish]]) -> int:
    """Say in the thread what the person asks for, whatever becomes of it; take it over once that may be.

    An appointment whose day is past is not what they ask for: the wish waits until it is noted whether they
    came, and then is one of its own.
    """
    wished.sort(key=lambda one: one[1].told_at)
    for row, told in wished:
        if not row.has_words:
            _say(hand, row, asked_in_words(hand.language, told))
    if not wished or _waits_for_attendance(hand) or not _is_free_to_go_on(hand):
        return 0
    for row, told in wished:
        _close(hand, row)
        take_wish(hand, told)
    return len(wished)


def _waits_for_attendance(hand: Hand) -> bool:
    row = None if hand.case.is_closed else open_row(hand.session, hand.case.id)
    return row is not None and row.on_day is not None and row.on_day < hand.act.on


def _take(hand: Hand, opened: list[tuple[IncomingBooking, Booking]]) -> int:
    session, case, act = hand.session, hand.case, hand.act
    if not opened:
        return 0
    opened.sort(key=lambda one: one[1].told_at)
    last = opened[-1][1]
    if last.answer != "cancel" and not _is_free_to_go_on(hand):
        return 0
    texts = sum(_put_away(hand, row, told) for row, told in opened)
    now = open_row(session, case.id)
    if now is not None and now.id == last.appointment_id and not case.is_closed:
        one = _with_needs(standing(session, case, now, act), said := _in_one([told for _, told in opened]))
        if now.state_code == "booked" and said.number < one.text.agreed_at:
            _leave_to_the_adviser(hand, one)
        else:
            _apply(hand, one, said)
    record(hand, "booking_read", count=len(opened), texts=texts)
    return len(opened)


def _put_away(hand: Hand, row: IncomingBooking, told: Booking) -> bool:
    """Put what the person wrote into the thread, whatever becomes of the answer; say whether they wrote."""
    if told.text.strip():
        _say(hand, row, told.text)
    _close(hand, row)
    return row.has_words


def _say(hand: Hand, row: IncomingBooking, words: str) -> None:
    row.has_words = True
    entry = ThreadEntry(text=words)
    add_to_thread(hand.session, hand.case, "in", entry, hand.act, by=None, on=row.received_on)


def _close(hand: Hand, row: IncomingBooking) -> None:
    """Forget an envelope that was taken over."""
    row.sealed, row.opened_on = None, hand.act.on
    hand.session.add(row)
    hand.session.flush()


def _in_one(answers: Sequence[Booking]) -> Booking:
    """Return the answer that was said last, with the needs that any of them named and the last words."""
    return answers[-1].model_copy(
        update={
            "needs_interpreter": any(one.needs_interpreter for one in answers),
            "needs_step_free": any(one.needs_step_free for one in answers),
            "text": next((one.text for one in reversed(answers) if one.text.strip()), ""),
        }
    )


def _is_free_to_go_on(hand: Hand) -> bool:
    try:
        require_free_to_go_on(hand.session, hand.case)
    except (ConflictUndecided, AdviserKeepsOut):
        return False
    return True


def _with_needs(one: Standing, told: Booking) -> Standing:
    if told.needs_interpreter and one.row.interpreter_code == "none":
        one.row.interpreter_code = "needed"
    step_free = one.text.step_free or told.needs_step_free
    return Standing(one.row, one.text.with_(said=told.text or one.text.said, step_free=step_free))


def _leave_to_the_adviser(hand: Hand, one: Standing) -> None:
    """Change nothing: the office booked another hour since, and whether it is meant too is to be asked."""
    interpreting.ask_in_time(hand.session, hand.case, one.row, hand.act, hand.language)
    keep(hand, one.row, one.text, "booked")
    after(hand, one.row, "adviser", hand.act.on, OF_ANOTHER_HOUR)
    record(hand, "answer_of_another_hour", one.row)


def _apply(hand: Hand, one: Standing, told: Booking) -> None:
    row, text, session = one.row, one.text, hand.session
    if told.answer == "cancel":
        put_cancelled(hand, Standing(row, text), "cancelled_person")
        record(hand, "appointment_cancelled_by_person")
        return
    if told.answer == "other_times":
        let_go(session, text.slot_id)
        text = interpreter_hours.let_go(session, text)
        _wait_for_times(hand, Standing(row, text.with_(slot_id=None, offered=(), is_taken=False)))
        record(hand, "other_times_asked")
        return
    wanted = {time.id for time in text.offered} if row.state_code == "offered" else set()
    slot = session.get(MeetingSlot, told.time_id) if told.time_id in wanted else None
    if slot is not None and _can_be(hand, slot, text.step_free) and (took := take_like(session, slot)):
        put_booked(hand, row, text.with_(is_taken=False), took)
        record(hand, "appointment_chosen", row)
    elif row.state_code != "booked":
        _offer_others(hand, Standing(row, text))
    else:  # a time chosen twice: it stays booked, with what was said of it since
        interpreting.ask_in_time(session, hand.case, row, hand.act, hand.language)
        keep(hand, row, text, "booked")


def _offer_others(hand: Hand, one: Standing) -> None:
    """Say that the time cannot be, with those that can: first of those offered, then the nearest."""
    row, text = one.row, one.text
    free = free_for(hand.session, hand.case, hand.act)
    free = [slot for slot in free if _can_be(hand, slot, text.step_free)]
    before = {time.id for time in text.offered}
    ways = {time.way_code for time in text.offered}
    likely = [slot for slot in free if slot.id in before]
    likely += [slot for slot in free if slot.id not in before and slot.way_code in ways]
    text = text.with_(is_taken=True, slot_id=None)
    if not likely:
        _wait_for_times(hand, Standing(row, text.with_(offered=())))
    else:
        times = sorted(likely[:MOST], key=lambda slot: (slot.on_day, slot.minute))
        text = text.with_(offered=tuple(time_of(hand.session, slot) for slot in times))
        keep(hand, row, text, "offered")
    record(hand, "hour_was_taken", count=len(likely[:MOST]))


def _can_be(hand: Hand, slot: MeetingSlot, step_free: bool) -> bool:
    """Say whether the person can be met in an hour: in time, by a safe way, where they can get in, by whom.

    Whoever meets them holds the case; who runs a clinic, at least, does not keep out of it.
    """
    now = hand.act.at.astimezone(hand.act.zone)
    if (slot.on_day, slot.minute) <= (now.date(), now.hour * 60 + now.minute):
        return False
    if slot.staff_id and slot.staff_id not in {one.id for one in present_holders(hand.session, hand.case)}:
        return False
    clinic = hand.session.get(Clinic, slot.clinic_id) if slot.clinic_id else None
    if clinic is not None and clinic.run_by in kept_out(hand.session, hand.case.id):
        return False
    if slot.way_code in SAFE_WAY:
        rules = rules_of(hand.session, hand.case)
        if rules.get(SAFE_WAY[slot.way_code], NEVER) == NEVER:
            return False
    site = hand.session.get(MeetingSite, slot.site_id) if slot.site_id else None
    return site is None or (not site.is_shut and (site.step_free or not step_free))


def _wait_for_times(hand: Hand, one: Standing) -> None:
    keep(hand, one.row, one.text.with_(answer_by=None), "asked")
    after(hand, one.row, "adviser", hand.act.on + timedelta(days=SOON_DAYS), OFFER_AGAIN)
