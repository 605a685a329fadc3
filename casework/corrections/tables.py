"""What was corrected of a report, a row each time. What it says is sealed under the case's key."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint

from casework.corrections.rules import KINDS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class CaseCorrection(CaseworkTable, table=True):
    """One thing that holds since a day instead of what the report said. None is ever written over.

    What the report said stays where it is; of each kind the last one holds. So a way to reach somebody that
    is not theirs any more goes with the case, and not before.

    Attributes:
        seq: counts the corrections of a case from 1.
    """

    __tablename__ = "case_correction"
    __table_args__ = (UniqueConstraint("case_id", "seq"), CheckConstraint("seq > 0", "counted_from_one"))

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id")
    seq: int = column("technical")
    kind_code: str = column("coded", codes=KINDS)
    noted_on: date = column("restricted")
    noted_by: UUID = column("staff", foreign_key="staff.id")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
