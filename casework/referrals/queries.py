"""The referrals of a case, and what was written in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.messages.tables import ConsentChangeRow
from casework.referrals.content import Pack
from casework.referrals.errors import ReferralNotFound
from casework.referrals.tables import Referral, ReferralLink, ReferralWords
from casework.timeline.queries import names_of


@dataclass(frozen=True, slots=True)
class Written:
    """Something written in a referral; nobody's name means the body wrote it at its address."""

    kind: str
    text: str
    who: str
    on: date


def referrals_of(session: Session, case: CaseFile) -> Sequence[Referral]:
    """Return the referrals of a case, the newest first."""
    return session.exec(
        select(Referral)
        .where(Referral.case_id == case.id)
        .order_by(col(Referral.drafted_on).desc(), col(Referral.id).desc())
    ).all()


def referral_of(session: Session, case: CaseFile, written: str, *, to_change: bool = False) -> Referral:
    """Return a referral of this case; raise ReferralNotFound alike for one of another and for none."""
    try:
        wanted = select(Referral).where(Referral.id == UUID(written), Referral.case_id == case.id)
    except ValueError:
        raise ReferralNotFound(case=case.reference) from None
    found = session.exec(wanted.with_for_update() if to_change else wanted).first()
    if found is None:
        raise ReferralNotFound(case=case.reference)
    return found


def pack_of(session: Session, case: CaseFile, referral: Referral, act: Act) -> Pack:
    """Return everything that was drafted, consented to or not: for the office's eyes."""
    newest = session.exec(
        select(ReferralWords)
        .where(ReferralWords.referral_id == referral.id, ReferralWords.kind == "pack")
        .order_by(col(ReferralWords.seq).desc())
    ).first()
    rows = [newest] if newest else []
    return Pack.model_validate_json(open_rows(session, case, rows, act)[0])


def written_in(session: Session, case: CaseFile, referral: Referral, act: Act) -> list[Written]:
    """Return what was written in a referral beside the pack, the oldest first."""
    rows = session.exec(
        select(ReferralWords)
        .where(ReferralWords.referral_id == referral.id, ReferralWords.kind != "pack")
        .order_by(col(ReferralWords.seq))
    ).all()
    names = names_of(session, [row.written_by for row in rows if row.written_by])
    told = open_rows(session, case, rows, act)
    return [
        Written(
            row.kind, clear.decode(), names.get(row.written_by, "") if row.written_by else "", row.written_on
        )
        for row, clear in zip(rows, told, strict=True)
    ]


def change_waits(session: Session, case: CaseFile) -> bool:
    """Say whether the person changed a consent that nobody has opened: it may be this one."""
    wanted = select(ConsentChangeRow.id).where(
        ConsentChangeRow.case_number == case.reference, col(ConsentChangeRow.applied_on).is_(None)
    )
    return session.exec(wanted.limit(1)).first() is not None


def link_of(session: Session, referral: Referral) -> ReferralLink | None:
    """Return what is known of the body's address."""
    return session.get(ReferralLink, referral.id)
