"""The page on which who files for others is given an access, once seen and never again, or loses it."""

from datetime import date
from typing import Any, Final

from starlette.responses import Response

from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.relays.access import relay_for
from casework.relays.actions import end_relay, make_relay
from casework.relays.queries import all_relays
from casework.relays.rules import KIND_NAMES, LONGEST, LONGEST_NAME, channels_for_relays
from casework.relays.tables import Relay
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from office.languages import mark
from office.sealing.relay_tokens import grouped

router = desk_router()

NO_END: Final = mark("Write the last day on which this access holds.")
TOO_FAR: Final = mark("An access holds for a year at most. It can be made anew.")
NAME_TOO_LONG: Final = mark("This name is too long.")


@router.get("/{language}/relays")
def show_relays(view: ViewDep) -> Response:
    """Show who may file for others."""
    require(view.act.who, Permission.STAFF)
    record(view.session, "relays_read", at=view.act.at, by=view.act.who.id)
    return _page(view)


@router.post("/{language}/relays")
def give_access(view: ViewDep, form: FormDep) -> Response:
    """Make an access; its token is shown on this answer and never again."""
    require(view.act.who, Permission.STAFF)
    checked, act = Checked(form, view.language), view.act
    kind = checked.one("kind", tuple(KIND_NAMES))
    name = checked.text("relay_name")
    channel = checked.one("channel", channels_in(view))
    until = checked.day_ahead("until", act.on)
    if until is None:
        checked.wrong("until", NO_END)
    elif until - act.on > LONGEST:
        checked.wrong("until", TOO_FAR)
    if len(name) > LONGEST_NAME:
        checked.wrong("relay_name", NAME_TOO_LONG)
    if not checked.is_right or until is None:
        return _page(view, form, checked.corrections, 422, numbers=checked.numbers)
    relay, token = make_relay(view.session, kind, name, channel, until, act)
    return _page(view, made=shown_once(view, relay, token))


@router.post("/{language}/relays/{relay_id}/ending")
def end_access(relay_id: str, view: ViewDep) -> Response:
    """End an access."""
    end_relay(view.session, relay_for(view.session, view.act, relay_id), view.act)
    return view.go("relays", "relay_ended")


def shown_once(view: View, relay: Relay, token: str) -> dict[str, Any]:
    """Return what is shown of a new access, once."""
    # Behind the "#", a browser keeps the token to itself: no server and no log on the way sees it.
    address = view.desk.settings.residents_at.rstrip("/")
    return {
        "name": relay.name,
        "token": grouped(token),
        "link": f"{address}/{view.language.tag}/relay#{token}",
        "has_address": bool(address),
        "until": relay.valid_until,
    }


def channels_in(view: View) -> tuple[str, ...]:
    """Return the ways by which somebody may file for others today."""
    return channels_for_relays(view.desk.lists.by_name["channels"], view.act.on)


def _page(
    view: View,
    given: dict[str, list[str]] | None = None,
    corrections: dict[str, str] | None = None,
    status: int = 200,
    *,
    numbers: dict[str, list[str]] | None = None,
    made: dict[str, Any] | None = None,
) -> Response:
    return view.render(
        "relays.html",
        status,
        relays=[line_of(view, relay) for relay in all_relays(view.session)],
        kinds=[(code, view.text(name)) for code, name in KIND_NAMES.items()],
        channels=[(code, view.label("channels", code)) for code in channels_in(view)],
        made=made,
        given=given or {},
        corrections=corrections or {},
        numbers=numbers or {},
    )


def line_of(view: View, relay: Relay) -> dict[str, Any]:
    """Return how an access stands in a list."""
    today: date = view.act.on
    return {
        "id": str(relay.id),
        "name": relay.name,
        "kind": view.text(KIND_NAMES[relay.kind]),
        "channel": view.label("channels", relay.channel_code),
        "until": relay.valid_until,
        "ended_on": relay.revoked_on,
        "holds": relay.revoked_on is None and relay.valid_until >= today,
    }
