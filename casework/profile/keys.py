"""The key of a profile: made with the consent, given to who has the case, renewed with the case's own key.

Nobody but whoever holds the case gets it, and not all of them the same way: its adviser reads, a supervisor
writes down why before. Nobody who keeps out of the case holds it, even while they still have the case.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.holders import present_holders
from casework.cases.keys import for_escrow
from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.conflicts.guards import kept_out
from casework.profile.rules import READS, WITH_REASON
from casework.profile.tables import CaseProfile, ProfileEntry, ProfileGrant, ProfileOpening
from casework.staff.rules import Permission, may
from casework.staff.sessions import SignedIn
from casework.transactions import attempt
from office.sealing.boxes import CannotOpen, SealingKey, seal, unseal
from office.stores.keyroom import Staff


def present_profile(session: Session, case_id: UUID, *, hold: bool = False) -> CaseProfile | None:
    """Return the profile of a case for which there is a consent, if any."""
    wanted = select(CaseProfile).where(
        CaseProfile.case_id == case_id, col(CaseProfile.withdrawn_on).is_(None)
    )
    if hold:  # somebody else may have been quicker
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(wanted).first()


def begin_profile(session: Session, case: CaseFile, consented_on: date, act: Act) -> CaseProfile:
    """Make the profile of a case with a key of its own, for whoever holds the case now, and the escrow."""
    key = SealingKey.generate()
    profile = CaseProfile(
        case_id=case.id, public_key=key.public, consented_on=consented_on, consent_noted_by=act.who.id
    )
    session.add(profile)
    session.flush()
    _give(session, case, profile, key, _holders_of(session, case), case.assigned_to, act.on)
    return profile


def grant_of(session: Session, profile: CaseProfile, who: SignedIn) -> ProfileGrant | None:
    """Return the key of the profile as it lies sealed to somebody, if they hold it."""
    return session.get(ProfileGrant, (profile.id, who.id), populate_existing=True)


def open_key(grant: ProfileGrant, profile: CaseProfile, who: SignedIn) -> SealingKey:
    """Return the profile's private key.

    Raises:
        CannotOpen: the grant is damaged, or another person's or profile's.
    """
    about = f"{grant.way_code}/{_name(profile)}"
    return SealingKey.from_private_bytes(unseal(grant.sealed_private_key, who.key, about=about))


def seal_for(profile: CaseProfile, clear: bytes, kind: str) -> bytes:
    """Seal something to the profile; its public half is enough for that."""
    return seal(clear, profile.public_key, about=_about(profile, kind))


def unseal_of(profile: CaseProfile, sealed: bytes, key: SealingKey, kind: str) -> bytes:
    """Return what was sealed to the profile.

    Raises:
        CannotOpen: it is damaged, or of another profile.
    """
    return unseal(sealed, key, about=_about(profile, kind))


def follow_case_key(
    session: Session, case: CaseFile, holders: Sequence[Staff], adviser_id: UUID, act: Act
) -> None:
    """Make a new key for the profile of a case that gets one, and seal everything in it to that.

    Whoever acts need not hold it (they keep out of a case that they still have): then nobody new gets it,
    who may not have it any more loses it, and it waits for somebody who does.

    Raises:
        CannotOpen: something of it is damaged.
    """
    profile = present_profile(session, case.id, hold=True)
    if profile is None:
        return
    out = kept_out(session, case.id)
    staying = [one for one in holders if one.id not in out]
    grant = grant_of(session, profile, act.who)
    if grant is None:
        _keep_only(session, profile, {one.id for one in staying})
        profile.key_due_on = profile.key_due_on or act.on
        session.add(profile)
        session.flush()
        return
    old = open_key(grant, profile, act.who)
    new = SealingKey.generate()
    _seal_anew(session, profile, old, new)
    profile.key_version += 1
    profile.public_key, profile.key_due_on = new.public, None
    _keep_only(session, profile, set())
    _give(session, case, profile, new, staying, adviser_id, act.on)


def renew_profile_if_due(session: Session, case: CaseFile, act: Act) -> None:
    """Give the profile of a case its new key if one is due and whoever acts holds the old one.

    What of it cannot be opened goes on waiting, and the rest of the case is opened all the same.
    """
    profile = present_profile(session, case.id)
    if profile is None or profile.key_due_on is None or act.who.id in kept_out(session, case.id):
        return
    session.refresh(case, with_for_update=True)
    profile = present_profile(session, case.id, hold=True)
    if profile is None or profile.key_due_on is None or grant_of(session, profile, act.who) is None:
        return
    try:
        with attempt(session):
            follow_case_key(session, case, present_holders(session, case), case.assigned_to, act)
    except CannotOpen:
        return


def shut_out(session: Session, case: CaseFile, act: Act) -> None:
    """Make a new key for the profile of a case, without those who keep out of it now.

    Raises:
        CannotOpen: something of it is damaged.
    """
    follow_case_key(session, case, _holders_of(session, case), case.assigned_to, act)


def take_back_profile(session: Session, case_id: UUID, holder_id: UUID, on: date) -> None:
    """End what one person holds of the profile of a case; a new key is due. Nobody's key is needed for it."""
    _take_back(session, select(CaseProfile.id).where(CaseProfile.case_id == case_id), holder_id, on)


def take_back_profiles(session: Session, holder_id: UUID, on: date) -> None:
    """End what one person holds of any profile; new keys are due."""
    _take_back(session, select(CaseProfile.id), holder_id, on)


def give_profile_from_escrow(
    session: Session, case: CaseFile, boxes: Iterable[SealingKey], to: Staff, on: date
) -> bool:
    """Give somebody who holds a case again the key of its profile too, as the escrow has it.

    Only to its adviser and to supervisors; says whether it was given.

    Raises:
        CannotOpen: no escrow opens it.
    """
    profile = present_profile(session, case.id, hold=True)
    if profile is None or session.get(ProfileGrant, (profile.id, to.id)) is not None:
        return False
    if to.id != case.assigned_to and not may(to.role_code, Permission.SUPERVISE):
        return False
    for box in boxes:
        try:
            clear = unseal(profile.sealed_to_escrow or b"", box, about=f"escrow/{_name(profile)}")
        except CannotOpen:
            continue
        key = SealingKey.from_private_bytes(clear)
        _grant(session, profile, key, to, READS if to.id == case.assigned_to else WITH_REASON, on)
        return True
    raise CannotOpen


def destroy_key(session: Session, profile: CaseProfile) -> None:
    """Leave no copy of the key of a profile: with nobody, and not in the escrow."""
    _keep_only(session, profile, set())
    profile.sealed_to_escrow, profile.key_due_on = None, None
    session.add(profile)
    session.flush()


def _holders_of(session: Session, case: CaseFile) -> Sequence[Staff]:
    """Return who holds the case now and does not keep out of it."""
    found = session.exec(
        select(Staff)
        .join(CaseKeyGrant, col(CaseKeyGrant.holder_id) == col(Staff.id))
        .where(
            CaseKeyGrant.case_id == case.id,
            CaseKeyGrant.version == case.key_version,
            col(CaseKeyGrant.revoked_on).is_(None),
            col(Staff.active),
            col(Staff.public_key).is_not(None),
        )
    ).all()
    out = kept_out(session, case.id)
    return [one for one in found if one.id not in out]


def _give(
    session: Session,
    case: CaseFile,
    profile: CaseProfile,
    key: SealingKey,
    holders: Sequence[Staff],
    adviser_id: UUID,
    on: date,
) -> None:
    """Give a new key to the adviser of the case, to supervisors for a reason, and to the escrow."""
    profile.sealed_to_escrow = for_escrow(session, key, _name(profile))
    session.add(profile)
    for one in holders:
        if one.id == adviser_id:
            _grant(session, profile, key, one, READS, on)
        elif may(one.role_code, Permission.SUPERVISE):
            _grant(session, profile, key, one, WITH_REASON, on)
    session.flush()


def _grant(session: Session, profile: CaseProfile, key: SealingKey, to: Staff, way: str, on: date) -> None:
    if to.public_key is None:
        return
    session.add(
        ProfileGrant(
            profile_id=profile.id,
            holder_id=to.id,
            way_code=way,
            sealed_private_key=seal(key.private_bytes, to.public_key, about=f"{way}/{_name(profile)}"),
            granted_on=on,
        )
    )
    session.flush()


def _seal_anew(session: Session, profile: CaseProfile, old: SealingKey, new: SealingKey) -> None:
    entries = session.exec(select(ProfileEntry).where(ProfileEntry.profile_id == profile.id)).all()
    openings = session.exec(select(ProfileOpening).where(ProfileOpening.profile_id == profile.id)).all()
    rows: list[tuple[ProfileEntry | ProfileOpening, str]] = [(one, "entry") for one in entries]
    rows += [(one, "opening") for one in openings]
    for row, kind in rows:
        about = _about(profile, kind)
        row.sealed = seal(unseal(row.sealed, old, about=about), new.public, about=about)
        session.add(row)


def _keep_only(session: Session, profile: CaseProfile, staying: set[UUID]) -> None:
    session.flush()
    for grant in session.exec(select(ProfileGrant).where(ProfileGrant.profile_id == profile.id)).all():
        if grant.holder_id not in staying:
            session.delete(grant)
    session.flush()


def _take_back(session: Session, profiles: object, holder_id: UUID, on: date) -> None:
    held = select(ProfileGrant.profile_id).where(
        ProfileGrant.holder_id == holder_id,
        col(ProfileGrant.profile_id).in_(profiles),  # type: ignore[arg-type]  # a select
    )
    session.flush()
    session.execute(
        update(CaseProfile)
        .where(col(CaseProfile.id).in_(held), col(CaseProfile.key_due_on).is_(None))
        .values(key_due_on=on)
        .execution_options(synchronize_session="fetch")
    )
    session.execute(
        delete(ProfileGrant)
        .where(col(ProfileGrant.holder_id) == holder_id, col(ProfileGrant.profile_id).in_(profiles))  # type: ignore[arg-type]  # a select
        .execution_options(synchronize_session="fetch")
    )


def _name(profile: CaseProfile) -> str:
    return f"profile/{profile.id}/{profile.key_version}"


def _about(profile: CaseProfile, kind: str) -> str:
    return f"profile-{kind}/{profile.id}"
