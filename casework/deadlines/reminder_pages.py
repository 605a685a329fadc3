"""Where somebody is reminded by mail, on the page of their calendar."""

from typing import Final

from starlette.responses import Response

from casework.deadlines.feed_pages import calendar_page
from casework.deadlines.reminder_addresses import end_address, keep_address
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.showing import ViewDep
from casework.staff.rules import Permission
from office.handover.notice import PLAIN_EMAIL
from office.languages import mark

router = desk_router()

LONGEST: Final = 254
NO_ADDRESS: Final = mark("Write an e-mail address, such as name@example.org.")


@router.post("/{language}/calendar/reminders")
def change_reminders(view: ViewDep, form: FormDep) -> Response:
    """Keep the address at which whoever acts is reminded, or end it."""
    require(view.act.who, Permission.CASES)
    if form.one("do") == "end":
        end_address(view.session, view.act)
        return view.go("calendar", "reminders_ended")
    checked = Checked(form, view.language)
    address = form.one("remind_at").strip()
    if len(address) > LONGEST or not PLAIN_EMAIL.fullmatch(address):
        checked.wrong("remind_at", NO_ADDRESS)
        return calendar_page(view, form=form, checked=checked)
    keep_address(view.session, address, view.language.tag, view.act)
    return view.go("calendar", "reminders_wanted")
