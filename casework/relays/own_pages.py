"""The page of outreach workers: an access of their own to type in for people, and nothing of what came of it.

What they type in goes the way of every report and waits in the inbox: they hand it over by sending it.
"""

from typing import Any, Final

from starlette.responses import Response

from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.relays.access import relay_for
from casework.relays.actions import end_relay, make_relay
from casework.relays.pages import NAME_TOO_LONG, NO_END, channels_in, line_of, shown_once
from casework.relays.queries import relays_made_by
from casework.relays.rules import LONGEST_NAME, LONGEST_OWN, OPERATOR
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from office.languages import mark

router = desk_router()

TOO_FAR: Final = mark("An access of your own holds for fourteen days at most. It can be made anew.")


@router.get("/{language}/assisting")
def show_own_accesses(view: ViewDep) -> Response:
    """Show an outreach worker the accesses they made for themselves."""
    require(view.act.who, Permission.ASSIST)
    record(view.session, "relays_read", at=view.act.at, by=view.act.who.id)
    return _page(view)


@router.post("/{language}/assisting")
def make_own_access(view: ViewDep, form: FormDep) -> Response:
    """Make an access for whoever asks; its token is shown on this answer and never again."""
    require(view.act.who, Permission.ASSIST)
    checked, act = Checked(form, view.language), view.act
    place = checked.text("relay_name")
    channel = checked.one("channel", channels_in(view))
    until = checked.day_ahead("until", act.on)
    if until is None:
        checked.wrong("until", NO_END)
    elif until - act.on > LONGEST_OWN:
        checked.wrong("until", TOO_FAR)
    if len(place) > LONGEST_NAME:
        checked.wrong("relay_name", NAME_TOO_LONG)
    if not checked.is_right or until is None:
        return _page(view, checked)
    relay, token = make_relay(view.session, OPERATOR, place, channel, until, act)
    return _page(view, made=shown_once(view, relay, token))


@router.post("/{language}/assisting/{relay_id}/ending")
def end_own_access(relay_id: str, view: ViewDep) -> Response:
    """End an access of one's own."""
    require(view.act.who, Permission.ASSIST)
    end_relay(view.session, relay_for(view.session, view.act, relay_id), view.act)
    return view.go("assisting", "relay_ended")


def _page(view: View, checked: Checked | None = None, *, made: dict[str, Any] | None = None) -> Response:
    return view.render(
        "assisting.html",
        422 if checked else 200,
        relays=[line_of(view, one) for one in relays_made_by(view.session, view.act.who.id)],
        channels=[(code, view.label("channels", code)) for code in channels_in(view)],
        made=made,
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
    )
