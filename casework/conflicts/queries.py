"""The people of a case, what matches elsewhere, and who keeps out; of a case one may not open, nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, not_, or_
from sqlalchemy import case as sql_case
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.cases.queries import may_open
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.conflicts.content import PartyName
from casework.conflicts.errors import PartyNotFound
from casework.conflicts.further import Further, further_of
from casework.conflicts.guards import kept_out
from casework.conflicts.rules import LIKENESS, OF_THE_RESPONDENT, RESPONDENT, is_with_respondent, surer
from casework.conflicts.tables import CaseParty, CaseWall, ConflictCheck, PartyTerm
from casework.merges.standing import read_together
from casework.staff.sessions import SignedIn
from casework.timeline.queries import Entry, entries, names_of

MOST_READS = 200


@dataclass(frozen=True, slots=True)
class ShownParty:
    """Somebody in the case, with their name in clear, and whether a match of it waits for a decision."""

    party: CaseParty
    called: PartyName
    waits: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A match that is on the other side of a case the reader may open."""

    check: ConflictCheck
    called: PartyName
    role: str
    other: CaseFile
    other_role: str
    adviser: str
    decided_by: str
    reason: str

    @property
    def is_decided(self) -> bool:
        """Whether somebody decided about it."""
        return self.check.decision_code is not None


@dataclass(frozen=True, slots=True)
class Keeping:
    """Somebody who keeps out of the case, and what they looked at in it."""

    wall: CaseWall
    name: str
    still_has_it: bool
    looked: tuple[Entry, ...]
    further: tuple[Further, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that goes on when a supervisor has done something."""

    case: CaseFile
    adviser: str
    is_undecided: bool


def people_of(session: Session, case: CaseFile, act: Act) -> list[ShownParty]:
    """Return who is in the case, respondents first."""
    found = session.exec(
        select(CaseParty)
        .where(CaseParty.case_id == case.id, col(CaseParty.removed_on).is_(None))
        .order_by(col(CaseParty.role_code) != RESPONDENT, col(CaseParty.added_on), col(CaseParty.id))
    ).all()
    undecided = select(ConflictCheck.party_id).where(
        ConflictCheck.case_id == case.id, col(ConflictCheck.decision_code).is_(None)
    )
    waiting = set(session.exec(undecided))
    return [ShownParty(one, called_of(session, case, one, act), one.id in waiting) for one in found]


def party_of(session: Session, case: CaseFile, party_id: UUID | None) -> CaseParty:
    """Return somebody who is in the case now, held for a change.

    Raises:
        PartyNotFound: nobody of this id is, or they were taken out.
    """
    wanted = select(CaseParty).where(
        CaseParty.id == party_id, CaseParty.case_id == case.id, col(CaseParty.removed_on).is_(None)
    )
    party = session.exec(wanted.with_for_update().execution_options(populate_existing=True)).first()
    if party is None:
        raise PartyNotFound(case=case.reference)
    return party


def called_of(session: Session, case: CaseFile, party: CaseParty, act: Act) -> PartyName:
    """Return what a party of this case is called."""
    return PartyName.model_validate_json(open_rows(session, case, [party], act)[0])


def opposing(session: Session, party: CaseParty) -> dict[UUID, tuple[CaseParty, str]]:
    """Return who in another case is called alike and on the other side, and how alike, by their id."""
    own, theirs = aliased(PartyTerm), aliased(PartyTerm)
    of_respondent = or_(
        col(CaseParty.role_code).in_(OF_THE_RESPONDENT),
        func.coalesce(col(CaseParty.side_code), "") == RESPONDENT,
    )
    is_theirs = is_with_respondent(party.role_code, party.side_code)
    wanted = (
        select(CaseParty, theirs.likeness)
        .join(theirs, col(theirs.party_id) == col(CaseParty.id))
        .join(own, col(own.term) == col(theirs.term))
        .where(
            own.party_id == party.id,
            CaseParty.case_id != party.case_id,
            col(CaseParty.removed_on).is_(None),
            not_(of_respondent) if is_theirs else of_respondent,
        )
        .distinct()
    )
    found: dict[UUID, tuple[CaseParty, str]] = {}
    for other, likeness in session.exec(wanted):
        known = found.get(other.id)
        found[other.id] = other, surer(known[1], likeness) if known else likeness
    return found


def matches_of(session: Session, case: CaseFile, act: Act) -> tuple[list[Match], int]:
    """Return the matches whose other case this person may open, and how many of the rest are undecided."""
    other_party = aliased(CaseParty)
    rows = session.exec(
        select(ConflictCheck, CaseParty, other_party.role_code)
        .join(CaseParty, col(CaseParty.id) == col(ConflictCheck.party_id))
        .join(other_party, col(other_party.id) == col(ConflictCheck.other_party_id))
        .where(ConflictCheck.case_id == case.id)
        .order_by(
            col(ConflictCheck.decision_code).is_not(None),
            sql_case({way: place for place, way in enumerate(LIKENESS)}, value=col(ConflictCheck.likeness)),
            col(ConflictCheck.found_on),
            col(ConflictCheck.id),
        )
    ).all()
    theirs = _cases(session, act.who, (check.other_case_id for check, _, _ in rows))
    people = [check.decided_by for check, _, _ in rows if check.decided_by]
    names = names_of(session, [*people, *(other.assigned_to for other in theirs.values())])
    shown = [
        Match(
            check=check,
            called=called_of(session, case, party, act),
            role=party.role_code,
            other=theirs[check.other_case_id],
            other_role=other_role,
            adviser=names.get(theirs[check.other_case_id].assigned_to, ""),
            decided_by=names.get(check.decided_by, "") if check.decided_by else "",
            reason=open_rows(session, case, [check], act)[0].decode(),
        )
        for check, party, other_role in rows
        if check.other_case_id in theirs
    ]
    hidden = [
        check for check, _, _ in rows if check.other_case_id not in theirs and check.decision_code is None
    ]
    return shown, len(hidden)


def keeping_out(session: Session, case: CaseFile, act: Act) -> list[Keeping]:
    """Return who keeps out of the case, each with what they looked at or did in it, the newest first."""
    walls = session.exec(
        select(CaseWall).where(CaseWall.case_id == case.id).order_by(col(CaseWall.made_on), col(CaseWall.id))
    ).all()
    names = names_of(session, [wall.staff_id for wall in walls])
    together = {case.id, *(one.id for one in read_together(session, case))}
    return [
        Keeping(
            wall,
            names.get(wall.staff_id, ""),
            wall.staff_id == case.assigned_to,
            tuple(entries(session, case.id, by=wall.staff_id, limit=MOST_READS)),
            tuple(further_of(session, together, wall.staff_id)),
        )
        for wall in walls
    ]


def waiting_cases(session: Session, who: SignedIn) -> list[Waiting]:
    """Return the cases this person may open that wait for a supervisor, the oldest first."""
    undecided = _undecided()
    found = session.exec(
        select(CaseFile, undecided).where(*_waiting(who)).order_by(col(CaseFile.opened_on), col(CaseFile.id))
    ).all()
    names = names_of(session, [case.assigned_to for case, _ in found])
    return [Waiting(case, names.get(case.assigned_to, ""), bool(is_open)) for case, is_open in found]


def waiting_total(session: Session, who: SignedIn) -> int:
    """Return how many cases wait for a supervisor, of those this person may open."""
    return session.exec(select(func.count()).select_from(CaseFile).where(*_waiting(who))).one()


def card_of(session: Session, case: CaseFile, act: Act) -> dict[str, object]:
    """Return what the page of a case tells of its people."""
    people = people_of(session, case, act)
    return {
        "people": people,
        "waits": any(one.waits for one in people),
        "must_change_hands": not case.is_closed and case.assigned_to in kept_out(session, case.id),
    }


def _waiting(who: SignedIn) -> Sequence[ColumnElement[bool]]:
    return may_open(who), waits_for_supervisor()


def waits_for_supervisor() -> ColumnElement[bool]:
    """Return the condition that a case waits for a decision about a match, or for another adviser."""
    own = aliased(CaseFile)
    walled = (
        select(CaseWall.case_id)
        .join(own, col(own.id) == col(CaseWall.case_id))
        .where(col(own.assigned_to) == col(CaseWall.staff_id), col(own.closed_on).is_(None))
    )
    return _undecided() | col(CaseFile.id).in_(walled)


def _undecided() -> ColumnElement[bool]:
    undecided = select(ConflictCheck.case_id).where(col(ConflictCheck.decision_code).is_(None))
    return col(CaseFile.id).in_(undecided)


def _cases(session: Session, who: SignedIn, ids: Iterable[UUID]) -> dict[UUID, CaseFile]:
    wanted = select(CaseFile).where(col(CaseFile.id).in_(set(ids)), may_open(who))
    return {case.id: case for case in session.exec(wanted)}
