"""Drawing closures to be looked at again, who may look at them, and what was found."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.access import case_for
from casework.cases.queries import may_open
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.staff.sessions import SignedIn
from casework.supervision.errors import AlreadyReviewed, CannotDraw, ReviewNotFound
from casework.supervision.rules import drawn
from casework.supervision.tables import ClosureReview, ClosureSample
from casework.tasks.actions import Wanted, make_task
from casework.tasks.tables import CaseTask
from casework.timeline.actions import hold_office, record
from casework.timeline.queries import entry_of
from casework.timeline.tables import Event
from office.clock import month_of
from office.stores.columns import ROUTINGS

MONTHS_BACK = 366
"""Days: older closures are not drawn any more, and older reviews are not listed."""
HANDS = (
    "case_opened", "case_reassigned", "case_passed_on", "wall_risen", "wall_service",
    "case_reopened", "case_closed", "void_asked", "case_voided",
)  # fmt: skip
"""Events that tell whose a case was, who asked to close or to void it and who did."""
OWN_ACTS = ("case_closed", "void_asked", "case_voided")


@dataclass(frozen=True, slots=True)
class Line:
    """One drawn closure in the list; `mending` is the task that came of it."""

    review: ClosureReview
    case: CaseFile
    mending: CaseTask | None


def months_to_draw(session: Session, who: SignedIn, today: date) -> list[str]:
    """Return the months that are over and not drawn, in which a case was closed that this person may open."""
    closed = columns(col(CaseFile.closed_on)).where(
        may_open(who),
        col(CaseFile.closed_on) >= today - timedelta(days=MONTHS_BACK),
        col(CaseFile.closed_on) < today.replace(day=1),
    )
    months = {month_of(on) for on in session.scalars(closed.distinct()) if on}
    return sorted(months - set(session.scalars(columns(col(ClosureSample.month)))))


def draw(session: Session, month: str, act: Act) -> None:
    """Draw the closures of a month, apart for cases against the city: who may not know of those sees neither.

    Every case that became void is looked at: nothing else would notice a report that was real.

    Raises:
        CannotDraw: the month is none of those that may be drawn.
    """
    hold_office(session)
    if month not in months_to_draw(session, act.who, act.on):
        raise CannotDraw
    closed = session.exec(
        select(CaseFile).where(
            col(CaseFile.closed_on) >= date.fromisoformat(f"{month}-01"),
            col(CaseFile.closed_on) < act.on.replace(day=1),
        )
    ).all()
    for routing in ROUTINGS:
        ended = [
            case
            for case in closed
            if case.routing_code == routing and case.closed_on and month_of(case.closed_on) == month
        ]
        if not ended:
            continue
        of_month = [case.id for case in ended if not case.is_void]
        void = [case.id for case in ended if case.is_void]
        seed = secrets.token_hex(16)
        session.add(
            ClosureSample(
                month=month,
                routing_code=routing,
                seed=seed,
                population=len(of_month),
                drawn_on=act.on,
                drawn_by=act.who.id,
            )
        )
        session.add_all([ClosureReview(case_id=own, month=month) for own in (*drawn(seed, of_month), *void)])
    session.flush()
    record(session, "closures_drawn", at=act.at, by=act.who.id, month=month)


def listed(session: Session, who: SignedIn, today: date) -> list[Line]:
    """Return the drawn closures this person may look at: those that wait first, then by month.

    A case they may not open, or had a part in, is not there.
    """
    since = month_of(today - timedelta(days=MONTHS_BACK))
    wanted = (
        select(ClosureReview, CaseFile, CaseTask)
        .join(CaseFile, col(CaseFile.id) == col(ClosureReview.case_id))
        .join(CaseTask, col(CaseTask.id) == col(ClosureReview.task_id), isouter=True)
        .where(may_open(who), col(ClosureReview.month) >= since)
        .order_by(
            col(ClosureReview.found_code).is_not(None), col(ClosureReview.month).desc(), col(ClosureReview.id)
        )
    )
    rows = session.exec(wanted).all()
    part = _with_part(session, [case for _, case, _ in rows], who.id)
    return [Line(review, case, task) for review, case, task in rows if case.id not in part]


def review_for(
    session: Session, act: Act, written: str, *, to_change: bool = False
) -> tuple[ClosureReview, CaseFile]:
    """Return a drawn closure and its case, to look at it.

    Raises:
        ReviewNotFound, CaseNotFound: there is none, or not for this person.
    """
    try:
        row = session.get(ClosureReview, UUID(written))
    except ValueError:
        row = None
    if row is None:
        raise ReviewNotFound
    case = case_for(session, act, session.get_one(CaseFile, row.case_id).reference, to_change=to_change)
    session.refresh(row)  # somebody may have written it while this waited for the case
    if _with_part(session, [case], act.who.id):
        raise ReviewNotFound
    return row, case


def words_of(session: Session, case: CaseFile, row: ClosureReview, act: Act) -> str:
    """Return what was written about a closure, in clear."""
    return open_rows(session, case, [row], act)[0].decode()


def review(
    session: Session,
    case: CaseFile,
    row: ClosureReview,
    found: str,
    words: str,
    mending: Wanted | None,
    act: Act,
) -> None:
    """Keep what a supervisor found; what is to be mended becomes a task of the case.

    Raises:
        AlreadyReviewed: somebody was faster.
        CannotDoTask: see `tasks.actions.make_task`.
    """
    if row.found_code is not None:
        raise AlreadyReviewed(case=case.reference)
    task = None if mending is None else make_task(session, case, mending, act, after_closing=True)
    seal_row(session, case, row, words.encode())
    row.found_code, row.reviewed_on, row.reviewed_by = found, act.on, act.who.id
    row.task_id = task.id if task else None
    session.flush()
    record(session, "closure_reviewed", at=act.at, by=act.who.id, case_id=case.id, reviewed=found)


def _with_part(session: Session, cases: Sequence[CaseFile], staff_id: UUID) -> set[UUID]:
    """Return which of these cases this member of staff ever had as theirs, asked to close, or closed."""
    found = {case.id for case in cases if case.assigned_to == staff_id}
    chains = [str(case.id) for case in cases]
    events = session.exec(select(Event).where(col(Event.chain).in_(chains), col(Event.kind).in_(HANDS)))
    for event in events:
        detail = entry_of(event, "").detail
        theirs = {detail.get(name) for name in ("assigned_to", "to", "was_assigned_to", "asked_by")}
        if str(staff_id) in theirs or (event.kind in OWN_ACTS and event.by == staff_id):
            found.add(UUID(event.chain))
    return found
