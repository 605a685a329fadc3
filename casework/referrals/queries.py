"""The referrals of a case and of one's cases; of a case one may not open, nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import Session, col, func, select

from casework.acts import Act
from casework.cases.queries import may_open
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.messages.tables import ConsentChangeRow
from casework.referrals.content import Pack
from casework.referrals.errors import ReferralNotFound
from casework.referrals.rules import RETURNED
from casework.referrals.tables import Referral, ReferralLink, ReferralWords
from casework.staff.sessions import SignedIn
from casework.timeline.queries import names_of
from casework.written import place_in

PAGE: Final = 25
WHICH: Final = ("waiting", "overdue", "returned", "running")


@dataclass(frozen=True, slots=True)
class Written:
    """Something written in a referral; nobody's name means the body wrote it at its address."""

    kind: str
    text: str
    who: str
    on: date


@dataclass(frozen=True, slots=True)
class Line:
    """A referral in a list."""

    referral: Referral
    case: CaseFile
    adviser: str
    due: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class ReferralList:
    """One page of a list, and after which place the next begins."""

    lines: Sequence[Line]
    next: str | None


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


def referrals_for(
    session: Session, who: SignedIn, today: date, *, only_own: bool, which: str, after: str
) -> ReferralList:
    """Return referrals of cases this person holds that wait, the most pressing first."""
    due = _due()
    wanted = (
        select(Referral, CaseFile, due)
        .join(CaseFile, col(CaseFile.id) == col(Referral.case_id))
        .where(*_seen(who, only_own=only_own), _rule(which, today))
    )
    place = place_in(after)
    if place is not None:
        day, last = place
        wanted = wanted.where(or_(due > day, and_(due == day, col(Referral.id) > last)))
    found = session.exec(wanted.order_by(due, col(Referral.id)).limit(PAGE + 1)).all()
    here = found[:PAGE]
    names = names_of(session, [case.assigned_to for _, case, _ in here])
    lines = [
        Line(referral, case, names.get(case.assigned_to, ""), day, day < today)
        for referral, case, day in here
    ]
    more = f"{lines[-1].due.isoformat()}_{lines[-1].referral.id}" if len(found) > PAGE else None
    return ReferralList(lines, more)


def counts(session: Session, who: SignedIn, today: date, *, only_own: bool) -> Mapping[str, int]:
    """Return how many referrals each choice of `WHICH` shows this person."""
    return {
        which: session.exec(
            select(func.count())
            .select_from(Referral)
            .join(CaseFile, col(CaseFile.id) == col(Referral.case_id))
            .where(*_seen(who, only_own=only_own), _rule(which, today))
        ).one()
        for which in WHICH
    }


def pressing_referrals(session: Session, who: SignedIn, today: date) -> int:
    """Return how many of this person's own referrals should have been answered or looked at by today."""
    return session.exec(
        select(func.count())
        .select_from(Referral)
        .join(CaseFile, col(CaseFile.id) == col(Referral.case_id))
        .where(
            *_seen(who, only_own=True),
            or_(_rule("overdue", today), and_(_rule("returned", today), col(Referral.reminder_on) <= today)),
        )
    ).one()


def _due() -> ColumnElement[date]:
    return func.coalesce(col(Referral.reminder_on), col(Referral.answer_by))


def _seen(who: SignedIn, *, only_own: bool) -> tuple[ColumnElement[bool], ...]:
    return may_open(who), col(CaseFile.assigned_to) == who.id if only_own else true()


def _rule(which: str, today: date) -> ColumnElement[bool]:
    state = col(Referral.state)
    if which == "overdue":
        return and_(state == "sent", col(Referral.answer_by) < today)
    if which == "returned":
        return and_(state.in_(RETURNED), col(Referral.reminder_on).is_not(None))
    if which == "running":
        return state.in_(("accepted", "working"))
    return state == "sent"
