"""What was corrected in a case, and what holds now."""

from dataclasses import dataclass

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.corrections.content import CorrectionWords
from casework.corrections.rules import CONTACT, LANGUAGE
from casework.corrections.tables import CaseCorrection
from casework.timeline.queries import names_of
from office.handover.report import Languages, ReportContact


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """One correction in clear, and who noted it."""

    row: CaseCorrection
    words: CorrectionWords
    name: str


def corrections_of(session: Session, case: CaseFile, act: Act, kind: str) -> list[ShownCorrection]:
    """Return what was corrected of one kind, the newest first."""
    wanted = _of_kind(case, kind).order_by(col(CaseCorrection.seq).desc())
    rows = session.exec(wanted).all()
    names = names_of(session, [row.noted_by for row in rows])
    return [
        ShownCorrection(row, CorrectionWords.model_validate_json(clear), names.get(row.noted_by, ""))
        for row, clear in zip(rows, open_rows(session, case, rows, act), strict=True)
    ]


def is_corrected(session: Session, case: CaseFile, kind: str) -> bool:
    """Say whether something of a kind was corrected, without opening it."""
    return session.exec(_of_kind(case, kind).limit(1)).first() is not None


def contact_now(session: Session, case: CaseFile, act: Act) -> ReportContact | None:
    """Return how to reach the person as it was noted last, or None while the report's own holds."""
    found = _newest(session, case, act, CONTACT)
    return found.contact if found else None


def languages_now(session: Session, case: CaseFile, act: Act) -> Languages | None:
    """Return how the person reads and talks as it was noted last, or None while the report's own holds."""
    found = _newest(session, case, act, LANGUAGE)
    return found.languages if found else None


def _newest(session: Session, case: CaseFile, act: Act, kind: str) -> CorrectionWords | None:
    row = session.exec(_of_kind(case, kind).order_by(col(CaseCorrection.seq).desc()).limit(1)).first()
    if row is None:
        return None
    return CorrectionWords.model_validate_json(open_rows(session, case, [row], act)[0])


def _of_kind(case: CaseFile, kind: str) -> SelectOfScalar[CaseCorrection]:
    return select(CaseCorrection).where(CaseCorrection.case_id == case.id, CaseCorrection.kind_code == kind)
