"""Which cases are read together. What takes no reader asks not who reads: no wall stands there.

A case put under another stands in no queue of its own while the leading one is open and has the same adviser.
As soon as either does not hold, it is back in its adviser's queues: nobody is ever looked after by nobody.
For a reader who may not open the leading one it never left them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from casework.cases.queries import held_by, may_open
from casework.cases.tables import CaseFile
from casework.merges.errors import MergedOpen, PutUnder
from casework.merges.tables import CaseMerge
from casework.staff.sessions import SignedIn


def merge_over(session: Session, case_id: UUID) -> CaseMerge | None:
    """Return the merge in force that puts a case under another."""
    wanted = select(CaseMerge).where(CaseMerge.under_id == case_id, col(CaseMerge.undone_on).is_(None))
    return session.exec(wanted).first()


def merges_under(session: Session, case_id: UUID) -> Sequence[CaseMerge]:
    """Return the merges in force that put others under a case, the oldest first."""
    wanted = select(CaseMerge).where(CaseMerge.case_id == case_id, col(CaseMerge.undone_on).is_(None))
    return session.exec(wanted.order_by(col(CaseMerge.merged_on), col(CaseMerge.id))).all()


def family_of(session: Session, case_id: UUID) -> frozenset[UUID]:
    """Return the ids of all cases that are read together with one, its own among them."""
    over = merge_over(session, case_id)
    leading = over.case_id if over else case_id
    return frozenset({leading, case_id, *(one.under_id for one in merges_under(session, leading))})


def hold_together(session: Session, ids: frozenset[UUID]) -> None:
    """Hold the rows of several cases until the transaction ends, in the order of their ids."""
    wanted = select(CaseFile.id).where(col(CaseFile.id).in_(ids)).order_by(col(CaseFile.id))
    session.exec(wanted.with_for_update()).all()


def with_families(session: Session, numbers: Iterable[str]) -> frozenset[UUID]:
    """Return the ids of the cases of these numbers and of all that are read together with them."""
    ids = session.exec(select(CaseFile.id).where(col(CaseFile.reference).in_(set(numbers)))).all()
    return frozenset().union(*(family_of(session, one) for one in ids))


def hold_with_number(session: Session, number: str) -> None:
    """Hold the rows of a case and of all that are read together with it; of one by itself, nothing yet."""
    own = select(CaseFile.id).where(CaseFile.reference == number).scalar_subquery()
    touched = (
        select(CaseMerge.case_id)
        .where(
            col(CaseMerge.undone_on).is_(None),
            or_(col(CaseMerge.case_id) == own, col(CaseMerge.under_id) == own),
        )
        .limit(1)
    )
    leading = session.exec(touched).first()
    if leading is not None:
        hold_together(session, family_of(session, leading))


def is_put_under(session: Session, case: CaseFile) -> bool:
    """Say whether a case is read under another that is open and has the same adviser."""
    over = merge_over(session, case.id)
    if over is None:
        return False
    leading = session.get_one(CaseFile, over.case_id)
    return not leading.is_closed and leading.assigned_to == case.assigned_to


def refuse_put_under(session: Session, case: CaseFile) -> None:
    """Refuse in a case put under another what is about the event.

    Raises:
        PutUnder: it is.
    """
    if is_put_under(session, case):
        raise PutUnder(case=case.reference)


def refuse_merged_open(session: Session, case: CaseFile) -> None:
    """Refuse to close a leading case before those put under it.

    Raises:
        MergedOpen: one of them is open.
    """
    under = [one.under_id for one in merges_under(session, case.id)]
    if any(not session.get_one(CaseFile, one).is_closed for one in under):
        raise MergedOpen(case=case.reference)


def read_together(session: Session, case: CaseFile) -> list[CaseFile]:
    """Return the other cases that are read together with one, in the order of their ids."""
    others = family_of(session, case.id) - {case.id}
    return list(session.exec(select(CaseFile).where(col(CaseFile.id).in_(others)).order_by(col(CaseFile.id))))


def go_along(session: Session, case: CaseFile) -> list[CaseFile]:
    """Return the other open cases that change hands with a case: read with it, and of the same adviser."""
    return [
        one
        for one in read_together(session, case)
        if not one.is_closed and one.assigned_to == case.assigned_to
    ]


def stands_under(who: SignedIn) -> ColumnElement[bool]:
    """Return the condition that a case stands in no queue of its own for a reader who may open it."""
    leading, over = aliased(CaseFile), aliased(CaseMerge)
    wanted = (
        select(over.id)
        .join(leading, col(leading.id) == col(over.case_id))
        .where(
            over.under_id == CaseFile.id,
            col(over.undone_on).is_(None),
            col(leading.closed_on).is_(None),
            leading.assigned_to == CaseFile.assigned_to,
            held_by(who.id, leading),
        )
    )
    return wanted.exists()


def under_each(session: Session, who: SignedIn, ids: Collection[UUID]) -> dict[UUID, list[CaseFile]]:
    """Return the cases that stand under each of these, for its line in a list; only what one may open."""
    found: dict[UUID, list[CaseFile]] = {}
    wanted = (
        select(CaseMerge.case_id, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(CaseMerge.under_id))
        .where(
            col(CaseMerge.case_id).in_(ids),
            col(CaseMerge.undone_on).is_(None),
            stands_under(who),
            may_open(who),
        )
        .order_by(col(CaseMerge.merged_on), col(CaseMerge.id))
    )
    for leading, case in session.exec(wanted):
        found.setdefault(leading, []).append(case)
    return found


def or_of_one_under(
    rules: Mapping[str, ColumnElement[bool]], who: SignedIn
) -> dict[str, ColumnElement[bool]]:
    """Return of each rule that it holds for a case that stands by itself, or for one under it."""
    stands = stands_under(who)
    leading = (
        select(CaseMerge.case_id)
        .join(CaseFile, col(CaseFile.id) == col(CaseMerge.under_id))
        .where(col(CaseMerge.undone_on).is_(None), stands, may_open(who))
        .correlate(None)
    )
    return {
        name: ~stands & or_(rule, col(CaseFile.id).in_(leading.where(rule))) for name, rule in rules.items()
    }
