"""The list of cases somebody may open: one page of it, all of it, and how many are in each queue."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, union_all
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from casework.appointments.tables import IncomingBooking
from casework.cases.queries import held_by, held_cases, may_open
from casework.cases.tables import STAGES, CaseFile, CaseKeyGrant
from casework.listing.ordering import Key, Listed, by_day, by_place, order_of, page_of
from casework.merges.standing import under_each
from casework.merges.tables import CaseMerge
from casework.messages.tables import IncomingMessage
from casework.queues.conditions import (
    Today,
    back_waits_for,
    filtered,
    in_queue,
    in_queues,
    unread_after_the_end,
)
from casework.queues.rules import ENDED, ONLY_SUPERVISORS, PAGE, QUEUES, Asked
from casework.staff.rules import Permission
from casework.staff.sessions import SignedIn
from casework.timeline.queries import names_of
from casework.tracks.looks import first_looks
from office.stores.keyroom import Staff

AT_ONCE = 500
MOST_COUNTED = 1000
"""Of closed cases; a list that has so many says "1000 or more"."""


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list, with the unread messages of all that stand under it, and these.

    Attributes:
        look_on: when somebody looks at a remedy again, of it or of those under it.
    """

    case: CaseFile
    unread: int
    adviser: str
    under: Sequence[CaseFile] = ()
    look_on: date | None = None


def cases_of(
    session: Session,
    who: SignedIn,
    asked: Asked,
    today: Today,
    areas: Sequence[str] = (),
    *,
    limit: int | None = PAGE,
) -> Listed[Line]:
    """Return one page of what is asked for, of the cases this person holds a key of; all without a limit.

    Args:
        areas: the areas of life in the order of their words, as the reader has them.
    """
    newest = by_day(col(CaseFile.opened_on), falls=True)
    wanted = select(CaseFile).where(*_seen(who, asked, today), in_queue(asked.which, today, who))
    keys = {
        "opened": [newest],
        "next": [by_day(col(CaseFile.next_on), may_lack=True)],
        "limit": [by_day(col(CaseFile.limit_on), may_lack=True)],
        "number": [Key(col(CaseFile.reference))],
        "area": [by_place(col(CaseFile.area_code), areas), newest],
        "stage": [by_place(col(CaseFile.stage_code), STAGES), newest],
    }
    if asked.sort.removeprefix("-") == "adviser":
        advisers = [own for own, _ in advisers_of(session, who)]
        keys["adviser"] = [by_place(col(CaseFile.assigned_to), advisers), newest]
    if asked.sort.removeprefix("-") == "unread":
        waiting = _waiting(who)
        wanted = wanted.outerjoin(waiting, waiting.c.case_number == col(CaseFile.reference))
        keys["unread"] = [Key(func.coalesce(waiting.c.count, 0), int, falls=True)]
    order = order_of(asked, keys, col(CaseFile.id))
    rows, following = page_of(session, wanted, order, asked.after, limit)
    return Listed(_lines(session, who, [case for (case,) in rows]), following)


def count_of(session: Session, who: SignedIn, asked: Asked, today: Today) -> int:
    """Return how many cases are asked for."""
    wanted = select(func.count()).select_from(CaseFile).where(*_seen(who, asked, today))
    return session.exec(wanted.where(in_queue(asked.which, today, who))).one()


def counts(session: Session, who: SignedIn, asked: Asked, today: Today) -> Mapping[str, int]:
    """Return how many cases each queue has with the same filters; of ended ones at most `MOST_COUNTED`.

    The open ones are few in any office and are counted in one look. The closed ones are all that ever were.
    """
    queues = [one for one in QUEUES if one not in ONLY_SUPERVISORS or who.may(Permission.SUPERVISE)]
    of_open = [one for one in queues if one not in ENDED]
    rules = in_queues(of_open, today, who)
    columns = [func.count().filter(rule).label(which) for which, rule in rules.items()]
    is_open = col(CaseFile.closed_on).is_(None)
    counted = select(*columns).select_from(CaseFile).where(is_open, *_seen(who, asked, today))
    found: Any = session.execute(counted)
    told = dict(zip(of_open, found.one(), strict=True))
    closed_too = {"unread": unread_after_the_end(), "closings": back_waits_for(who)}
    for which in closed_too.keys() & told.keys():
        ended = select(func.count()).select_from(CaseFile).where(*_seen(who, asked, today))
        told[which] += session.exec(ended.where(closed_too[which])).one()
    held = select(CaseFile.id).join(CaseKeyGrant, held_cases(who)).where(*_asked_for(who, asked, today))
    for which in ENDED:
        some = held.where(in_queue(which, today, who)).distinct().limit(MOST_COUNTED).subquery()
        told[which] = session.exec(select(func.count()).select_from(some)).one()
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


def _lines(session: Session, who: SignedIn, cases: Sequence[CaseFile]) -> list[Line]:
    waiting: dict[str, int] = {}
    under: dict[UUID, list[CaseFile]] = {}
    looks: dict[UUID, date] = {}
    counted = _waiting(who)
    for start in range(0, len(cases), AT_ONCE):
        part = cases[start : start + AT_ONCE]
        numbers = [case.reference for case in part]
        rows: Any = session.execute(
            columns(counted.c.case_number, counted.c.count).where(counted.c.case_number.in_(numbers))
        )
        waiting |= dict(rows.all())
        under |= under_each(session, who, [case.id for case in part])
        together = [one.id for case in part for one in (case, *under.get(case.id, ()))]
        looks |= first_looks(session, together)
    names = names_of(session, list({case.assigned_to for case in cases}))
    return [
        Line(
            case,
            waiting.get(case.reference, 0),
            names.get(case.assigned_to, ""),
            under.get(case.id, ()),
            min((looks[one.id] for one in (case, *under.get(case.id, ())) if one.id in looks), default=None),
        )
        for case in cases
    ]
