"""Reading the register: its list, what waits, and the counts of a year."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from casework.authority_requests.rules import Standing, counts_of, parts_of
from casework.authority_requests.tables import AuthorityAnswer, AuthorityRequest
from casework.staff.rules import Permission
from casework.staff.sessions import SignedIn

PAGE = 50
STATES = ("waiting", "answered", "all")
CORRECTION = aliased(AuthorityRequest)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with its answer, and the entry that corrects it."""

    request: AuthorityRequest
    answer: AuthorityAnswer | None
    corrected_by: AuthorityRequest | None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the register; `next` is the last reference on it if there are more."""

    lines: tuple[Line, ...]
    next: str


def register(session: Session, who: SignedIn, *, state: str, authority: str = "", after: str = "") -> Found:
    """Return the newest entries this person may see.

    Args:
        session: the request's transaction.
        who: readers of the register see all, others what they entered.
        state: one of `STATES`.
        authority: only of this kind of authority, if it is named.
        after: only entries that come after this reference in the list.
    """
    rules = [*_seen_by(who), *_in_state(state)]
    if authority:
        rules.append(col(AuthorityRequest.authority_code) == authority)
    place = tuple_(col(AuthorityRequest.year), col(AuthorityRequest.number))
    parts = parts_of(after)
    if parts is not None:
        rules.append(place < tuple_(*parts))
    rows = session.exec(
        select(AuthorityRequest, AuthorityAnswer, CORRECTION)
        .outerjoin(AuthorityAnswer, col(AuthorityAnswer.request_id) == col(AuthorityRequest.id))
        .outerjoin(CORRECTION, col(CORRECTION.corrects_id) == col(AuthorityRequest.id))
        .where(*rules)
        .order_by(col(AuthorityRequest.year).desc(), col(AuthorityRequest.number).desc())
        .limit(PAGE + 1)
    ).all()
    lines = tuple(Line(*row) for row in rows[:PAGE])
    return Found(lines, lines[-1].request.reference if len(rows) > PAGE else "")


def _seen_by(who: SignedIn) -> list[ColumnElement[bool]]:
    if who.may(Permission.AUTHORITY_REGISTER):
        return []
    return [col(AuthorityRequest.entered_by) == who.id]


def _in_state(state: str) -> list[ColumnElement[bool]]:
    match state:
        case "waiting":
            return [col(AuthorityAnswer.request_id).is_(None), col(CORRECTION.id).is_(None)]
        case "answered":
            return [col(AuthorityAnswer.request_id).is_not(None)]
        case _:
            return []


def waiting_total(session: Session) -> int:
    """Return how many entries wait for an answer in the whole register."""
    return session.exec(
        select(func.count())
        .select_from(AuthorityRequest)
        .outerjoin(AuthorityAnswer, col(AuthorityAnswer.request_id) == col(AuthorityRequest.id))
        .outerjoin(CORRECTION, col(CORRECTION.corrects_id) == col(AuthorityRequest.id))
        .where(*_in_state("waiting"))
    ).one()


def answer_to(session: Session, request: AuthorityRequest) -> AuthorityAnswer | None:
    """Return the signed answer to a request, if there is one."""
    return session.get(AuthorityAnswer, request.id)


def years(session: Session, this_year: int) -> list[int]:
    """Return the years the register tells of, this one first, without a gap."""
    first = session.exec(select(func.min(AuthorityRequest.year))).one_or_none()
    return list(range(this_year, min(first or this_year, this_year) - 1, -1))


def counts(session: Session, year: int) -> Mapping[tuple[str, str], int]:
    """Return how many requests of a year there were, by authority and answer; each request once."""
    rows = session.exec(
        select(AuthorityRequest, AuthorityAnswer.answer_code).outerjoin(
            AuthorityAnswer, col(AuthorityAnswer.request_id) == col(AuthorityRequest.id)
        )
    ).all()
    standing = [
        Standing(one.id, one.year, one.authority_code, answer or "", one.corrects_id) for one, answer in rows
    ]
    return counts_of(standing, year)
