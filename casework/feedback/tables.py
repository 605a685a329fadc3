"""What people said at the end."""

from datetime import date
from uuid import UUID

from casework.cases.tables import index_where
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

ANSWERS = ("yes", "partly", "no")


class Feedback(CaseworkTable, table=True):
    """One answer to "did this help?": sealed until somebody of the case opens it, a code afterwards."""

    __tablename__ = "feedback"
    __table_args__ = (index_where("opened_on IS NULL", "feedback_waiting", "case_number"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_number: str = column("restricted", exactly=9, max_length=9, index=True)
    key_name: str = column("technical", max_length=60)
    sealed: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    received_on: date = column("restricted")
    opened_on: date | None = column("restricted", default=None)
    helped_code: str | None = column("coded", default=None, codes=ANSWERS)
