"""What the person and the office say to each other, always sealed."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index

from casework.cases.tables import index_where
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

DIRECTIONS = ("in", "out", "note")


class IncomingMessage(CaseworkTable, table=True):
    """A message as the courier brought it, until somebody of its case opens it."""

    __tablename__ = "incoming_message"
    __table_args__ = (index_where("opened_on IS NULL", "incoming_message_waiting", "case_number"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_number: str = column("restricted", index=True, max_length=9)
    key_name: str = column("technical", max_length=60)
    sealed: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    iso_week: str = column("coded", max_length=8)
    language: str = column("coded", max_length=20)
    received_on: date = column("restricted")
    opened_on: date | None = column("restricted", default=None)


class ConsentChangeRow(CaseworkTable, table=True):
    """A consent given or taken back with the receipt; sealed until it is applied, codes afterwards."""

    __tablename__ = "consent_change"
    __table_args__ = (index_where("applied_on IS NULL", "consent_change_waiting", "case_number"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_number: str = column("restricted", index=True, max_length=9)
    key_name: str = column("technical", max_length=60)
    sealed: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    received_on: date = column("restricted")
    applied_on: date | None = column("restricted", default=None)
    seq: int = column("technical", default=0)
    given_codes: str = column("coded", default="", max_length=60)
    withdrawn_codes: str = column("coded", default="", max_length=60)


class CaseMessage(CaseworkTable, table=True):
    """One entry of a case's thread, sealed under the case key."""

    __tablename__ = "case_message"
    __table_args__ = (Index("case_message_thread", "case_id", "seq"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id")
    seq: int = column("technical")
    direction: str = column("coded", codes=DIRECTIONS)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
    written_on: date = column("restricted")
    written_by: UUID | None = column("staff", default=None, foreign_key="staff.id")


class Outbox(CaseworkTable, table=True):
    """Something the courier carries to the mailbox.

    A sealed reply; the public half of a case's key; a receipt issued again; a state for an association.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("(kind IN ('reply', 'relay_note')) = (sealed IS NOT NULL)", "outbox_reply_is_sealed"),
        CheckConstraint("(kind = 'case_key') = (case_public_key IS NOT NULL)", "outbox_key_is_there"),
        CheckConstraint(
            "(kind = 'receipt') = (receipt_salt IS NOT NULL AND receipt_proof_hash IS NOT NULL"
            " AND receipt_public_key IS NOT NULL)",
            "outbox_receipt_is_whole",
        ),
        CheckConstraint("(kind = 'relay_note') = (relay_id IS NOT NULL)", "outbox_note_has_its_relay"),
        Index("outbox_waiting", "is_sent", "id"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    kind: str = column("technical", codes=("reply", "case_key", "receipt", "relay_note"))
    case_number: str = column("restricted", max_length=9)
    iso_week: str = column("coded", max_length=8)
    reporter_key_version: int | None = column("technical", default=None)
    sealed: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    case_public_key: bytes | None = column("proof", default=None, exactly=32)
    case_key_version: int | None = column("technical", default=None)
    receipt_salt: bytes | None = column("proof", default=None, exactly=16)
    receipt_proof_hash: bytes | None = column("proof", default=None, exactly=32)
    receipt_public_key: bytes | None = column("proof", default=None, exactly=32)
    relay_id: UUID | None = column("technical", default=None)
    is_sent: bool = column("technical", default=False)
