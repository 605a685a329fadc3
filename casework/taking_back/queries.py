"""What of a case was taken back, and what could be. Whoever asks has been to the door of the case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.deadlines.conditions import is_ours
from casework.deadlines.tables import Deadline
from casework.hearings.tables import CaseHearing
from casework.taking_back.content import HearingBack
from casework.taking_back.errors import NothingToTakeBack
from casework.taking_back.rules import (
    OF_DEADLINE,
    OF_HEARING,
    OF_TASK,
    ended_as,
    hearing_ended_as,
    may_take_back,
)
from casework.taking_back.tables import TakenBack
from casework.tasks.tables import CaseTask
from casework.timeline.queries import names_of
from casework.written import id_in

Thing = Deadline | CaseTask | CaseHearing
"""What has an end that can be taken back."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that was taken back, with names and why in clear.

    Attributes:
        ended_as: a key of `rules.ENDED_AS`.
        written: of a hearing, what had been written of how it ended.
    """

    row: TakenBack
    ended_as: str
    noted_by: str
    taken_by: str
    reason: str
    written: str = ""


def taken_of(session: Session, case: CaseFile, act: Act, ids: Iterable[UUID]) -> Mapping[UUID, list[Taken]]:
    """Return what was taken back of these deadlines, tasks or hearings of a case, the newest first."""
    wanted = set(ids)
    rows = [
        row
        for row in session.exec(
            select(TakenBack)
            .where(TakenBack.case_id == case.id)
            .order_by(col(TakenBack.taken_on).desc(), col(TakenBack.noted_on).desc(), col(TakenBack.id))
        )
        if row.thing_id in wanted
    ]
    not_ours = set(session.exec(select(Deadline.id).where(col(Deadline.id).in_(wanted), ~is_ours())))
    names = names_of(session, [one for row in rows for one in (row.noted_by, row.taken_by)])
    found: dict[UUID, list[Taken]] = {one: [] for one in wanted}
    for row, clear in zip(rows, open_rows(session, case, rows, act), strict=True):
        if row.thing_id is not None:
            found[row.thing_id].append(_told(row, clear, names, is_ours=row.thing_id not in not_ours))
    return found


def _told(row: TakenBack, clear: bytes, names: Mapping[UUID, str], *, is_ours: bool) -> Taken:
    by = (names.get(row.noted_by, ""), names.get(row.taken_by, ""))
    if row.hearing_id is None:
        return Taken(row, ended_as(row.was_code, is_ours=is_ours), *by, clear.decode())
    words = HearingBack.model_validate_json(clear)
    return Taken(row, hearing_ended_as(row.was_code), *by, words.reason, words.ended)


def can_take_back(case: CaseFile, thing: Thing, act: Act) -> bool:
    """Say whether it has ended by what somebody noted, and whoever acts may take that back."""
    return (
        not case.is_closed
        and thing.settled_on is not None
        and state_of(thing) in (*OF_DEADLINE, *OF_TASK, *OF_HEARING)
        and may_take_back(thing.settled_by, thing.settled_on, act.who.id, act.who.role_code, act.on)
    )


def state_of(thing: Thing) -> str:
    """Return where it stands."""
    return thing.state if isinstance(thing, Deadline) else thing.state_code


def thing_of(session: Session, case: CaseFile, written: str) -> Thing:
    """Return a deadline, a task or a hearing of the case.

    Raises:
        NothingToTakeBack: there is none, or it is another case's.
    """
    own = id_in(written)
    thing: Thing | None = None
    if own:
        thing = session.get(Deadline, own) or session.get(CaseTask, own) or session.get(CaseHearing, own)
    if thing is None or thing.case_id != case.id:
        raise NothingToTakeBack(case=case.reference)
    return thing
