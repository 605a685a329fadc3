"""How every act on deadlines begins and ends, and how a counting becomes a row."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.deadlines.counting import Stop
from casework.deadlines.errors import DeadlineSettled
from casework.deadlines.still_open import renew_first_limit
from casework.deadlines.tables import Deadline, DeadlineStop
from office.deadlines.limits import DueDate
from office.deadlines.seats import Seat


def begin(case: CaseFile, version: int, row: Deadline | None = None) -> None:
    """Refuse what was made from an older page, and what has ended.

    Raises:
        CaseChanged: somebody changed the case since `version`.
        CaseAlreadyClosed: limits are looked for only in an open case; what still runs is settled later too.
        DeadlineSettled: the deadline has ended or was superseded.
    """
    if case.version != version:
        raise CaseChanged(case=case.reference)
    if case.is_closed and row is None:
        raise CaseAlreadyClosed(case=case.reference)
    if row is not None and not row.is_open:
        raise DeadlineSettled(case=case.reference)


def end(session: Session, case: CaseFile, act: Act) -> None:
    """Let the case be another version of itself, with the first day that still binds."""
    case.version += 1
    session.flush()
    renew_first_limit(session, case, act)
    session.flush()


def put(
    session: Session,
    case: CaseFile,
    due: DueDate,
    stops: Sequence[Stop],
    act: Act,
    seat: Seat,
    *,
    replaces: Deadline | None = None,
    procedure: str = "",
    track: UUID | None = None,
) -> Deadline:
    """Keep what was counted, with the limit as it was and all that stopped it, and return its row."""
    limit, event = due.limit, due.counted_from
    row = Deadline(
        case_id=case.id,
        replaces=replaces.id if replaces else None,
        track_id=replaces.track_id if replaces else track,
        route_code=due.route_code,
        label=limit.label,
        kind=limit.kind,
        count=limit.count,
        unit=limit.unit,
        august=limit.august,
        dec24_jan6=limit.dec24_jan6,
        rolls=limit.roll_if_nonworking,
        counts_start_day=limit.counts_start_day,
        seat_code=seat.code,
        counts_home=seat.with_home,
        procedure_code=procedure,
        law="; ".join(due.law),
        list_version=due.version,
        start_code=limit.start,
        counted_from=event.earliest,
        counted_until=event.latest,
        last_on=due.on,
        latest_on=due.latest_on,
        is_calendar_confirmed=due.is_calendar_confirmed,
        made_by=act.who.id,
        made_on=act.on,
    )
    if replaces:
        row.clock_id = replaces.clock_id
    session.add(row)
    session.flush()
    for stop in stops:
        session.add(
            DeadlineStop(
                deadline_id=row.id,
                kind=stop.kind,
                cause_code=stop.event.code,
                begun_on=stop.event.begun_on,
                ended_on=stop.event.ended_on,
                answered_on=stop.event.answered_on,
                first_on=stop.first,
                last_on=stop.last,
            )
        )
    session.flush()
    return row


def settle(session: Session, row: Deadline, state: str, act: Act) -> None:
    """Note how a row ended, by whom and when."""
    row.state, row.settled_by, row.settled_on = state, act.who.id, act.on
    session.add(row)
    session.flush()


def told(row: Deadline) -> dict[str, str]:
    """Return what the timeline tells of a row."""
    return {"route": row.route_code, "last_on": row.last_on.isoformat(), "deadline": str(row.id)}
