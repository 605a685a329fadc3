"""The wall around a case against the city, and who of the staff belongs to which service of the city."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text

from casework.walls.rules import CAUSES, WORKS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

STANDING = text("down_on IS NULL")


class CityWall(CaseworkTable, table=True):
    """A wall around one case, from the day it rose to the day two people took it down; it stays on record.

    `was_with` had the case before. `service_code` is the service of the city it is against, by the city's own
    list. While somebody asks that it be taken down, why is sealed under the case's key.
    """

    __tablename__ = "city_wall"
    __table_args__ = (
        CheckConstraint(
            "(asked_on IS NULL) = (asked_by IS NULL) AND (asked_on IS NULL) = (sealed IS NULL)"
            " AND (asked_on IS NULL) = (key_version IS NULL)",
            "asked_whole",
        ),
        CheckConstraint("(down_on IS NULL) = (down_by IS NULL)", "down_by_name_and_day"),
        CheckConstraint(
            "down_on IS NULL OR (asked_by IS NOT NULL AND asked_by <> down_by)", "down_by_two_people"
        ),
        CheckConstraint("(told_on IS NULL) = (told_by IS NULL)", "told_by_name_and_day"),
        Index("city_wall_of_a_case", "case_id"),
        Index("city_wall_once", "case_id", unique=True, sqlite_where=STANDING, postgresql_where=STANDING),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id")
    cause_code: str = column("coded", codes=tuple(CAUSES))
    service_code: str = column("coded", default="", max_length=60)
    risen_on: date = column("restricted")
    risen_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    was_with: UUID | None = column("staff", default=None, foreign_key="staff.id")
    told_on: date | None = column("restricted", default=None)
    told_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    asked_on: date | None = column("restricted", default=None)
    asked_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
    key_version: int | None = column("technical", default=None)
    sealed: bytes | None = column("sealed", default=None, largest=LARGEST_SEALED)
    down_on: date | None = column("restricted", default=None)
    down_by: UUID | None = column("staff", default=None, foreign_key="staff.id")


class StaffService(CaseworkTable, table=True):
    """A member of staff who works for, manages or depends on a service of the city, or did."""

    __tablename__ = "staff_service"
    __table_args__ = (
        CheckConstraint("(ended_on IS NULL) = (ended_by IS NULL)", "ended_by_name_and_day"),
        Index("staff_service_of_somebody", "staff_id"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    staff_id: UUID = column("staff", foreign_key="staff.id")
    service_code: str = column("staff", max_length=60)
    relation_code: str = column("staff", codes=tuple(WORKS))
    declared_on: date = column("staff")
    declared_by: UUID = column("staff", foreign_key="staff.id")
    ended_on: date | None = column("staff", default=None)
    ended_by: UUID | None = column("staff", default=None, foreign_key="staff.id")
