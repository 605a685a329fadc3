"""The list of cases somebody may open: one page of it, all of it, and how many are in each queue."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_, union_all
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from casework.appointments.tables import IncomingBooking
from casework.cases.queries import held_by, held_cases, may_open
from casework.cases.tables import CaseFile, CaseKeyGrant
from casework.merges.standing import under_each
from casework.merges.tables import CaseMerge
from casework.messages.tables import IncomingMessage
from casework.queues.conditions import Today, filtered, in_queue, in_queues
from casework.queues.rules import ONLY_SUPERVISORS, PAGE, QUEUES, Asked, place_of
from casework.staff.rules import Permission
from casework.staff.sessions import SignedIn
from casework.timeline.queries import names_of
from office.stores.keyroom import Staff

AT_ONCE = 500
MOST_COUNTED = 1000
"""Of closed cases; a list that has so many says "1000 or more"."""


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list, with the unread messages of all that stand under it, and these."""

    case: CaseFile
    unread: int
    adviser: str
    under: Sequence[CaseFile] = ()


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of a list, and after which place the next begins."""

    lines: Sequence[Line]
    next: str | None


def cases_of(
    session: Session, who: SignedIn, asked: Asked, today: Today, *, limit: int | None = PAGE
) -> CaseList:
    """Return one page of what is asked for, of the cases this person holds a key of; all without a limit."""
    order = _order(asked.sort)
    wanted = select(CaseFile).where(*_seen(who, asked, today), in_queue(asked.which, today, who))
    if asked.sort == "unread":
        waiting = _waiting(who)
        wanted = wanted.outerjoin(waiting, waiting.c.case_number == col(CaseFile.reference))
        order = _Order(func.coalesce(waiting.c.count, 0), descending=True)
    place = place_of(asked.after)
    if place is not None:
        wanted = wanted.where(order.behind(_value(asked.sort, place[0]), place[1]))
    wanted = wanted.order_by(order.direction, col(CaseFile.id))
    found = session.exec(wanted.limit(limit + 1) if limit else wanted).all()
    here = found[:limit] if limit else found
    lines = _lines(session, who, here)
    return CaseList(lines, _place(asked.sort, lines[-1]) if len(found) > len(here) else None)


def count_of(session: Session, who: SignedIn, asked: Asked, today: Today) -> int:
    """Return how many cases are asked for."""
    wanted = select(func.count()).select_from(CaseFile).where(*_seen(who, asked, today))
    return session.exec(wanted.where(in_queue(asked.which, today, who))).one()


def counts(session: Session, who: SignedIn, asked: Asked, today: Today) -> Mapping[str, int]:
    """Return how many cases each queue has with the same filters; of closed ones at most `MOST_COUNTED`.

    The open ones are few in any office and are counted in one look. The closed ones are all that ever were.
    """
    queues = [one for one in QUEUES if one not in ONLY_SUPERVISORS or who.may(Permission.SUPERVISE)]
    of_open = [one for one in queues if one != "closed"]
    rules = in_queues(of_open, today, who)
    columns = [func.count().filter(rule).label(which) for which, rule in rules.items()]
    is_open = col(CaseFile.closed_on).is_(None)
    counted = select(*columns).select_from(CaseFile).where(is_open, *_seen(who, asked, today))
    found: Any = session.execute(counted)
    told = dict(zip(of_open, found.one(), strict=True))
    closed = select(CaseFile.id).join(CaseKeyGrant, held_cases(who))
    some = closed.where(~is_open, *_asked_for(who, asked, today)).distinct().limit(MOST_COUNTED).subquery()
    told["closed"] = session.exec(select(func.count()).select_from(some)).one()
    return {which: told[which] for which in queues}


def advisers_of(session: Session, who: SignedIn) -> list[tuple[UUID, str]]:
    """Return whose cases this person may open, by name.

    Who holds nearly every case is asked for colleague by colleague, whoever holds few from their grants on.
    """
    if who.may(Permission.SUPERVISE):
        own = select(CaseFile.id).where(CaseFile.assigned_to == Staff.id, may_open(who))
        found = session.exec(select(Staff.id).where(own.exists())).all()
    else:
        held = select(CaseFile.assigned_to).join(CaseKeyGrant, held_cases(who))
        found = session.exec(held.distinct()).all()
    return sorted(names_of(session, found).items(), key=lambda one: one[1])


def _seen(who: SignedIn, asked: Asked, today: Today) -> Iterator[ColumnElement[bool]]:
    yield may_open(who)
    yield from _asked_for(who, asked, today)


def _asked_for(who: SignedIn, asked: Asked, today: Today) -> Iterator[ColumnElement[bool]]:
    if asked.only_own:
        yield col(CaseFile.assigned_to) == who.id
    yield from filtered(asked, today)


@dataclass(frozen=True, slots=True)
class _Order:
    """By what a list is ordered. What has no day comes last; the ids decide between equals."""

    column: SQLColumnExpression[Any]
    descending: bool = False

    @property
    def direction(self) -> Any:
        return self.column.desc() if self.descending else self.column.asc().nulls_last()

    def behind(self, value: date | int | None, last: UUID) -> ColumnElement[bool]:
        """Return the condition that a case comes after the one at this place."""
        own = col(CaseFile.id) > last
        if value is None:
            return self.column.is_(None) & own
        if self.descending:
            return or_(self.column < value, and_(self.column == value, own))
        return or_(self.column > value, self.column.is_(None), and_(self.column == value, own))


def _order(sort: str) -> _Order:
    days = {"next": CaseFile.next_on, "limit": CaseFile.limit_on}
    return _Order(col(days[sort])) if sort in days else _Order(col(CaseFile.opened_on), descending=True)


def _waiting(who: SignedIn) -> Any:
    """Return what waits unread in each line; that of a case under another stands in that one's line."""
    waits = union_all(
        *(
            select(sent.case_number).where(col(sent.opened_on).is_(None))
            for sent in (IncomingMessage, IncomingBooking)
        )
    ).subquery()
    own, leading, over = aliased(CaseFile), aliased(CaseFile), aliased(CaseMerge)
    number = func.coalesce(col(leading.reference), waits.c.case_number)
    counted = (
        select(number.label("case_number"), func.count().label("count"))
        .select_from(waits)
        .outerjoin(own, col(own.reference) == waits.c.case_number)
        .outerjoin(over, and_(col(over.under_id) == col(own.id), col(over.undone_on).is_(None)))
        .outerjoin(
            leading,
            and_(
                col(leading.id) == col(over.case_id),
                col(leading.closed_on).is_(None),
                col(leading.assigned_to) == col(own.assigned_to),
                held_by(who.id, own),
                held_by(who.id, leading),
            ),
        )
    )
    return counted.group_by(number).subquery()


def _value(sort: str, written: str) -> date | int | None:
    try:
        if sort == "unread":
            return int(written)
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None


def _place(sort: str, line: Line) -> str:
    case = line.case
    values = {"next": case.next_on, "limit": case.limit_on, "opened": case.opened_on, "unread": line.unread}
    value = values[sort]
    return f"{'' if value is None else value}_{case.id}"


def _lines(session: Session, who: SignedIn, cases: Sequence[CaseFile]) -> list[Line]:
    waiting: dict[str, int] = {}
    under: dict[UUID, list[CaseFile]] = {}
    counted = _waiting(who)
    for start in range(0, len(cases), AT_ONCE):
        part = cases[start : start + AT_ONCE]
        numbers = [case.reference for case in part]
        rows: Any = session.execute(
            columns(counted.c.case_number, counted.c.count).where(counted.c.case_number.in_(numbers))
        )
        waiting |= dict(rows.all())
        under |= under_each(session, who, [case.id for case in part])
    names = names_of(session, list({case.assigned_to for case in cases}))
    return [
        Line(
            case,
            waiting.get(case.reference, 0),
            names.get(case.assigned_to, ""),
            under.get(case.id, ()),
        )
        for case in cases
    ]
