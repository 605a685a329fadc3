"""The only doors to a file: that of the report, and that of the case, it came with."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.attachments.errors import FileNotFound
from casework.cases.access import case_for
from casework.cases.content import story_of
from casework.cases.tables import CaseFile
from casework.inbox.access import report_for
from casework.inbox.actions import in_memory
from casework.messages.queries import thread
from office.handover.report import SentFile


@dataclass(frozen=True, slots=True)
class Held:
    """A file somebody may open.

    Attributes:
        file: name, type, hash and key, as they lie sealed in what it came with.
        number: the case number it belongs to.
        case: the case, or None while it is a report.
        document: the number of the document it belongs to, if the office added it.
    """

    file: SentFile
    number: str
    case: CaseFile | None
    document: int | None = None

    @property
    def here(self) -> str:
        """The address of its page, below the language."""
        if self.document is not None:
            return f"{self.own}/documents/{self.document}/file"
        return f"{self.own}/files/{self.file.file_id}"

    @property
    def own(self) -> str:
        """The address of the report or case, below the language."""
        return f"cases/{self.number}" if self.case else f"inbox/{self.number}"

    @property
    def case_id(self) -> UUID | None:
        """The case whose chain its events go to; the office's if there is none yet."""
        return self.case.id if self.case else None

    @property
    def report(self) -> str | None:
        """The number of the report, for events in the office's chain."""
        return None if self.case else self.number


def file_of_report(session: Session, act: Act, number: str, file_id: str) -> Held:
    """Return a file of a report in the inbox; raise ReportNotFound or FileNotFound."""
    report = report_for(session, act.who, number)
    opened = in_memory(session, report, act)
    files = (*opened.story.files, *(file for message in opened.messages for file in message.files))
    return Held(_chosen(files, file_id), report.case_number, None)


def file_of_case(session: Session, act: Act, number: str, file_id: str, *, to_change: bool = False) -> Held:
    """Return a file of a case: of its report, or of a message in its thread.

    Raises:
        CaseNotFound, FileNotFound: they look alike.
    """
    case = case_for(session, act, number, to_change=to_change)
    said = (file for entry in thread(session, case, act) for file in entry.entry.files)
    files = (*story_of(session, case, act).files, *said)
    return Held(_chosen(files, file_id), case.reference, case)


def files_in(session: Session, act: Act, case: CaseFile) -> list[str]:
    """Return the names of the files of a case, each once; nothing of them is opened."""
    said = (file for entry in thread(session, case, act) for file in entry.entry.files)
    files = (*story_of(session, case, act).files, *said)
    return list(dict.fromkeys(file.name for file in files))


def _chosen(files: Iterable[SentFile], file_id: str) -> SentFile:
    try:
        wanted = UUID(file_id)
    except ValueError:
        raise FileNotFound from None
    for file in files:
        if file.file_id == wanted:
            return file
    raise FileNotFound(file=str(wanted))
