"""Hearings as they are read: in one case with what lies sealed, in lists without."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.queries import may_open
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.deadlines.seats import UNASKED, seat_kept
from casework.deadlines.tables import Deadline
from casework.hearings.content import HearingWords
from casework.hearings.errors import HearingNotFound
from casework.hearings.rules import AUGUST, COURTS, SAME_HOUR, SET
from casework.hearings.standing import IN_ORDER
from casework.hearings.tables import CaseHearing
from casework.staff.sessions import SignedIn
from casework.timeline.queries import names_of
from casework.tracks.tables import CaseTrack
from casework.written import id_in
from office.deadlines.calendar import CalendarYearMissing
from office.deadlines.seats import OWN, UNKNOWN, Seat, days_at
from office.vocabulary import City


@dataclass(frozen=True, slots=True)
class ShownHearing:
    """One hearing in clear."""

    row: CaseHearing
    words: HearingWords


@dataclass(frozen=True, slots=True)
class Listed:
    """A hearing in a list: nothing of it is opened."""

    row: CaseHearing
    case: CaseFile
    adviser: str


def hearings_of(
    session: Session, case: CaseFile, act: Act, *rules: ColumnElement[bool]
) -> list[ShownHearing]:
    """Return the hearings of a case with what was written, the earliest first."""
    wanted = select(CaseHearing).where(CaseHearing.case_id == case.id, *rules)
    rows = session.exec(wanted.order_by(*IN_ORDER)).all()
    return [
        ShownHearing(row, HearingWords.model_validate_json(clear))
        for row, clear in zip(rows, open_rows(session, case, rows, act), strict=True)
    ]


def of_track(track: CaseTrack) -> ColumnElement[bool]:
    """Return the condition that a hearing is of this track."""
    return col(CaseHearing.track_id) == track.id


def hearing_of(session: Session, case: CaseFile, written: str, act: Act) -> ShownHearing:
    """Return one hearing of a case.

    Raises:
        HearingNotFound: there is none of this id in the case.
    """
    own = id_in(written)
    found = hearings_of(session, case, act, col(CaseHearing.id) == own) if own else []
    if not found:
        raise HearingNotFound(case=case.reference)
    return found[0]


def listed(
    session: Session, who: SignedIn, *rules: ColumnElement[bool], only_own: bool = True
) -> list[Listed]:
    """Return the open hearings of open cases this person may open, the earliest first."""
    wanted = (
        select(CaseHearing, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(CaseHearing.case_id))
        .where(CaseHearing.state_code == SET, col(CaseFile.closed_on).is_(None), may_open(who), *rules)
    )
    if only_own:
        wanted = wanted.where(CaseFile.assigned_to == who.id)
    found = session.exec(wanted.order_by(*IN_ORDER)).all()
    names = names_of(session, list({case.assigned_to for _, case in found}))
    return [Listed(row, case, names.get(case.assigned_to, "")) for row, case in found]


def between(session: Session, who: SignedIn, first: date, last: date) -> list[Listed]:
    """Return the open hearings of somebody's own cases from one day to another."""
    return listed(session, who, col(CaseHearing.on_day).between(first, last))


def same_hour(session: Session, case: CaseFile, row: CaseHearing, who: SignedIn) -> list[Listed]:
    """Return the other hearings of this case's adviser at the same hour, of cases the reader may open."""
    return listed(
        session,
        who,
        col(CaseHearing.id) != row.id,
        col(CaseHearing.on_day) == row.on_day,
        col(CaseHearing.minute).between(row.minute - SAME_HOUR + 1, row.minute + SAME_HOUR - 1),
        col(CaseFile.assigned_to) == case.assigned_to,
        only_own=False,
    )


def is_unlikely(session: Session, city: City, track: CaseTrack, on: date) -> bool:
    """Say whether nobody is likely to sit on a day: one off where they sit, or August for a court.

    Where they sit is known from the deadlines of the track; until then it is the city.
    """
    if on.month == AUGUST and track.kind_code in COURTS:
        return True
    try:
        return not days_at(city, _seat(session, track.id)).is_worked(on)
    except CalendarYearMissing:
        return False


def _seat(session: Session, track_id: UUID) -> Seat:
    wanted = select(Deadline).where(Deadline.track_id == track_id).order_by(col(Deadline.made_on).desc())
    rows: Sequence[Deadline] = session.exec(wanted).all()
    kept = next((row for row in rows if row.seat_code not in (UNASKED, UNKNOWN)), None)
    return seat_kept(kept) if kept else Seat(OWN)
