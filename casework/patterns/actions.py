"""Asking the advisers of a pattern, answering for one's own case, and proposing strategic litigation."""

from uuid import UUID

from sqlmodel import Session, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.patterns.errors import CannotDecideOwnProposal, PatternChanged, PatternNotFound
from casework.patterns.queries import answer_of, found_patterns, group_for
from casework.patterns.tables import CasePattern, PatternMember
from casework.staff.rules import Permission
from casework.timeline.actions import hold_office, record


def ask(session: Session, handle: str, act: Act) -> CasePattern:
    """Ask the adviser of each case of a pattern; of one asked about before, those of the cases it has not.

    Raises:
        PatternChanged: these are not the cases of any pattern any more, or everybody was asked.
    """
    hold_office(session)
    found = next((one for one in found_patterns(session, act) if one.handle == handle), None)
    if found is None or not found.added:
        raise PatternChanged
    pattern = found.known
    if pattern is None:
        respondent, district, conduct = found.codes
        pattern = CasePattern(
            kind_code=found.kind,
            respondent_code=respondent,
            district_code=district,
            conduct_code=conduct,
            asked_on=act.on,
            asked_by=act.who.id,
        )
        session.add(pattern)
        session.flush()
    for case_id in sorted(found.cases):
        if session.get(PatternMember, (pattern.id, case_id)) is None:
            session.add(PatternMember(pattern_id=pattern.id, case_id=case_id))
    session.flush()
    record(session, "pattern_asked", at=act.at, by=act.who.id, pattern=str(pattern.id), count=found.added)
    return pattern


def answer(
    session: Session, case: CaseFile, pattern_id: UUID, chosen: str, act: Act, *, was: str
) -> PatternMember:
    """Agree that a case is shown with the others of its pattern, or decline; it may be changed later.

    Raises:
        PatternNotFound: nobody asked about this case, or it is not theirs to answer.
        PatternChanged: it was answered since the page was shown.
    """
    wanted = select(PatternMember).where(
        PatternMember.pattern_id == pattern_id, PatternMember.case_id == case.id
    )
    member = session.exec(wanted.with_for_update()).first()
    if member is None or case.assigned_to != act.who.id:
        raise PatternNotFound
    if answer_of(member, case) != was:
        raise PatternChanged
    member.answer_code, member.answered_on, member.answered_by = chosen, act.on, act.who.id
    session.add(member)
    session.flush()
    record(session, "pattern_answered", at=act.at, by=act.who.id, case_id=case.id, answered=chosen)
    return member


def propose(session: Session, pattern_id: UUID, act: Act, *, version: int) -> None:
    """Propose strategic litigation with the cases of a pattern; again after it was declined.

    Raises:
        PatternNotFound: not for them, or not everybody has agreed.
        PatternChanged: it was proposed, or decided, since the page was shown.
    """
    pattern = _held(session, pattern_id, act, version)
    if pattern.proposal_code in ("proposed", "accepted"):
        raise PatternChanged
    pattern.proposal_code, pattern.proposed_on, pattern.proposed_by = "proposed", act.on, act.who.id
    pattern.decided_on = pattern.decided_by = None
    _keep(session, pattern)
    record(session, "litigation_proposed", at=act.at, by=act.who.id, pattern=str(pattern.id))


def decide(session: Session, pattern_id: UUID, decision: str, act: Act, *, version: int) -> None:
    """Accept or decline a proposal; a supervisor who did not make it.

    Raises:
        PatternNotFound: not for them, or not everybody has agreed.
        PatternChanged: nothing is proposed, or somebody was faster.
        CannotDecideOwnProposal: they proposed it.
    """
    if not act.who.may(Permission.SUPERVISE):
        raise PatternNotFound
    pattern = _held(session, pattern_id, act, version)
    if pattern.proposal_code != "proposed":
        raise PatternChanged
    if pattern.proposed_by == act.who.id:
        raise CannotDecideOwnProposal
    pattern.proposal_code, pattern.decided_on, pattern.decided_by = decision, act.on, act.who.id
    _keep(session, pattern)
    record(
        session, "litigation_decided", at=act.at, by=act.who.id, pattern=str(pattern.id), answered=decision
    )


def _held(session: Session, pattern_id: UUID, act: Act, version: int) -> CasePattern:
    pattern = group_for(session, act.who, pattern_id, to_change=True).asked.pattern
    if pattern.version != version:
        raise PatternChanged
    return pattern


def _keep(session: Session, pattern: CasePattern) -> None:
    pattern.version += 1
    session.add(pattern)
    session.flush()
