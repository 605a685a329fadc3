"""Making cases of the ticked reports, or of all that the inbox shows."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlmodel import col, select
from starlette.responses import Response

from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.inbox.errors import NotAllTakenUp
from casework.inbox.list_pages import inbox_page, ordered_codes, read_of
from casework.inbox.queries import queue, waits_for
from casework.inbox.tables import InboxReport
from casework.inbox.taking_up import MOST_AT_ONCE, take_up_all
from casework.queues.several import chosen, numbers_ticked, page_of_several, who_may
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.transactions import attempt
from office.languages import mark
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
    adviser = chosen(view, checked)
    if not reports:
        return _inbox(view, form, view.text(TICK_SOME))
    if len(form.all("report")) > MOST_AT_ONCE:
        return _inbox(view, form, view.text(TOO_MANY, most=MOST_AT_ONCE, count=len(form.all("report"))))
    if adviser is None:
        return _page(view, reports, form, checked.corrections, 422)
    try:
        with attempt(view.session):
            take_up_all(view.session, numbers_ticked(form.all("report")), adviser, view.act, view.desk.city)
    except NotAllTakenUp as error:
        view.session.expire_all()
        return _page(view, _reports(view, form.all("report")), form, {}, 409, refused=error.refused)
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
    own = [str(one.id) for one in who_may(view) if one.id == view.act.who.id]
    return _page(view, reports, {"adviser": own, "query": [form.one("query")]}, {})


def _inbox(view: View, form: Form, words: str) -> Response:
    return inbox_page(view, read_of(view, form.one("query")), status=422, corrections={"report": words})


def _reports(view: View, written: Sequence[str]) -> Sequence[InboxReport]:
    """Return those of these reports that wait and that the reader may open, the urgent first."""
    wanted = select(InboxReport).where(
        col(InboxReport.case_number).in_(numbers_ticked(written[: MOST_AT_ONCE + 1])),
        InboxReport.state == "received",
        *waits_for(view.session, view.act.who),
    )
    urgent = col(InboxReport.urgency_rank).desc()
    return view.session.exec(
        wanted.order_by(urgent, col(InboxReport.iso_week), col(InboxReport.case_number))
    ).all()


def _page(
    view: View,
    reports: Sequence[InboxReport],
    given: Mapping[str, list[str]],
    corrections: Mapping[str, str],
    status: int = 200,
    *,
    refused: Mapping[str, str] | None = None,
) -> Response:
    return page_of_several(
        view,
        "taking_up.html",
        [one.language for one in reports],
        given,
        corrections,
        status,
        refused=refused,
        reports=reports,
        unopened=sum(one.opened_on is None for one in reports),
    )
