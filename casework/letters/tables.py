"""Letters of a case, and the files made of them, sealed under its key."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint

from casework.letters.rules import FORMATS, STATES, TO, VIAS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class Letter(CaseworkTable, table=True):
    """One letter; its language and its fields are sealed. After it was sent it never changes."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint(
            "(state_code = 'sent') = (sent_on IS NOT NULL) AND (sent_on IS NULL) = (via_code IS NULL)"
            " AND (sent_on IS NULL) = (sent_by IS NULL)",
            "sent_by_way_name_and_day",
        ),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    template: str = column("coded", max_length=40)
    to_code: str = column("coded", codes=tuple(TO))
    state_code: str = column("coded", default="draft", codes=tuple(STATES))
    version: int = column("technical", default=1)
    begun_on: date = column("restricted")
    written_by: UUID = column("staff", foreign_key="staff.id")
    via_code: str | None = column("coded", default=None, codes=tuple(VIAS))
    sent_on: date | None = column("restricted", default=None)
    sent_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)


class LetterFile(CaseworkTable, table=True):
    """One finished file of a letter, as it went out; another making is another row."""

    __tablename__ = "letter_file"
    __table_args__ = (UniqueConstraint("letter_id", "number", "format_code"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    letter_id: UUID = column("technical", foreign_key="letter.id")
    number: int = column("technical")
    format_code: str = column("technical", codes=tuple(FORMATS))
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
