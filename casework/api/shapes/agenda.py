"""Hours of the office for a program: a week of one's own, and mobile clinics. No person is named."""

from datetime import date, time
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes import hearings
from casework.api.shapes.appointments import at, missing_of
from casework.api.shapes.forms import said
from casework.api.shapes.parts import Choice, Person, choices, person, worded
from casework.api.shown import Page, Shape, Shown
from casework.appointments.queries import Standing
from casework.appointments.rules import STATES
from casework.cases.tables import CaseFile


class HourTaken(Shown):
    """The appointment in an hour: in which case, where it stands, and why it cannot take place."""

    case_number: str
    state: Choice
    missing: tuple[Choice, ...]


class OwnHour(Shown):
    """An hour of one's own."""

    id: UUID | None = Field(description="By which it is given up while it is free.")
    on: date
    at: time
    minutes: int
    way: Choice | None
    state: Choice | None = Field(description="Whether it is free; null where its appointment says more.")
    appointment: HourTaken | None


class Elsewhere(Shown):
    """An appointment of a case one holds, with somebody else or at a clinic."""

    case_number: str
    on: date | None
    at: time | None
    way: Choice | None
    place: str
    room: str
    missing: tuple[Choice, ...]


class OpeningHours(Shown):
    """Opening hours of one's own."""

    length: tuple[Choice, ...]
    meeting_way: tuple[Choice, ...]
    where: tuple[Choice, ...]


class AgendaShown(Shown):
    """A week of one's own hours; `from` in the address says which."""

    first: date
    last: date
    week_before: date
    week_after: date
    hours: tuple[OwnHour, ...]
    elsewhere: tuple[Elsewhere, ...]
    hearings: tuple[hearings.HearingListed, ...]
    damaged: tuple[str, ...] = Field(description="Cases in which an appointment cannot be opened.")
    opening: OpeningHours


class TeamHour(Elsewhere):
    """An appointment of the team: with whom, and how it stands or ended."""

    with_whom: Person | None = Field(description="None at a clinic.")
    state: Choice


class TeamAgendaShown(Shown):
    """A week of the team's appointments, of the cases a supervisor may open."""

    first: date
    last: date
    week_before: date
    week_after: date
    appointments: tuple[TeamHour, ...]
    damaged: tuple[str, ...] = Field(description="Cases in which an appointment cannot be opened.")


class ClinicHour(Shown):
    """An hour of a clinic. A case is named only to who may open it."""

    at: time
    is_for_walk_ins: bool
    state: Choice | None
    appointment: HourTaken | None


class TakingWalkIn(Shown):
    """Giving an hour to somebody who came unasked and has a case."""

    slot: tuple[Choice, ...]


class KeepingForFiled(Shown):
    """Giving an hour to somebody without a case, by the number on the receipt of what was filed for them."""

    filed_hour: tuple[Choice, ...]


class ClinicShown(Shown):
    """The day of a clinic."""

    place: str
    address: str
    on: date
    hours: tuple[ClinicHour, ...]
    taking_walk_in: TakingWalkIn | None
    keeping_for_filed: KeepingForFiled | None = Field(description="Only for whoever types in for people.")


class ClinicLine(Shown):
    """A clinic of the last month or to come."""

    id: UUID
    on: date
    place: str
    address: str
    run_by: str


class OpeningClinic(Shown):
    """Opening a clinic at a place on a day."""

    clinic_site: tuple[Choice, ...]
    length: tuple[Choice, ...]
    run_by: tuple[Choice, ...]


class ClinicsShown(Shown):
    """The clinics, the nearest first."""

    clinics: tuple[ClinicLine, ...]
    opening: OpeningClinic | None


def agenda(page: Page) -> AgendaShown:
    """Return the shape of a week."""
    return AgendaShown(
        first=page["first"],
        last=page["last"],
        week_before=page["before"],
        week_after=page["after"],
        hours=tuple(_own_hour(page, slot, pair) for _, hours in page["days"] for slot, _, pair in hours),
        elsewhere=tuple(_elsewhere(page, case, one) for case, one in page["elsewhere"]),
        hearings=hearings.in_list(page, page["hearings"]),
        damaged=tuple(page["damaged"]),
        opening=OpeningHours(
            length=choices(page["lengths"]),
            meeting_way=choices(page["own_ways"]),
            where=choices(page["places"]),
        ),
    )


def team(page: Page) -> TeamAgendaShown:
    """Return the shape of a week of the team."""
    return TeamAgendaShown(
        first=page["first"],
        last=page["last"],
        week_before=page["before"],
        week_after=page["after"],
        appointments=tuple(
            TeamHour(
                **_elsewhere(page, case, one).model_dump(),
                with_whom=person(who),
                state=said(page, STATES, one.row.state_code),
            )
            for one, case, who in page["lines"]
        ),
        damaged=tuple(page["damaged"]),
    )


def clinic(page: Page) -> ClinicShown:
    """Return the shape of the day of a clinic."""
    one, site = page["clinic"], page["site"]
    return ClinicShown(
        place=site.name,
        address=site.address,
        on=one.on_day,
        hours=tuple(
            ClinicHour(
                at=at(slot.minute),
                is_for_walk_ins=slot.for_walk_ins,
                state=None if pair else worded(page["slot_states"], slot.state_code),
                appointment=_taken(page, *pair) if pair else None,
            )
            for slot, _, pair in page["hours"]
        ),
        taking_walk_in=TakingWalkIn(slot=choices(page["free"]))
        if page["has_cases"] and page["free"]
        else None,
        keeping_for_filed=KeepingForFiled(filed_hour=choices(page["free"]))
        if page["assists"] and page["free"]
        else None,
    )


def clinics(page: Page) -> ClinicsShown:
    """Return the shape of the clinics."""
    return ClinicsShown(
        clinics=tuple(
            ClinicLine(
                id=one.id,
                on=one.on_day,
                place=site.name,
                address=site.address,
                run_by=who.display_name,
            )
            for one, site, who in page["clinics"]
        ),
        opening=OpeningClinic(
            clinic_site=choices(page["sites"]),
            length=choices(page["lengths"]),
            run_by=choices(page["staff"]),
        )
        if page["supervises"] and page["sites"]
        else None,
    )


def _own_hour(page: Page, slot: Any, pair: tuple[CaseFile, Standing] | None) -> OwnHour:
    return OwnHour(
        id=slot.id if slot.state_code == "free" else None,
        on=slot.on_day,
        at=at(slot.minute),
        minutes=slot.minutes,
        way=worded(page["ways"], slot.way_code),
        state=None if pair else worded(page["slot_states"], slot.state_code),
        appointment=_taken(page, *pair) if pair else None,
    )


def _taken(page: Page, case: CaseFile, one: Standing) -> HourTaken:
    return HourTaken(
        case_number=case.reference,
        state=said(page, STATES, one.row.state_code),
        missing=missing_of(page, one),
    )


def _elsewhere(page: Page, case: CaseFile, one: Standing) -> Elsewhere:
    hour = one.time
    return Elsewhere(
        case_number=case.reference,
        on=hour.on if hour else None,
        at=at(hour.minute) if hour else None,
        way=worded(page["ways"], hour.way_code) if hour else None,
        place=hour.place if hour else "",
        room=hour.room if hour else "",
        missing=missing_of(page, one),
    )


SHAPES: Final[dict[str, Shape]] = {
    "agenda.html": agenda,
    "agenda_team.html": team,
    "clinic.html": clinic,
    "clinics.html": clinics,
}
