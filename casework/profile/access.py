"""The door of a profile: beyond that of its case, for its adviser, and for supervisors with a reason."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.access import case_for
from casework.cases.errors import CaseNotFound
from casework.cases.tables import CaseFile
from casework.conflicts.guards import kept_out
from casework.profile.errors import ProfileKeyAway
from casework.profile.keys import grant_of, open_key, present_profile, renew_profile_if_due
from casework.profile.rules import OPEN_FOR, READS
from casework.profile.tables import CaseProfile, ProfileGrant, ProfileOpening
from casework.staff.rules import Permission
from office.sealing.boxes import SealingKey


@dataclass(frozen=True, slots=True)
class Door:
    """What somebody may do at the profile of a case.

    Attributes:
        case: the case.
        profile: the profile there is a consent for, if any.
        grant: its key as it lies sealed to whoever acts, if it has reached them.
        is_adviser: they have the case: they note, and no reason is asked of them.
    """

    case: CaseFile
    profile: CaseProfile | None
    grant: ProfileGrant | None
    is_adviser: bool


def profile_door(session: Session, act: Act, number: str, *, to_change: bool = False) -> Door:
    """Return what whoever acts may do at the profile of a case.

    A profile whose key somebody lost gets a new one before anything else.

    Raises:
        CaseNotFound: as for a case that is not there: who does not hold the case, keeps out of it, or holds
            it and is neither its adviser nor a supervisor.
    """
    case = case_for(session, act, number, to_change=to_change)
    is_adviser = act.who.id == case.assigned_to
    if act.who.id in kept_out(session, case.id) or not (is_adviser or act.who.may(Permission.SUPERVISE)):
        raise CaseNotFound(case=case.reference)
    renew_profile_if_due(session, case, act)
    profile = present_profile(session, case.id, hold=to_change)
    grant = grant_of(session, profile, act.who) if profile is not None else None
    return Door(case, profile, grant, is_adviser)


def needs_reason(session: Session, door: Door, act: Act) -> bool:
    """Say whether whoever acts has to write down why before anything is opened.

    A reason they wrote holds for a while. This is a check, not a key: see the decision on the profile's key.
    """
    if door.grant is None or door.profile is None:
        return not door.is_adviser
    return door.grant.way_code != READS and not _has_said_why(session, door.profile, act)


def key_at(session: Session, door: Door, act: Act) -> tuple[CaseProfile, SealingKey]:
    """Return the profile with its key, for whoever needs no reason or has written one.

    Raises:
        ProfileKeyAway: it has not reached them.
        CaseNotFound: they have to say why before.
    """
    if door.profile is None or door.grant is None:
        raise ProfileKeyAway(case=door.case.reference)
    if needs_reason(session, door, act):
        raise CaseNotFound(case=door.case.reference)
    return door.profile, open_key(door.grant, door.profile, act.who)


def _has_said_why(session: Session, profile: CaseProfile, act: Act) -> bool:
    last = session.exec(
        select(ProfileOpening.opened_at)
        .where(ProfileOpening.profile_id == profile.id, ProfileOpening.opened_by == act.who.id)
        .order_by(col(ProfileOpening.opened_at).desc())
        .limit(1)
    ).first()
    return last is not None and act.at - OPEN_FOR < aware(last) <= act.at


def aware(at: datetime) -> datetime:
    """Return an instant with its zone; SQLite gives it back without."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)
