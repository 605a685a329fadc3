"""The mailbox: what lies between a resident and the office, sealed both ways.

The public form puts envelopes in and cannot read them back; the courier takes them out and puts replies in.
Receipts, replies, drafts and pieces of files are looked up one at a time by a proof and hold nothing that
opens without what the resident brings. Which process may do what is said in `grants.toml`.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from office.ids import new_id
from office.stores.columns import LARGEST_SEALED, RELAYS, ROUTINGS, URGENCIES, column
from office.stores.tables import keep_limits, new_metadata

KINDS = ("report", "message", "consent", "rekey", "feedback", "notice", "booking")


class MailboxTable(SQLModel, registry=registry(metadata=new_metadata())):
    """Base of the mailbox's tables."""


keep_limits(MailboxTable)
metadata = MailboxTable.metadata


class Envelope(MailboxTable, table=True):
    """Something a resident sent, sealed to keys the form does not hold, under a coarse clear header."""

    __tablename__ = "envelope"
    __table_args__ = (
        CheckConstraint("(sealed_contact IS NULL) = (contact_key_name IS NULL)", "contact_with_its_key"),
        CheckConstraint(
            "(sealed_statistics IS NULL) = (statistics_key_name IS NULL)", "statistics_with_its_key"
        ),
        CheckConstraint("(sealed_notice IS NULL) = (notice_key_name IS NULL)", "notice_with_its_key"),
        CheckConstraint("substr(iso_week, 5, 2) = '-W'", "iso_week_is_a_week"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    kind: str = column("coded", codes=KINDS)
    case_number: str = column("restricted", exactly=9, max_length=9)
    reporter_public_key: bytes | None = column("proof", default=None, exactly=32)
    reporter_key_version: int = column("technical")
    iso_week: str = column("coded", exactly=8, max_length=8)
    language: str = column("coded", max_length=20)
    channel_code: str = column("coded", max_length=40)
    urgency_code: str = column("coded", codes=URGENCIES)
    routing_code: str = column("coded", codes=ROUTINGS)
    key_name: str = column("technical", max_length=60)
    sealed_story: bytes = column("sealed", largest=LARGEST_SEALED)
    contact_key_name: str | None = column("technical", default=None, max_length=60)
    sealed_contact: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    statistics_key_name: str | None = column("technical", default=None, max_length=60)
    sealed_statistics: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    notice_key_name: str | None = column("technical", default=None, max_length=60)
    sealed_notice: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)


class Receipt(MailboxTable, table=True):
    """What proves, by the key a resident keeps, that a case is theirs; and the keys to write under.

    `must_rekey`: somebody else has seen the key (who typed the report in, who issued it again), so the first
    visit makes a new one before anything is shown.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        CheckConstraint("wrong_tries >= 0", "wrong_tries_are_counted"),
        CheckConstraint(
            "(case_public_key IS NULL) = (case_key_version IS NULL)", "case_key_with_its_version"
        ),
        CheckConstraint("substr(opened_week, 5, 2) = '-W'", "opened_week_is_a_week"),
    )

    case_number: str = column("restricted", primary_key=True, exactly=9, max_length=9)
    salt: bytes = column("proof", exactly=16)
    proof_hash: bytes = column("proof", exactly=32)
    reporter_public_key: bytes = column("proof", exactly=32)
    reporter_key_version: int = column("technical", default=1)
    case_public_key: bytes | None = column("proof", default=None, exactly=32)
    case_key_version: int | None = column("technical", default=None)
    wrong_tries: int = column("technical", default=0)
    blocked_until: datetime | None = column("technical", default=None)
    opened_week: str = column("coded", exactly=8, max_length=8)
    must_rekey: bool = column("technical", default=False)


class Reply(MailboxTable, table=True):
    """What the office answered, sealed to the resident's receipt key."""

    __tablename__ = "reply"
    __table_args__ = (
        Index("ix_reply_case_number", "case_number"),
        CheckConstraint("substr(iso_week, 5, 2) = '-W'", "iso_week_is_a_week"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_number: str = column("restricted", exactly=9, max_length=9)
    reporter_key_version: int = column("technical")
    iso_week: str = column("coded", exactly=8, max_length=8)
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)


class Draft(MailboxTable, table=True):
    """An unfinished report, sealed under a code that only the resident's browser or paper holds."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_expires_on", "expires_on"),)

    lookup: bytes = column("proof", primary_key=True, exactly=32)
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
    expires_on: date = column("coded")


class Throttle(MailboxTable, table=True):
    """Wrong keys for a number that nobody has, counted as a receipt counts them; `bucket` is a hash of it."""

    __tablename__ = "throttle"
    __table_args__ = (CheckConstraint("wrong_tries >= 0", "wrong_tries_are_counted"),)

    bucket: str = column("technical", primary_key=True, max_length=100)
    wrong_tries: int = column("technical", default=0)
    blocked_until: datetime | None = column("technical", default=None)


class Upload(MailboxTable, table=True):
    """One file somebody sends: where its draft or visit finds it, and the case it went to.

    `case_number` is set when what the file belongs to was sent: from then on the courier takes its pieces
    and nobody sweeps them. A table of its own, so that sending writes one small row, not every piece anew.
    """

    __tablename__ = "upload"
    __table_args__ = (
        Index("ix_upload_lookup", "lookup"),
        Index("ix_upload_expires_on", "expires_on"),
    )

    file_id: UUID = column("technical", primary_key=True)
    lookup: bytes = column("proof", exactly=32)
    expires_on: date = column("coded")
    case_number: str | None = column("restricted", default=None, exactly=9, max_length=9)


class UploadPiece(MailboxTable, table=True):
    """One sealed piece of a file; its key lies in the draft and then in the sealed report or message."""

    __tablename__ = "upload_piece"
    __table_args__ = (CheckConstraint("number >= 0", "pieces_are_numbered"),)

    file_id: UUID = column("technical", primary_key=True)
    number: int = column("technical", primary_key=True)
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)


class Relay(MailboxTable, table=True):
    """Who may file for others: an association, or one of the office's own staff who types in for people.

    Of the token there is only the hash; what is told to a relay is sealed to `public_key`, whose private half
    comes from the token.
    """

    __tablename__ = "relay"

    id: UUID = column("technical", primary_key=True)
    token_hash: bytes = column("proof", exactly=32, unique=True)
    kind: str = column("coded", codes=RELAYS)
    name: str = column("restricted", max_length=160)
    public_key: bytes = column("proof", exactly=32)
    channel_code: str = column("coded", max_length=40)
    valid_until: date = column("coded")


class Sight(MailboxTable, table=True):
    """That an association may follow a report it filed; gone the moment the person says so."""

    __tablename__ = "sight"

    relay_id: UUID = column("technical", primary_key=True)
    case_number: str = column("restricted", primary_key=True, exactly=9, max_length=9)
    iso_week: str = column("coded", exactly=8, max_length=8)


class RelayNote(MailboxTable, table=True):
    """The state of a report, sealed to the association that follows it."""

    __tablename__ = "relay_note"
    __table_args__ = (Index("ix_relay_note_case", "relay_id", "case_number"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    relay_id: UUID = column("technical")
    case_number: str = column("restricted", exactly=9, max_length=9)
    iso_week: str = column("coded", exactly=8, max_length=8)
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)


class EqualityAnswer(MailboxTable, table=True):
    """What somebody chose to say about themselves after sending: tied to no report, by nothing.

    SQLite numbers the rows of a table as they come, unless told not to; here the order is that of the ids.
    """

    __tablename__ = "equality_answer"
    __table_args__ = {"sqlite_with_rowid": False}

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    quarter: str = column("coded", exactly=7, max_length=7)
    key_name: str = column("technical", max_length=60)
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
