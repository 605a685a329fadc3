"""Where to say that there is news, and to whom it is still to be said."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint

from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class NoticeAddress(CaseworkTable, table=True):
    """An address somebody chose to leave for this one purpose, sealed to `notice`."""

    __tablename__ = "notice_address"

    case_number: str = column("restricted", primary_key=True, exactly=9, max_length=9)
    key_name: str = column("technical", max_length=60)
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
    received_on: date = column("restricted")


class NoticeDue(CaseworkTable, table=True):
    """That somebody is to be told of news; at most one waits for each case."""

    __tablename__ = "notice_due"
    __table_args__ = (CheckConstraint("tries >= 0", "tries_are_counted"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_number: str = column("restricted", unique=True, exactly=9, max_length=9)
    next_on: date = column("restricted")
    tries: int = column("technical", default=0)
