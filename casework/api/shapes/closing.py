"""Closing a case: what is open, and what was asked for."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes import clocks, hearings
from casework.api.shapes.coding import TrackEnded, level, tracks_ended
from casework.api.shapes.parts import (
    Choice,
    Explained,
    Person,
    choices,
    coded,
    coded_each,
    explained,
    person,
    worded,
)
from casework.api.shown import Page, Shape, Shown


class OpenBeside(Shown):
    """A case that is read under this one and is still open."""

    case_number: str
    stage: Choice | None


class OpenTrack(Shown):
    """A track that is still open."""

    id: UUID
    name: str
    state: str


class OpenTask(Shown):
    """A task that is still open."""

    kind: Choice | None
    text: str
    due_on: date
    doer: Person | None


class ReferralThere(Shown):
    """A referral and where it stands."""

    id: UUID
    body: str
    state: str


class LetterNotSent(Shown):
    """A letter that was made, and of which it is not noted that it left."""

    id: UUID
    name: str


class StillOpen(Shown):
    """Everything that is open in a case, and what goes on after it is closed."""

    read_with: tuple[OpenBeside, ...]
    deadlines: tuple[clocks.DeadlineRunning, ...]
    hearings: tuple[hearings.HearingOfCase, ...]
    tracks: tuple[OpenTrack, ...]
    mediation: str = Field(description="Where it stands, in words; empty if none is open.")
    tasks: tuple[OpenTask, ...]
    referrals: tuple[ReferralThere, ...]
    referrals_going_on: tuple[ReferralThere, ...]
    letters_not_sent: tuple[LetterNotSent, ...]
    consents: tuple[str, ...] = Field(description="To what the person agrees, in words.")
    needs_a_reason: bool = Field(description="It is closed only with a reason why all the same.")


class ClosingAsked(Shown):
    """A request to close a case, as whoever decides reads it."""

    asked_by: Person | None
    asked_on: date
    responses: tuple[Choice, ...]
    outcome: Choice | None
    reason: Choice | None
    why_although_something_is_open: str
    head_agreed_on: date | None
    person_will_be_told: str = Field(description="Empty: only that the case is closed.")
    you_decide: bool
    you_may_send_it_back: bool
    head_decides: bool
    heads: str = Field(description="Who of the heads can agree, by name.")
    nobody_can_close: bool = Field(
        description="No second supervisor has it, and no head of the office can agree."
    )
    head_is_asked_anew: bool = Field(
        description="The head agreed, and something was opened since, or they keep out."
    )


class ClosingForm(Shown):
    """What may be chosen when closing is asked for."""

    responses: tuple[Explained, ...]
    outcomes: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    ends_of_tracks: tuple[Choice, ...] = Field(
        description="How an open track may have ended: sent as `track_` with its id."
    )
    language: Choice | None = Field(description="In which the person reads what they are told.")


class ClosingShown(Shown):
    """Closing one case; nothing but its number once it is closed."""

    case_number: str
    is_closed: bool
    version: int | None = None
    still_open: StillOpen | None = None
    tracks: tuple[TrackEnded, ...] | None = Field(default=None, description="Every track, with its result.")
    service_level: Choice | None = Field(default=None, description="The most the person got.")
    asked: ClosingAsked | None = None
    form: ClosingForm | None = None


def closing(page: Page) -> ClosingShown:
    """Return what is open in a case, and what was asked for or may be."""
    case = page["case"]
    if case.is_closed:
        return ClosingShown(case_number=case.reference, is_closed=True)
    asked = page["asked"]
    return ClosingShown(
        case_number=case.reference,
        is_closed=False,
        version=case.version,
        still_open=_still_open(page),
        tracks=tracks_ended(page, page["tracks"]),
        service_level=level(page),
        asked=_asked(page, asked) if asked else None,
        form=None if asked else _form(page, case),
    )


def _still_open(page: Page) -> StillOpen:
    return StillOpen(
        read_with=tuple(
            OpenBeside(case_number=one.reference, stage=coded(page, "stages", one.stage_code))
            for one in page["merged"]
        ),
        deadlines=tuple(clocks.DeadlineRunning(**clocks.running(page, one)) for one in page["deadlines"]),
        hearings=hearings.of_case(page, page["hearings"]),
        tracks=tuple(
            OpenTrack(id=one.line.id, name=one.line.name, state=one.line.state)
            for one in page["tracks"]
            if one.line.is_open
        ),
        mediation=page["mediation"],
        tasks=tuple(
            OpenTask(
                kind=worded(page["task_kinds"], one.task.kind_code),
                text=one.words.text,
                due_on=one.task.due_on,
                doer=person(one.doer),
            )
            for one in page["tasks"]
        ),
        referrals=_referrals(page["referrals"]),
        referrals_going_on=_referrals(page["referred"]),
        letters_not_sent=tuple(LetterNotSent(id=UUID(own), name=name) for own, name in page["letters"]),
        consents=tuple(page["consents"]),
        needs_a_reason=any(
            page[name] for name in ("deadlines", "left_open", "mediation", "tasks", "referrals")
        ),
    )


def _referrals(found: Any) -> tuple[ReferralThere, ...]:
    return tuple(ReferralThere(id=UUID(own), body=name, state=now) for own, name, now in found)


def _asked(page: Page, asked: Any) -> ClosingAsked:
    words, decides = page["asked_words"], page["decides"]
    by_head = page["by_head"] and not decides
    return ClosingAsked(
        asked_by=person(page["names"].get(asked.asked_by, "")),
        asked_on=asked.asked_on,
        responses=coded_each(page, "responses", asked.response_codes),
        outcome=coded(page, "outcomes", asked.outcome_code),
        reason=coded(page, "closure", asked.reason_code),
        why_although_something_is_open=words.despite,
        head_agreed_on=asked.agreed_on,
        person_will_be_told=words.text,
        you_decide=decides,
        you_may_send_it_back=decides and asked.asked_by != page.view.act.who.id,
        head_decides=by_head,
        heads=page["heads"] if by_head else "",
        nobody_can_close=by_head and not page["heads"],
        head_is_asked_anew=page["outgrown"] and not decides,
    )


def _form(page: Page, case: Any) -> ClosingForm:
    return ClosingForm(
        responses=explained(page["responses"]),
        outcomes=choices(page["outcomes"]),
        reasons=choices(page["reasons"]),
        ends_of_tracks=choices(page["ways_to_end"].items()),
        language=coded(page, "languages", case.language),
    )


SHAPES: Final[dict[str, Shape]] = {"closing.html": closing}
