"""The sheets of a case, each version a row that is never changed. What they say lies sealed."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint

from casework.assessing.rules import SHEETS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class CaseSheet(CaseworkTable, table=True):
    """One version of one sheet.

    Attributes:
        place: which sheet of its kind; a case has one for each harm, and one of each other kind.
        number: which version, from 1 on.
        task_id: the task in which somebody looks at the needs again.
    """

    __tablename__ = "case_sheet"
    __table_args__ = (
        UniqueConstraint("case_id", "kind_code", "place", "number"),
        CheckConstraint("place = 1 OR kind_code = 'proof'", "one_of_each_other_kind"),
        CheckConstraint("(kind_code = 'needs') = (task_id IS NOT NULL)", "needs_are_looked_at_again"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id")
    kind_code: str = column("coded", codes=tuple(SHEETS))
    place: int = column("technical")
    number: int = column("technical")
    written_by: UUID = column("staff", foreign_key="staff.id")
    written_on: date = column("restricted")
    task_id: UUID | None = column("technical", default=None, foreign_key="case_task.id")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
