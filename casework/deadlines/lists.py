"""Deadlines as lists show them: only of cases the reader holds, counts included."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from casework.cases.queries import held_by, may_open
from casework.cases.tables import CaseFile
from casework.deadlines.asking import DeadlinesAsked
from casework.deadlines.conditions import WHICH, act_on, is_ours, moves, rule_of
from casework.deadlines.queries import Clock, clocks
from casework.deadlines.still_open import lacks_scan
from casework.deadlines.tables import OPEN, Deadline
from casework.listing.ordering import Key, Listed, by_day, by_place, counted, order_of, page_of
from casework.staff.sessions import SignedIn
from casework.timeline.queries import names_of
from office.vocabulary import City

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A deadline in a list."""

    clock: Clock
    case: CaseFile
    adviser: str


def deadlines_for(
    session: Session,
    who: SignedIn,
    today: date,
    city: City,
    asked: DeadlinesAsked,
    routes: Sequence[str],
    *,
    limit: int | None = PAGE,
) -> Listed[Line]:
    """Return deadlines that bind in open cases this person holds, by themselves the earliest first.

    Args:
        session: the request's transaction.
        who: who asks.
        today: the city's day.
        city: whose days off and list of routes are counted by.
        asked: what is asked for.
        routes: codes of routes in the order of their words.
        limit: lines on a page; None for all.
    """
    wanted = (
        select(Deadline, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
        .where(*_asked_for(who, asked), rule_of(asked.which, today, city))
    )
    day, number = by_day(act_on()), Key(col(CaseFile.reference))
    keys = {
        "last": (day, number),
        "case": (number, day),
        "route": (by_place(col(Deadline.route_code), routes), day, number),
        "state": (by_place(col(Deadline.state), OPEN), day, number),
    }
    found, following = page_of(session, wanted, order_of(asked, keys, col(Deadline.id)), asked.after, limit)
    names = names_of(session, list({case.assigned_to for _, case in found}))
    told = clocks(session, [row for row, _ in found], today, city)
    lines = [
        Line(clock, case, names.get(case.assigned_to, ""))
        for clock, (_, case) in zip(told, found, strict=True)
    ]
    return Listed(lines, following)


def routes_of(session: Session, who: SignedIn, asked: DeadlinesAsked) -> set[str]:
    """Return of which routes deadlines bind in these cases, and the one that is asked for."""
    wanted = select(Deadline.route_code).join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
    found = session.exec(wanted.where(*_seen(who, only_own=asked.only_own)).distinct())
    return {*found, asked.route}


def counts(
    session: Session, who: SignedIn, today: date, city: City, asked: DeadlinesAsked
) -> Mapping[str, int]:
    """Return how many deadlines each choice of `WHICH` shows this person with the same filters."""
    wanted = (
        select(func.count())
        .select_from(Deadline)
        .join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
        .where(*_asked_for(who, asked))
    )
    return counted(session, wanted, {which: rule_of(which, today, city) for which in WHICH})


def pressing(session: Session, who: SignedIn, today: date, city: City) -> int:
    """Return how many deadlines of this person's own cases end today or should have been met before."""
    return session.exec(
        select(func.count())
        .select_from(Deadline)
        .join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
        .where(*_seen(who, only_own=True), is_ours(), act_on() <= today, ~moves(today, city))
    ).one()


def without_scan(session: Session, who: SignedIn, opened_before: date, *, only_own: bool) -> int:
    """Return in how many open cases of this person nobody has looked which limits run."""
    wanted = select(func.count()).select_from(CaseFile).where(may_open(who), lacks_scan(opened_before))
    if only_own:
        wanted = wanted.where(CaseFile.assigned_to == who.id)
    return session.exec(wanted).one()


def of_calendar(session: Session, staff_id: UUID) -> Sequence[tuple[Deadline, str]]:
    """Return the deadlines that bind in somebody's own open cases, each with its case number.

    Nobody needs to be signed in: a day and a number are all that is told.
    """
    found = session.exec(
        select(Deadline, CaseFile.reference)
        .join(CaseFile, col(CaseFile.id) == col(Deadline.case_id))
        .where(
            col(Deadline.state).in_(OPEN),
            col(CaseFile.closed_on).is_(None),
            held_by(staff_id),
            col(CaseFile.assigned_to) == staff_id,
        )
        .order_by(act_on(), col(Deadline.id))
    )
    return found.all()


def _seen(who: SignedIn, *, only_own: bool) -> tuple[ColumnElement[bool], ...]:
    binding = (col(Deadline.state).in_(OPEN), col(CaseFile.closed_on).is_(None), may_open(who))
    return (*binding, col(CaseFile.assigned_to) == who.id) if only_own else binding


def _asked_for(who: SignedIn, asked: DeadlinesAsked) -> Iterator[ColumnElement[bool]]:
    yield from _seen(who, only_own=asked.only_own)
    if asked.route:
        yield col(Deadline.route_code) == asked.route
    if asked.state:
        yield col(Deadline.state) == asked.state
    if asked.adviser:
        yield col(CaseFile.assigned_to) == asked.adviser
    if asked.since:
        yield act_on() >= asked.since
    if asked.until:
        yield act_on() <= asked.until
