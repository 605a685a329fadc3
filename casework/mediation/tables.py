"""Mediations, the steps that say where each stands, who mediates, and what a mediator keeps for themselves.

Steps are only ever added to. What a mediator wrote is sealed to the mediator and hangs on no case's key.
"""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from casework.mediation.rules import EVIDENCE, PARTIES, STEPS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

TAKES_BACK: Final = "(step_code = 'taken_back') = (takes_back IS NOT NULL)"
HAS_EVIDENCE: Final = (
    "(step_code IN ('person_consented', 'respondent_consented')) = (evidence_code IS NOT NULL)"
)
HAS_PARTY: Final = "(step_code = 'withdrawn') = (party_code IS NOT NULL)"
HAS_MEDIATOR: Final = "(step_code = 'offered') = (mediator_id IS NOT NULL)"
SEALED_WHOLE: Final = "(sealed IS NULL) = (key_version IS NULL)"
NOTE_KINDS: Final = ("extract", "note", "agreement")
"""What the adviser handed over, what the mediator noted, and the mediator's copy of an agreement."""


class Mediation(CaseworkTable, table=True):
    """One mediation of a case: all that what goes to the other side is made of.

    `reference` is the number by which mediator and other side know it; it is not the case's. `mediator_id` is
    whoever it was offered with last; nobody after they stepped down.
    """

    __tablename__ = "mediation"
    __table_args__ = (Index("mediation_of_a_mediator", "mediator_id", "opened_on", "id"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    reference: str = column("restricted", exactly=8, unique=True)
    mediator_id: UUID | None = column("staff", default=None, foreign_key="staff.id")
    respondent_language: str | None = column("coded", default=None, max_length=20)
    track_id: UUID | None = column("technical", default=None, foreign_key="case_track.id")
    opened_on: date = column("restricted")
    opened_by: UUID = column("staff", foreign_key="staff.id")
    version: int = column("technical", default=1)


class MediationStep(CaseworkTable, table=True):
    """One step of a mediation. A wrong one is taken back by a later one; none is changed or deleted.

    `said_codes` are the codes of `bars.toml` to which the screening said yes, `open_codes` those nobody knows
    yet. A mediator's step holds no word; what an adviser wrote is sealed to the case.
    """

    __tablename__ = "mediation_step"
    __table_args__ = (
        UniqueConstraint("mediation_id", "seq"),
        CheckConstraint(TAKES_BACK, "a_step_back_names_a_step"),
        CheckConstraint(HAS_EVIDENCE, "a_consent_has_evidence"),
        CheckConstraint(HAS_PARTY, "a_withdrawal_has_a_party"),
        CheckConstraint(HAS_MEDIATOR, "an_offer_has_a_mediator"),
        CheckConstraint(SEALED_WHOLE, "sealed_under_a_version"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    mediation_id: UUID = column("technical", foreign_key="mediation.id")
    seq: int = column("technical")
    step_code: str = column("coded", codes=tuple(STEPS))
    said_codes: str = column("coded", default="", max_length=300)
    open_codes: str = column("coded", default="", max_length=300)
    evidence_code: str | None = column("coded", default=None, codes=tuple(EVIDENCE))
    party_code: str | None = column("coded", default=None, codes=tuple(PARTIES))
    mediator_id: UUID | None = column("staff", default=None, foreign_key="staff.id")
    takes_back: UUID | None = column("technical", default=None, foreign_key="mediation_step.id", unique=True)
    happened_on: date = column("restricted")
    noted_on: date = column("restricted")
    noted_by: UUID = column("staff", foreign_key="staff.id")
    key_version: int | None = column("technical", default=None)
    sealed: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)


class Mediator(CaseworkTable, table=True):
    """A member of staff who may mediate, and who named them."""

    __tablename__ = "mediator"

    staff_id: UUID = column("staff", primary_key=True, foreign_key="staff.id")
    named_by: UUID = column("staff", foreign_key="staff.id")
    named_on: date = column("staff")


class MediatorNote(CaseworkTable, table=True):
    """What a mediator may read of a mediation, or wrote about it: sealed to the mediator's own key alone."""

    __tablename__ = "mediator_note"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    mediation_id: UUID = column("technical", foreign_key="mediation.id", index=True)
    staff_id: UUID = column("staff", foreign_key="staff.id")
    kind_code: str = column("coded", codes=NOTE_KINDS)
    written_on: date = column("restricted")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
