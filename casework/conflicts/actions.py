"""Adding somebody to a case and comparing the name, deciding about a match, declaring an interest."""

from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed, LastOfACase
from casework.cases.holders import present_holders
from casework.cases.queries import may_open
from casework.cases.renewing import renew
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.conflicts.blind_index import index_keys
from casework.conflicts.comparing import compare, drop_terms, put_terms
from casework.conflicts.content import PartyName
from casework.conflicts.errors import (
    AlreadyDecided,
    CannotDecideOwn,
    CheckNotFound,
    ConflictUndecided,
    OnePersonOnBothSides,
)
from casework.conflicts.further import note_further
from casework.conflicts.guards import kept_out
from casework.conflicts.nobody_known import end_nobody_known
from casework.conflicts.queries import party_of
from casework.conflicts.rules import is_with_respondent
from casework.conflicts.tables import CaseParty, CaseWall, ConflictCheck
from casework.merges.standing import family_of, hold_together, read_together
from casework.profile.keys import shut_out
from casework.staff.rules import Permission
from casework.states.settling import let_asks_go
from casework.timeline.actions import record


def add_party(
    session: Session,
    case: CaseFile,
    called: PartyName,
    *,
    role_code: str,
    kind_code: str,
    side_code: str | None = None,
    act: Act,
) -> CaseParty:
    """Add somebody to a case and compare the name with those of all other cases.

    The event in the office's chain comes first: its head is held until the end, so that of two names added at
    once the later one sees the earlier.

    Raises:
        NamesKeyNeeded: whoever acts cannot compare it.
    """
    keys = index_keys(session, act.who)
    record(session, "names_compared", at=act.at, by=act.who.id)
    party = CaseParty(
        case_id=case.id,
        role_code=role_code,
        kind_code=kind_code,
        side_code=side_code,
        added_on=act.on,
        added_by=act.who.id,
    )
    seal_row(session, case, party, called.as_bytes())
    session.flush()
    put_terms(session, party, called, keys)
    record(session, "party_added", at=act.at, by=act.who.id, case_id=case.id, party_role=role_code)
    if is_with_respondent(role_code, side_code):
        end_nobody_known(session, case, act)
    compare(session, case, party, act)
    return party


def remove_party(session: Session, case: CaseFile, party_id: UUID, act: Act) -> None:
    """Take somebody out of a case: the name is not looked for any more, and stays sealed for the record.

    Raises:
        PartyNotFound: nobody of this case.
        ConflictUndecided: a match of this name is undecided.
    """
    party = party_of(session, case, party_id)
    undecided = select(ConflictCheck.id).where(
        ConflictCheck.party_id == party.id, col(ConflictCheck.decision_code).is_(None)
    )
    if session.exec(undecided).first() is not None:
        raise ConflictUndecided(case=case.reference)
    party.removed_on = act.on
    session.add(party)
    drop_terms(session, party)
    record(session, "party_removed", at=act.at, by=act.who.id, case_id=case.id, party_role=party.role_code)


def decide(
    session: Session, case: CaseFile, check_id: UUID, decision: str, reason: str, act: Act
) -> ConflictCheck:
    """Decide about a match, with a reason that is sealed under the case's key.

    `wall` keeps the adviser of each case out of the other; `recusal` keeps out its own, who hands it over.

    Raises:
        CheckNotFound: no such match, or one of the two cases is not theirs to open, or they may not decide.
        CannotDecideOwn: they have one of the two cases.
        AlreadyDecided: somebody was faster.
        OnePersonOnBothSides: a wall would part somebody from themselves.
        LastOfACase: nobody could open the case any more.
        CaseAlreadyClosed: a closed case is not handed over.
    """
    if not act.who.may(Permission.SUPERVISE):
        raise CheckNotFound(case=case.reference)
    check, other = _held(session, case, check_id, act)
    if act.who.id in (case.assigned_to, other.assigned_to):
        raise CannotDecideOwn(case=case.reference)
    if check.decision_code is not None:
        raise AlreadyDecided(case=case.reference)
    if decision == "recusal" and case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    if decision == "wall" and other.assigned_to == case.assigned_to:
        raise OnePersonOnBothSides(case=case.reference)
    seal_row(session, case, check, reason.encode())
    check.decision_code, check.decided_on, check.decided_by = decision, act.on, act.who.id
    session.flush()
    record(session, "conflict_decided", at=act.at, by=act.who.id, case_id=case.id, decision=decision)
    if decision == "wall":
        keep_out(session, case, other.assigned_to, "other_side", act)
        keep_out(session, other, case.assigned_to, "other_side", act)
    elif decision == "recusal":
        keep_out(session, case, case.assigned_to, "decision", act)
    return check


def _held(session: Session, case: CaseFile, check_id: UUID, act: Act) -> tuple[ConflictCheck, CaseFile]:
    """Hold both cases of a match and all that are read with them, in the order of their ids; return it.

    Of two matches that name the same two cases the other way round, one waits for the other.
    """
    wanted = select(ConflictCheck).where(ConflictCheck.id == check_id, ConflictCheck.case_id == case.id)
    found = session.exec(wanted).first()
    if found is None:
        raise CheckNotFound(case=case.reference)
    hold_together(session, family_of(session, case.id) | family_of(session, found.other_case_id))
    both = session.exec(
        select(CaseFile)
        .where(col(CaseFile.id).in_((case.id, found.other_case_id)), may_open(act.who))
        .order_by(col(CaseFile.id))
        .with_for_update(of=CaseFile)
        .execution_options(populate_existing=True)
    ).all()
    other = next((one for one in both if one.id == found.other_case_id), None)
    if other is None or case not in both:
        raise CheckNotFound(case=case.reference)
    held = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(held).one(), other


def declare_interest(session: Session, case: CaseFile, relation: str, act: Act) -> None:
    """Declare that one has to keep out of a case. Whoever has it goes on seeing it until it is handed over.

    Twice is once; another reason stands beside the first (`further`).

    Raises:
        LastOfACase: nobody else could open the case.
        CaseAlreadyClosed: a closed case is not handed over.
    """
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    if act.who.id not in kept_out(session, case.id, but_for_service=True):
        record(session, "interest_declared", at=act.at, by=act.who.id, case_id=case.id, relation=relation)
    keep_out(session, case, act.who.id, relation, act)


def keep_out(session: Session, case: CaseFile, staff_id: UUID, relation: str, act: Act) -> None:
    """Put up the wall around a case and those read together with it: one may tell of another."""
    for one in (case, *read_together(session, case)):
        wall_off(session, one, staff_id, relation, act)


def wall_off(
    session: Session,
    case: CaseFile,
    staff_id: UUID,
    relation: str,
    act: Act,
    *,
    for_service: bool = False,
    made_by: UUID | None = None,
) -> None:
    """Put up the wall around one case, on its record. Twice is once.

    Somebody beside loses the key at once; the adviser when the case is given away. `made_by`: who put it up
    around the case it is taken over from.
    """
    note_wall(session, case, staff_id, relation, act, for_service=for_service, made_by=made_by)
    if staff_id == case.assigned_to or not _holds(session, case, staff_id):
        return
    holders = present_holders(session, case)
    if not holders:
        raise LastOfACase(case=case.reference)
    renew(session, case, holders, act)


def note_wall(
    session: Session,
    case: CaseFile,
    staff_id: UUID,
    relation: str,
    act: Act,
    *,
    for_service: bool = False,
    made_by: UUID | None = None,
) -> None:
    """Note that somebody keeps out of a case, on its record; no key of the case is touched. Twice is once.

    Its adviser cannot open what the person of it is from now on, though they still have the case.

    What they declare themselves or somebody decides takes the place of what only a service put up.
    """
    wanted = select(CaseWall).where(CaseWall.case_id == case.id, CaseWall.staff_id == staff_id)
    before = session.exec(wanted).first()
    if before is not None:
        if not (for_service or before.is_for_service or (made_by and relation == before.relation_code)):
            note_further(session, case, before, relation, act)
        if for_service or not before.is_for_service:
            return
        session.delete(before)
        session.flush()
    session.add(  # also for who was to mediate, who keeps out without one
        CaseWall(
            case_id=case.id,
            staff_id=staff_id,
            relation_code=relation,
            is_for_service=for_service,
            made_on=act.on,
            made_by=made_by or act.who.id,
        )
    )
    session.flush()
    record(
        session,
        "kept_out",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        subject=str(staff_id),
        relation=relation,
    )
    if staff_id == case.assigned_to:  # of somebody beside the case's new key does it
        shut_out(session, case, act)
    let_asks_go(session, case, act, lambda one: one == staff_id)


def _holds(session: Session, case: CaseFile, staff_id: UUID) -> bool:
    wanted = select(CaseKeyGrant.id).where(
        CaseKeyGrant.case_id == case.id,
        CaseKeyGrant.holder_id == staff_id,
        col(CaseKeyGrant.revoked_on).is_(None),
    )
    return session.exec(wanted).first() is not None
