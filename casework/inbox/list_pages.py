"""The inbox on the screen and as a file: what nobody has settled yet, and whose person wrote again."""

from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from casework.appointments.passing_on import pass_on_bookings
from casework.cases.renewing import renew_some
from casework.doors import desk_router, require
from casework.feedback.actions import sort_feedback
from casework.inbox.asking import LISTS, STATES, InboxAsked, read_query
from casework.inbox.queries import codes_there, queue
from casework.listing.asked import Read
from casework.listing.pages import by_words, exported, note_read, shown_of
from casework.lists import UNKNOWN
from casework.messages.incoming import apply_consents, pass_on
from casework.receipts.actions import take_over_some
from casework.showing import View, ViewDep, week_shown
from casework.staff.rules import Permission
from office.ids import shown

router = desk_router()

FIELDS: Final = (
    "iso_week",
    "language",
    "channel_code",
    "urgency_code",
    "routing_code",
    "state",
    "opened_on",
    "settled_on",
)


@router.get("/{language}/inbox")
def show_inbox(view: ViewDep) -> Response:
    """Show the queue: urgent first, then the oldest; what is asked for stands in the address."""
    require(view.act.who, Permission.INBOX)
    return inbox_page(view, read_of(view, view.request.url.query))


@router.get("/{language}/inbox.csv")
def export_inbox(view: ViewDep) -> Response:
    """Give exactly what the inbox shows, all its pages, as a file of numbers, codes and days."""
    require(view.act.who, Permission.INBOX)
    read = read_of(view, view.request.url.query)
    if not read.is_right:
        return inbox_page(view, read, status=422)
    _let_arrive(view)
    found = queue(view.session, view.act.who, read.asked, ordered_codes(view), limit=None)
    rows = [
        [
            shown(one.case_number),
            *(getattr(one, name) for name in FIELDS),
            "yes" if one.case_number in found.written else "",
        ]
        for one in found.reports
    ]
    numbers = [one.case_number for one in found.reports]
    return exported(view, read.asked, ("report", *FIELDS, "wrote_again"), rows, numbers)


def _let_arrive(view: View) -> None:
    """Let everything that came since take effect, so that the queue is as it is now."""
    apply_consents(view.session, view.act)
    pass_on(view.session, view.act)
    pass_on_bookings(view.session, view.act)
    sort_feedback(view.session, view.act)
    renew_some(view.session, view.act)
    take_over_some(view.session, view.act)


def read_of(view: View, query: str) -> Read[InboxAsked]:
    """Return what an address, or what a form says of one, asks of the inbox."""
    lists = view.desk.lists.by_name
    codes = {name: {*(one.code for one in lists[of]), UNKNOWN} for name, of in LISTS.items()}
    return read_query(query, codes)


def ordered_codes(view: View) -> dict[str, list[str]]:
    """Return the codes of each list in the order of their words."""
    lists = view.desk.lists.by_name
    words = {name: {one.code: view.label(of, one.code) for one in lists[of]} for name, of in LISTS.items()}
    return {name: by_words(labels) for name, labels in words.items()}


def inbox_page(
    view: View, read: Read[InboxAsked], *, status: int = 200, corrections: Mapping[str, str] | None = None
) -> Response:
    """Show one page of the inbox; `corrections` say what was wrong with an act begun there."""
    _let_arrive(view)
    asked, ordered = read.asked, ordered_codes(view)
    found = queue(view.session, view.act.who, asked, ordered)
    note_read(view, asked, len(found.reports))
    there = codes_there(view.session, view.act.who)
    ordered["urgency"] = [one.code for one in view.desk.lists.by_name["urgency"]]
    choices_of = {}
    for name, of in LISTS.items():
        offered = there[name] | {getattr(asked, name)} - {""}
        codes = [*ordered[name], *sorted(offered - set(ordered[name]))]
        choices_of[name] = [(code, view.label(of, code)) for code in codes if code in offered]
    weeks = sorted(there["week"] | {asked.week} - {""}, reverse=True)
    told = shown_of(read, view)
    told["corrections"] |= corrections or {}
    return view.render(
        "inbox.html",
        422 if read.wrong else status,
        queue=found,
        choices_of={
            "state": [(code, view.text(words)) for code, words in STATES.items()],
            **choices_of,
            "week": [(week, week_shown(week, view.language)) for week in weeks],
        },
        **told,
    )
