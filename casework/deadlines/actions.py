"""What is done with deadlines. Each act is one change of the case and one event; none commits.

What was counted is never changed: another classification, another day, a suspension or an interruption is a
new row that supersedes the old one, which stays with its author and reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.deadlines.counting import Stop, counted_as
from casework.deadlines.errors import ClockKept, DeadlineSettled, NotALawyer
from casework.deadlines.lawyers import is_lawyer
from casework.deadlines.periods import LAST_DAY_TOLD, SET, Period, routes_for, routes_with, told_anew
from casework.deadlines.rows import begin, end, put, settle, told
from casework.deadlines.starts import Days, earliest, lines_of
from casework.deadlines.still_open import clocks_kept, open_deadlines
from casework.deadlines.tables import Deadline, LimitScan
from casework.deadlines.words import write
from casework.timeline.actions import record
from office.deadlines.limits import DueDate
from office.deadlines.rules import Occurrence, on_the_day
from office.deadlines.seats import Seat, days_at, seat_of
from office.vocabulary import load


@dataclass(frozen=True, slots=True)
class Counting:
    """How a clock is to be counted.

    Attributes:
        label: the classification; None for the one that ends first.
        event: when the event was from which it runs.
        stops: all that made it stand still or begin anew.
        seat: where the court or authority sits, if no law fixes it.
    """

    label: str | None
    event: Occurrence
    stops: tuple[Stop, ...] = ()
    seat: Seat = Seat()


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
        CaseChanged, CaseAlreadyClosed: see `rows.begin`.
        NothingRuns, StartNotKnown, CalendarYearMissing: see `starts.earliest`.
    """
    begin(case, version)
    running = {
        (row.route_code, row.counted_from, row.counted_until) for row in open_deadlines(session, case.id)
    }
    kept, lines = [], lines_of(days, act) if days else {}
    for code in dict.fromkeys(routes):
        due = earliest(code, lines.get(code, ()))
        if (code, due.counted_from.earliest, due.counted_from.latest) not in running:
            seat = seat_of(load("routes", act.city).item(code), days.seat if days else Seat(), act.city)
            kept.append(put(session, case, due, (), act, seat))
    session.add(
        LimitScan(
            case_id=case.id, kept=len(kept), none_applies=not routes, made_by=act.who.id, made_on=act.on
        )
    )
    write(session, case, "reason" if routes else "none_applies", reason, act)
    end(session, case, act)
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


def keep(
    session: Session,
    case: CaseFile,
    dues: Sequence[tuple[DueDate, Seat]],
    track: UUID,
    act: Act,
    *,
    version: int,
) -> list[Deadline]:
    """Keep clocks that follow from a step of a track.

    Raises:
        CaseChanged, CaseAlreadyClosed: see `rows.begin`.
        ClockKept: one of them stands in the case already, so that none is kept.
    """
    begin(case, version)
    known = clocks_kept(session, case.id, track)
    keys = [(due.route_code, due.limit.label, due.counted_from.earliest) for due, _ in dues]
    if kept := [known[key] for key in keys if key in known]:
        raise ClockKept(kept, case=case.reference)
    rows = [put(session, case, due, (), act, seat, track=track) for due, seat in dues]
    end(session, case, act)
    record(
        session,
        "clocks_kept",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        routes=[row.route_code for row in rows],
        track=str(track),
    )
    return rows


def set_period(
    session: Session,
    case: CaseFile,
    period: Period,
    start: date,
    seat: Seat,
    said: tuple[str, str],
    act: Act,
    *,
    version: int,
) -> Deadline:
    """Keep a period that somebody set, counted from a day.

    Args:
        session: the request's transaction.
        case: the case.
        period: its limit, as `periods.set_limit` gives it, and before whom it runs.
        start: the day from which it runs.
        seat: where whoever set it sits.
        said: who set it and for what, and where the proof lies; both are sealed.
        act: whoever acts, when.
        version: that of the case as the page showed it.

    Raises:
        CaseChanged, CaseAlreadyClosed: see `rows.begin`.
        CalendarYearMissing: it ends in a year whose days off are not known.
    """
    begin(case, version)
    days = days_at(act.city, seat)
    due = counted_as(
        routes_with(period.limit, period.procedure, act.city), SET, None, on_the_day(start), days
    )
    row = put(session, case, due, (), act, seat, procedure=period.procedure)
    for kind, text in zip(("reason", "evidence"), said, strict=True):
        write(session, case, kind, text, act, deadline_id=row.id)
    end(session, case, act)
    record(session, "period_set", at=act.at, by=act.who.id, case_id=case.id, **told(row))
    return row


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
        CaseChanged, CaseAlreadyClosed, DeadlineSettled: see `rows.begin`.
        NothingRuns, CalendarYearMissing: see `counting.counted_as`.
    """
    begin(case, version, old)
    routes = routes_for(old, act.city)
    seat = seat_of(routes.item(old.route_code), how.seat, act.city)
    days = days_at(act.city, seat)
    if old.start_code == LAST_DAY_TOLD:
        due = told_anew(old, how.event, act.city)
    else:
        due = counted_as(routes, old.route_code, how.label, how.event, days, how.stops, act.on)
    settle(session, old, "superseded", act)
    new = put(session, case, due, how.stops, act, seat, replaces=old, procedure=old.procedure_code)
    write(session, case, "reason", reason, act, deadline_id=new.id)
    write(session, case, "evidence", evidence, act, deadline_id=new.id)
    end(session, case, act)
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
        CaseChanged, CaseAlreadyClosed, DeadlineSettled: see `rows.begin`; also if somebody stands for it.
        NotALawyer: whoever acts is not named as one.
    """
    begin(case, version, row)
    if not is_lawyer(session, act.who.id):
        raise NotALawyer(case=case.reference)
    if row.state == "confirmed":
        raise DeadlineSettled(case=case.reference)
    row.state, row.confirmed_by, row.confirmed_on = "confirmed", act.who.id, act.on
    session.add(row)
    end(session, case, act)
    record(session, "deadline_confirmed", at=act.at, by=act.who.id, case_id=case.id, **told(row))


def meet(
    session: Session, case: CaseFile, row: Deadline, met_on: date, evidence: str, act: Act, *, version: int
) -> None:
    """Note that what had to be done was done in time, or that an authority answered, in time or late."""
    begin(case, version, row)
    row.met_on = met_on
    settle(session, row, "met", act)
    write(session, case, "evidence", evidence, act, deadline_id=row.id)
    end(session, case, act)
    record(
        session,
        "deadline_met" if row.is_ours else "authority_answered",
        at=act.at,
        by=act.who.id,
        case_id=case.id,
        **told(row),
    )


def miss(session: Session, case: CaseFile, row: Deadline, incident: str, act: Act, *, version: int) -> None:
    """Note that a day was missed, with what happened: sealed to the case."""
    begin(case, version, row)
    settle(session, row, "missed", act)
    write(session, case, "incident", incident, act, deadline_id=row.id)
    end(session, case, act)
    record(session, "deadline_missed", at=act.at, by=act.who.id, case_id=case.id, **told(row))


def waive(
    session: Session, case: CaseFile, row: Deadline, by: str, reason: str, act: Act, *, version: int
) -> None:
    """Note that nobody will act on this clock: who decided so, and why."""
    begin(case, version, row)
    row.waived_by_code = by
    settle(session, row, "waived", act)
    write(session, case, "reason", reason, act, deadline_id=row.id)
    end(session, case, act)
    record(session, "deadline_waived", at=act.at, by=act.who.id, case_id=case.id, **told(row))
