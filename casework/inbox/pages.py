"""One report of the inbox opened, taken up or settled."""

from uuid import UUID

from starlette.responses import Response

from casework.cases.errors import CannotAssign
from casework.cases.holders import possible_advisers
from casework.cases.limits import limits_of_story
from casework.doors import FormDep, desk_router
from casework.feedback.actions import feedback_of_report
from casework.forms import Checked
from casework.inbox import actions
from casework.inbox.access import report_for
from casework.inbox.errors import AdviceNotWanted, ReportAlreadySettled
from casework.inbox.promising import next_on
from casework.inbox.tables import InboxReport
from casework.incidents.membership import incident_of
from casework.incidents.queries import proposals_for
from casework.incidents.rules import account_of_report
from casework.interpreters.showing import in_their_language, with_languages
from casework.interpreters.speaking import advises_in
from casework.links.queries import linked, said_about
from casework.messages.queries import unread
from casework.showing import View, ViewDep
from casework.transactions import attempt
from casework.walls.asking import services_at_the_door
from casework.walls.at_the_door import out_at_the_door
from casework.walls.rules import codes_of
from casework.walls.standing import APART
from office.clock import day_in

router = desk_router()


@router.get("/{language}/inbox/{number}")
def show_report(number: str, view: ViewDep) -> Response:
    """Open one report, on the record."""
    report = report_for(view.session, view.act.who, number, to_change=True)
    return _report_page(view, report)


@router.post("/{language}/inbox/{number}/taking-up")
def take_up(number: str, view: ViewDep, form: FormDep) -> Response:
    """Make a case of a report and give it to an adviser."""
    report = report_for(view.session, view.act.who, number, to_change=True)
    advisers = possible_advisers(view.session, routing_code=report.routing_code)
    checked = Checked(form, view.language)
    chosen = checked.one("adviser", [str(person.id) for person in advisers])
    asks_service = report.routing_code == APART and form.one("wall_service") != ""
    service = checked.one("wall_service", codes_of(view.act.city)) if asks_service else ""
    if not checked.corrections:
        adviser = next(person for person in advisers if person.id == UUID(chosen))
        try:
            with attempt(view.session):
                promised = next_on(view.desk.city, report, view.act.on)
                actions.take_up(view.session, report, adviser, view.act, next_on=promised, service=service)
            own = adviser.id == view.act.who.id
            return view.go(f"cases/{report.case_number}" if own else "inbox", "taken_up")
        except (AdviceNotWanted, CannotAssign, ReportAlreadySettled) as error:
            checked.wrong("adviser", error.sentence)
    return _report_page(view, report, form, checked.corrections, 422)


@router.post("/{language}/inbox/{number}/settling")
def do_not_take_up(number: str, view: ViewDep, form: FormDep) -> Response:
    """Settle a report without a case."""
    report = report_for(view.session, view.act.who, number, to_change=True)
    checked = Checked(form, view.language)
    reason = checked.one("reason", view.desk.lists.kept("closure", view.act.on))
    text = checked.text("text", needed=report.state != "received")  # who wrote again is answered in words
    if checked.is_right:
        try:
            with attempt(view.session):
                actions.do_not_take_up(view.session, report, reason, text, view.act)
            return view.go("inbox", "not_taken_up")
        except ReportAlreadySettled as error:
            checked.wrong("reason", error.sentence)
    return _report_page(view, report, form, checked.corrections, 422, numbers=checked.numbers)


def _report_page(
    view: View,
    report: InboxReport,
    given: dict[str, list[str]] | None = None,
    corrections: dict[str, str] | None = None,
    status: int = 200,
    *,
    numbers: dict[str, list[str]] | None = None,
) -> Response:
    promised = next_on(view.desk.city, report, view.act.on)
    opened = actions.open_report(view.session, report, view.act, next_on=promised)
    number = report.case_number
    account = account_of_report(number, opened.story, day_in(view.act.zone, opened.story.told_at))
    incident = incident_of(view.session, number)
    out = out_at_the_door(view.session, report.routing_code, opened.story.respondent_code, view.act)
    advisers = possible_advisers(view.session, routing_code=report.routing_code, without=out)
    own = [str(person.id) for person in advisers if person.id == view.act.who.id]
    theirs = in_their_language(view, opened.story.languages, report.language)
    if theirs.is_advised_in and not advises_in(view.session, view.act.who.id, theirs.tag):
        own = []  # somebody else can advise in their language: whoever takes it up chooses
    return view.render(
        "report.html",
        status,
        opened=opened,
        report=report,
        story=opened.story,
        limits=limits_of_story(opened.story, view.act, view.language.tag),
        advisers=with_languages(
            view, [(str(person.id), person.display_name) for person in advisers], [theirs.tag]
        ),
        theirs=theirs,
        services=services_at_the_door(view, report.routing_code, opened.story.respondent_code),
        reasons=view.desk.lists.choices("closure", view.act.on, view.language.tag),
        given=given if given is not None else {"adviser": own},
        corrections=corrections or {},
        numbers=numbers or {},
        feedback=feedback_of_report(view.session, number, view.act),
        has_contact=report.sealed_contact is not None,
        has_written=number in unread(view.session, [number]),
        incident=incident,
        proposals=None if incident else proposals_for(view.session, account, view.act, report=number),
        said=said_about(view.session, view.act.who, opened.story, number, None),
        linked=linked(view.session, view.act.who, number),
    )
