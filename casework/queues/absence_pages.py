"""Who is away and who covers; and the days of the cases that somebody covers."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from starlette.responses import Response

from casework.appointments.rules import clock
from casework.cases.holders import possible_advisers
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.queues.absences import LONGEST_DAYS, absences, covered, end_absence, may_end, note_absence
from casework.queues.errors import AbsencesOverlap
from casework.showing import View, ViewDep
from casework.staff.errors import PageNotForRole
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.transactions import attempt
from office.languages import mark
from office.stores.keyroom import Staff

router = desk_router()

ENDS_BEFORE: Final = mark("The last day is before the first.")
TOO_LONG: Final = mark("This is longer than a year.")
OVER: Final = mark("These days are past.")
AWAY_ALREADY: Final = mark("Some of these days are in an absence that is noted already. End that one first.")
SOMEBODY_ELSE: Final = mark("Somebody else has to cover.")


@router.get("/{language}/absences")
def show_absences(view: ViewDep) -> Response:
    """Show who is away now or will be; for those who work on cases and those who direct."""
    _require_some_door(view)
    return _page(view)


@router.post("/{language}/absences")
def note(view: ViewDep, form: FormDep) -> Response:
    """Note that somebody is away: oneself, or for a supervisor anybody."""
    require(view.act.who, Permission.CASES)
    people = _people(view)
    checked = Checked(form, view.language)
    who = _named(people, checked, "who") if view.act.who.may(Permission.SUPERVISE) else _self(view, people)
    cover = _named(people, checked, "cover")
    if who is not None and cover is not None and who.id == cover.id:
        checked.wrong("cover", SOMEBODY_ELSE)
    first, last = checked.day("first"), checked.day("last")
    _check_span(checked, first, last, view.act.on)
    if checked.corrections or who is None or cover is None or first is None or last is None:
        return _page(view, form, checked.corrections, 422)
    try:
        with attempt(view.session):
            note_absence(view.session, who, cover, first, last, view.act)
    except AbsencesOverlap:
        checked.wrong("first", AWAY_ALREADY)
        return _page(view, form, checked.corrections, 409)
    return view.go("absences", "absence_noted")


@router.post("/{language}/absences/ending")
def end(view: ViewDep, form: FormDep) -> Response:
    """End an absence, from today."""
    require(view.act.who, Permission.CASES)
    end_absence(view.session, form.one("absence"), view.act)
    return view.go("absences", "absence_ended")


@router.get("/{language}/covered")
def show_covered(view: ViewDep) -> Response:
    """Show the numbers and days of the cases that the reader covers today, on the record."""
    require(view.act.who, Permission.CASES)
    found = covered(view.session, view.act)
    rows = sum(len(cases) for _, cases in found)
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="covered", rows=rows)
    return view.render(
        "covered.html", found=found, hour_of=clock, supervises=view.act.who.may(Permission.SUPERVISE)
    )


def _require_some_door(view: View) -> None:
    if not (view.act.who.may(Permission.CASES) or view.act.who.may(Permission.STAFF)):
        raise PageNotForRole


def _check_span(checked: Checked, first: date | None, last: date | None, today: date) -> None:
    if first is None or last is None:
        return
    if last < first:
        checked.wrong("last", ENDS_BEFORE)
    elif last < today:
        checked.wrong("last", OVER)
    elif last - first >= timedelta(days=LONGEST_DAYS):
        checked.wrong("last", TOO_LONG)


def _people(view: View) -> Sequence[Staff]:
    return possible_advisers(view.session, routing_code="normal")


def _self(view: View, people: Sequence[Staff]) -> Staff | None:
    return next((one for one in people if one.id == view.act.who.id), None)


def _named(people: Sequence[Staff], checked: Checked, name: str) -> Staff | None:
    chosen = checked.one(name, [str(one.id) for one in people])
    return next((one for one in people if str(one.id) == chosen), None)


def _page(
    view: View,
    given: Mapping[str, list[str]] | None = None,
    corrections: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    found = absences(view.session, view.act.on)
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="absences", rows=len(found))
    return view.render(
        "absences.html",
        status,
        away=[(one, may_end(one.absence, view.act)) for one in found],
        people=[(str(one.id), one.display_name) for one in _people(view)],
        own=str(view.act.who.id),
        notes=view.act.who.may(Permission.CASES),
        supervises=view.act.who.may(Permission.SUPERVISE),
        given=given or {},
        corrections=corrections or {},
    )
