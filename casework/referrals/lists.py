"""Referrals as lists show them: only of cases the reader holds, counts included."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import Session, col, func, select

from casework.cases.queries import may_open
from casework.cases.tables import CaseFile
from casework.listing.ordering import Key, Listed, by_day, by_place, counted, order_of, page_of
from casework.referrals.asking import WHICH, ReferralsAsked
from casework.referrals.rules import RETURNED, STATES
from casework.referrals.tables import Referral
from casework.staff.sessions import SignedIn
from casework.timeline.queries import names_of

PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Line:
    """A referral in a list."""

    referral: Referral
    case: CaseFile
    adviser: str
    due: date
    is_late: bool


def referrals_for(
    session: Session,
    who: SignedIn,
    today: date,
    asked: ReferralsAsked,
    bodies: Sequence[str],
    *,
    limit: int | None = PAGE,
) -> Listed[Line]:
    """Return referrals of cases this person holds, by themselves the most pressing first.

    Args:
        session: the request's transaction.
        who: who asks.
        today: the city's day.
        asked: what is asked for.
        bodies: codes of bodies in the order of their names.
        limit: lines on a page; None for all.
    """
    wanted = (
        select(Referral, CaseFile, _due())
        .join(CaseFile, col(CaseFile.id) == col(Referral.case_id))
        .where(*_asked_for(who, asked), _rule(asked.which, today))
    )
    day, number = by_day(_due()), Key(col(CaseFile.reference))
    keys = {
        "due": (day, number),
        "case": (number, day),
        "body": (by_place(col(Referral.body_code), bodies), day, number),
        "state": (by_place(col(Referral.state), tuple(STATES)), day, number),
    }
    order = order_of(asked, keys, col(Referral.id))
    found, following = page_of(session, wanted, order, asked.after, limit)
    names = names_of(session, list({case.assigned_to for _, case, _ in found}))
    return Listed(
        [
            Line(referral, case, names.get(case.assigned_to, ""), on, on < today)
            for referral, case, on in found
        ],
        following,
    )


def counts(session: Session, who: SignedIn, today: date, asked: ReferralsAsked) -> Mapping[str, int]:
    """Return how many referrals each choice of `WHICH` shows this person with the same filters."""
    wanted = (
        select(func.count())
        .select_from(Referral)
        .join(CaseFile, col(CaseFile.id) == col(Referral.case_id))
        .where(*_asked_for(who, asked))
    )
    return counted(session, wanted, {which: _rule(which, today) for which in WHICH})


def bodies_there(session: Session, who: SignedIn) -> set[str]:
    """Return the codes of bodies to which cases were referred that this person may open."""
    wanted = select(Referral.body_code).join(CaseFile, col(CaseFile.id) == col(Referral.case_id))
    return set(session.exec(wanted.where(may_open(who)).distinct()))


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


def _asked_for(who: SignedIn, asked: ReferralsAsked) -> Iterator[ColumnElement[bool]]:
    yield from _seen(who, only_own=asked.only_own)
    if asked.body:
        yield col(Referral.body_code) == asked.body
    if asked.state:
        yield col(Referral.state) == asked.state
    if asked.adviser:
        yield col(CaseFile.assigned_to) == asked.adviser
    if asked.since:
        yield _due() >= asked.since
    if asked.until:
        yield _due() <= asked.until


def _rule(which: str, today: date) -> ColumnElement[bool]:
    state = col(Referral.state)
    if which == "overdue":
        return and_(state == "sent", col(Referral.answer_by) < today)
    if which == "returned":
        return and_(state.in_(RETURNED), col(Referral.reminder_on).is_not(None))
    if which == "running":
        return state.in_(("accepted", "working"))
    return state == "sent"
