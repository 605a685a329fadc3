"""The inbox: what nobody has settled yet, and one report opened."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from casework.cases.holders import possible_advisers
from casework.cases.renewing import renew_some
from casework.doors import FormDep, require
from casework.feedback.actions import sort_feedback
from casework.forms import Checked
from casework.inbox import actions
from casework.inbox.access import report_for
from casework.inbox.errors import AdviceNotWanted, ReportAlreadySettled
from casework.inbox.queries import queue
from casework.inbox.tables import InboxReport
from casework.messages.incoming import apply_consents, pass_on
from casework.receipts.actions import take_over_some
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.transactions import attempt
from office.deadlines.promises import FIRST_ANSWER, first_answer_on, promised_on

router = APIRouter(include_in_schema=False)


@router.get("/{language}/inbox")
def show_inbox(view: ViewDep) -> Response:
    """Show the queue: urgent first, then the oldest. Which page was looked at is on the record."""
    require(view.act.who, Permission.INBOX)
    apply_consents(view.session, view.act)
    pass_on(view.session, view.act)
    sort_feedback(view.session, view.act)
    renew_some(view.session, view.act)
    take_over_some(view.session, view.act)
    found = queue(view.session, view.act.who, after=view.request.query_params.get("after", ""))
    record(
        view.session,
        "list_read",
        at=view.act.at,
        by=view.act.who.id,
        list="inbox",
        page="later" if found.after else None,
        rows=len(found.reports),
    )
    return view.render("inbox.html", queue=found)


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
    if not checked.corrections:
        adviser = next(person for person in advisers if person.id == UUID(chosen))
        try:
            with attempt(view.session):
                actions.take_up(view.session, report, adviser, view.act, next_on=_next_on(view, report))
            own = adviser.id == view.act.who.id
            return view.go(f"cases/{report.case_number}" if own else "inbox", "taken_up")
        except (AdviceNotWanted, ReportAlreadySettled) as error:
            checked.wrong("adviser", error.sentence)
    return _report_page(view, report, form, checked.corrections, 422)


@router.post("/{language}/inbox/{number}/settling")
def do_not_take_up(number: str, view: ViewDep, form: FormDep) -> Response:
    """Settle a report without a case."""
    report = report_for(view.session, view.act.who, number, to_change=True)
    checked = Checked(form, view.language)
    reason = checked.one("reason", view.desk.lists.kept("closure", view.act.on))
    text = checked.text("text", needed=False)
    if checked.is_right:
        try:
            with attempt(view.session):
                actions.do_not_take_up(view.session, report, reason, text, view.act)
            return view.go("inbox", "not_taken_up")
        except ReportAlreadySettled as error:
            checked.wrong("reason", error.sentence)
    return _report_page(view, report, form, checked.corrections, 422, numbers=checked.numbers)


def _next_on(view: View, report: InboxReport) -> date | None:
    """Return the day of the next news: what is promised today, and never later than the receipt said."""
    city = view.desk.city
    by_today = promised_on(city, FIRST_ANSWER, view.act.on)
    try:
        on_the_receipt = first_answer_on(city, report.iso_week)
    except (ValueError, OverflowError):  # no such week: the door wrote it, and it may be taken over
        return by_today
    return min((day for day in (by_today, on_the_receipt) if day), default=None)


def _report_page(
    view: View,
    report: InboxReport,
    given: dict[str, list[str]] | None = None,
    corrections: dict[str, str] | None = None,
    status: int = 200,
    *,
    numbers: dict[str, list[str]] | None = None,
) -> Response:
    opened = actions.open_report(view.session, report, view.act, next_on=_next_on(view, report))
    advisers = possible_advisers(view.session, routing_code=report.routing_code)
    own = [str(person.id) for person in advisers if person.id == view.act.who.id]
    return view.render(
        "report.html",
        status,
        opened=opened,
        report=report,
        story=opened.story,
        advisers=[(str(person.id), person.display_name) for person in advisers],
        reasons=view.desk.lists.choices("closure", view.act.on, view.language.tag),
        given=given if given is not None else {"adviser": own},
        corrections=corrections or {},
        numbers=numbers or {},
        has_contact=report.sealed_contact is not None,
    )
