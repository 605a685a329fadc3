"""What there is to do in a case, and who acts next."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text

from casework.tasks.rules import ACTORS, INTERPRETERS, KINDS, STATES, WITH
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

IS_OPEN = text("state_code = 'open'")


class CaseTask(CaseworkTable, table=True):
    """One thing to do by a day, for one member of staff; what it is, in words, is sealed to the case."""

    __tablename__ = "case_task"
    __table_args__ = (
        CheckConstraint(
            "(state_code = 'open') = (settled_on IS NULL) AND (settled_on IS NULL) = (settled_by IS NULL)",
            "settled_by_name_and_day",
        ),
        Index("case_task_open", "staff_id", "due_on", "id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    kind_code: str = column("coded", codes=tuple(KINDS))
    with_code: str = column("coded", codes=tuple(WITH))
    interpreter_code: str | None = column("coded", default=None, codes=tuple(INTERPRETERS))
    staff_id: UUID = column("staff", foreign_key="staff.id")
    due_on: date = column("restricted")
    state_code: str = column("coded", default="open", codes=tuple(STATES))
    made_by: UUID = column("staff", foreign_key="staff.id")
    made_on: date = column("restricted")
    settled_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    settled_on: date | None = column("restricted", default=None)
    version: int = column("technical", default=1)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state_code == "open"


class NextAction(CaseworkTable, table=True):
    """Who has to act next in a case and by which day; one a case, and what for is sealed to it.

    `of_appointment`: a step of an appointment said it, so that the next step says another.
    """

    __tablename__ = "case_next_action"

    case_id: UUID = column("technical", primary_key=True, foreign_key="case_file.id")
    who_code: str = column("coded", codes=tuple(ACTORS))
    by_on: date = column("restricted")
    set_by: UUID = column("staff", foreign_key="staff.id")
    set_on: date = column("restricted")
    of_appointment: bool = column("coded", default=False)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
