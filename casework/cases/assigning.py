"""Giving a case to another adviser: whoever leaves it loses the key, and what comes later has a new one."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.content import put_part
from casework.cases.errors import CannotAssign, CaseAlreadyClosed, CaseChanged, LastOfACase
from casework.cases.holders import can_hold, holders_beside
from casework.cases.keys import case_key, grant_case_key, make_case_key
from casework.cases.rules import key_name
from casework.cases.tables import CaseContent, CaseFile, CaseKey, CaseKeyGrant
from casework.messages.tables import CaseMessage
from casework.timeline.actions import record
from office.sealing.boxes import SealingKey, seal, unseal
from office.stores.keyroom import Staff


def change_hands(
    session: Session, case: CaseFile, adviser: Staff, reason_code: str, act: Act, *, version: int
) -> None:
    """Give the case to `adviser` under a new key, and take every grant from whoever is not a holder now.

    An old key together with an old backup opens what was there then, and nothing that comes later.

    Raises:
        CaseChanged: somebody changed it since `version`.
        CaseAlreadyClosed: it has an outcome.
        CannotAssign: `adviser` has it already or may not take it.
    """
    if case.version != version:
        raise CaseChanged(case=case.reference)
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    if adviser.id == case.assigned_to or not can_hold(session, adviser, routing_code=case.routing_code):
        raise CannotAssign(case=case.reference)
    was = case.assigned_to
    old_keys = {v: case_key(session, act.who, case, v) for v in range(1, case.key_version + 1)}
    holders = [adviser, *holders_beside(session, adviser, routing_code=case.routing_code)]
    _give_old_versions(session, case, old_keys, holders, act)
    _renew_key(session, case, old_keys, holders, act)
    _take_back(session, case, {holder.id for holder in holders}, act)
    case.assigned_to = adviser.id
    case.version += 1
    session.add(case)
    session.flush()
    record(
        session,
        "case_reassigned",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        was_assigned_to=str(was),
        to=str(adviser.id),
        reason=reason_code,
        key_holders=[str(holder.id) for holder in holders],
    )


def take_back_from(session: Session, holder_id: UUID, on: date) -> int:
    """End every case grant of somebody who leaves and remove the sealed keys; return how many there were.

    Raises:
        LastOfACase: nobody else could open one of the cases.
    """
    held = session.exec(
        select(CaseKeyGrant).where(
            CaseKeyGrant.holder_id == holder_id, col(CaseKeyGrant.revoked_on).is_(None)
        )
    ).all()
    others = set(
        session.exec(
            select(CaseKeyGrant.case_id).where(
                col(CaseKeyGrant.case_id).in_({grant.case_id for grant in held}),
                CaseKeyGrant.holder_id != holder_id,
                col(CaseKeyGrant.revoked_on).is_(None),
            )
        )
    )
    if any(grant.case_id not in others for grant in held):
        raise LastOfACase
    for grant in held:
        grant.revoked_on, grant.sealed_private_key = on, b""
        session.add(grant)
    session.flush()
    return len(held)


def _renew_key(
    session: Session, case: CaseFile, old_keys: dict[int, SealingKey], holders: list[Staff], act: Act
) -> None:
    """Make the next version of the key and seal everything of the case to it."""
    parts = session.exec(select(CaseContent).where(CaseContent.case_id == case.id)).all()
    messages = session.exec(select(CaseMessage).where(CaseMessage.case_id == case.id)).all()
    retired = session.get_one(CaseKey, (case.id, case.key_version))
    retired.retired_on = act.on
    session.add(retired)
    own_names = {key_name(case.reference, version): version for version in old_keys}
    case.key_version += 1
    session.add(case)
    session.flush()
    key = make_case_key(session, case, holders, by=act.who.id, on=act.on, week=act.week)
    session.flush()
    for part in parts:
        if part.key_name in own_names:  # a contact may still lie under the office's own key
            old = old_keys[own_names[part.key_name]]
            put_part(
                session, case, part.kind, unseal(part.sealed, old, about=f"{part.kind}/{case.reference}")
            )
    about = f"message/{case.reference}"
    for message in messages:
        clear = unseal(message.sealed, old_keys[message.key_version], about=about)
        message.sealed, message.key_version = seal(clear, key.public, about=about), case.key_version
        session.add(message)
    session.flush()


def _give_old_versions(
    session: Session, case: CaseFile, old_keys: dict[int, SealingKey], holders: list[Staff], act: Act
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
    """End every grant of whoever is not among the holders now, and remove the sealed key itself."""
    granted = session.exec(
        select(CaseKeyGrant).where(CaseKeyGrant.case_id == case.id, col(CaseKeyGrant.revoked_on).is_(None))
    ).all()
    for grant in granted:
        if grant.holder_id not in staying:
            grant.revoked_on, grant.sealed_private_key = act.on, b""
            session.add(grant)
    session.flush()
