"""Which cases nobody touched: they wait to be given to somebody else, and nothing need run for it.

Whether a case was touched is read from the timeline, so neither a list nor a page can say anything else.
"""

from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import Date, String
from sqlmodel import col, select

from casework.cases.rules import FIRST_STAGE
from casework.cases.tables import CaseFile
from casework.conflicts.tables import CaseWall
from casework.deadlines.rules import working_days_before
from casework.queues.rules import UNTOUCHED_AFTER
from casework.queues.tables import Absence
from casework.timeline.tables import Event
from casework.traces.kinds import READ, REFUSED, SOUGHT, TAKEN
from office.vocabulary import City

GIVEN: Final = ("case_opened", "case_reassigned", "case_passed_on")
"""Events with which a case has its adviser."""
TOLD: Final = "state_told"
"""The person is told that their case was opened in the same act: by itself this is no other."""
ARRIVES: Final = frozenset(
    [
        "consent_changed",
        "receipt_key_changed",
        "receipt_key_refused",
        "file_damaged",
        "appointment_chosen",
        "hour_was_taken",
        "other_times_asked",
        "appointment_cancelled_by_person",
        "answer_of_another_hour",
    ]
)
"""What the person did, and was written down when somebody looked."""
NO_ACT: Final = tuple(sorted(READ | TAKEN | SOUGHT | REFUSED | ARRIVES | {*GIVEN, "case_key_renewed"}))
"""What an adviser does without doing anything for the person: looks, copies, searches, a new key."""


class _SomeDaysBefore(GenericFunction[date]):
    """The day so many days of the calendar before another: of an absence, before it began."""

    type = Date()
    name = "some_days_before"
    inherit_cache = True


@compiles(_SomeDaysBefore)
def _earlier(element: Any, compiler: Any, **more: Any) -> str:
    return f"({compiler.process(element.clauses, **more)} - {UNTOUCHED_AFTER})"


@compiles(_SomeDaysBefore, "sqlite")
def _earlier_here(element: Any, compiler: Any, **more: Any) -> str:
    return f"date({compiler.process(element.clauses, **more)}, '-{UNTOUCHED_AFTER} days')"


class _ChainOf(GenericFunction[str]):
    """The chain of the timeline that belongs to the id of a case."""

    type = String()
    name = "chain_of"
    inherit_cache = True


@compiles(_ChainOf)
def _dashed(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **more)} AS VARCHAR)"


@compiles(_ChainOf, "sqlite")
def _dashed_here(element: Any, compiler: Any, **more: Any) -> str:
    """Write the dashes that this engine keeps ids without."""
    own = compiler.process(element.clauses, **more)
    parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return "(" + " || '-' || ".join(f"substr({own}, {start}, {length})" for start, length in parts) + ")"


def is_returned(today: date, city: City) -> ColumnElement[bool]:
    """Return the condition that a case in triage waits for another adviser since its own did nothing."""
    return and_(col(CaseFile.stage_code) == FIRST_STAGE, is_untouched(today, city))


def is_untouched(today: date, city: City) -> ColumnElement[bool]:
    """Return the condition that a case lay with its adviser and nothing was done.

    Looking is not doing. Days on which the adviser was away with a cover do not count: after an absence
    there are as many working days again. Any act of the adviser takes the case up; giving it anew does too.
    What waited already is not hidden by an absence, nor what its cover cannot see.
    """
    before = working_days_before(city.calendar, today, UNTOUCHED_AFTER)
    return and_(
        col(CaseFile.assigned_on) < before,
        ~_is_covered(before, today),
        ~_is_touched(),
    )


def _is_touched() -> ColumnElement[bool]:
    """Return the condition that the adviser did something since the case was given to them."""
    later = aliased(Event)
    given_since = select(later.seq).where(
        later.chain == Event.chain, col(later.seq) > col(Event.seq), col(later.kind).in_(GIVEN)
    )
    first = aliased(Event)
    told_with_it = select(first.seq).where(
        first.chain == Event.chain, col(first.seq) == col(Event.seq) - 1, col(first.kind).in_(GIVEN)
    )
    acted = select(Event.seq).where(
        Event.chain == _ChainOf(col(CaseFile.id)),
        Event.by == CaseFile.assigned_to,
        col(Event.kind).not_in(NO_ACT),
        ~given_since.correlate(Event).exists(),
        or_(col(Event.kind) != TOLD, ~told_with_it.correlate(Event).exists()),
    )
    return acted.correlate(CaseFile).exists()


def _is_covered(before: date, today: date) -> ColumnElement[bool]:
    """Return the condition that the adviser is away, or came back fewer working days ago than there are.

    An absence counts for cases given during it, or in so few days of the calendar before that the working
    days cannot have been over; of a case against the city, or of one the cover keeps out of, it never counts.
    """
    out = select(CaseWall.id).where(CaseWall.case_id == CaseFile.id, CaseWall.staff_id == Absence.cover_id)
    away = select(Absence.id).where(
        Absence.staff_id == CaseFile.assigned_to,
        col(CaseFile.routing_code) != "city",
        col(CaseFile.assigned_on) >= _SomeDaysBefore(col(Absence.first_on)),
        ~out.correlate(CaseFile, Absence).exists(),
        col(Absence.first_on) <= today,
        col(Absence.last_on) >= before,
        or_(
            col(Absence.ended_on).is_(None),
            and_(col(Absence.ended_on) >= before, col(Absence.ended_on) >= col(Absence.first_on)),
        ),
    )
    return away.correlate(CaseFile).exists()
