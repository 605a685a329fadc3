"""Entering a period that somebody set, and that no list knows: by an authority, a court, or somebody else."""

from datetime import date
from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.deadlines import actions
from casework.deadlines.periods import LONGEST, PROCEDURES, UNITS, Period, set_limit, until
from casework.deadlines.recounting import start_in
from casework.deadlines.seats import seat_in
from casework.deadlines.wording import seats_of
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.transactions import attempt
from office.deadlines.calendar import CalendarYearMissing
from office.deadlines.seats import Seat
from office.languages import mark
from office.languages.registry import digits_read
from office.vocabulary import RouteDeadline

router = desk_router()

HOW_LONG: Final = mark("Write how long in a whole number, for example 10, or the last day itself below.")
ONE_OF_BOTH: Final = mark("Write either how long it is or its last day, not both.")
AFTER_THE_FIRST: Final = mark("The last day comes after the day from which it runs.")
NO_WORKING_DAYS: Final = mark("Nobody but an administration or a court counts in working days.")


@router.get("/{language}/cases/{number}/period")
def show_period(number: str, view: ViewDep) -> Response:
    """Show the form that enters a period."""
    return _page(view, case_for(view.session, view.act, number))


@router.post("/{language}/cases/{number}/period")
def enter_period(number: str, view: ViewDep, form: FormDep) -> Response:
    """Enter a period that somebody set."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    procedure = checked.one("procedure", tuple(PROCEDURES))
    start = start_in(checked, "runs_from", view.act.on)
    limit = _limit(checked, procedure, start, view.act.on)
    told = seat_in(checked, view.act.city)
    said = (checked.text("set_by"), checked.text("period_evidence"))
    if start is None or limit is None or not checked.is_right:
        return _page(view, case, checked)
    seat = Seat(told.code, told.with_home and PROCEDURES[procedure].with_home)
    try:
        with attempt(view.session):
            row = actions.set_period(
                view.session,
                case,
                Period(limit, procedure),
                start,
                seat,
                said,
                view.act,
                version=checked.version(),
            )
    except (CaseChanged, CaseAlreadyClosed) as error:
        view.session.refresh(case)
        return _page(view, case, checked, changed=view.text(error.sentence))
    except CalendarYearMissing as error:
        checked.wrong("runs_from", error.sentence)
        return _page(view, case, checked)
    return view.go(f"cases/{case.reference}/deadlines/{row.id}", "period_set")


def _limit(checked: Checked, procedure: str, start: date | None, today: date) -> RouteDeadline | None:
    """Return the period that the form tells: by its length, or by its last day."""
    length = digits_read(checked.form.one("length").strip())
    last = checked.day_ahead("last_day", today)
    if length and last is not None:
        checked.wrong("length", ONE_OF_BOTH)
    if last is not None and start is not None and last <= start:
        checked.wrong("last_day", AFTER_THE_FIRST)
    if not length and last is None:
        if "last_day" not in checked.corrections:
            checked.wrong("length", HOW_LONG)
        return None
    if last is not None:
        return until(start, last) if start is not None and checked.is_right else None
    count = int(length) if length.isascii() and length.isdigit() and len(length) < 5 else 0
    if not 1 <= count <= LONGEST:
        checked.wrong("length", HOW_LONG)
    unit = checked.one("unit", tuple(UNITS))
    if procedure in PROCEDURES and unit == "working_day" and not PROCEDURES[procedure].working_day:
        checked.wrong("unit", NO_WORKING_DAYS)
    return set_limit(procedure, unit, count) if checked.is_right else None


def _page(view: View, case: CaseFile, checked: Checked | None = None, *, changed: str = "") -> Response:
    leave_trace(view.session, case, view.act)
    return view.render(
        "period.html",
        409 if changed else 422 if checked else 200,
        case=case,
        procedures=[(code, view.text(one.words)) for code, one in PROCEDURES.items()],
        units=[(code, view.text(words)) for code, words in UNITS.items()],
        seats=seats_of(view),
        given=view.drafts().into(checked.form if checked else {}),
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )
