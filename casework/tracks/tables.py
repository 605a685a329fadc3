"""Tracks, the steps that say where each stands, remedies, and the looks at whether they were complied with.

Steps and looks are only ever added to; where a track or a remedy stands is derived from them.
"""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint

from casework.tracks.remedies import COMPLIED
from casework.tracks.rules import KINDS, RESULTS, STEPS
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import LARGEST_SEALED, column

TAKES_BACK: Final = "(step_code = 'taken_back') = (takes_back IS NOT NULL)"
HAS_RESULT: Final = "(step_code IN ('resolved', 'ruling')) = (result_code IS NOT NULL)"


class CaseTrack(CaseworkTable, table=True):
    """One way on which a case goes to somebody who decides; its state is the newest step in force."""

    __tablename__ = "case_track"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    kind_code: str = column("coded", codes=tuple(KINDS))
    route_code: str | None = column("coded", default=None, max_length=60)
    opened_on: date = column("restricted")
    opened_by: UUID = column("staff", foreign_key="staff.id")


class TrackStep(CaseworkTable, table=True):
    """One step of a track. A wrong one is taken back by a later one; none is changed or deleted."""

    __tablename__ = "track_step"
    __table_args__ = (
        UniqueConstraint("track_id", "seq"),
        CheckConstraint(TAKES_BACK, "a_step_back_names_a_step"),
        CheckConstraint(HAS_RESULT, "a_resolution_has_a_result"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    track_id: UUID = column("technical", foreign_key="case_track.id")
    seq: int = column("technical")
    step_code: str = column("coded", codes=tuple(STEPS))
    result_code: str | None = column("coded", default=None, codes=tuple(RESULTS))
    takes_back: UUID | None = column("technical", default=None, foreign_key="track_step.id", unique=True)
    happened_on: date = column("restricted")
    noted_on: date = column("restricted")
    noted_by: UUID = column("staff", foreign_key="staff.id")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)


class Remedy(CaseworkTable, table=True):
    """Something that somebody promised or was ordered to do, under a track."""

    __tablename__ = "remedy"

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    track_id: UUID = column("technical", foreign_key="case_track.id")
    type_code: str = column("coded", max_length=60)
    promised_on: date = column("restricted")
    check_on: date = column("restricted")
    noted_on: date = column("restricted")
    noted_by: UUID = column("staff", foreign_key="staff.id")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)


class RemedyCheck(CaseworkTable, table=True):
    """One look at whether a remedy was complied with, and when to look again."""

    __tablename__ = "remedy_check"
    __table_args__ = (
        UniqueConstraint("remedy_id", "seq"),
        CheckConstraint("complied_code = 'yes' OR next_on IS NOT NULL", "looks_again_until_it_is_done"),
    )

    id: UUID = column("technical", default_factory=new_id, primary_key=True)
    case_id: UUID = column("technical", foreign_key="case_file.id", index=True)
    remedy_id: UUID = column("technical", foreign_key="remedy.id")
    seq: int = column("technical")
    complied_code: str = column("coded", codes=tuple(COMPLIED))
    checked_on: date = column("restricted")
    next_on: date | None = column("restricted", default=None)
    noted_by: UUID = column("staff", foreign_key="staff.id")
    key_version: int = column("technical")
    sealed: bytes = column("sealed", largest=LARGEST_SEALED)
