"""The end of a consent: the body's address is empty from this moment, and its pack is deleted."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, delete, select

from casework.referrals.tables import Referral, ReferralLink
from casework.timeline.actions import record


def withdraw(session: Session, referral: Referral, *, by: UUID | None, at: datetime, on: date) -> None:
    """Note that the person took their consent back. It asks for no version, for it may never wait."""
    if referral.state == "revoked":
        return
    end_link(session, referral)
    referral.state, referral.withdrawn_on, referral.reminder_on = "revoked", on, None
    referral.version += 1
    session.add(referral)
    session.flush()
    note(session, referral, "referral_revoked", at=at, by=by)


def withdraw_all(session: Session, case_id: UUID, *, by: UUID | None, at: datetime, on: date) -> None:
    """Do so with every referral of a case: the person wants to be handed on to nobody any more."""
    wanted = select(Referral).where(Referral.case_id == case_id, Referral.state != "revoked")
    for referral in session.exec(wanted.with_for_update()).all():
        withdraw(session, referral, by=by, at=at, on=on)


def end_link(session: Session, referral: Referral) -> None:
    """Delete the pack of a referral and the hash of its address."""
    session.exec(delete(ReferralLink).where(col(ReferralLink.referral_id) == referral.id))


def sweep(session: Session, on: date) -> None:
    """Delete all packs whose time is over."""
    session.exec(delete(ReferralLink).where(col(ReferralLink.expires_on) < on))


def note(
    session: Session,
    referral: Referral,
    kind: str,
    *,
    at: datetime,
    by: UUID | None,
    **detail: str | list[str] | None,
) -> None:
    """Record an event of a referral in the chain of its case."""
    record(
        session,
        kind,
        at=at,
        by=by,
        case_id=referral.case_id,
        body=referral.body_code,
        of=str(referral.id),
        **detail,
    )
