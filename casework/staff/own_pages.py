"""A member of staff's own sign-ins: what is open, what was, from which kind of browser, and how to end it."""

from typing import Any

from starlette.responses import Response

from casework.city_sign_in.links import link_of
from casework.city_sign_in.wording import city_label
from casework.doors import FormDep, desk_router
from casework.showing import View, ViewDep
from casework.staff.devices import BROWSER_NAMES, WAY_NAMES, sign_ins_of
from casework.staff.errors import SessionNotFound
from casework.staff.news import recent_news
from casework.staff.passkeys import party_of
from casework.timeline.actions import record
from casework.timeline.sentences import SENTENCES
from casework.timeline.tables import Event
from office.clock import day_in
from office.languages import mark

router = desk_router()

OTHERS = "others"
MOST_SHOWN = 60
AT_THE_MACHINE = mark("Somebody at the office's machines")


@router.get("/{language}/my-sign-ins")
def show_own_sign_ins(view: ViewDep) -> Response:
    """Show somebody their own sessions and sign-ins; now they know of new devices."""
    record(view.session, "sign_ins_read", at=view.act.at, by=view.act.who.id)
    view.act.who.strange_devices, view.act.who.has_news = 0, False
    return view.render("my_sign_ins.html", **_own(view))


@router.post("/{language}/my-sign-ins/ending")
def end_sessions(view: ViewDep, form: FormDep) -> Response:
    """End one session, or all but this one. Another person's looks like one that does not exist."""
    act, book, asked = view.act, view.desk.book, form.one("session")
    own = {str(one.session_id): one.session_id for one in book.open_of(act.who.id, act.at)}
    own.pop(str(act.who.session_id), None)  # this one is ended by signing out
    ended = set(own.values()) if asked == OTHERS else {own[asked]} if asked in own else set()
    if not ended:
        raise SessionNotFound
    count = book.end_of(act.who.id, ended)
    record(view.session, "sessions_ended", at=act.at, by=act.who.id, rows=count)
    return view.go("my-sign-ins", "sessions_ended")


def _own(view: View) -> dict[str, Any]:
    act = view.act
    return {
        "is_own_page": True,
        "takes_passkeys": party_of(view.desk.settings) is not None,
        "open_now": view.desk.book.open_of(act.who.id, act.at),
        "sign_ins": sign_ins_of(view.session, act.who.id)[:MOST_SHOWN],
        "news": [_line(view, event) for event in recent_news(view.session, act.who.id, act.at)],
        "city_label": city_label(view.desk, view.language),
        "is_city_linked": link_of(view.session, view.act.who.id) is not None,
        "ways": {code: view.text(name) for code, name in WAY_NAMES.items()},
        "browsers": {code: view.text(name) for code, name in BROWSER_NAMES.items()},
    }


def _line(view: View, event: Event) -> dict[str, Any]:
    return {
        "on": day_in(view.act.zone, event.at),
        "by": view.name_of(str(event.by)) if event.by else view.text(AT_THE_MACHINE),
        "told": view.text(SENTENCES[event.kind]),
    }
