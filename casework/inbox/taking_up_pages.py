"""Making cases of the ticked reports, or of all that the inbox shows."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from starlette.responses import Response

from casework.cases.holders import possible_advisers
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.inbox.errors import NotAllTakenUp
from casework.inbox.list_pages import inbox_page, ordered_codes, read_of
from casework.inbox.queries import queue, waits_for
from casework.inbox.tables import InboxReport
from casework.inbox.taking_up import MOST_AT_ONCE, take_up_all
from casework.interpreters.showing import with_languages
from casework.queues.workload_pages import adviser_choices
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.transactions import attempt
from office.ids import CaseNumberInvalid, checked_case_number
from office.languages import mark
from office.stores.keyroom import Staff
from office.web.forms import Form

router = desk_router()

TICK_SOME: Final = mark("Tick at least one report that nobody has settled.")
TOO_MANY: Final = mark(
    "At most %(most)s reports are taken up at once, and these are %(count)s. Filter the inbox first."
)


@router.get("/{language}/taking-up")
def begin(view: ViewDep) -> Response:
    """Begin at the inbox: what is to be taken up is ticked there."""
    require(view.act.who, Permission.INBOX)
    return view.go("inbox")


@router.post("/{language}/taking-up")
def take_up(view: ViewDep, form: FormDep) -> Response:
    """Show the ticked reports with who may have them; then make cases of all of them, or of none."""
    require(view.act.who, Permission.INBOX)
    if form.one("do") != "take":
        return _choose(view, form)
    reports = _reports(view, form.all("report"))
    checked = Checked(form, view.language)
    advisers = _possible(view)
    chosen = checked.one("adviser", [str(one.id) for one in advisers])
    if not reports:
        return _inbox(view, form, view.text(TICK_SOME))
    if len(form.all("report")) > MOST_AT_ONCE:
        return _inbox(view, form, view.text(TOO_MANY, most=MOST_AT_ONCE, count=len(form.all("report"))))
    if checked.corrections:
        return _page(view, reports, form, checked.corrections, 422)
    adviser = next(one for one in advisers if one.id == UUID(chosen))
    try:
        with attempt(view.session):
            take_up_all(view.session, _numbers(form.all("report")), adviser, view.act, view.desk.city)
    except NotAllTakenUp as error:
        refused = [(number, view.text(why)) for number, why in error.refused.items()]
        view.session.expire_all()
        return _page(view, _reports(view, form.all("report")), form, {}, 409, refused=refused)
    return view.go("inbox", "all_taken_up")


def _choose(view: View, form: Form) -> Response:
    if form.one("all"):
        read = read_of(view, form.one("query"))
        if not read.is_right:
            return inbox_page(view, read, status=422)
        found = queue(view.session, view.act.who, read.asked, ordered_codes(view), limit=None)
        reports: Sequence[InboxReport] = [one for one in found.reports if one.state == "received"]
    else:
        reports = _reports(view, form.all("report"))
    if not reports:
        return _inbox(view, form, view.text(TICK_SOME))
    if len(reports) > MOST_AT_ONCE:
        return _inbox(view, form, view.text(TOO_MANY, most=MOST_AT_ONCE, count=len(reports)))
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="taking_up", rows=len(reports))
    own = [str(one.id) for one in _possible(view) if one.id == view.act.who.id]
    return _page(view, reports, {"adviser": own, "query": [form.one("query")]}, {})


def _inbox(view: View, form: Form, words: str) -> Response:
    return inbox_page(view, read_of(view, form.one("query")), status=422, corrections={"report": words})


def _numbers(written: Sequence[str]) -> list[str]:
    """Return what was ticked as numbers of reports, each once; what is none is left out."""
    numbers = []
    for one in written:
        try:
            numbers.append(checked_case_number(one))
        except CaseNumberInvalid:
            continue
    return list(dict.fromkeys(numbers))


def _reports(view: View, written: Sequence[str]) -> Sequence[InboxReport]:
    """Return those of these reports that wait and that the reader may open, the urgent first."""
    wanted = select(InboxReport).where(
        col(InboxReport.case_number).in_(_numbers(written[: MOST_AT_ONCE + 1])),
        InboxReport.state == "received",
        *waits_for(view.session, view.act.who),
    )
    urgent = col(InboxReport.urgency_rank).desc()
    return view.session.exec(
        wanted.order_by(urgent, col(InboxReport.iso_week), col(InboxReport.case_number))
    ).all()


def _possible(view: View) -> Sequence[Staff]:
    return possible_advisers(view.session, routing_code="normal")


def _page(
    view: View,
    reports: Sequence[InboxReport],
    given: Mapping[str, list[str]],
    corrections: Mapping[str, str],
    status: int = 200,
    *,
    refused: Sequence[tuple[str, str]] = (),
) -> Response:
    return view.render(
        "taking_up.html",
        status,
        reports=reports,
        unopened=sum(one.opened_on is None for one in reports),
        advisers=with_languages(
            view, adviser_choices(view, _possible(view)), [one.language for one in reports]
        ),
        query=given.get("query", [""])[0],
        refused=refused,
        given=given,
        corrections=corrections,
    )
