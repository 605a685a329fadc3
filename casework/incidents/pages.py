"""What may be the same event as a report or case, and the buttons that put them together."""

from collections.abc import Sequence

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.inbox.access import report_for
from casework.incidents import actions
from casework.incidents.access import incident_for
from casework.incidents.errors import InAnotherIncident
from casework.incidents.membership import incidents_of
from casework.incidents.queries import Proposals, account_of, proposals_for
from casework.incidents.tables import Incident
from casework.seeing import Record, number_of, record_for, report_of
from casework.showing import View, ViewDep
from casework.timeline.actions import record
from casework.transactions import attempt
from office.languages import mark
from office.web.forms import Form

router = desk_router()

CHOOSE_AN_ACCOUNT = mark("Choose at least one report or case.")


@router.get("/{language}/inbox/{number}/incident")
def propose_for_report(number: str, view: ViewDep) -> Response:
    """Show what may be the same event as a report, to choose several at once."""
    report = report_for(view.session, view.act.who, number, to_change=True)
    record(
        view.session,
        "report_read",
        at=view.act.at,
        by=view.act.who.id,
        report=report.case_number,
        beside="incident",
    )
    return _proposed(view, report)


@router.get("/{language}/cases/{number}/incident")
def propose_for_case(number: str, view: ViewDep) -> Response:
    """Show what may be the same event as a case, to choose several at once."""
    case = case_for(view.session, view.act, number, to_change=True)
    leave_trace(view.session, case, view.act)
    return _proposed(view, case)


@router.post("/{language}/inbox/{number}/incident")
def join_report(number: str, view: ViewDep, form: FormDep) -> Response:
    """Put a report together with others, or take it out again."""
    return _joined(view, report_for(view.session, view.act.who, number, to_change=True), form)


@router.post("/{language}/cases/{number}/incident")
def join_case(number: str, view: ViewDep, form: FormDep) -> Response:
    """Put a case together with others, or take it out again."""
    case = case_for(view.session, view.act, number, to_change=True)
    answer = _joined(view, case, form)
    if answer.status_code != 303:  # the page came back, with what is in the case
        leave_trace(view.session, case, view.act)
    return answer


def _own(one: Record) -> str:
    return f"cases/{number_of(one)}" if isinstance(one, CaseFile) else f"inbox/{number_of(one)}"


def _proposed(view: View, one: Record, checked: Checked | None = None, status: int = 200) -> Response:
    account = account_of(view.session, one, view.act)
    return view.render(
        "same_event.html",
        status,
        number=number_of(one),
        is_case=isinstance(one, CaseFile),
        own=_own(one),
        proposals=proposals_for(view.session, account, view.act, report=report_of(one)),
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
    )


def _joined(view: View, one: Record, form: Form) -> Response:
    if form.one("do") == "leave":
        own = incidents_of(view.session, [number_of(one)]).get(number_of(one))
        incident, _ = incident_for(view.session, view.act, str(own))
        actions.leave(view.session, incident, one, view.act)
        return view.go(_own(one), "parted")
    checked = Checked(form, view.language)
    account = account_of(view.session, one, view.act)
    if form.one("incident"):
        others: list[Record] = []
    else:
        others = chosen(view, form, proposals_for(view.session, account, view.act))
        if not others:
            checked.wrong("account", CHOOSE_AN_ACCOUNT)
            return _proposed(view, one, checked, 422)
    try:
        with attempt(view.session):
            incident = _incident_of(view, [one, *others], form) or actions.begin_incident(
                view.session, account, view.act
            )
            actions.join(view.session, incident, [one, *others], view.act)
    except InAnotherIncident as error:
        checked.wrong("account", error.sentence)
        return _proposed(view, one, checked, 422)
    return view.go(f"incidents/{incident.id}" if others else _own(one), "joined")


def chosen(view: View, form: Form, proposals: Proposals) -> list[Record]:
    """Return the accounts ticked in a form, or all that were proposed, each through its own door."""
    numbers = form.all("account")
    if form.one("all"):
        numbers = [*numbers, *(one.seen.number for one in proposals.accounts if one.seen)]
    return [record_for(view.session, view.act, number) for number in dict.fromkeys(numbers)]


def _incident_of(view: View, records: Sequence[Record], form: Form) -> Incident | None:
    """Return the incident chosen, or the one some of the records belong to; None if there is none yet."""
    known = set(incidents_of(view.session, map(number_of, records)).values())
    if form.one("incident"):
        return incident_for(view.session, view.act, form.one("incident"))[0]
    if len(known) > 1:
        raise InAnotherIncident(report=number_of(records[0]))
    return incident_for(view.session, view.act, str(known.pop()))[0] if known else None
