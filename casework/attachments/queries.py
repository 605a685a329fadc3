"""Putting a file together from its sealed pieces, in memory."""

import hashlib

from sqlmodel import Session, col, select

from casework.attachments.errors import FileDamaged, FileIncomplete
from casework.attachments.tables import AttachmentPiece
from casework.documents.content import AddedFile
from casework.documents.tables import DocumentPiece
from office.handover.report import SentFile
from office.sealing.boxes import CannotOpen
from office.sealing.pieces import open_piece

Pieces = type[AttachmentPiece] | type[DocumentPiece]
"""Where pieces lie: those that people sent apart from those the office added."""


def original(session: Session, file: SentFile, case_number: str) -> bytes:
    """Return a file byte for byte as it was sent.

    Args:
        session: the request's transaction.
        file: as it lies in the report, message or document it came with.
        case_number: whose file it is; pieces of another number are none of its own.

    Raises:
        FileIncomplete: there are not as many pieces as were sent.
        FileDamaged: a piece does not open, or size or SHA-256 are not those of the file that was sent.
    """
    lies: Pieces = DocumentPiece if isinstance(file, AddedFile) else AttachmentPiece
    own = (lies.file_id == file.file_id, lies.case_number == case_number)
    numbers = session.exec(select(lies.number).where(*own).order_by(col(lies.number))).all()
    if list(numbers) != list(range(file.pieces)):
        raise FileIncomplete(file=str(file.file_id))
    key, clear, found = bytes.fromhex(file.key), bytearray(), hashlib.sha256()
    rows = select(lies.number, lies.sealed).where(*own)
    for number, sealed in session.exec(rows.order_by(col(lies.number))):
        try:
            piece = open_piece(key, number, sealed)
        except CannotOpen:
            raise FileDamaged(file=str(file.file_id)) from None
        found.update(piece)
        clear += piece
    if len(clear) != file.size or found.hexdigest() != file.sha256:
        raise FileDamaged(file=str(file.file_id))
    return bytes(clear)
