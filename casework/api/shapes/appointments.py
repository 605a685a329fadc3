"""The appointment of a case for a program: the one to come, what can be offered, and those before."""

from datetime import date, time
from typing import Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.forms import Versioned, said
from casework.api.shapes.parts import Choice, Code, choices, coded, worded
from casework.api.shapes.tasks import SafeWay
from casework.api.shapes.told import Speaks
from casework.api.shown import Page, Shape, Shown
from casework.appointments.queries import NOT_READY, Standing
from casework.appointments.rules import STATES, WAYS
from office.handover.reply import MeetingTime


class Hour(Shown):
    """An hour by the clocks of the city, and where it is."""

    on: date
    at: time
    way: Choice | None
    place: str
    room: str


class FreeHour(Hour):
    """An hour that can be offered or booked, by its id, in the words of the page."""

    id: UUID
    label: str


class BookedHour(Hour):
    """The hour that is booked, with its address and how long it lasts."""

    address: str
    minutes: int


class NotingComing(Versioned):
    """Noting whether the person came."""


class NotingInterpreter(Versioned):
    """Noting whether somebody interprets, with what is noted now."""

    interpreting: tuple[Choice, ...]
    interpreting_now: Choice | None
    who_interprets: str
    chosen_interpreter_now: UUID | None
    chosen_interpreter: tuple[Choice, ...]
    speaks_in: str


class WishedFor(Shown):
    """How and when the person asks to be met; what is empty they left open."""

    ways: tuple[Choice, ...]
    days: tuple[Code, ...]
    halves: tuple[Code, ...]


class AppointmentNow(Shown):
    """The appointment that is to come or to be agreed."""

    id: UUID
    state: Choice
    hour: BookedHour | None
    join: str = Field(description="How the person joins by video; empty while no hour is booked.")
    is_only_without_steps: bool
    missing: tuple[Choice, ...] = Field(description="Why it cannot take place as it stands.")
    offered: tuple[Hour, ...]
    answer_by: date | None
    was_taken: bool = Field(description="A time the person chose was gone, or could not be.")
    wish: WishedFor | None = Field(None, description="What the person asked for themselves.")
    said: str
    coming: NotingComing | None
    interpreter: NotingInterpreter
    cancelling: Versioned


class Correcting(Shown):
    """Correcting whether the person came, with why: what was noted is sent back with it."""

    was: Code
    interpreted: tuple[Choice, ...] | None = Field(description="Who interpreted, where that is asked.")


class AppointmentBefore(Shown):
    """An appointment that is over."""

    id: UUID | None = Field(description="Only of the one that may be corrected.")
    state: Choice
    hour: Hour | None
    is_walk_in: bool
    said: str
    corrected: tuple[str, ...] = Field(description="Why it was noted otherwise before, in words.")
    correcting: Correcting | None


class OfferingHours(Shown):
    """Offering free hours, or booking or moving to one. A moved appointment is named with its version."""

    appointment: UUID | None
    version: int | None
    slot: tuple[FreeHour, ...]
    do: tuple[Choice, ...]


class CaseAppointmentsShown(Shown):
    """The appointments of a case."""

    case_number: str
    now: AppointmentNow | None
    offering: OfferingHours | None
    past: tuple[AppointmentBefore, ...]
    is_person_told: bool = Field(description="The person reads it on the receipt's page.")
    safe_ways: tuple[SafeWay, ...] = Field(description="Every other way is shut.")
    languages: Speaks


def _correcting(page: Page, one: Standing) -> Correcting:
    asks = page["asks_who_interpreted"](one.row)
    return Correcting(was=one.row.state_code, interpreted=choices(page["interpreted"]) if asks else None)


def case_appointments(page: Page) -> CaseAppointmentsShown:
    """Return the shape of the appointments of a case."""
    case, now, spoken = page["case"], page["now"], page["story"].languages
    return CaseAppointmentsShown(
        case_number=case.reference,
        now=_now(page, now) if now else None,
        offering=OfferingHours(
            appointment=now.row.id if now else None,
            version=now.row.version if now else None,
            slot=tuple(
                FreeHour(**_hour(page, hour).model_dump(), id=hour.id, label=label)
                for hour, (_, label) in zip(page["free_times"], page["free"], strict=True)
            ),
            do=choices(page["do"]),
        )
        if not case.is_closed
        else None,
        past=tuple(
            AppointmentBefore(
                id=one.row.id if one.row.id == page["last_noted"] else None,
                state=said(page, STATES, one.row.state_code),
                hour=_hour(page, one.time) if one.time else None,
                is_walk_in=one.row.is_walk_in,
                said=one.text.said,
                corrected=tuple(one.text.corrected),
                correcting=_correcting(page, one) if one.row.id == page["last_noted"] else None,
            )
            for one in page["past"]
        ),
        is_person_told=page["told"],
        safe_ways=tuple(
            SafeWay(
                way=worded(page["safe_ways"], one.way),
                rule=worded(page["rules"], one.rule),
                words=one.words.words,
            )
            for one in page["safe"]
        ),
        languages=Speaks(
            writes_in=coded(page, "languages", spoken.written),
            speaks=coded(page, "languages", spoken.spoken),
            other=spoken.other_text,
            interpreter=coded(page, "interpreters", spoken.interpreter_code),
            would_rather_talk_to=coded(page, "adviser_wishes", spoken.adviser_code),
        ),
    )


def missing_of(page: Page, one: Standing) -> tuple[Choice, ...]:
    """Return why an appointment cannot take place as it stands."""
    return tuple(said(page, NOT_READY, code) for code in one.missing)


def at(minute: int) -> time:
    """Return a minute of the day by the clock."""
    return time(*divmod(minute, 60))


def _now(page: Page, one: Standing) -> AppointmentNow:
    row, text, hour = one.row, one.text, one.time
    is_due = row.state_code == "booked" and row.on_day is not None and row.on_day <= page.view.act.on
    return AppointmentNow(
        id=row.id,
        state=said(page, STATES, row.state_code),
        hour=BookedHour(**_hour(page, hour).model_dump(), address=hour.address, minutes=hour.minutes)
        if hour
        else None,
        join=text.join if hour else "",
        is_only_without_steps=bool(hour or text.wish) and text.step_free,
        missing=missing_of(page, one) if hour else (),
        offered=() if hour else tuple(_hour(page, each) for each in text.offered),
        answer_by=None if hour or not text.offered else text.answer_by,
        was_taken=text.is_taken,
        wish=WishedFor(
            ways=tuple(said(page, WAYS, one) for one in text.wish.ways),
            days=text.wish.days,
            halves=text.wish.halves,
        )
        if text.wish
        else None,
        said=text.said,
        coming=NotingComing(version=row.version) if is_due else None,
        interpreter=NotingInterpreter(
            version=row.version,
            interpreting=choices(page["interpreters"]),
            interpreting_now=worded(page["interpreters"], row.interpreter_code),
            who_interprets=text.interpreter,
            chosen_interpreter_now=text.interpreter_id,
            chosen_interpreter=choices(page["known_interpreters"]),
            speaks_in=text.speaks,
        ),
        cancelling=Versioned(version=row.version),
    )


def _hour(page: Page, hour: MeetingTime) -> Hour:
    return Hour(
        on=hour.on,
        at=at(hour.minute),
        way=worded(page["ways"], hour.way_code),
        place=hour.place,
        room=hour.room,
    )


SHAPES: Final[dict[str, Shape]] = {"case_appointments.html": case_appointments}
