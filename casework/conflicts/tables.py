"""Who is in a case, the blind index of their names, what was found with it, and who keeps out."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from casework.cases.tables import index_where
from casework.conflicts.rules import ALL_RELATIONS, DECISIONS, KINDS, LIKENESS, ROLES, SIDES
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

UNDECIDED = text("decision_code IS NULL")
STANDS = text("ended_on IS NULL")


class CaseParty(CaseworkTable, table=True):
    """Somebody in a case; what they are called and what is known of them is sealed under the case's key."""

    __tablename__ = "case_party"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    role_code: str = column("coded", codes=tuple(ROLES))
    kind_code: str = column("coded", codes=tuple(KINDS))
    side_code: str | None = column("coded", default=None, codes=tuple(SIDES))
    version: int = column("technical", default=1)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
    added_on: date = column("restricted")
    added_by: UUID = column("staff", foreign_key="staff.id")
    removed_on: date | None = column("restricted", default=None)


class PartyTerm(CaseworkTable, table=True):
    """One form of a party's name in the blind index: an HMAC under a version of the key `names`."""

    __tablename__ = "party_term"

    party_id: UUID = column("technical", primary_key=True, foreign_key="case_party.id")
    term: bytes = column("proof", primary_key=True, exactly=32, index=True)
    likeness: str = column("technical", codes=LIKENESS)
    key_name: str = column("technical", max_length=60, index=True)


class ConflictCheck(CaseworkTable, table=True):
    """A name of one case that stands on the other side of another, and what was decided about it.

    It belongs to the case to which the name was added; that one waits. The reason is sealed under its key. A
    corrected name may be matched anew: what was decided about the earlier one stays.
    """

    __tablename__ = "conflict_check"
    __table_args__ = (
        CheckConstraint(
            "(decision_code IS NULL) = (decided_on IS NULL)"
            " AND (decision_code IS NULL) = (decided_by IS NULL)"
            " AND (decision_code IS NULL) = (sealed IS NULL)"
            " AND (decision_code IS NULL) = (key_version IS NULL)",
            "a_decision_is_whole",
        ),
        index_where("decision_code IS NULL", "conflict_check_undecided", "case_id"),
        Index(
            "conflict_check_once",
            "party_id",
            "other_party_id",
            unique=True,
            sqlite_where=UNDECIDED,
            postgresql_where=UNDECIDED,
        ),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    party_id: UUID = column("technical", foreign_key="case_party.id")
    other_case_id: UUID = column("technical", foreign_key="case_file.id")
    other_party_id: UUID = column("technical", foreign_key="case_party.id")
    likeness: str = column("technical", codes=LIKENESS)
    found_on: date = column("restricted")
    decision_code: str | None = column("restricted", default=None, codes=tuple(DECISIONS))
    decided_on: date | None = column("restricted", default=None)
    decided_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    key_version: int | None = column("technical", default=None)
    sealed: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)


class CaseWall(CaseworkTable, table=True):
    """A member of staff who keeps out of a case: they hand it over, and nobody gives it to them again.

    `is_for_service`: they belong to the service of the city that the case is about, and keep out as long as
    that is so; see `walls.keeping_out`. Everybody else keeps out until two people say otherwise: `WallDown`.
    """

    __tablename__ = "case_wall"
    __table_args__ = (UniqueConstraint("case_id", "staff_id"),)

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    staff_id: UUID = column("staff", foreign_key="staff.id")
    relation_code: str = column("staff", codes=ALL_RELATIONS)
    is_for_service: bool = column("staff", default=False)
    made_on: date = column("restricted")
    made_by: UUID = column("staff", foreign_key="staff.id")


class WallDown(CaseworkTable, table=True):
    """That somebody keeps out of a case no more, because a second person says so. Why is sealed to the case.

    Relation, day and name of who put the wall up are those it had.
    """

    __tablename__ = "wall_down"
    __table_args__ = (
        CheckConstraint("down_by <> staff_id AND down_by <> made_by", "down_by_a_second_person"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    staff_id: UUID = column("staff", foreign_key="staff.id")
    relation_code: str = column("staff", codes=ALL_RELATIONS)
    made_on: date = column("restricted")
    made_by: UUID = column("staff", foreign_key="staff.id")
    down_on: date = column("restricted")
    down_by: UUID = column("staff", foreign_key="staff.id")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)


class NobodyKnown(CaseworkTable, table=True):
    """That no respondent of a case is known, said by somebody who asked: then there is nobody to compare.

    Why is sealed to the case. It ends when one is named, or when somebody takes it back.
    """

    __tablename__ = "nobody_known"
    __table_args__ = (
        Index("nobody_known_once", "case_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    said_on: date = column("restricted")
    said_by: UUID = column("staff", foreign_key="staff.id")
    ended_on: date | None = column("restricted", default=None)
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
