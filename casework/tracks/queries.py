"""The tracks of a case as they are read; whoever calls this has been to the door of the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.tracks.content import CheckText, RemedyText, StepText
from casework.tracks.errors import TrackNotFound
from casework.tracks.rules import ENDS, PENDING, in_force
from casework.tracks.tables import CaseTrack, Remedy, RemedyCheck, TrackStep


@dataclass(frozen=True, slots=True)
class Standing:
    """A track, its steps in their order, and where it stands after them."""

    track: CaseTrack
    steps: tuple[TrackStep, ...]

    @property
    def newest(self) -> TrackStep:
        """The newest step in force."""
        return in_force(self.steps)[-1]

    @property
    def state(self) -> str:
        """Where the track stands."""
        return self.newest.step_code

    @property
    def is_open(self) -> bool:
        """Whether something can still happen on it."""
        return self.state not in ENDS


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with what was written about it."""

    row: TrackStep
    text: StepText
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class ShownRemedy:
    """A remedy with what was written, and every look at it, oldest first."""

    row: Remedy
    text: RemedyText
    checks: tuple[tuple[RemedyCheck, CheckText], ...]

    @property
    def complied(self) -> str | None:
        """What the newest look found; None before the first."""
        return self.checks[-1][0].complied_code if self.checks else None

    @property
    def check_on(self) -> date | None:
        """The day of the next look; None if there is none to come."""
        return self.checks[-1][0].next_on if self.checks else self.row.check_on


def tracks_of(session: Session, case_id: UUID) -> list[Standing]:
    """Return the tracks of a case: open ones first, then as they were opened, those of one day by kind."""
    tracks = session.exec(
        select(CaseTrack)
        .where(CaseTrack.case_id == case_id)
        .order_by(col(CaseTrack.opened_on), col(CaseTrack.kind_code), col(CaseTrack.id))
    ).all()
    steps = session.exec(
        select(TrackStep).where(TrackStep.case_id == case_id).order_by(col(TrackStep.seq))
    ).all()
    found = [Standing(one, tuple(step for step in steps if step.track_id == one.id)) for one in tracks]
    return sorted(found, key=lambda one: not one.is_open)


def weighed_tracks(session: Session, *rules: ColumnElement[bool]) -> dict[UUID, tuple[int, int]]:
    """Return how many tracks are open, and how many of them lie before somebody who decides, by adviser.

    Args:
        session: the request's transaction.
        *rules: conditions on `case_file`; no wall stands here.
    """
    rows = session.exec(
        select(TrackStep, CaseFile.assigned_to)
        .join(CaseFile, col(CaseFile.id) == col(TrackStep.case_id))
        .where(*rules)
        .order_by(col(TrackStep.track_id), col(TrackStep.seq))
        .options(
            defer(TrackStep.sealed)  # type: ignore[arg-type]  # a column
        )
    )
    found: dict[UUID, tuple[int, int]] = {}
    for _, group in groupby(rows, key=lambda row: row[0].track_id):
        steps = list(group)
        state, adviser = in_force([step for step, _ in steps])[-1].step_code, steps[0][1]
        if state not in ENDS:
            tracks, pending = found.get(adviser, (0, 0))
            found[adviser] = (tracks + 1, pending + (state in PENDING))
    return found


def open_tracks(session: Session, case_id: UUID) -> list[Standing]:
    """Return the tracks of a case that have not ended."""
    return [one for one in tracks_of(session, case_id) if one.is_open]


def track_of(session: Session, case: CaseFile, track_id: str) -> Standing:
    """Return one track of a case.

    Raises:
        TrackNotFound: there is none of this id in the case.
    """
    found = next((one for one in tracks_of(session, case.id) if str(one.track.id) == track_id), None)
    if found is None:
        raise TrackNotFound(case=case.reference)
    return found


def remedy_of(session: Session, case: CaseFile, track: CaseTrack, remedy_id: str) -> Remedy:
    """Return one remedy under a track.

    Raises:
        TrackNotFound: there is none of this id under it.
    """
    rows = session.exec(select(Remedy).where(Remedy.track_id == track.id)).all()
    found = next((row for row in rows if str(row.id) == remedy_id), None)
    if found is None:
        raise TrackNotFound(case=case.reference)
    return found


def steps_shown(session: Session, case: CaseFile, one: Standing, act: Act) -> list[ShownStep]:
    """Return the steps of a track with what was written, oldest first."""
    valid = {step.id for step in in_force(one.steps)}
    return [
        ShownStep(row, StepText.model_validate_json(clear), row.id in valid)
        for row, clear in zip(one.steps, open_rows(session, case, one.steps, act), strict=True)
    ]


def remedies_shown(session: Session, case: CaseFile, track: CaseTrack, act: Act) -> list[ShownRemedy]:
    """Return the remedies under a track with every look at them."""
    remedies = session.exec(
        select(Remedy).where(Remedy.track_id == track.id).order_by(col(Remedy.promised_on), col(Remedy.id))
    ).all()
    found = []
    for row, clear in zip(remedies, open_rows(session, case, remedies, act), strict=True):
        checks = checks_of(session, row)
        texts = [CheckText.model_validate_json(text) for text in open_rows(session, case, checks, act)]
        text = RemedyText.model_validate_json(clear)
        found.append(ShownRemedy(row, text, tuple(zip(checks, texts, strict=True))))
    return found


def checks_of(session: Session, remedy: Remedy) -> Sequence[RemedyCheck]:
    """Return every look at a remedy, oldest first."""
    return session.exec(
        select(RemedyCheck).where(RemedyCheck.remedy_id == remedy.id).order_by(col(RemedyCheck.seq))
    ).all()


def next_checks(session: Session, case_id: UUID) -> dict[UUID, date]:
    """Return the day of the next look at any remedy, by track; only for tracks that have one."""
    found: dict[UUID, date] = {}
    for row in session.exec(select(Remedy).where(Remedy.case_id == case_id)):
        checks = checks_of(session, row)
        day = checks[-1].next_on if checks else row.check_on
        if day is not None:
            found[row.track_id] = min(day, found.get(row.track_id, day))
    return found
