"""The incidents one may see, and one of them with those of its accounts that one may open."""

from uuid import UUID

from starlette.responses import Response

from casework.cases.errors import CannotAssign
from casework.cases.holders import can_hold, possible_advisers
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.inbox.actions import take_up
from casework.inbox.errors import AdviceNotWanted
from casework.inbox.promising import next_on
from casework.inbox.tables import InboxReport
from casework.incidents import actions
from casework.incidents.access import incident_for
from casework.incidents.errors import InAnotherIncident
from casework.incidents.pages import CHOOSE_AN_ACCOUNT, chosen
from casework.incidents.queries import accounts_to_compare, incidents_seen_by, proposals_for_incident
from casework.incidents.tables import Incident
from casework.seeing import Seen, record_for
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.transactions import attempt
from office.stores.keyroom import Staff

router = desk_router()


@router.get("/{language}/incidents")
def show_incidents(view: ViewDep) -> Response:
    """Show the incidents of which one may open an account, on the record."""
    require(view.act.who, Permission.INBOX)
    found = incidents_seen_by(view.session, view.act.who)
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="incidents", rows=len(found))
    return view.render("incidents.html", incidents=found)


@router.get("/{language}/incidents/{incident_id}")
def show_incident(incident_id: str, view: ViewDep) -> Response:
    """Show one incident with the accounts one may open, on the record."""
    incident, visible = incident_for(view.session, view.act, incident_id)
    return _page(view, incident, visible)


@router.post("/{language}/incidents/{incident_id}/joining")
def join_more(incident_id: str, view: ViewDep, form: FormDep) -> Response:
    """Add accounts to an incident."""
    incident, visible = incident_for(view.session, view.act, incident_id)
    checked = Checked(form, view.language)
    compared = accounts_to_compare(view.session, visible, view.act)
    records = chosen(view, form, proposals_for_incident(view.session, compared, view.act))
    if not records:
        checked.wrong("account", CHOOSE_AN_ACCOUNT)
    else:
        try:
            with attempt(view.session):
                actions.join(view.session, incident, records, view.act)
            return view.go(f"incidents/{incident.id}", "joined")
        except InAnotherIncident as error:
            checked.wrong("account", error.sentence)
    return _page(view, incident, visible, checked, 422)


@router.post("/{language}/incidents/{incident_id}/accounts")
def work_on_accounts(incident_id: str, view: ViewDep, form: FormDep) -> Response:
    """Take the chosen accounts out, or open cases of those that are reports still."""
    incident, visible = incident_for(view.session, view.act, incident_id)
    checked = Checked(form, view.language)
    theirs = {one.number for one in visible}
    numbers = [number for number in dict.fromkeys(form.all("member")) if number in theirs]
    if not numbers:
        checked.wrong("member", CHOOSE_AN_ACCOUNT)
    if form.one("do") == "leave":
        if checked.is_right:
            for number in numbers:
                actions.leave(view.session, incident, record_for(view.session, view.act, number), view.act)
            return view.go("incidents" if theirs == set(numbers) else f"incidents/{incident.id}", "parted")
        return _page(view, incident, visible, checked, 422)
    require(view.act.who, Permission.SUPERVISE)
    people = {str(person.id): person for person in possible_advisers(view.session, routing_code="normal")}
    adviser = checked.one("adviser", people)
    if not checked.is_right:
        return _page(view, incident, visible, checked, 422)
    _take_up(view, numbers, view.session.get_one(Staff, UUID(adviser)))
    return view.go(f"incidents/{incident.id}", "taken_up_together")


def _take_up(view: View, numbers: list[str], adviser: Staff) -> None:
    """Make cases of the reports that may become one; those of who wants no advice, and cases, stay."""
    for number in numbers:
        one = record_for(view.session, view.act, number)
        if not isinstance(one, InboxReport) or one.state != "received":
            continue
        if not can_hold(view.session, adviser, routing_code=one.routing_code):
            continue
        promised = next_on(view.desk.city, one, view.act.on)
        try:
            with attempt(view.session):
                take_up(view.session, one, adviser, view.act, next_on=promised)
        except (AdviceNotWanted, CannotAssign):
            continue


def _page(
    view: View, incident: Incident, visible: list[Seen], checked: Checked | None = None, status: int = 200
) -> Response:
    record(
        view.session,
        "incident_read",
        at=view.act.at,
        by=view.act.who.id,
        incident=str(incident.id),
        rows=len(visible),
    )
    compared = accounts_to_compare(view.session, visible, view.act)
    may_supervise = view.act.who.may(Permission.SUPERVISE)
    people = possible_advisers(view.session, routing_code="normal") if may_supervise else []
    return view.render(
        "incident.html",
        status,
        incident=incident,
        accounts=visible,
        proposals=proposals_for_incident(view.session, compared, view.act),
        advisers=[(str(person.id), person.display_name) for person in people],
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
    )
