"""The referrals that wait, of one's cases or the team's, on the screen and as a file."""

from typing import Final

from starlette.responses import Response

from casework.doors import desk_router, require
from casework.listing.asked import Read
from casework.listing.pages import by_words, exported, note_read, shown_of
from casework.queues.queries import advisers_of
from casework.referrals.asking import LISTED, WHICH, ReferralsAsked, read_query
from casework.referrals.bodies import body_name
from casework.referrals.lists import bodies_there, counts, referrals_for
from casework.referrals.rules import STATES
from casework.referrals.withdrawing import sweep
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from office.ids import shown

router = desk_router()

FIELDS: Final = (
    "body_code",
    "state",
    "way_code",
    "drafted_on",
    "consented_on",
    "consent_until",
    "sent_on",
    "answer_by",
    "reminder_on",
)


@router.get("/{language}/referrals")
def show_referrals(view: ViewDep) -> Response:
    """Show the referrals that wait, the most pressing first; what is asked for stands in the address."""
    require(view.act.who, Permission.CASES)
    sweep(view.session, view.act.on)
    bodies = _bodies(view)
    return _page(view, _read(view, bodies), bodies)


@router.get("/{language}/referrals.csv")
def export_referrals(view: ViewDep) -> Response:
    """Give exactly what the list shows, all its pages, as a file of numbers, codes and days."""
    require(view.act.who, Permission.CASES)
    sweep(view.session, view.act.on)
    bodies = _bodies(view)
    read = _read(view, bodies)
    if not read.is_right:
        return _page(view, read, bodies, status=422)
    act = view.act
    lines = referrals_for(view.session, act.who, act.on, read.asked, list(bodies), limit=None).lines
    rows = [
        [shown(one.case.reference), one.due, *(getattr(one.referral, name) for name in FIELDS)]
        for one in lines
    ]
    names = ("case", "due_on", *FIELDS)
    return exported(view, read.asked, names, rows, [one.case.reference for one in lines])


def _bodies(view: View) -> dict[str, str]:
    """Return the bodies to which what the reader may open was referred, with their names and by them."""
    city, tag = view.act.city, view.language.tag
    there = bodies_there(view.session, view.act.who)
    names = {code: body_name(view.session, city, code, tag) for code in there}
    return {code: names[code] for code in by_words(names)}


def _read(view: View, bodies: dict[str, str]) -> Read[ReferralsAsked]:
    supervises = view.act.who.may(Permission.SUPERVISE)
    return read_query(view.request.url.query, bodies, supervises=supervises)


def _page(view: View, read: Read[ReferralsAsked], bodies: dict[str, str], *, status: int = 200) -> Response:
    session, act, asked = view.session, view.act, read.asked
    supervises = act.who.may(Permission.SUPERVISE)
    found = referrals_for(session, act.who, act.on, asked, list(bodies))
    note_read(view, asked, len(found.lines))
    people = advisers_of(session, act.who) if supervises else []
    states = {code: view.text(told) for code, told in STATES.items()}
    return view.render(
        "referrals.html",
        422 if read.wrong else status,
        lines=[(one, bodies[one.referral.body_code]) for one in found.lines],
        next=found.next,
        supervises=supervises,
        names={code: view.text(words) for code, words in WHICH.items()},
        counts=counts(session, act.who, act.on, asked),
        states=states,
        choices_of={
            "body": list(bodies.items()),
            "state": [(code, states[code]) for code in LISTED],
            "adviser": [(str(own), name) for own, name in people],
        },
        **shown_of(read, view),
    )
