"""The steps of strategic litigation with a pattern, and its words, sealed in each case that agreed.

There is no key of a pattern: words about it lie in every case of it, under the key of each, so that whoever
holds one of them reads all and whoever holds none reads nothing (docs/decisions/0027).
"""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint

from casework.patterns.litigation_rules import STATES, VOICES
from casework.tracks.rules import RESULTS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

VOICE: Final = (
    "(step_code IN ('committee', 'accepted', 'declined')) = (voice_code IS NOT NULL)"
    " AND (voice_code IS NULL) = (proposed_by IS NULL)"
)
ANOTHER: Final = "proposed_by IS NULL OR proposed_by <> noted_by"
TWO: Final = (
    "(step_code IN ('accepted', 'declined')) = (first_by IS NOT NULL)"
    " AND (first_by IS NULL OR (first_by <> noted_by AND first_by <> proposed_by))"
)
HAS_RESULT: Final = "(step_code = 'ruling') = (result_code IS NOT NULL)"


class LitigationStep(CaseworkTable, table=True):
    """One step of strategic litigation; only ever added to. The store itself refuses that one decides alone.

    Attributes:
        voice_code: whether whoever noted it is for it; of the two steps of the committee.
        proposed_by: who had proposed what they speak about.
        first_by: who spoke first, of the step with which it was decided.
    """

    __tablename__ = "litigation_step"
    __table_args__ = (
        UniqueConstraint("pattern_id", "seq"),
        CheckConstraint(VOICE, "a_voice_is_about_a_proposal"),
        CheckConstraint(ANOTHER, "another_person_spoke"),
        CheckConstraint(TWO, "two_people_decided"),
        CheckConstraint(HAS_RESULT, "a_ruling_has_a_result"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    pattern_id: UUID = column("technical", foreign_key="case_pattern.id")
    seq: int = column("technical")
    step_code: str = column("coded", codes=tuple(STATES))
    voice_code: str | None = column("coded", default=None, codes=tuple(VOICES))
    result_code: str | None = column("coded", default=None, codes=tuple(RESULTS))
    happened_on: date = column("restricted")
    noted_on: date = column("restricted")
    noted_by: UUID = column("staff", foreign_key="staff.id")
    proposed_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    first_by: UUID | None = column("staff", default=None, foreign_key="staff.id")


class LitigationWords(CaseworkTable, table=True):
    """What was written with a step, once for each case of the pattern that had agreed then."""

    __tablename__ = "litigation_words"

    step_id: UUID = column("technical", primary_key=True, foreign_key="litigation_step.id")
    case_id: UUID = column("technical", primary_key=True, foreign_key="case_file.id", index=True)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
