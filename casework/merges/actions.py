"""Putting one case under another, and parting them again. Each act is one event in both chains; none commits.

Whoever acts came through the doors of both cases, which are held. Nothing of one person reaches the other, no
key is given to anybody, and nothing that belongs to a case moves, except what its undoer places.
"""

from collections.abc import Mapping

from sqlmodel import Session, col, or_, select

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.conflicts.actions import wall_off
from casework.conflicts.guards import kept_out, refuse_kept_out, require_free_to_go_on
from casework.conflicts.tables import CaseWall, ConflictCheck
from casework.merges.content import MergeWords
from casework.merges.errors import (
    CannotMerge,
    MergeChanged,
    MergedAlready,
    OneIsClosed,
    OppositeSides,
    OtherAdviser,
    OtherDoors,
    TooLateToUndo,
)
from casework.merges.placing import place
from casework.merges.queries import additions_of, words_of
from casework.merges.rules import may_be_undone
from casework.merges.standing import merge_over, merges_under, read_together
from casework.merges.tables import CaseMerge
from casework.timeline.actions import record

Versions = tuple[int, int]
"""Of the leading case and of the other, as the page showed them."""


def merge(
    session: Session, leading: CaseFile, under: CaseFile, reason: str, act: Act, *, versions: Versions
) -> CaseMerge:
    """Put `under` under `leading`, with a reason that is sealed to the leading case.

    Raises:
        CannotMerge: these two are one; OneIsClosed, MergedAlready: these two are not put together.
        MergeChanged: somebody changed one of them since the page was shown.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
        OtherAdviser, OtherDoors, OppositeSides: see `errors`.
    """
    _refuse_shape(session, leading, under)
    if (leading.version, under.version) != versions:
        raise MergeChanged(case=leading.reference)
    for one in (leading, under):
        refuse_kept_out(session, one, act.who.id)
        require_free_to_go_on(session, one)
    _refuse_doors(session, leading, under)
    row = CaseMerge(case_id=leading.id, under_id=under.id, merged_on=act.on, merged_by=act.who.id)
    seal_row(session, leading, row, MergeWords(reason=reason).as_bytes())
    session.flush()
    _same_walls(session, leading, under, act)
    _changed(session, leading, under)
    at, by = act.at, act.who.id
    record(session, "case_merged", at=at, by=by, case_id=leading.id, put_under=under.reference)
    record(session, "case_merged", at=at, by=by, case_id=under.id, leads=leading.reference)
    return row


def undo(
    session: Session,
    leading: CaseFile,
    under: CaseFile,
    reason: str,
    placed: Mapping[str, str],
    act: Act,
    *,
    versions: Versions,
) -> None:
    """Part two cases again: each stands by itself, and every addition where it was placed.

    `placed` says of each addition, by its field, one of `rules.PLACES`.

    Raises:
        MergeChanged: they are not together any more, or one was changed or added to since the page was shown.
        TooLateToUndo: after thirty days.
        AdviserKeepsOut: whoever acts keeps out of one of them.
        CaseAlreadyClosed: nothing is placed in a closed case.
        ConflictUndecided, NamesKeyNeeded: a name cannot be taken to the other case as things stand.
    """
    row = merge_over(session, under.id)
    if row is None or row.case_id != leading.id or (leading.version, under.version) != versions:
        raise MergeChanged(case=leading.reference)
    if not may_be_undone(row.merged_on, act.on):
        raise TooLateToUndo(case=leading.reference)
    for one in (leading, under):
        refuse_kept_out(session, one, act.who.id)
    additions = additions_of(session, leading, row.merged_on, act)
    if {one.field for one in additions} != placed.keys():
        raise MergeChanged(case=leading.reference)
    moving = [one for one in additions if placed[one.field] == "under"]
    if moving and under.is_closed:
        raise CaseAlreadyClosed(case=under.reference)
    place(session, leading, under, moving, act)
    words = words_of(session, leading, row, act)
    row.undone_on, row.undone_by = act.on, act.who.id
    seal_row(session, leading, row, MergeWords(reason=words.reason, undone_because=reason).as_bytes())
    _changed(session, leading, under)
    at, by = act.at, act.who.id
    record(session, "merge_undone", at=at, by=by, case_id=leading.id, put_under=under.reference)
    record(session, "merge_undone", at=at, by=by, case_id=under.id, leads=leading.reference)


def _refuse_shape(session: Session, leading: CaseFile, under: CaseFile) -> None:
    if leading.id == under.id:
        raise CannotMerge(case=leading.reference)
    if leading.is_closed or under.is_closed:
        raise OneIsClosed(case=leading.reference)
    if any(merge_over(session, one.id) for one in (leading, under)) or merges_under(session, under.id):
        raise MergedAlready(case=leading.reference)


def _refuse_doors(session: Session, leading: CaseFile, under: CaseFile) -> None:
    """Refuse what would let somebody read through one case what is kept from them in the other."""
    if leading.routing_code != under.routing_code or leading.is_demonstration != under.is_demonstration:
        raise OtherDoors(case=leading.reference)
    family = [leading, *(one for one in read_together(session, leading) if one.id != under.id)]
    meeting = [pair for one in family for pair in ((one, under), (under, one))]
    for one, other in meeting:
        holders = session.exec(
            select(CaseKeyGrant.holder_id).where(
                CaseKeyGrant.case_id == one.id,
                CaseKeyGrant.version == one.key_version,
                col(CaseKeyGrant.revoked_on).is_(None),
            )
        )
        if kept_out(session, other.id) & set(holders):
            raise OtherDoors(case=leading.reference)
    if leading.assigned_to != under.assigned_to:
        raise OtherAdviser(case=leading.reference)
    pairs = [(one.id, other.id) for one, other in meeting]
    sides = select(ConflictCheck.id).where(
        or_(
            *((ConflictCheck.case_id == one) & (ConflictCheck.other_case_id == other) for one, other in pairs)
        ),
        col(ConflictCheck.decision_code).in_(("wall", "recusal")),
    )
    if session.exec(sides.limit(1)).first() is not None:
        raise OppositeSides(case=leading.reference)


def _same_walls(session: Session, leading: CaseFile, under: CaseFile, act: Act) -> None:
    """Let whoever keeps out of one keep out of all that are read with it, also when they are parted again.

    Who put a wall up stays who did: a second person takes it down, and whoever puts cases together is none.
    """
    family = [leading, under, *(one for one in read_together(session, leading) if one.id != under.id)]
    walls = session.exec(select(CaseWall).where(col(CaseWall.case_id).in_([one.id for one in family]))).all()
    for wall in walls:
        for one in family:
            wall_off(
                session,
                one,
                wall.staff_id,
                wall.relation_code,
                act,
                for_service=wall.is_for_service,
                made_by=wall.made_by,
            )


def _changed(session: Session, *cases: CaseFile) -> None:
    for one in cases:
        one.version += 1
        session.add(one)
    session.flush()
