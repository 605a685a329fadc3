"""The only door to the file of a document: that of its case, and of a void one only for a supervisor."""

from sqlmodel import Session

from casework.acts import Act
from casework.attachments.access import Held
from casework.attachments.errors import FileNotFound
from casework.cases.access import case_for
from casework.documents.queries import document_of, may_open_file


def file_of_document(session: Session, act: Act, number: str, place: str) -> Held:
    """Return the file of a document.

    Raises:
        CaseNotFound, DocumentNotFound, FileNotFound: they look alike.
    """
    case = case_for(session, act, number)
    one = document_of(session, case, place, act)
    if not may_open_file(one, act):
        raise FileNotFound(file=str(one.words.file.file_id))
    return Held(one.words.file, case.reference, case, one.row.number)
