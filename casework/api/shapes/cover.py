"""Who is away, what somebody covers, and how much work everybody has."""

from collections.abc import Mapping
from datetime import date, time
from typing import Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.appointments import at
from casework.api.shapes.parts import Choice, choices, urgency
from casework.api.shown import Page, Shape, Shown


class Absence(Shown):
    """Somebody is away from one day to another, and somebody covers."""

    id: UUID | None = Field(description="Only where you may end it.")
    staff_id: UUID | None = Field(description="Only where you may hand the cases over.")
    name: str
    is_away_now: bool
    first_on: date
    last_on: date
    cover: str


class AbsencesShown(Shown):
    """Who is away now or will be; whom a form may name, for those who note absences."""

    absences: tuple[Absence, ...]
    may_note: bool
    who_is_away: tuple[Choice, ...] = ()
    who_covers: tuple[Choice, ...] = ()


class CoveredDeadline(Shown):
    """A last day that still binds in a case somebody covers."""

    last_on: date
    is_confirmed: bool
    is_late: bool = Field(description="It is today or past.")


class CoveredHearing(Shown):
    """A hearing in a case somebody covers: its day and hour, and nothing else."""

    on: date
    at: time


class CoveredCase(Shown):
    """A case of somebody who is away: its number and days, and nothing else."""

    case_number: str
    may_be_opened: bool
    urgency: Choice | None
    deadlines: tuple[CoveredDeadline, ...]
    hearings: tuple[CoveredHearing, ...]
    next_news_on: date | None
    is_news_late: bool


class Covering(Shown):
    """For whom somebody stands in, until when, and the days of their cases in that time."""

    name: str
    until: date
    staff_id: UUID | None = Field(description="Only for supervisors, who hand the cases over.")
    cases: tuple[CoveredCase, ...]


class CoveredShown(Shown):
    """What the reader covers today."""

    covering: tuple[Covering, ...]


class Load(Shown):
    """The open cases of one adviser, of those the reader may open."""

    adviser_id: UUID
    name: str
    open_cases: int
    urgent: int
    open_deadlines: int
    in_proceedings: int
    open_tracks: int
    hearings_soon: int
    on_hold: int
    weight: int


class WorkloadShown(Shown):
    """How much work everybody has, by name, and what weighs how much."""

    advisers: tuple[Load, ...]
    weights: Mapping[str, int]


def absences(page: Page) -> AbsencesShown:
    """Return who is away."""
    today, notes, supervises = page.view.act.on, page["notes"], page["supervises"]
    people = page["people"] if notes else []
    covers = people if supervises else [one for one in people if one[0] != page["own"]]
    return AbsencesShown(
        absences=tuple(
            Absence(
                id=one.absence.id if notes and may_end else None,
                staff_id=one.absence.staff_id if notes and supervises else None,
                name=one.name,
                is_away_now=one.absence.first_on <= today,
                first_on=one.absence.first_on,
                last_on=one.absence.last_on,
                cover=one.cover,
            )
            for one, may_end in page["away"]
        ),
        may_note=notes,
        who_is_away=choices(people) if supervises else (),
        who_covers=choices(covers),
    )


def covered(page: Page) -> CoveredShown:
    """Return what the reader covers."""
    today, supervises = page.view.act.on, page["supervises"]
    return CoveredShown(
        covering=tuple(
            Covering(
                name=away.name,
                until=away.absence.last_on,
                staff_id=away.absence.staff_id if supervises else None,
                cases=tuple(
                    CoveredCase(
                        case_number=one.case.reference,
                        may_be_opened=one.may_open,
                        urgency=urgency(page, one.case.urgency_code),
                        deadlines=tuple(
                            CoveredDeadline(
                                last_on=row.act_on,
                                is_confirmed=row.state == "confirmed",
                                is_late=row.act_on <= today,
                            )
                            for row in one.deadlines
                        ),
                        hearings=tuple(
                            CoveredHearing(on=row.on_day, at=at(row.minute)) for row in one.hearings
                        ),
                        next_news_on=one.next_on,
                        is_news_late=bool(one.next_on and one.next_on < today),
                    )
                    for one in cases
                ),
            )
            for away, cases in page["found"]
        )
    )


def workload(page: Page) -> WorkloadShown:
    """Return how much work everybody has."""
    return WorkloadShown(
        advisers=tuple(
            Load(
                adviser_id=one.adviser_id,
                name=one.name,
                open_cases=one.cases,
                urgent=one.soon + one.danger,
                open_deadlines=one.deadlines,
                in_proceedings=one.proceedings,
                open_tracks=one.tracks,
                hearings_soon=one.hearings,
                on_hold=one.held,
                weight=one.weight,
            )
            for one in page["loads"]
        ),
        weights=page["weights"],
    )


SHAPES: Final[dict[str, Shape]] = {
    "absences.html": absences,
    "covered.html": covered,
    "workload.html": workload,
}
