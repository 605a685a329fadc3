"""How every correction is kept: a row of its own, sealed, and a new version of the case."""

from sqlmodel import Session, func, select

from casework.acts import Act
from casework.cases.errors import CaseChanged
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.corrections.content import CorrectionWords
from casework.corrections.tables import CaseCorrection


def require(case: CaseFile, version: int) -> None:
    """Refuse what was made from an older page.

    Raises:
        CaseChanged: somebody changed the case since `version`.
    """
    if case.version != version:
        raise CaseChanged(case=case.reference)


def keep(session: Session, case: CaseFile, kind: str, words: CorrectionWords, act: Act) -> None:
    """Add one correction; it neither replaces nor deletes another."""
    last = session.exec(select(func.max(CaseCorrection.seq)).where(CaseCorrection.case_id == case.id)).one()
    row = CaseCorrection(
        case_id=case.id, seq=(last or 0) + 1, kind_code=kind, noted_on=act.on, noted_by=act.who.id
    )
    seal_row(session, case, row, words.as_bytes())
    case.version += 1
    session.add(case)
    session.flush()
