"""A new version of a case's key, with everything of the case sealed to it.

Whoever lost the case has an old key and perhaps an old backup: they open what was there then, and nothing
that comes later. Only somebody signed in who holds the case can do it; until then the case says since when
it waits (`key_due_on`). What comes under the old key before the new one is known is sealed anew as well,
see `resealing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, or_, select

from casework.acts import Act
from casework.cases.content import put_part
from casework.cases.errors import CaseNotFound
from casework.cases.holders import present_holders
from casework.cases.keys import case_key, grant_case_key, make_case_key
from casework.cases.losing_keys import take_back_of_those_gone
from casework.cases.queries import left_behind, may_open
from casework.cases.resealing import reseal_older, reseal_waiting
from casework.cases.rules import key_name
from casework.cases.sealed_rows import reseal_rows
from casework.cases.tables import CaseContent, CaseFile, CaseKey, CaseKeyGrant
from casework.drafts.keeping import forget_of_case
from casework.profile.keys import follow_case_key, renew_profile_if_due
from casework.states.settling import let_asks_go
from casework.tasks.still_open import pass_on_of_others
from casework.timeline.actions import record
from casework.transactions import attempt
from office.sealing.boxes import CannotOpen, SealingKey, unseal
from office.stores.keyroom import Staff

AT_A_LOOK: Final = 25
"""Cases sealed anew for one page that is looked at: somebody waits for it."""


@dataclass(slots=True)
class Renewed:
    """What one look did: how many cases were sealed anew, and which could not be, by number."""

    count: int = 0
    damaged: list[str] = field(default_factory=list)


def renew_some(session: Session, act: Act, *, at_most: int = AT_A_LOOK) -> Renewed:
    """Seal anew the cases that wait for it and that whoever acts holds, the longest waiting first.

    Then what came under an older key of a case that waits for nothing. A case of which something cannot be
    opened goes on waiting and holds up no other.
    """
    take_back_of_those_gone(session, act.on)
    waiting = session.exec(
        select(CaseFile)
        .where(col(CaseFile.key_due_on).is_not(None), may_open(act.who))
        .order_by(col(CaseFile.key_due_on), col(CaseFile.id))
    ).all()
    renewed = Renewed()
    for case in waiting:
        if renewed.count == at_most:
            return renewed
        number = case.reference
        try:
            with attempt(session):
                renewed.count += renew_if_due(session, case, act)
        except (CannotOpen, CaseNotFound):
            renewed.damaged.append(number)
    for case in left_behind(session, act.who):
        if renewed.count == at_most:
            return renewed
        renewed.count += reseal_older(session, case, act)
    return renewed


def keep_shut(session: Session, case: CaseFile, act: Act) -> None:
    """Seal one case anew if that is due, and what came under an older key, before it is worked on.

    Raises:
        CannotOpen: a new key is due, and something of the case cannot be opened.
    """
    renew_if_due(session, case, act)
    renew_profile_if_due(session, case, act)
    reseal_older(session, case, act)


def renew_if_due(session: Session, case: CaseFile, act: Act) -> bool:
    """Seal the case anew if somebody had its key who may not have it now; say whether that was done.

    It goes on waiting if whoever acts is not among those who are to hold it: they would lock everybody out.
    """
    if case.key_due_on is None and not _held_by_somebody_gone(session, case):
        return False
    session.refresh(case, with_for_update=True)  # somebody else may have been quicker
    if case.key_due_on is None and not _held_by_somebody_gone(session, case):
        return False
    holders = present_holders(session, case)
    if act.who.id not in {holder.id for holder in holders}:
        return False
    renew(session, case, holders, act)
    return True


def renew(session: Session, case: CaseFile, holders: Sequence[Staff], act: Act) -> None:
    """Seal everything of a case anew for `holders`, and put on its record who lost the key by it."""
    lost = seal_anew(session, case, holders, act)
    record(
        session,
        "case_key_renewed",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        key_version=case.key_version,
        lost=sorted(str(one) for one in lost),
        key_holders=[str(holder.id) for holder in holders],
    )


def seal_anew(
    session: Session, case: CaseFile, holders: Sequence[Staff], act: Act, *, adviser_id: UUID | None = None
) -> set[UUID]:
    """Make the next version of the key for `holders` and seal everything to it; every other grant ends.

    What somebody is gets a new key of its own with it; `adviser_id` is who has the case from now on, where
    that changes. Returns who had the version before and does not hold this one.

    Raises:
        CaseNotFound: whoever acts does not hold every version.
    """
    old_keys = {v: case_key(session, act.who, case, v) for v in range(1, case.key_version + 1)}
    had = session.exec(
        select(CaseKeyGrant.holder_id).where(
            CaseKeyGrant.case_id == case.id, CaseKeyGrant.version == case.key_version
        )
    ).all()
    _give_old_versions(session, case, old_keys, holders, act)
    _renew_key(session, case, old_keys, holders, act)
    staying = {holder.id for holder in holders}
    _take_back(session, case, staying, act)
    follow_case_key(session, case, holders, adviser_id or case.assigned_to, act)
    return set(had) - staying


def _held_by_somebody_gone(session: Session, case: CaseFile) -> bool:
    """Say whether somebody holds the case who left, or lost their own key, at the operators' terminal."""
    wanted = (
        select(CaseKeyGrant.id)
        .join(Staff, col(Staff.id) == col(CaseKeyGrant.holder_id))
        .where(
            CaseKeyGrant.case_id == case.id,
            col(CaseKeyGrant.revoked_on).is_(None),
            or_(col(Staff.active).is_(False), col(Staff.public_key).is_(None)),
        )
    )
    return session.exec(wanted).first() is not None


def _renew_key(
    session: Session, case: CaseFile, old_keys: dict[int, SealingKey], holders: Sequence[Staff], act: Act
) -> None:
    parts = session.exec(select(CaseContent).where(CaseContent.case_id == case.id)).all()
    retired = session.get_one(CaseKey, (case.id, case.key_version))
    retired.retired_on = act.on
    session.add(retired)
    own_names = {key_name(case.reference, version): version for version in old_keys}
    case.key_version += 1
    case.key_due_on = None
    session.add(case)
    session.flush()
    make_case_key(session, case, holders, by=act.who.id, on=act.on, week=act.week)
    session.flush()
    for part in parts:
        if part.key_name in own_names:  # a contact may still lie under the office's own key
            old = old_keys[own_names[part.key_name]]
            put_part(
                session, case, part.kind, unseal(part.sealed, old, about=f"{part.kind}/{case.reference}")
            )
    reseal_rows(session, case, old_keys)
    reseal_waiting(session, case, old_keys)
    session.flush()


def _give_old_versions(
    session: Session, case: CaseFile, old_keys: dict[int, SealingKey], holders: Sequence[Staff], act: Act
) -> None:
    """Give new holders the older versions too: a message sealed to one of them may still be on its way."""
    for version, key in old_keys.items():
        held = set(
            session.exec(
                select(CaseKeyGrant.holder_id).where(
                    CaseKeyGrant.case_id == case.id,
                    CaseKeyGrant.version == version,
                    col(CaseKeyGrant.revoked_on).is_(None),
                )
            )
        )
        for holder in holders:
            if holder.id not in held:
                grant_case_key(session, case, key, holder, by=act.who.id, on=act.on, version=version)


def _take_back(session: Session, case: CaseFile, staying: set[UUID], act: Act) -> None:
    """End every grant of whoever is no holder now, with key, drafts and requests; pass on their tasks."""
    granted = session.exec(
        select(CaseKeyGrant).where(CaseKeyGrant.case_id == case.id, col(CaseKeyGrant.revoked_on).is_(None))
    ).all()
    for grant in granted:
        if grant.holder_id not in staying:
            grant.revoked_on, grant.sealed_private_key = act.on, b""
            session.add(grant)
    forget_of_case(session, case.reference, but_of=staying)
    pass_on_of_others(session, case.id, staying, case.assigned_to)
    let_asks_go(session, case, act, lambda one: one not in staying)
    session.flush()
