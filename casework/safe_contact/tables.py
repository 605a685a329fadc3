"""Which ways of reaching the person of a case are safe."""

from datetime import date
from uuid import UUID

from sqlalchemy import UniqueConstraint

from casework.safe_contact.rules import RULES, WAYS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class SafeContact(CaseworkTable, table=True):
    """What holds for one way of reaching somebody. The words and the reason are sealed to the case.

    Way and rule are in clear, so that the mailer, who opens no case, heeds a "never" too.
    """

    __tablename__ = "safe_contact"
    __table_args__ = (UniqueConstraint("case_id", "way_code"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id")
    way_code: str = column("coded", codes=tuple(WAYS))
    rule_code: str = column("coded", codes=tuple(RULES))
    set_by: UUID = column("staff", foreign_key="staff.id")
    set_on: date = column("restricted")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
