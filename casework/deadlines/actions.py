"""What is done with deadlines. Each act is one change of the case and one event; none commits.

What was counted is never changed: another classification, another day, a suspension or an interruption is a
new row that supersedes the old one, which stays with its author and reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.deadlines.counting import Stop, counted_as
from casework.deadlines.errors import DeadlineSettled, NotALawyer
from casework.deadlines.lawyers import is_lawyer
from casework.deadlines.starts import Days, earliest, lines_of
from casework.deadlines.still_open import open_deadlines, renew_first_limit
from casework.deadlines.tables import Deadline, DeadlineStop, LimitScan
from casework.deadlines.words import write
from casework.timeline.actions import record
from office.deadlines.calendar import worked_days
from office.deadlines.limits import DueDate
from office.deadlines.rules import Occurrence
from office.vocabulary import load


@dataclass(frozen=True, slots=True)
class Counting:
    """How a clock is to be counted.

    Attributes:
        label: the classification; None for the one that ends first.
        event: when the event was from which it runs.
        stops: all that made it stand still or begin anew.
    """

    label: str | None
    event: Occurrence
    stops: tuple[Stop, ...] = ()


def save_scan(
    session: Session,
    case: CaseFile,
    routes: Sequence[str],
    days: Days | None,
    reason: str,
    act: Act,
    *,
    version: int,
) -> list[Deadline]:
    """Keep the clocks of these routes, each counted from its own event, or that none applies.

    A clock that already runs for the same route and day is not kept twice.

    Raises:
        CaseChanged, CaseAlreadyClosed: see `_begin`.
        NothingRuns, StartNotKnown, CalendarYearMissing: see `starts.earliest`.
    """
    _begin(case, version)
    running = {
        (row.route_code, row.counted_from, row.counted_until) for row in open_deadlines(session, case.id)
    }
    kept, lines = [], lines_of(days, act) if days else {}
    for code in dict.fromkeys(routes):
        due = earliest(code, lines.get(code, ()))
        if (code, due.counted_from.earliest, due.counted_from.latest) not in running:
            kept.append(_put(session, case, due, (), act))
    session.add(
        LimitScan(
            case_id=case.id, kept=len(kept), none_applies=not routes, made_by=act.who.id, made_on=act.on
        )
    )
    write(session, case, "reason" if routes else "none_applies", reason, act)
    _end(session, case)
    record(
        session,
        "limits_scanned",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        routes=[row.route_code for row in kept],
        none_applies=None if routes else "yes",
    )
    return kept


def count_anew(
    session: Session,
    case: CaseFile,
    old: Deadline,
    how: Counting,
    reason: str,
    evidence: str,
    act: Act,
    *,
    version: int,
) -> Deadline:
    """Count a clock in another way; the new row supersedes the old one, which keeps who counted it and how.

    Raises:
        CaseChanged, CaseAlreadyClosed, DeadlineSettled: see `_begin`.
        NothingRuns, CalendarYearMissing: see `counting.counted_as`.
    """
    _begin(case, version, old)
    due = _due(old.route_code, how, act)
    _settle(session, old, "superseded", act)
    new = _put(session, case, due, how.stops, act, replaces=old)
    write(session, case, "reason", reason, act, deadline_id=new.id)
    write(session, case, "evidence", evidence, act, deadline_id=new.id)
    _end(session, case)
    record(
        session,
        "deadline_recounted",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        route=new.route_code,
        was_on=old.last_on.isoformat(),
        last_on=new.last_on.isoformat(),
        deadline=str(new.id),
    )
    return new


def confirm(session: Session, case: CaseFile, row: Deadline, act: Act, *, version: int) -> None:
    """Have a named lawyer stand for a day; it may be who counted it, but a name and a day always stand there.

    Raises:
        CaseChanged, CaseAlreadyClosed, DeadlineSettled: see `_begin`; also if somebody stands for it.
        NotALawyer: whoever acts is not named as one.
    """
    _begin(case, version, row)
    if not is_lawyer(session, act.who.id):
        raise NotALawyer(case=case.reference)
    if row.state == "confirmed":
        raise DeadlineSettled(case=case.reference)
    row.state, row.confirmed_by, row.confirmed_on = "confirmed", act.who.id, act.on
    session.add(row)
    _end(session, case)
    record(session, "deadline_confirmed", at=act.at, by=act.who.id, case_id=case.id, **_told(row))


def meet(
    session: Session, case: CaseFile, row: Deadline, met_on: date, evidence: str, act: Act, *, version: int
) -> None:
    """Note that what had to be done was done in time, with where the proof lies."""
    _begin(case, version, row)
    row.met_on = met_on
    _settle(session, row, "met", act)
    write(session, case, "evidence", evidence, act, deadline_id=row.id)
    _end(session, case)
    record(session, "deadline_met", at=act.at, by=act.who.id, case_id=case.id, **_told(row))


def miss(session: Session, case: CaseFile, row: Deadline, incident: str, act: Act, *, version: int) -> None:
    """Note that a day was missed, with what happened: sealed to the case."""
    _begin(case, version, row)
    _settle(session, row, "missed", act)
    write(session, case, "incident", incident, act, deadline_id=row.id)
    _end(session, case)
    record(session, "deadline_missed", at=act.at, by=act.who.id, case_id=case.id, **_told(row))


def waive(
    session: Session, case: CaseFile, row: Deadline, by: str, reason: str, act: Act, *, version: int
) -> None:
    """Note that nobody will act on this clock: who decided so, and why."""
    _begin(case, version, row)
    row.waived_by_code = by
    _settle(session, row, "waived", act)
    write(session, case, "reason", reason, act, deadline_id=row.id)
    _end(session, case)
    record(session, "deadline_waived", at=act.at, by=act.who.id, case_id=case.id, **_told(row))


def _begin(case: CaseFile, version: int, row: Deadline | None = None) -> None:
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


def _end(session: Session, case: CaseFile) -> None:
    case.version += 1
    session.flush()
    renew_first_limit(session, case)
    session.flush()


def _due(route_code: str, how: Counting, act: Act) -> DueDate:
    routes, days = load("routes", act.city), worked_days(act.city)
    return counted_as(routes, route_code, how.label, how.event, days, how.stops, act.on)


def _put(
    session: Session,
    case: CaseFile,
    due: DueDate,
    stops: Sequence[Stop],
    act: Act,
    *,
    replaces: Deadline | None = None,
) -> Deadline:
    limit, event = due.limit, due.counted_from
    row = Deadline(
        case_id=case.id,
        replaces=replaces.id if replaces else None,
        route_code=due.route_code,
        label=limit.label,
        kind=limit.kind,
        count=limit.count,
        unit=limit.unit,
        august=limit.august,
        dec24_jan6=limit.dec24_jan6,
        rolls=limit.roll_if_nonworking,
        counts_start_day=limit.counts_start_day,
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


def _settle(session: Session, row: Deadline, state: str, act: Act) -> None:
    row.state, row.settled_by, row.settled_on = state, act.who.id, act.on
    session.add(row)
    session.flush()


def _told(row: Deadline) -> dict[str, str]:
    return {"route": row.route_code, "last_on": row.last_on.isoformat(), "deadline": str(row.id)}
