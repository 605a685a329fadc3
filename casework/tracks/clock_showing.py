"""What the page of a track says of clocks: what may run after its newest step, what its filing met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from casework.cases.tables import CaseFile
from casework.deadlines.queries import clocks
from casework.deadlines.still_open import answers_due, clocks_kept, open_deadlines
from casework.deadlines.tables import Deadline
from casework.deadlines.wording import Told, amount, label_name, seats_of, told
from casework.showing import View
from casework.timeline.queries import names_of
from casework.tracks.follows import Follows, after, counted, last_filing, limit_of
from casework.tracks.queries import Standing
from casework.tracks.rules import SILENT
from office.deadlines.limits import law_of
from office.deadlines.seats import Seat, asks_for_days
from office.languages import mark
from office.vocabulary import RouteDeadline, load
from office.web.parts import Choice


@dataclass(frozen=True, slots=True)
class TrackClocks:
    """What a track's page says of clocks.

    Attributes:
        following: what may run after its newest step and is not kept yet.
        standing: clocks of the same limits that stand in the case already, from whichever day; of those that
            have ended only what was kept from the day of the form, or was to be kept once more.
        runs_from: the day with which their form begins.
        is_answer_due: whether that is the last day the authority had, as it was kept.
        given: the fields of their form as it begins.
        seats: the places by whose days off they may be counted; empty where those do not matter.
        filed_on: the day of its newest filing; None if nothing was lodged.
        may_be_met: open clocks that this filing may have met, those of the track's own route first.
    """

    following: Sequence[Choice]
    standing: Sequence[Told]
    runs_from: date
    is_answer_due: bool
    given: dict[str, list[str]]
    seats: Sequence[tuple[str, str]]
    asks_home: bool
    filed_on: date | None
    may_be_met: Sequence[Told]


def clocks_of(view: View, case: CaseFile, one: Standing, refused: Sequence[Deadline] = ()) -> TrackClocks:
    """Return what may run after the newest step of a track, and what its filing may have met.

    Args:
        view: the page.
        case: the case.
        one: the track.
        refused: clocks that stand already and were to be kept once more.
    """
    session, city = view.session, view.act.city
    silence = _silence_on(session, one)
    on = silence or one.newest.happened_on
    possible: list[tuple[Follows, RouteDeadline]] = []
    standing: list[Deadline] = []
    kept, again = clocks_kept(session, case.id, one.track.id), {clock.id for clock in refused}
    for follows in after(one.track.kind_code, one.state):
        limit = limit_of(city, follows)
        row = kept.get((follows.route, follows.label, _runs_from(view, follows, on)))
        for (route, label, _), other in kept.items():
            is_shown = other.is_open or other is row or other.id in again
            if (route, label) == (follows.route, follows.label) and is_shown:
                standing.append(other)
        if row is None and limit is not None and not case.is_closed:
            possible.append((follows, limit))
    routes = load("routes", city)
    items = [routes.item(follows.route) for follows, _ in possible]
    asks_seat = any(asks_for_days(limit) for item in items for limit in item.deadlines)
    filing = last_filing(one.steps)
    open_now = open_deadlines(session, case.id) if filing else []
    before = [row for row in open_now if filing and row.counted_from <= filing.happened_on]
    rows = sorted(before, key=lambda row: row.route_code != one.track.route_code)
    people = {who for row in (*rows, *standing) for who in (row.confirmed_by, row.settled_by) if who}
    names = names_of(session, list(people))
    parts = (("day", on.day), ("month", on.month), ("year", on.year))
    return TrackClocks(
        following=[_choice(view, follows, limit, on) for follows, limit in possible],
        standing=[told(view, clock, names) for clock in clocks(session, standing, view.act.on, city)],
        runs_from=on,
        is_answer_due=silence is not None,
        given={f"runs_from-{name}": [str(value)] for name, value in parts},
        seats=seats_of(view) if asks_seat else (),
        asks_home=any(item.has("is_before_administration") for item in items),
        filed_on=filing.happened_on if filing else None,
        may_be_met=[told(view, clock, names) for clock in clocks(session, rows, view.act.on, city)],
    )


def called(view: View, row: Deadline) -> str:
    """Return a clock in a line: which, and where it stands."""
    people = [who for who in (row.confirmed_by, row.settled_by) if who]
    (clock,) = clocks(view.session, [row], view.act.on, view.act.city)
    one = told(view, clock, names_of(view.session, people))
    name = f"{one.route} ({one.label})" if one.label else one.route
    return f"{name}: {one.state}"


def _silence_on(session: Session, one: Standing) -> date | None:
    """Return the last day the authority had, if it was kept and the track stands at its silence.

    Of several since the newest filing the earliest: what runs from it ends first.
    """
    filing, step = last_filing(one.steps), one.newest
    if step.step_code != SILENT or filing is None:
        return None
    kept = answers_due(session, one.track.case_id, one.track.id)
    over = [row.last_on for row in kept if filing.happened_on <= row.counted_from]
    return min((day for day in over if day <= step.happened_on), default=None)


def _runs_from(view: View, follows: Follows, on: date) -> date:
    """Return the day from which a clock runs: the step's, or one that is reckoned from it."""
    due = counted(view.act.city, follows, on, Seat()).due
    return due.counted_from.earliest if due else on


def _choice(view: View, follows: Follows, limit: RouteDeadline, on: date) -> Choice:
    """Return a clock as a choice: how long, until when by the seat that is not known, and which law."""
    language, item = view.language, load("routes", view.act.city).item(follows.route)
    due = counted(view.act.city, follows, on, Seat()).due
    parts = [amount(limit.unit, limit.count, language)]
    if due:
        parts.append(view.text(mark("until %(day)s"), day=language.date(due.on)))
    parts.append("; ".join(law_of(item, limit)))
    label = label_name(follows.label, language)
    name = item.label_in(language.tag)
    return Choice(follows.name, f"{name} ({label})" if label else name, " · ".join(parts))
