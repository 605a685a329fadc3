"""What is noted of somebody, in clear for one request, and who opened it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.profile.access import Door, aware, key_at
from casework.profile.content import EntryWords, OpeningWords
from casework.profile.keys import unseal_of
from casework.profile.tables import CaseProfile, ProfileEntry, ProfileOpening
from casework.timeline.actions import record
from casework.timeline.queries import names_of


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry in clear, with who noted it."""

    row: ProfileEntry
    words: EntryWords
    name: str


@dataclass(frozen=True, slots=True)
class ShownOpening:
    """Which supervisor opened the profile, when and why."""

    at: datetime
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that is noted, the first first, and who opened it, the last first."""

    entries: Sequence[ShownEntry]
    openings: Sequence[ShownOpening]


def read_profile(session: Session, door: Door, act: Act) -> Read:
    """Return what is noted, on record: that it is read stands before any key is used.

    Raises:
        ProfileKeyAway, CaseNotFound: see `access.key_at`.
        CannotOpen: something is damaged.
    """
    record(session, "profile_read", at=act.at, by=act.who.id, case_id=door.case.id)
    profile, key = key_at(session, door, act)
    rows = session.exec(
        select(ProfileEntry)
        .where(ProfileEntry.profile_id == profile.id)
        .order_by(col(ProfileEntry.noted_on), col(ProfileEntry.id))
    ).all()
    opened = session.exec(
        select(ProfileOpening)
        .where(ProfileOpening.profile_id == profile.id)
        .order_by(col(ProfileOpening.opened_at).desc())
    ).all()
    names = names_of(session, [*(one.noted_by for one in rows), *(one.opened_by for one in opened)])
    return Read(
        [
            ShownEntry(
                one,
                EntryWords.model_validate_json(unseal_of(profile, one.sealed, key, "entry")),
                names.get(one.noted_by, ""),
            )
            for one in rows
        ],
        [
            ShownOpening(
                aware(one.opened_at),
                names.get(one.opened_by, ""),
                OpeningWords.model_validate_json(unseal_of(profile, one.sealed, key, "opening")).reason,
            )
            for one in opened
        ],
    )


def destroyed_of(session: Session, case: CaseFile) -> Sequence[CaseProfile]:
    """Return what is left of the profiles of a case whose consent was withdrawn: that they were there."""
    wanted = select(CaseProfile).where(
        CaseProfile.case_id == case.id, col(CaseProfile.withdrawn_on).is_not(None)
    )
    return session.exec(wanted.order_by(col(CaseProfile.withdrawn_on), col(CaseProfile.id))).all()
