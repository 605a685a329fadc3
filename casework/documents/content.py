"""What lies sealed of a document: everything that is noted of it, and the key of its file."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from office.handover.report import SentFile

Text = Annotated[str, StringConstraints(max_length=20_000)]


class AddedFile(SentFile):
    """A file that the office added to a case; its pieces lie apart from those that people sent."""


class DocumentWords(BaseModel):
    """A document in clear, as it exists in the memory of a signed-in person only.

    Attributes:
        kind, origin, privilege: codes of `rules`.
        who: from whom exactly it came.
        on: the day of the document, not of its adding.
        language: a tag, or `rules.NO_WORDS`.
        void_reason: why it was noted by mistake.
        copy_of: the file of the case of which it is a copy, with other people taken out.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    title: Text
    kind: str
    origin: str
    who: Text = ""
    on: date | None = None
    language: str
    privilege: str
    note: Text = ""
    void_reason: Text = ""
    copy_of: UUID | None = None
    file: AddedFile

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
