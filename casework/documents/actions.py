"""Adding a document and noting that one was a mistake. Each act is one event; none commits."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, insert

from casework.acts import Act
from casework.attachments.rules import safe_name
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.documents.content import AddedFile, DocumentWords
from casework.documents.errors import AlreadyVoid
from casework.documents.looking import media_type_of
from casework.documents.queries import ShownDocument, numbers_given
from casework.documents.tables import CaseDocument, DocumentPiece
from casework.timeline.actions import record
from office.ids import new_id
from office.sealing.pieces import PIECE_BYTES, new_file_key, pieces_of, seal_piece


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted of a document, beside its file."""

    title: str
    kind: str
    origin: str
    who: str
    on: date | None
    language: str
    privilege: str
    note: str
    copy_of: UUID | None = None


def add_document(
    session: Session, case: CaseFile, noted: Noted, clear: bytes, name: str, act: Act
) -> CaseDocument:
    """Add a document to a case that is held, so that its number is its own.

    Nothing that was there is changed by it: no version is asked, and two who add at one time both do.

    Raises:
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
        KindNotTaken: see `looking`.
    """
    require_free_to_go_on(session, case)
    file = AddedFile(
        file_id=new_id(),
        key=new_file_key().hex(),
        pieces=pieces_of(len(clear)),
        name=safe_name(name),
        media_type=media_type_of(clear),
        size=len(clear),
        sha256=hashlib.sha256(clear).hexdigest(),
        kept_at=act.at,
    )
    row = CaseDocument(
        case_id=case.id, number=numbers_given(session, case) + 1, added_on=act.on, added_by=act.who.id
    )
    words = DocumentWords(
        title=noted.title,
        kind=noted.kind,
        origin=noted.origin,
        who=noted.who,
        on=noted.on,
        language=noted.language,
        privilege=noted.privilege,
        note=noted.note,
        copy_of=noted.copy_of,
        file=file,
    )
    seal_row(session, case, row, words.as_bytes())
    session.flush()
    _keep_pieces(session, case, file, clear, act)
    _record(session, "document_added", case, row, act)
    return row


def void_document(session: Session, case: CaseFile, one: ShownDocument, reason: str, act: Act) -> None:
    """Note that a document was added by mistake. It stays in the list, and its file stays where it is.

    Raises:
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
        AlreadyVoid: somebody was faster.
    """
    require_free_to_go_on(session, case)
    if one.row.voided_on is not None:
        raise AlreadyVoid(case=case.reference)
    one.row.voided_on, one.row.voided_by = act.on, act.who.id
    seal_row(session, case, one.row, one.words.model_copy(update={"void_reason": reason}).as_bytes())
    session.flush()
    _record(session, "document_voided", case, one.row, act)


def _keep_pieces(session: Session, case: CaseFile, file: AddedFile, clear: bytes, act: Act) -> None:
    """Seal a file piece by piece; each is sent to the store before the next is made."""
    key = bytes.fromhex(file.key)
    for number in range(file.pieces):
        piece = clear[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]
        told = {
            "file_id": file.file_id,
            "number": number,
            "case_number": case.reference,
            "sealed": seal_piece(key, number, piece),
            "added_on": act.on,
        }
        session.execute(insert(DocumentPiece), [told])


def _record(session: Session, kind: str, case: CaseFile, row: CaseDocument, act: Act) -> None:
    record(session, kind, at=act.at, by=act.who.id, case_id=case.id, document=row.number)
