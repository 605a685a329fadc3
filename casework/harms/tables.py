"""Harms: what was done to somebody in a case; and who had which part in each."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from casework.harms.rules import PARTS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

PRESENT: Final = text("ended_on IS NULL")


class CaseHarm(CaseworkTable, table=True):
    """One harm of a case. When it was and what is written about it is sealed under the case's key.

    The first stands for what a case began with: it is there from its opening, is coded on the page of codes
    and stays. The codes of the case are those of all its harms together.

    Attributes:
        place: its number in the case, never given to another.
        party_id: to whom it was done, if that is somebody else than the person of the case.
        ground_codes: why it was done, also a ground only supposed; never who somebody is.
        noted_on: none for the first, which came with the case.
    """

    __tablename__ = "case_harm"
    __table_args__ = (
        UniqueConstraint("case_id", "place"),
        CheckConstraint("(place = 1) = (noted_on IS NULL)", "the_first_came_with_the_case"),
        CheckConstraint("place > 1 OR removed_on IS NULL", "the_first_stays"),
        CheckConstraint("(sealed IS NULL) = (key_version IS NULL)", "harm_sealed_under_a_key"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id")
    place: int = column("technical")
    party_id: UUID | None = column("technical", default=None, foreign_key="case_party.id")
    area_code: str = column("coded", default="unknown", max_length=60)
    ground_codes: str = column("coded", default="unknown", max_length=600)
    conduct_codes: str = column("coded", default="", max_length=600)
    noted_on: date | None = column("restricted", default=None)
    removed_on: date | None = column("restricted", default=None)
    key_version: int | None = column("technical", default=None)
    sealed: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)


class HarmInvolvement(CaseworkTable, table=True):
    """The part that a respondent of the case had in one harm; how great, and how well shown, lies sealed.

    That a court found somebody to have done something is known to whoever opens the case, and to nobody else.
    """

    __tablename__ = "harm_involvement"
    __table_args__ = (
        Index(
            "harm_involvement_present",
            "harm_id",
            "party_id",
            unique=True,
            sqlite_where=PRESENT,
            postgresql_where=PRESENT,
        ),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    harm_id: UUID = column("technical", foreign_key="case_harm.id")
    party_id: UUID = column("technical", foreign_key="case_party.id")
    part_code: str = column("coded", codes=tuple(PARTS))
    noted_on: date = column("restricted")
    ended_on: date | None = column("restricted", default=None)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
