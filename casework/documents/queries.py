"""The documents of a case as they are read; whoever calls this has been to the door of the case."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.documents.content import DocumentWords
from casework.documents.errors import DocumentNotFound
from casework.documents.tables import CaseDocument
from casework.staff.rules import Permission


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """One document in clear."""

    row: CaseDocument
    words: DocumentWords

    @property
    def is_void(self) -> bool:
        """Whether it was noted by mistake."""
        return self.row.voided_on is not None


def documents_of(session: Session, case: CaseFile, act: Act) -> list[ShownDocument]:
    """Return the documents of a case in their order, also those that are void."""
    wanted = select(CaseDocument).where(CaseDocument.case_id == case.id).order_by(col(CaseDocument.number))
    return _shown(session, case, session.exec(wanted).all(), act)


def document_of(session: Session, case: CaseFile, place: str, act: Act) -> ShownDocument:
    """Return one document of a case by its number.

    Raises:
        DocumentNotFound: there is none of this number.
    """
    if not (place.isascii() and place.isdigit() and len(place) < 7):
        raise DocumentNotFound(case=case.reference)
    wanted = select(CaseDocument).where(CaseDocument.case_id == case.id, CaseDocument.number == int(place))
    row = session.exec(wanted).first()
    if row is None:
        raise DocumentNotFound(case=case.reference)
    return _shown(session, case, [row], act)[0]


def documents_counted(session: Session, case: CaseFile) -> int:
    """Return how many documents of a case are not void; nothing of them is opened."""
    wanted = select(func.count()).select_from(CaseDocument)
    counted = wanted.where(CaseDocument.case_id == case.id, col(CaseDocument.voided_on).is_(None))
    return session.exec(counted).one()


def numbers_given(session: Session, case: CaseFile) -> int:
    """Return the highest number a document of the case ever had."""
    wanted = select(func.max(CaseDocument.number)).where(CaseDocument.case_id == case.id)
    return session.exec(wanted).one() or 0


def may_open_file(one: ShownDocument, act: Act) -> bool:
    """Say whether somebody who may open the case may open this file: of a void one, only a supervisor."""
    return not one.is_void or act.who.may(Permission.SUPERVISE)


def _shown(session: Session, case: CaseFile, rows: Sequence[CaseDocument], act: Act) -> list[ShownDocument]:
    return [
        ShownDocument(row, DocumentWords.model_validate_json(clear))
        for row, clear in zip(rows, open_rows(session, case, rows, act), strict=True)
    ]
