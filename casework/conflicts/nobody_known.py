"""That no respondent of a case is known: said by somebody, until one is named or it is taken back."""

from sqlalchemy import or_
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.errors import NobodyKnownChanged, RespondentNamed
from casework.conflicts.rules import OF_THE_RESPONDENT, RESPONDENT
from casework.conflicts.tables import CaseParty, NobodyKnown
from casework.timeline.actions import record


def nobody_known(session: Session, case: CaseFile) -> NobodyKnown | None:
    """Return that somebody says that no respondent is known, while it stands."""
    wanted = select(NobodyKnown).where(NobodyKnown.case_id == case.id, col(NobodyKnown.ended_on).is_(None))
    return session.exec(wanted).first()


def is_compared(session: Session, case: CaseFile) -> bool:
    """Say whether somebody on the respondent's side is named, and so compared with all other cases."""
    wanted = select(CaseParty.id).where(
        CaseParty.case_id == case.id,
        col(CaseParty.removed_on).is_(None),
        or_(col(CaseParty.role_code).in_(OF_THE_RESPONDENT), col(CaseParty.side_code) == RESPONDENT),
    )
    return session.exec(wanted.limit(1)).first() is not None


def say_nobody_known(session: Session, case: CaseFile, why: str, act: Act) -> None:
    """Say that no respondent is known, and why.

    Raises:
        CaseAlreadyClosed: nothing is said of a closed case any more.
        RespondentNamed: one is in the case.
        NobodyKnownChanged: it is said already.
    """
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    if is_compared(session, case):
        raise RespondentNamed(case=case.reference)
    if nobody_known(session, case) is not None:
        raise NobodyKnownChanged(case=case.reference)
    seal_row(session, case, NobodyKnown(case_id=case.id, said_on=act.on, said_by=act.who.id), why.encode())
    session.flush()
    record(session, "nobody_known", at=act.at, by=act.who.id, case_id=case.id)


def take_back_nobody_known(session: Session, case: CaseFile, act: Act) -> None:
    """Take back that no respondent is known.

    Raises:
        CaseAlreadyClosed: nothing is taken back of a closed case.
        NobodyKnownChanged: it does not stand.
    """
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    if not end_nobody_known(session, case, act):
        raise NobodyKnownChanged(case=case.reference)


def end_nobody_known(session: Session, case: CaseFile, act: Act) -> bool:
    """End it, because one is named or it was an error; say whether it stood."""
    row = nobody_known(session, case)
    if row is None:
        return False
    row.ended_on = act.on
    session.add(row)
    session.flush()
    record(session, "nobody_known_ended", at=act.at, by=act.who.id, case_id=case.id)
    return True
