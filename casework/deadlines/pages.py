"""One deadline of a case on the screen: how it was counted, the other classifications, and how it ends."""

from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseChanged
from casework.cases.tables import CaseFile
from casework.deadlines import actions
from casework.deadlines.classes import classified
from casework.deadlines.errors import DeadlineNotFound, DeadlineSettled, NotALawyer, NothingRuns
from casework.deadlines.lawyers import is_lawyer
from casework.deadlines.periods import routes_for
from casework.deadlines.queries import Clock, clocks, deadline_of, history_of
from casework.deadlines.recounting import NOT_YET, PLAIN, asked_counting, causes_of
from casework.deadlines.seats import asks_home, is_fixed, needs_seat, shown_seat
from casework.deadlines.tables import WAIVED_BY, Deadline
from casework.deadlines.wording import WAIVED_BY_NAMES, cause_name, label_name, seats_of, told
from casework.deadlines.words import written
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.taking_back.queries import can_take_back, taken_of
from casework.taking_back.rules import ENDED_AS
from casework.timeline.queries import names_of
from casework.tracks.follows import last_filing
from casework.tracks.queries import steps_shown, track_of
from casework.transactions import attempt
from office.deadlines.calendar import CalendarYearMissing
from office.errors import OfficeError
from office.languages import mark
from office.vocabulary import CodeUnknown

router = desk_router()

TOO_LATE: Final = mark("This is after the last day: say that it was missed, or count it anew.")
NOT_ASKED_YET: Final = mark(
    "The authority had not been asked yet: its time runs from %(day)s. Write the day on which it answered, "
    "or count it anew."
)
STILL_MOVES: Final = mark(
    "What stops this clock has no recorded end, so its day moves on each day: count it anew, then confirm."
)
ASK_SEAT: Final = mark(
    "Nobody was asked by whose days off this is counted: count it anew with the seat, then confirm."
)
WHY_ANEW: Final = mark("Write why it is counted anew.")
NO_NAME: Final = mark("the general time, of none of these")
REFUSALS: Final = (CaseChanged, DeadlineSettled, NotALawyer)


@router.get("/{language}/cases/{number}/deadlines/{deadline}")
def show_deadline(number: str, deadline: str, view: ViewDep) -> Response:
    """Show one deadline of a case."""
    case = case_for(view.session, view.act, number)
    row = deadline_of(view.session, case, deadline)
    return _page(view, case, row, _as_filed(view, case, row))


@router.post("/{language}/cases/{number}/deadlines/{deadline}/confirming")
def confirm(number: str, deadline: str, view: ViewDep, form: FormDep) -> Response:
    """Confirm a day as a lawyer."""
    case = case_for(view.session, view.act, number, to_change=True)
    row = deadline_of(view.session, case, deadline)
    version = Checked(form, view.language).version()
    clock = _clock(view, row)
    if clock.careful_on:
        return _page(view, case, row, form, changed=view.text(ASK_SEAT))
    if clock.due_on != row.last_on:
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
    reason = checked.text("count_reason", ask=WHY_ANEW)
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
    """Note that what had to be done was done in time, or that an authority answered, in time or not."""
    case = case_for(view.session, view.act, number, to_change=True)
    row = deadline_of(view.session, case, deadline)
    checked = Checked(form, view.language)
    met_on, evidence = checked.day("met_on"), checked.text("met_evidence")
    if met_on is not None and met_on > view.act.on:
        checked.wrong("met_on", NOT_YET)
    elif met_on is not None and row.is_ours and met_on > _clock(view, row).latest_on:
        checked.wrong("met_on", TOO_LATE)
    elif met_on is not None and not row.is_ours and met_on < row.counted_from:
        checked.wrong("met_on", NOT_ASKED_YET, day=view.language.date(row.counted_from))
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
    if not row.is_ours:  # an authority's silence is nobody's slip here
        raise DeadlineNotFound(case=case.reference)
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
    others = classified(own.clock, view.act.city)
    routes = routes_for(row, view.act.city)
    route = routes.item(row.route_code) if row.route_code in routes else None
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
        classifications=[
            (label or PLAIN, label_name(label, view.language) or view.text(NO_NAME)) for label in labels
        ]
        if any(labels)
        else [],
        texts=written(session, case, view.act, [one.id for one in rows]),
        causes=[(code, cause_name(code, view)) for code in causes_of(view, row)],
        waivers=[(code, view.text(WAIVED_BY_NAMES[code])) for code in WAIVED_BY],
        seats=[] if not needs_seat(row) or (route and is_fixed(view.act.city, route)) else seats_of(view),
        asks_home=asks_home(route, row.counted_from),
        may_confirm=is_lawyer(session, view.act.who.id),
        may_take_back=can_take_back(case, row, view.act),
        taken=taken_of(session, case, view.act, [one.id for one in rows]),
        ended_as={code: view.text(words) for code, words in ENDED_AS.items()},
        given=given if given is not None else _as_counted(row),
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _as_filed(view: View, case: CaseFile, row: Deadline) -> dict[str, list[str]]:
    """Return the fields as the page begins with them: the day and number of the filing it was opened from."""
    given, track = _as_counted(row), view.request.query_params.get("filed", "")
    if not track or not row.is_open:
        return given
    one = track_of(view.session, case, track)
    filing = last_filing(one.steps)
    if filing is None:
        return given
    texts = {step.row.id: step.text for step in steps_shown(view.session, case, one, view.act)}
    text = texts[filing.id]
    for part in ("day", "month", "year"):
        given[f"met_on-{part}"] = [str(getattr(filing.happened_on, part))]
    given["met_evidence"] = [" · ".join(one for one in (text.authority, text.external_number) if one)]
    return given


def _as_counted(row: Deadline) -> dict[str, list[str]]:
    seat = shown_seat(row)
    given = {"label": [row.label or PLAIN], "seat": [seat.code], "home": ["yes"] if seat.with_home else []}
    days = {"event": row.counted_from}
    if row.counted_until != row.counted_from:
        days["event_until"] = row.counted_until
    for name, day in days.items():
        for part in ("day", "month", "year"):
            given[f"{name}-{part}"] = [str(getattr(day, part))]
    return given
