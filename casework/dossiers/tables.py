"""Dossiers of a case: to what kind of body, with which consent, and when they were made."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint

from casework.dossiers.rules import STATES, TO
from casework.referrals.rules import EVIDENCE
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class Dossier(CaseworkTable, table=True):
    """One dossier: for whom by name, what is in it, and the index of each one made, are sealed."""

    __tablename__ = "dossier"
    __table_args__ = (
        CheckConstraint(
            "(state_code = 'draft') = (consented_on IS NULL)"
            " AND (consented_on IS NULL) = (consent_until IS NULL)"
            " AND (consented_on IS NULL) = (evidence_code IS NULL)",
            "a_consent_is_whole",
        ),
        CheckConstraint("(state_code = 'revoked') = (revoked_on IS NOT NULL)", "revoked_on_a_day"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    to_code: str = column("coded", codes=tuple(TO))
    state_code: str = column("coded", default="draft", codes=tuple(STATES))
    version: int = column("technical", default=1)
    begun_on: date = column("restricted")
    written_by: UUID = column("staff", foreign_key="staff.id")
    evidence_code: str | None = column("coded", default=None, codes=tuple(EVIDENCE))
    consented_on: date | None = column("restricted", default=None)
    consent_until: date | None = column("restricted", default=None)
    revoked_on: date | None = column("restricted", default=None)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
