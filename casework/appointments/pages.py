"""The appointment of a case on the screen: offering, booking, the interpreter, whether the person came."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from starlette.responses import Response

from casework.appointments import actions, correcting
from casework.appointments.actions import Hand
from casework.appointments.errors import (
    AppointmentChanged,
    HourTaken,
    InterpreterNotSettled,
    InterpreterTaken,
    NotYet,
    OneAtATime,
)
from casework.appointments.hearing import who_interpreted, who_interprets
from casework.appointments.queries import (
    NOT_READY,
    Standing,
    appointment_of,
    appointments_of,
    free_for,
    standing,
)
from casework.appointments.rules import (
    FEWEST,
    INTERPRETERS,
    LONGEST_WORDS,
    MOST,
    SETTLED,
    STATES,
    WAYS,
)
from casework.appointments.tables import MeetingSlot
from casework.appointments.taking import take_answers
from casework.appointments.telling import time_of
from casework.appointments.waiting import open_row
from casework.appointments.walk_ins import give_kept_hours
from casework.appointments.wish_words import wish_in_words
from casework.cases.access import case_for
from casework.cases.actions import read_case
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.interpreters.showing import in_their_language, interpreter_choices
from casework.messages.errors import NobodyReads
from casework.safe_contact.errors import WayNotSafe
from casework.safe_contact.guards import can_be_told
from casework.safe_contact.queries import ways_of
from casework.safe_contact.rules import RULES
from casework.safe_contact.rules import WAYS as SAFE_WAYS
from casework.showing import View, ViewDep
from casework.states.errors import ClosingAsked
from casework.timeline.queries import names_of
from casework.transactions import attempt
from office.handover.reply import MeetingTime
from office.languages import mark

router = desk_router()

TWO_TO_FIVE: Final = mark("Tick two to five times, so that the person can choose.")
ONE_TIME: Final = mark("Tick the one time that was agreed.")
NO_MORE_FREE: Final = mark("One of these times is not free any more. Please tick again.")
BY_WHEN: Final = mark("Write by which day the person is asked to choose.")
HOW_TO_JOIN: Final = mark("Write how the person joins by video.")
NEVER_SO: Final = mark("%(way)s: not safe for this person, as noted in Safe contact. Tick another time.")
INTERPRETS_ELSEWHERE: Final = mark(
    "They interpret elsewhere at that hour. Choose somebody else, or agree another hour."
)
NOBODY_COULD_READ: Final = mark("Times are offered on the receipt's page, and this case has no receipt.")
DO: Final = {
    "offer": mark("Offer the ticked times: the person chooses with their receipt"),
    "book": mark("Book the one ticked time: it was agreed with the person"),
}
ANSWER_DAYS: Final = 5
REFUSALS: Final = (
    AppointmentChanged, OneAtATime, CaseAlreadyClosed, ClosingAsked, ConflictUndecided, AdviserKeepsOut,
    HourTaken, InterpreterNotSettled, NotYet,
)  # fmt: skip


@router.get("/{language}/cases/{number}/appointments")
def show_appointments(number: str, view: ViewDep) -> Response:
    """Show the appointment of a case and what can be offered, on the record."""
    case = case_for(view.session, view.act, number, to_change=True)
    take_answers(hand_of(view, case))
    return _page(view, case)


@router.post("/{language}/cases/{number}/appointments")
def agree(number: str, view: ViewDep, form: FormDep) -> Response:
    """Offer times, or book or move to the one that was agreed."""
    case = case_for(view.session, view.act, number, to_change=True)
    hand, checked = hand_of(view, case), Checked(form, view.language)
    give_kept_hours(hand)
    do = checked.one("do", tuple(DO))
    free = {str(slot.id): slot for slot in free_for(view.session, case, view.act)}
    ticked = [free[one] for one in dict.fromkeys(form.all("slot")) if one in free]
    if len(ticked) != len(set(form.all("slot"))):
        checked.wrong("slot", NO_MORE_FREE)
    elif do == "offer" and not FEWEST <= len(ticked) <= MOST:
        checked.wrong("slot", TWO_TO_FIVE)
    elif do == "book" and len(ticked) != 1:
        checked.wrong("slot", ONE_TIME)
    answer_by = checked.day_ahead("answer_by", view.act.on)
    if do == "offer" and answer_by is None:
        checked.wrong("answer_by", BY_WHEN)
    join = checked.text("join_by", needed=False, most=LONGEST_WORDS)
    if not join and any(slot.way_code == "video" for slot in ticked):
        checked.wrong("join_by", HOW_TO_JOIN)
    if not checked.is_right:
        return _page(view, case, checked)
    own = form.one("appointment")
    was = appointment_of(view.session, case, own, view.act) if own else None
    try:
        with attempt(view.session):
            if do == "offer":
                last = answer_by or view.act.on
                actions.offer(hand, ticked, last, join, was, checked.version())
            else:
                actions.book(hand, ticked[0].id, join, was, checked.version())
    except WayNotSafe as error:
        checked.wrong("slot", NEVER_SO, way=view.text(SAFE_WAYS[error.way]))
        return _page(view, case, checked)
    except NobodyReads:
        checked.wrong("do", NOBODY_COULD_READ)
        return _page(view, case, checked)
    except REFUSALS as error:
        return _page(view, case, checked, changed=view.text(error.sentence))
    done = "times_offered" if do == "offer" else _booked(view, case)
    return view.go(f"cases/{case.reference}/appointments", done)


@router.post("/{language}/cases/{number}/appointments/{appointment}/cancelling")
def cancel(number: str, appointment: str, view: ViewDep, form: FormDep) -> Response:
    """Cancel an appointment for the office."""
    case, one, checked = _one(number, appointment, view, form)
    try:
        with attempt(view.session):
            actions.cancel(hand_of(view, case), one, checked.version())
    except REFUSALS as error:
        return _page(view, case, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/appointments", "appointment_cancelled")


@router.post("/{language}/cases/{number}/appointments/{appointment}/interpreter")
def note_interpreter(number: str, appointment: str, view: ViewDep, form: FormDep) -> Response:
    """Note whether somebody interprets, and who."""
    case, one, checked = _one(number, appointment, view, form)
    heard = who_interprets(view, checked)
    if not checked.is_right:
        return _page(view, case, checked)
    try:
        with attempt(view.session):
            actions.arrange(hand_of(view, case), one, heard, checked.version())
    except InterpreterTaken:
        checked.wrong("chosen_interpreter", INTERPRETS_ELSEWHERE)
        return _page(view, case, checked)
    except REFUSALS as error:
        return _page(view, case, checked, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/appointments", "interpreter_noted")


@router.post("/{language}/cases/{number}/appointments/{appointment}/coming")
def note_coming(number: str, appointment: str, view: ViewDep, form: FormDep) -> Response:
    """Note whether the person came."""
    case, one, checked = _one(number, appointment, view, form)
    came = checked.one("came", ("yes", "no"))
    if not checked.is_right:
        return _page(view, case, checked)
    try:
        with attempt(view.session):
            actions.settle(hand_of(view, case), one, came == "yes", checked.version())
    except REFUSALS as error:
        return _page(view, case, checked, changed=view.text(error.sentence))
    done = "person_came" if came == "yes" else "person_did_not_come"
    return view.go(f"cases/{case.reference}/appointments", done)


@router.post("/{language}/cases/{number}/appointments/{appointment}/correcting")
def correct_coming(number: str, appointment: str, view: ViewDep, form: FormDep) -> Response:
    """Correct whether the person came, with why."""
    case, one, checked = _one(number, appointment, view, form)
    reason = checked.text("attendance_reason", most=LONGEST_WORDS)
    heard = who_interpreted(checked) if correcting.asks_who_interpreted(one.row) else None
    if not checked.is_right:
        return _page(view, case, checked)
    try:
        with attempt(view.session):
            correcting.correct(hand_of(view, case), one, form.one("was"), reason, heard)
    except REFUSALS as error:
        return _page(view, case, checked, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/appointments", "attendance_corrected")


def hand_of(view: View, case: CaseFile) -> Hand:
    """Return who acts in a case, in the language of the page."""
    return Hand(view.session, case, view.act, view.language)


def card_of(view: View, case: CaseFile) -> Mapping[str, Any]:
    """Return what the page of a case tells of its appointment."""
    every = appointments_of(view.session, case, view.act)
    return {"now": next((one for one in every if one.row.is_open), None), **words(view)}


def line_of(view: View, case: CaseFile) -> str:
    """Return the open appointment of a case in a line; empty without one."""
    row = open_row(view.session, case.id)
    if row is None:
        return ""
    one = standing(view.session, case, row, view.act)
    state = view.text(STATES[row.state_code])
    return f"{state}: {in_words(view, one.time)}" if one.time else state


def words(view: View) -> dict[str, Any]:
    """Return the words of the codes of appointments, and how an hour is written."""
    return {
        **{
            name: {code: view.text(sentence) for code, sentence in codes.items()}
            for name, codes in (
                ("states", STATES), ("ways", WAYS), ("not_ready", NOT_READY), ("interpreters", INTERPRETERS),
            )
        },
        "hour": lambda time: in_words(view, time),
        "wished": lambda wish: wish_in_words(view.language, wish),
    }  # fmt: skip


def in_words(view: View, time: MeetingTime) -> str:
    """Return an hour in a line: day, clock, way and place."""
    tongue = view.language
    when = f"{tongue.weekday(time.on)}, {tongue.clock(time.minute)}"
    where = " · ".join(part for part in (view.text(WAYS[time.way_code]), time.place, time.room) if part)
    return f"{when} · {where}"


def _booked(view: View, case: CaseFile) -> str:
    return "appointment_booked" if can_be_told(view.session, case) else "appointment_booked_untold"


def _one(number: str, own: str, view: View, form: Any) -> tuple[CaseFile, Standing, Checked]:
    case = case_for(view.session, view.act, number, to_change=True)
    return case, appointment_of(view.session, case, own, view.act), Checked(form, view.language)


def _choices(view: View, slots: Sequence[MeetingSlot]) -> list[tuple[MeetingTime, str]]:
    """Return hours as they are told, each in words with whose it is."""
    own = [slot.staff_id for slot in slots if slot.staff_id is not None]
    names: Mapping[UUID, str] = names_of(view.session, own)
    lines = []
    for slot in slots:
        time = time_of(view.session, slot)
        who = names.get(slot.staff_id, "") if slot.staff_id else ""
        lines.append((time, " · ".join(part for part in (in_words(view, time), who) if part)))
    return lines


def _page(view: View, case: CaseFile, checked: Checked | None = None, *, changed: str = "") -> Response:
    session, act = view.session, view.act
    if changed:
        session.refresh(case)
    story = read_case(session, case, act)
    theirs = in_their_language(view, story.languages, case.language)
    every = appointments_of(session, case, act)
    now = next((one for one in every if one.row.is_open), None)
    by = act.on + timedelta(days=ANSWER_DAYS)
    free = _choices(view, free_for(session, case, act))
    start = {
        "do": ["offer"],
        **{f"answer_by-{part}": [str(getattr(by, part))] for part in ("day", "month", "year")},
        "join_by": [now.text.join if now else ""],
        "interpreting": [now.row.interpreter_code if now else "none"],
        "who_interprets": ["" if now is None or now.text.interpreter_id else now.text.interpreter],
        "chosen_interpreter": [str(now.text.interpreter_id or "") if now else ""],
        "speaks_in": [now.text.speaks if now else ""],
    }
    return view.render(
        "case_appointments.html",
        409 if changed else 422 if checked else 200,
        case=case,
        story=story,
        now=now,
        past=[one for one in every if not one.row.is_open],
        last_noted=correcting.last_noted(hand_of(view, case)),
        asks_who_interpreted=correcting.asks_who_interpreted,
        interpreted=[(code, view.text(INTERPRETERS[code])) for code in SETTLED],
        free=[(str(time.id), told) for time, told in free],
        known_interpreters=interpreter_choices(view, theirs.interpreters),
        theirs=theirs,
        free_times=[time for time, _ in free],
        do=[(code, view.text(sentence)) for code, sentence in DO.items()],
        told=can_be_told(session, case),
        safe=[one for one in ways_of(session, case, act) if one.rule],
        safe_ways={code: view.text(sentence) for code, sentence in SAFE_WAYS.items()},
        rules={code: view.text(sentence) for code, sentence in RULES.items()},
        given={**start, **checked.form} if checked else start,
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
        **words(view),
    )
