"""The appointment of whoever comes back: choosing a time, asking for others, cancelling, and taking it along.

What is answered goes sealed to the case. Nothing is booked on this side: the page says what is on its way,
and that the time is theirs only when the office has said so. What is taken along (a card, a calendar) names
neither the office nor the matter.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter
from icalendar import Calendar, Event
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.bodies import Given, read_given
from intake_api.door import Door
from intake_api.form.answers import BODY_CUT, DAMAGED, NO_FORM, NOT_LISTED, ONLY_ONE, TOO_LONG
from intake_api.returning.open_case import OpenCase
from intake_api.returning.opening import own_id
from intake_api.returning.visits import NOT_RECEIVED, away, case_of, of_case, page_id, sent_to
from office.errors import Unavailable
from office.handover.booking import Booking
from office.handover.reply import AppointmentTold, MeetingTime
from office.identity_numbers import numbers_in, removed
from office.ids import new_id
from office.languages import Language, mark

LONGEST: Final = 2_000
OTHER_TIMES, CANCEL = "other_times", "cancel"
NEEDS: Final = ("interpreter", "step_free")
NOT_CHOSEN: Final = mark("Choose one answer")
ANSWERED: Final = mark("We have received your answer. Look here again in a day or two.")
CHANGED: Final = mark("The office has told something new. Please look and answer again.")
APPOINTMENT: Final = mark("Appointment")


def appointment_shown(case: OpenCase, today: date) -> dict[str, Any]:
    """Return what a page tells of the appointment of a case, and of what the person answered."""
    told = case.appointment
    asked = case.answered
    chosen = next((one for one in told.times if asked and one.id == asked.time_id), None) if told else None
    return {
        "appointment": told,
        "times": [one for one in told.times if one.on >= today] if told else [],
        "is_past": bool(told and told.times and all(one.on < today for one in told.times)),
        "answered": asked,
        "chosen": chosen,
        "may_ask": may_ask(case, today),
        "wished_on": case.wished_on,
    }


def may_ask(case: OpenCase, today: date) -> bool:
    """Say whether the person may ask for one: none is to come or to be agreed, and the case is open."""
    told, status = case.appointment, case.status
    if status is not None and status.state_code == "closed":
        return False
    is_past = told is not None and told.state_code == "booked" and all(one.on < today for one in told.times)
    return told is None or is_past or told.state_code in ("cancelled", "over")


def routes(door: Door) -> APIRouter:
    """Return the routes of the appointment."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{language}/return/appointment")
    async def show(request: Request, language: str) -> Response:
        """Show the appointment, and ask what the person answers."""
        spoken = door.pages.spoken(language)
        case = await case_of(door, request)
        if case is None:
            return away(spoken)
        return _page(door, request, spoken, case, {}, {}, 200)

    @router.post("/{language}/return/appointment")
    async def answer(request: Request, language: str) -> Response:
        """Take an answer to the office."""
        spoken = door.pages.spoken(language)
        given = await read_given(request)
        text = "\n".join(dict.fromkeys(given.all("booking_text"))).strip()
        typed: dict[str, Any] = {
            "answer": given.one("answer"),
            "needs": given.all("needs"),
            "booking_text": text,
            "id": given.one("id"),
        }
        case = None
        try:
            sent = await sent_to(door, request, given, spoken)
            if isinstance(sent, Response):
                return sent
            case = sent
            if wrong := _wrong(given, text, case, door.today(), spoken):
                status = 413 if given.is_cut else 422
                return _page(door, request, spoken, case, typed, wrong, status)
            numbers = numbers_in(text)
            if numbers and given.one("numbers") == "remove":
                text = removed(text)
            elif numbers and given.one("numbers") != "keep":
                return _page(door, request, spoken, case, typed, {}, 422, numbers=numbers)
            await _send(door, case, given, text, spoken.tag)
        except Unavailable:
            if case is None:
                raise
            told = {"answer": spoken.gettext(NOT_RECEIVED)}
            return _page(door, request, spoken, case, typed, told, 503)
        return RedirectResponse(f"/{spoken.tag}/return/case?done=booking", 303)

    @router.get("/{language}/return/appointment/card")
    async def card(request: Request, language: str) -> Response:
        """Show the card to print; it names neither the office nor the matter."""
        spoken = door.pages.spoken(language)
        case = await case_of(door, request)
        time = _booked(case)
        if case is None or time is None:
            return away(spoken) if case is None else _to_appointment(spoken)
        back = f"/{spoken.tag}/return/appointment"
        return door.pages.render(
            request, "appointment_card.html", spoken, time=time, appointment=case.appointment, back=back
        )

    @router.get("/{language}/return/appointment/calendar")
    async def calendar(request: Request, language: str) -> Response:
        """Give the hour to the person's own calendar, under a title that says nothing else."""
        spoken = door.pages.spoken(language)
        case = await case_of(door, request)
        time = _booked(case)
        if case is None or time is None:
            return away(spoken) if case is None else _to_appointment(spoken)
        told = calendar_of(
            time, spoken.gettext(APPOINTMENT), time.starts_at(door.city.zone), door.clock.now()
        )
        headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="calendar.ics"'}
        return Response(told, media_type="text/calendar", headers=headers)

    return router


def calendar_of(time: MeetingTime, title: str, starts_at: datetime, now: datetime) -> bytes:
    """Return one hour as a calendar reads it: no place, no name, and a random id that leads nowhere."""
    calendar, event = Calendar(), Event()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Calendar//EN")
    event.add("uid", str(new_id()))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", (starts_at + timedelta(minutes=time.minutes)).astimezone(UTC))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _booked(case: OpenCase | None) -> MeetingTime | None:
    told = case.appointment if case else None
    return told.times[0] if told is not None and told.state_code == "booked" and told.times else None


def _to_appointment(language: Language) -> Response:
    return RedirectResponse(f"/{language.tag}/return/appointment", 303)


async def _send(door: Door, case: OpenCase, given: Given, text: str, tag: str) -> None:
    told, chosen = case.appointment, given.one("answer")
    if told is None:
        return
    needs = set(given.all("needs"))
    booking = Booking(
        case_number=case.case_number,
        told_at=door.clock.now(),
        appointment_id=told.appointment_id,
        number=told.number,
        answer="other_times" if chosen == OTHER_TIMES else "cancel" if chosen == CANCEL else "choose",
        time_id=None if chosen in (OTHER_TIMES, CANCEL) else UUID(chosen),
        needs_interpreter="interpreter" in needs,
        needs_step_free="step_free" in needs,
        text=text,
    )
    own = own_id(page_id(given), case.case_number, str(told.number), chosen, text, *sorted(needs))
    await door.returns.book(case, booking, door.keys.now(), language=tag, id=own)


def _answers(told: AppointmentTold | None, today: date) -> set[str]:
    """Return what can be answered to an appointment as it was told."""
    if told is None or told.state_code not in ("offered", "asked", "booked"):
        return set()
    times = {str(one.id) for one in told.times if one.on >= today} if told.state_code == "offered" else set()
    return {*times, CANCEL, *({OTHER_TIMES} if told.state_code != "asked" else ())}


def _wrong(given: Given, text: str, case: OpenCase, today: date, language: Language) -> dict[str, str]:
    tell = language.gettext
    if given.is_no_form or given.is_cut:
        return {"answer": tell(NO_FORM if given.is_no_form else BODY_CUT)}
    wrong: dict[str, str] = {}
    chosen, told = set(given.all("answer")), case.appointment
    if told is None or given.one("number") != str(told.number):
        wrong["answer"] = tell(CHANGED)
    elif not any(chosen):
        wrong["answer"] = tell(NOT_CHOSEN)
    elif not chosen <= _answers(told, today) or "answer" in given.damaged:
        wrong["answer"] = tell(NOT_LISTED)
    elif len(chosen) > 1:
        wrong["answer"] = tell(ONLY_ONE)
    if not set(given.all("needs")) <= set(NEEDS):
        wrong["needs"] = tell(NOT_LISTED)
    if "booking_text" in given.damaged:
        wrong["booking_text"] = tell(DAMAGED)
    elif len(text) > LONGEST:
        many, most = language.number(len(text)), language.number(LONGEST)
        wrong["booking_text"] = tell(TOO_LONG, many=many, most=most)
    return wrong


def _page(
    door: Door,
    request: Request,
    language: Language,
    case: OpenCase,
    typed: dict[str, Any],
    wrong: dict[str, str],
    status: int,
    *,
    numbers: list[str] | None = None,
) -> Response:
    return door.pages.render(
        request,
        "appointment.html",
        language,
        status,
        given=typed,
        corrections=wrong,
        numbers=numbers or [],
        booking_id=typed.get("id") or str(new_id()),
        of_case=of_case(door, request),
        back=f"/{language.tag}/return/case",
        **appointment_shown(case, door.today()),
    )
