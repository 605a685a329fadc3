"""The hearings of a case for a program: those of a track, one, and how they stand in lists."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.appointments import at
from casework.api.shapes.forms import By, Versioned, by, said
from casework.api.shapes.parts import Choice, Person, choices, person
from casework.api.shapes.taking_back import TakenBack, taken_each
from casework.api.shown import Page, Shape, Shown
from casework.hearings.rules import KINDS, STATES
from casework.hearings.wording import Line


class HearingTold(Shown):
    """One hearing: when it is, what it is and where it stands."""

    id: UUID
    on: date
    at: time
    kind: Choice
    state: Choice
    needs_an_end: bool = Field(description="Its day is past, and nobody noted how it ended.")


class HearingOfCase(HearingTold):
    """One hearing of a case that was opened, with where it is."""

    place: str


class HearingListed(HearingTold):
    """One hearing in a list; nothing of it is opened."""

    case_number: str
    adviser: Person | None


class AddingHearing(Versioned):
    """Noting a hearing; the version is that of the case."""

    hearing_kind: tuple[Choice, ...]


class HearingsShown(Shown):
    """The hearings of a track."""

    case_number: str
    track_id: UUID
    hearings: tuple[HearingOfCase, ...]
    note_first: str = Field(description="Why the track takes none now; empty if it takes one.")
    adding: AddingHearing | None


class EndingHearing(Versioned):
    """Noting how a hearing ended; the version is its own. A day and an hour only where it was postponed."""

    hearing_end: tuple[Choice, ...]


class SameHour(Shown):
    """Another hearing of the same adviser at the same hour."""

    case_number: str
    at: time


class HearingShown(HearingOfCase):
    """One hearing with what is noted of it."""

    case_number: str
    track_id: UUID
    bring: str
    along: str
    ended: str
    noted: By | None
    end_noted: By | None
    in_its_place: UUID | None = Field(description="The hearing to which it was put off.")
    is_day_off: bool = Field(description="As far as known, nobody sits there on this day.")
    same_hour: tuple[SameHour, ...]
    ending: EndingHearing | None
    may_be_taken_back: bool = Field(description="It has ended, and the reader may say that it had not.")
    taken_back: tuple[TakenBack, ...]


def _told(page: Page, one: Line) -> dict[str, Any]:
    return {
        "id": one.row.id,
        "on": one.row.on_day,
        "at": at(one.row.minute),
        "kind": said(page, KINDS, one.row.kind_code),
        "state": said(page, STATES, one.row.state_code),
        "needs_an_end": one.is_over,
    }


def of_case(page: Page, lines: Iterable[Line]) -> tuple[HearingOfCase, ...]:
    """Return hearings of a case."""
    return tuple(HearingOfCase(**_told(page, one), place=one.place) for one in lines)


def in_list(page: Page, lines: Iterable[Line]) -> tuple[HearingListed, ...]:
    """Return hearings of several cases."""
    return tuple(
        HearingListed(
            **_told(page, one), case_number=one.listed.case.reference, adviser=person(one.listed.adviser)
        )
        for one in lines
        if one.listed
    )


def hearings(page: Page) -> HearingsShown:
    """Return the hearings of a track."""
    case = page["case"]
    takes_one = not page["first"] and not case.is_closed
    return HearingsShown(
        case_number=case.reference,
        track_id=page["track"].id,
        hearings=of_case(page, page["lines"]),
        note_first=page["first"],
        adding=AddingHearing(version=case.version, hearing_kind=choices(page["kinds"]))
        if takes_one
        else None,
    )


def hearing(page: Page) -> HearingShown:
    """Return one hearing."""
    one, following = page["one"], page["following"]
    row, words = one.row, one.words
    return HearingShown(
        **_told(page, page["line"]),
        case_number=page["case"].reference,
        track_id=row.track_id,
        place=words.place,
        bring=words.bring,
        along=words.along,
        ended=words.ended,
        noted=by(page["noted_by"], row.noted_on),
        end_noted=by(page["ended_by"], row.settled_on),
        in_its_place=following.row.id if following else None,
        is_day_off=page["is_unlikely"],
        same_hour=tuple(
            SameHour(case_number=other.listed.case.reference, at=at(other.row.minute))
            for other in page["clashing"]
        ),
        ending=EndingHearing(version=row.version, hearing_end=choices(page["ends"]))
        if row.is_open and page["ends"]
        else None,
        may_be_taken_back=page["may_take_back"],
        taken_back=taken_each(page, page["taken"]),
    )


SHAPES: Final[dict[str, Shape]] = {"hearings.html": hearings, "hearing.html": hearing}
