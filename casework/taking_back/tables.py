"""How a deadline, a task or a hearing had ended before that was taken back."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint

from casework.deadlines.tables import WAIVED_BY
from casework.taking_back.rules import OF_DEADLINE, OF_HEARING, OF_TASK
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

ONE_THING: Final = " + ".join(
    f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in ("deadline_id", "task_id", "hearing_id")
)
CODES: Final = tuple(dict.fromkeys((*OF_DEADLINE, *OF_TASK, *OF_HEARING)))


class TakenBack(CaseworkTable, table=True):
    """What somebody had noted of a deadline, a task or a hearing, kept as it was, and who took it back.

    Why lies sealed to the case; whoever takes back their own slip on the same day need not say why, but of a
    hearing. With that of a hearing lies what had been written of how it ended.
    """

    __tablename__ = "taken_back"
    __table_args__ = (
        CheckConstraint(f"{ONE_THING} = 1", "one_thing_is_taken_back"),
        CheckConstraint("(key_version IS NULL) = (sealed IS NULL)", "sealed_with_a_key"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    deadline_id: UUID | None = column("technical", default=None, foreign_key="deadline.id")
    task_id: UUID | None = column("technical", default=None, foreign_key="case_task.id")
    hearing_id: UUID | None = column("technical", default=None, foreign_key="case_hearing.id")
    was_code: str = column("coded", codes=CODES)
    noted_by: UUID = column("staff", foreign_key="staff.id")
    noted_on: date = column("restricted")
    met_on: date | None = column("restricted", default=None)
    waived_by_code: str | None = column("coded", default=None, codes=WAIVED_BY)
    taken_by: UUID = column("staff", foreign_key="staff.id")
    taken_on: date = column("restricted")
    key_version: int | None = column("technical", default=None)
    sealed: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)

    @property
    def thing_id(self) -> UUID | None:
        """What it was about."""
        return self.deadline_id or self.task_id or self.hearing_id
