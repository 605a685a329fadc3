"""The private address of one's deadlines: made, ended, and what a calendar program finds there."""

from starlette.responses import Response

from casework.deadlines.feed import end_feed, feed_of, make_feed, read_feed
from casework.deadlines.reminder_addresses import address_of, last_reminder
from casework.doors import DeskDep, FormDep, desk_router, require
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.transactions import SessionDep
from office.web.forms import Form

router = desk_router()


@router.get("/{language}/calendar")
def show_calendar(view: ViewDep) -> Response:
    """Show whether there is such an address; the address itself is shown when it is made, and never again."""
    require(view.act.who, Permission.CASES)
    return calendar_page(view)


@router.post("/{language}/calendar")
def change_calendar(view: ViewDep, form: FormDep) -> Response:
    """Make a new address, which ends the old one, or end it."""
    require(view.act.who, Permission.CASES)
    if form.one("do") == "end":
        end_feed(view.session, view.act)
        return view.go("calendar", "calendar_ended")
    token = make_feed(view.session, view.act, view.language.tag)
    return calendar_page(view, address=f"{view.request.base_url}calendar/{token}")


@router.get("/calendar/{token}")
def read_calendar(token: str, desk: DeskDep, session: SessionDep) -> Response:
    """Answer a calendar program that brings the address."""
    told = read_feed(session, token, desk.city, at=desk.clock.now(), demo=desk.settings.demo)
    return Response(told, media_type="text/calendar", headers={"Cache-Control": "no-store"})


def calendar_page(
    view: View, *, address: str = "", form: Form | None = None, checked: Checked | None = None
) -> Response:
    """Show the page; `address` is told only in the answer that made it."""
    reminded = address_of(view.session, view.act)
    return view.render(
        "calendar.html",
        422 if checked else 200,
        feed=feed_of(view.session, view.act),
        address=address,
        reminded=reminded,
        last_reminder=last_reminder(view.session, view.act) if reminded else None,
        given=form if form is not None else {"remind_at": [reminded.address if reminded else ""]},
        corrections=checked.corrections if checked else {},
    )
