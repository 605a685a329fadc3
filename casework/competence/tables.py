"""Who is competent for a case."""

from datetime import date
from uuid import UUID

from casework.competence.rules import BODIES
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column


class CaseCompetence(CaseworkTable, table=True):
    """One decision about which body is competent; the newest holds, the earlier ones stay.

    Its name and why are sealed to the case.
    """

    __tablename__ = "case_competence"

    case_id: UUID = column("technical", foreign_key="case_file.id", primary_key=True)
    place: int = column("technical", primary_key=True)
    body_code: str = column("coded", codes=tuple(BODIES))
    decided_on: date = column("restricted")
    decided_by: UUID = column("staff", foreign_key="staff.id")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
