"""Advice on a case: its state, every text it had, translations, and each step, in sealed rows of the case.

The language of a text and the routes of its options lie sealed with it: an easy or signed language, or a
route to a permit, would tell of the person.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint

from casework.advice.duty_rules import BASES, DUTY_DECISIONS, READINGS
from casework.advice.rules import DECISIONS, STATES, STEPS, UNDERSTOOD, WAYS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class Advice(CaseworkTable, table=True):
    """One piece of advice.

    Attributes:
        number: which of its texts is the newest.
        version: grows with every act, so that nobody acts on an older page.
    """

    __tablename__ = "advice"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    state_code: str = column("coded", default="draft", codes=tuple(STATES))
    number: int = column("technical", default=0)
    version: int = column("technical", default=1)
    begun_on: date = column("restricted")


class AdviceVersion(CaseworkTable, table=True):
    """One text of a piece of advice; an edited one is another row."""

    __tablename__ = "advice_version"
    __table_args__ = (UniqueConstraint("advice_id", "number"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    advice_id: UUID = column("technical", foreign_key="advice.id")
    number: int = column("technical")
    written_by: UUID = column("staff", foreign_key="staff.id")
    written_on: date = column("restricted")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)


class AdviceTranslation(CaseworkTable, table=True):
    """A translation of one text of a piece of advice; the original stays beside it."""

    __tablename__ = "advice_translation"
    __table_args__ = (
        CheckConstraint("(checked_on IS NULL) = (check_entered_by IS NULL)", "a_check_is_whole"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    advice_id: UUID = column("technical", foreign_key="advice.id", index=True)
    number: int = column("technical")
    is_machine: bool = column("coded")
    entered_by: UUID = column("staff", foreign_key="staff.id")
    entered_on: date = column("restricted")
    checked_on: date | None = column("restricted", default=None)
    check_entered_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)

    @property
    def may_be_delivered(self) -> bool:
        """Whether a human being made it or compared it with the original."""
        return not self.is_machine or self.checked_on is not None


class AdviceStep(CaseworkTable, table=True):
    """One step of a piece of advice: sent back, reviewed, delivered, decided by the person, withdrawn."""

    __tablename__ = "advice_step"
    __table_args__ = (
        CheckConstraint(
            "(kind_code = 'delivered') = (way_code IS NOT NULL)"
            " AND (kind_code = 'delivered') = (understood_code IS NOT NULL)"
            " AND (kind_code = 'delivered') = (is_read_back IS NOT NULL)"
            " AND (kind_code = 'delivered' OR translation_id IS NULL)",
            "a_delivery_is_whole",
        ),
        CheckConstraint(
            "(kind_code = 'decided') = (decision_code IS NOT NULL)"
            " AND (mandate_code IS NULL OR decision_code = 'go_on')",
            "a_decision_is_whole",
        ),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    advice_id: UUID = column("technical", foreign_key="advice.id", index=True)
    place: int = column("technical")
    number: int = column("technical")
    kind_code: str = column("coded", codes=tuple(STEPS))
    happened_on: date = column("restricted")
    entered_by: UUID = column("staff", foreign_key="staff.id")
    entered_on: date = column("restricted")
    way_code: str | None = column("coded", default=None, codes=WAYS)
    translation_id: UUID | None = column("technical", default=None, foreign_key="advice_translation.id")
    understood_code: str | None = column("coded", default=None, codes=tuple(UNDERSTOOD))
    is_read_back: bool | None = column("coded", default=None)
    decision_code: str | None = column("coded", default=None, codes=tuple(DECISIONS))
    mandate_code: str | None = column("coded", default=None, max_length=40)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)


class DutyDecision(CaseworkTable, table=True):
    """Whether the office must tell an authority of what it learned, decided by one and read by another."""

    __tablename__ = "duty_decision"
    __table_args__ = (
        CheckConstraint(
            "(reading_code IS NULL) = (read_by IS NULL) AND (reading_code IS NULL) = (read_on IS NULL)"
            " AND (read_by IS NULL OR read_by <> decided_by)",
            "another_person_read_it",
        ),
        CheckConstraint("basis_code <> 'minors' OR decision_code = 'report'", "of_a_minor_it_is_reported"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    basis_code: str = column("coded", codes=tuple(BASES))
    decision_code: str = column("coded", codes=tuple(DUTY_DECISIONS))
    is_person_told: bool = column("coded")
    decided_by: UUID = column("staff", foreign_key="staff.id")
    decided_on: date = column("restricted")
    reading_code: str | None = column("coded", default=None, codes=tuple(READINGS))
    read_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    read_on: date | None = column("restricted", default=None)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
