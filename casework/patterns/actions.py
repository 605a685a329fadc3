"""Asking the advisers of a pattern, and answering for one's own case."""

from uuid import UUID

from sqlmodel import Session, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.patterns.errors import PatternChanged, PatternNotFound
from casework.patterns.queries import answer_of, found_patterns
from casework.patterns.tables import CasePattern, PatternMember
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
