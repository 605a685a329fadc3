"""One deadline of a case on the screen: how it was counted, the other classifications, and how it ends."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseChanged
from casework.cases.tables import CaseFile
from casework.deadlines import actions
from casework.deadlines.counting import counted
from casework.deadlines.errors import DeadlineSettled, NotALawyer, NothingRuns
from casework.deadlines.lawyers import is_lawyer
from casework.deadlines.queries import Clock, clocks, deadline_of, history_of, stops_of
from casework.deadlines.recounting import NOT_YET, asked_counting, causes_of
from casework.deadlines.tables import WAIVED_BY, Deadline
from casework.deadlines.wording import WAIVED_BY_NAMES, cause_name, label_name, told
from casework.deadlines.words import written
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.timeline.queries import names_of
from casework.transactions import attempt
from office.deadlines.calendar import CalendarYearMissing, worked_days
from office.deadlines.limits import DueDate
from office.deadlines.rules import Occurrence
from office.errors import OfficeError
from office.languages import mark
from office.vocabulary import CodeUnknown, load

router = desk_router()

TOO_LATE: Final = mark("This is after the last day: say that it was missed, or count it anew.")
STILL_MOVES: Final = mark(
    "What stops this clock has no recorded end, so its day moves on each day: count it anew, then confirm."
)
REFUSALS: Final = (CaseChanged, DeadlineSettled, NotALawyer)


@router.get("/{language}/cases/{number}/deadlines/{deadline}")
def show_deadline(number: str, deadline: str, view: ViewDep) -> Response:
    """Show one deadline of a case."""
    case = case_for(view.session, view.act, number)
    row = deadline_of(view.session, case, deadline)
    return _page(view, case, row)


@router.post("/{language}/cases/{number}/deadlines/{deadline}/confirming")
def confirm(number: str, deadline: str, view: ViewDep, form: FormDep) -> Response:
    """Confirm a day as a lawyer."""
    case = case_for(view.session, view.act, number, to_change=True)
    row = deadline_of(view.session, case, deadline)
    version = Checked(form, view.language).version()
    if _clock(view, row).due_on != row.last_on:
        return _page(view, case, row, form, changed=view.text(STILL_MOVES))
    try:
        with attempt(view.session):
            actions.confirm(view.session, case, row, view.act, version=version)
    except REFUSALS as error:
        return _refused(view, case, row, form, error)
    return view.go(f"cases/{case.reference}/deadlines/{row.id}", "deadline_confirmed")


@router.post("/{language}/cases/{number}/deadlines/{deadline}/counting")
def count_anew(number: str, deadline: str, view: ViewDep, form: FormDep) -> Response:
    """Count a clock anew: for another classification, from another day, or with what stopped it."""
    case = case_for(view.session, view.act, number, to_change=True)
    row = deadline_of(view.session, case, deadline)
    checked = Checked(form, view.language)
    how = asked_counting(view, row, checked)
    evidence = checked.text("stop_evidence", needed=bool(form.one("stop")))
    reason = checked.text("count_reason")
    if how is None or not checked.is_right:
        return _page(view, case, row, form, checked)
    try:
        with attempt(view.session):
            new = actions.count_anew(
                view.session, case, row, how, reason, evidence, view.act, version=checked.version()
            )
    except REFUSALS as error:
        return _refused(view, case, row, form, error)
    except (NothingRuns, CalendarYearMissing, CodeUnknown) as error:
        checked.wrong("stop" if form.one("stop") else "event", error.sentence)
        return _page(view, case, row, form, checked)
    return view.go(f"cases/{case.reference}/deadlines/{new.id}", "deadline_recounted")


@router.post("/{language}/cases/{number}/deadlines/{deadline}/meeting")
def meet(number: str, deadline: str, view: ViewDep, form: FormDep) -> Response:
    """Note that what had to be done was done in time."""
    case = case_for(view.session, view.act, number, to_change=True)
    row = deadline_of(view.session, case, deadline)
    checked = Checked(form, view.language)
    met_on, evidence = checked.day("met_on"), checked.text("met_evidence")
    if met_on is not None and met_on > view.act.on:
        checked.wrong("met_on", NOT_YET)
    elif met_on is not None and met_on > _clock(view, row).latest_on:
        checked.wrong("met_on", TOO_LATE)
    if met_on is None or not checked.is_right:
        return _page(view, case, row, form, checked)
    try:
        with attempt(view.session):
            actions.meet(view.session, case, row, met_on, evidence, view.act, version=checked.version())
    except REFUSALS as error:
        return _refused(view, case, row, form, error)
    return view.go(f"cases/{case.reference}", "deadline_settled")


@router.post("/{language}/cases/{number}/deadlines/{deadline}/missing")
def miss(number: str, deadline: str, view: ViewDep, form: FormDep) -> Response:
    """Note that a day was missed, and what happened."""
    case = case_for(view.session, view.act, number, to_change=True)
    row = deadline_of(view.session, case, deadline)
    checked = Checked(form, view.language)
    incident = checked.text("missed_incident")
    if not checked.is_right:
        return _page(view, case, row, form, checked)
    try:
        with attempt(view.session):
            actions.miss(view.session, case, row, incident, view.act, version=checked.version())
    except REFUSALS as error:
        return _refused(view, case, row, form, error)
    return view.go(f"cases/{case.reference}", "deadline_settled")


@router.post("/{language}/cases/{number}/deadlines/{deadline}/waiving")
def waive(number: str, deadline: str, view: ViewDep, form: FormDep) -> Response:
    """Note that nobody will act on this clock: who decided so, and why."""
    case = case_for(view.session, view.act, number, to_change=True)
    row = deadline_of(view.session, case, deadline)
    checked = Checked(form, view.language)
    by, why = checked.one("waived_by", WAIVED_BY), checked.text("waived_why")
    if not checked.is_right:
        return _page(view, case, row, form, checked)
    try:
        with attempt(view.session):
            actions.waive(view.session, case, row, by, why, view.act, version=checked.version())
    except REFUSALS as error:
        return _refused(view, case, row, form, error)
    return view.go(f"cases/{case.reference}", "deadline_settled")


def _clock(view: View, row: Deadline) -> Clock:
    return clocks(view.session, [row], view.act.on, view.act.city)[0]


def _refused(
    view: View, case: CaseFile, row: Deadline, form: dict[str, list[str]], error: OfficeError
) -> Response:
    view.session.refresh(case)
    view.session.refresh(row)
    return _page(view, case, row, form, changed=view.text(error.sentence))


def _page(
    view: View,
    case: CaseFile,
    row: Deadline,
    given: dict[str, list[str]] | None = None,
    checked: Checked | None = None,
    *,
    changed: str = "",
) -> Response:
    session = view.session
    leave_trace(session, case, view.act)
    rows = history_of(session, row)
    people = {one for each in rows for one in (each.made_by, each.confirmed_by, each.settled_by) if one}
    names = names_of(session, list(people))
    history = [told(view, clock, names) for clock in clocks(session, rows, view.act.on, view.act.city)]
    own = next(one for one in history if one.row.id == row.id)
    others = _others(view, row)
    labels = list(dict.fromkeys(one.limit.label for one in others))
    return view.render(
        "deadline.html",
        409 if changed else 422 if checked else 200,
        case=case,
        told=own,
        history=[one for one in history if one.row.id != row.id],
        names=names,
        others=[one for one in others if one.limit.label != row.label],
        label_name=lambda label: label_name(label, view.language),
        classifications=[(label, label_name(label, view.language)) for label in labels if label],
        texts=written(session, case, view.act, [one.id for one in rows]),
        causes=[(code, cause_name(code, view)) for code in causes_of(view, row)],
        waivers=[(code, view.text(WAIVED_BY_NAMES[code])) for code in WAIVED_BY],
        may_confirm=is_lawyer(session, view.act.who.id),
        given=given if given is not None else _as_counted(row),
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _others(view: View, row: Deadline) -> tuple[DueDate, ...]:
    """Return the last days of the same clock by classification, as the list of routes has them today."""
    event = Occurrence(row.counted_from, row.counted_until)
    try:
        return counted(
            load("routes", view.act.city),
            row.route_code,
            event,
            worked_days(view.act.city),
            stops_of(view.session, [row])[row.id],
            view.act.on,
        )
    except (CodeUnknown, CalendarYearMissing):
        return ()


def _as_counted(row: Deadline) -> dict[str, list[str]]:
    given = {"label": [row.label]}
    days = {"event": row.counted_from}
    if row.counted_until != row.counted_from:
        days["event_until"] = row.counted_until
    for name, day in days.items():
        for part in ("day", "month", "year"):
            given[f"{name}-{part}"] = [str(getattr(day, part))]
    return given
