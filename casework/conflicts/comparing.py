"""The terms of a name in the blind index, and the matches that are found with them. None of it commits."""

from sqlmodel import Session, col, delete, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.conflicts.blind_index import IndexKeys, terms_of
from casework.conflicts.content import PartyName
from casework.conflicts.queries import opposing
from casework.conflicts.rules import surer
from casework.conflicts.tables import CaseParty, ConflictCheck, PartyTerm, WallDown
from casework.timeline.actions import record


def put_terms(session: Session, party: CaseParty, called: PartyName, keys: IndexKeys) -> None:
    """Put every form of what somebody is called into the index, in the place of those there were."""
    drop_terms(session, party)
    for term in terms_of(called, is_organisation=party.kind_code == "organisation", keys=keys):
        term.party_id = party.id
        session.add(term)
    session.flush()


def drop_terms(session: Session, party: CaseParty) -> None:
    """Take every form of what somebody is called out of the index: they are not looked for any more."""
    session.exec(delete(PartyTerm).where(col(PartyTerm.party_id) == party.id))


def compare(session: Session, case: CaseFile, party: CaseParty, act: Act) -> None:
    """Note whoever stands on the other side of another case under a name alike, for a supervisor to decide.

    What waits already waits on, and a wall or a recusal is decided while nobody ended it. That it was no
    conflict, or one no more, is asked anew once the names agree more surely than what was decided about.
    """
    found = False
    for other, likeness in opposing(session, party).values():
        if _is_settled(session, party, other, likeness):
            continue
        found = True
        session.add(
            ConflictCheck(
                case_id=case.id,
                party_id=party.id,
                other_case_id=other.case_id,
                other_party_id=other.id,
                likeness=likeness,
                found_on=act.on,
            )
        )
    if found:
        session.flush()
        record(session, "conflict_found", at=act.at, by=act.who.id, case_id=case.id)


def _is_settled(session: Session, party: CaseParty, other: CaseParty, likeness: str) -> bool:
    before = session.exec(
        select(ConflictCheck).where(
            ConflictCheck.party_id == party.id, ConflictCheck.other_party_id == other.id
        )
    ).all()
    return any(
        surer(one.likeness, likeness) == one.likeness
        or (one.decision_code != "none" and _stands(session, one))
        for one in before
    )


def _stands(session: Session, check: ConflictCheck) -> bool:
    """Say whether nobody who kept out when this was decided was let in again since; what waits stands."""
    cases = [check.case_id]
    if check.decision_code == "wall":  # of each case the adviser of the other
        cases.append(check.other_case_id)
    ended = select(WallDown.id).where(
        col(WallDown.case_id).in_(cases),
        col(WallDown.made_on) <= check.decided_on,
        col(WallDown.down_on) >= check.decided_on,
    )
    return check.decision_code is None or session.exec(ended.limit(1)).first() is None
