"""What the office knows of a body, the referrals of cases, what was written in them, and partners' links."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint

from casework.cases.tables import index_where
from casework.referrals.rules import AGREEMENTS, EVIDENCE, STATES, WAYS, WORDS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class ReferralBody(CaseworkTable, table=True):
    """What the office knows of a body beside its contact, or a body that is in no list of contacts."""

    __tablename__ = "referral_body"

    code: str = column("restricted", primary_key=True, max_length=40)
    name: str = column("restricted", default="", max_length=160)
    way: str = column("restricted", default="", max_length=300)
    services: str = column("restricted", default="", max_length=1000)
    language_codes: str = column("restricted", default="", max_length=300)
    agreement_code: str = column("restricted", default="unknown", codes=tuple(AGREEMENTS))
    agreement_until: date | None = column("restricted", default=None)
    processing_on: date | None = column("restricted", default=None)
    checked_on: date = column("restricted")
    checked_by: UUID = column("staff", foreign_key="staff.id")
    version: int = column("technical", default=1)


class Referral(CaseworkTable, table=True):
    """A case handed on to one body. The store itself refuses one that went out without a consent."""

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint(
            "state IN ('drafted', 'revoked') OR consented_on IS NOT NULL", "nothing_goes_out_without_consent"
        ),
        CheckConstraint(
            "(consented_on IS NULL) = (consent_items IS NULL)"
            " AND (consented_on IS NULL) = (consent_until IS NULL)"
            " AND (consented_on IS NULL) = (asked_in IS NULL)"
            " AND (consented_on IS NULL) = (evidence_code IS NULL)",
            "a_consent_is_whole",
        ),
        CheckConstraint(
            "(sent_on IS NULL) = (way_code IS NULL) AND (sent_on IS NULL) = (sent_by IS NULL)"
            " AND (sent_on IS NULL) = (answer_by IS NULL) AND (sent_on IS NULL OR consented_on IS NOT NULL)",
            "a_handing_over_is_whole",
        ),
        CheckConstraint("(state = 'revoked') = (withdrawn_on IS NOT NULL)", "a_withdrawal_has_a_day"),
        index_where("state IN ('sent', 'declined', 'no_answer')", "referral_waiting", "answer_by"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    body_code: str = column("restricted", max_length=40)
    state: str = column("coded", codes=tuple(STATES))
    version: int = column("technical", default=1)
    drafted_on: date = column("restricted")
    drafted_by: UUID = column("staff", foreign_key="staff.id")
    consent_items: str | None = column("restricted", default=None, max_length=240)
    asked_in: str | None = column("coded", default=None, max_length=20)
    evidence_code: str | None = column("coded", default=None, codes=tuple(EVIDENCE))
    consented_on: date | None = column("restricted", default=None)
    consent_until: date | None = column("restricted", default=None)
    withdrawn_on: date | None = column("restricted", default=None)
    way_code: str | None = column("coded", default=None, codes=tuple(WAYS))
    sent_on: date | None = column("restricted", default=None)
    sent_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    answer_by: date | None = column("restricted", default=None)
    reminder_on: date | None = column("restricted", default=None)


class ReferralWords(CaseworkTable, table=True):
    """Something written in a referral, sealed under the case's key; a body's answer has no writer here."""

    __tablename__ = "referral_words"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    referral_id: UUID = column("technical", foreign_key="referral.id", index=True)
    seq: int = column("technical")
    kind: str = column("coded", codes=WORDS)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
    written_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    written_on: date = column("restricted")


class ReferralLink(CaseworkTable, table=True):
    """The address of a pack for a body: its token as a hash, and the pack sealed to what only it opens."""

    __tablename__ = "referral_link"

    referral_id: UUID = column("technical", primary_key=True, foreign_key="referral.id")
    token_hash: bytes = column("proof", exactly=32, unique=True)
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
    made_on: date = column("restricted")
    expires_on: date = column("restricted")
    opened_on: date | None = column("restricted", default=None)
