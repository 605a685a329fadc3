"""Whether all is in order, in counts and days: for whoever answers for accounts and machines."""

from datetime import timedelta
from typing import Final

from starlette.responses import Response

from casework.cases.queries import waiting_total
from casework.doors import desk_router, require
from casework.showing import View, ViewDep
from casework.staff.rules import KEY_NAMES, Permission
from casework.timeline.actions import record
from casework.timeline.verified import last_verified
from office.clock import day_in
from office.keys.holders import held_by_somebody_gone, holders_warning
from office.keys.names import stem
from office.languages import mark
from office.sealing.public_keys import REPORT_KEYS

router = desk_router()

EXAMINED_WITHIN: Final = timedelta(days=7)
Line = tuple[bool, str]
"""Whether something is in order, and what is said of it."""


@router.get("/{language}/health")
def show_health(view: ViewDep) -> Response:
    """Show whether all is in order, on the record."""
    require(view.act.who, Permission.ACCOUNTS)
    record(view.session, "health_read", at=view.act.at, by=view.act.who.id)
    lines = [_form(view), *_holders(view), _renewal(view), _cases(view), _timeline(view)]
    return view.render("health.html", lines=lines)


def _form(view: View) -> Line:
    is_open = view.act.keys.has_active(*REPORT_KEYS)
    shut = mark("The residents' form is shut: nobody can report now")
    return is_open, view.text(mark("The residents' form is open.") if is_open else shut)


def _holders(view: View) -> list[Line]:
    short = holders_warning(view.session)
    if not short:
        return [(True, view.text(mark("Every key of the office can be opened by two people or more.")))]
    return [
        (
            False,
            view.language.ngettext(
                "Only %(num)s person can open the key %(key)s. At least two should.",
                "Only %(num)s people can open the key %(key)s. At least two should.",
                count,
                key=view.text(KEY_NAMES[stem(name)]),
            ),
        )
        for name, count in short.items()
    ]


def _renewal(view: View) -> Line:
    names = [view.text(KEY_NAMES[name]) for name in held_by_somebody_gone(view.session)]
    if not names:
        return True, view.text(mark("No key of the office has to be renewed."))
    told = mark(
        "To be renewed with “office keys rotate”, because somebody does not hold them any more: %(keys)s."
    )
    return False, view.text(told, keys=view.language.listed(names))


def _cases(view: View) -> Line:
    waiting = waiting_total(view.session)
    if not waiting:
        return True, view.text(mark("No case waits for a new key."))
    told = view.language.ngettext(
        "%(num)s case waits for a new key. A supervisor must sign in.",
        "%(num)s cases wait for a new key. A supervisor must sign in.",
        waiting,
    )
    return False, told


def _timeline(view: View) -> Line:
    found = last_verified(view.desk.settings.heads)
    if found is None:
        return False, view.text(mark("Nobody has examined the timeline yet."))
    on = view.language.date(day_in(view.act.zone, found.at))
    if not found.is_whole:
        return False, view.text(
            mark("The timeline was examined on %(day)s and is not as it was written."), day=on
        )
    told = mark("The timeline was examined on %(day)s and is as it was written.")
    return view.act.at - found.at <= EXAMINED_WITHIN, view.text(told, day=on)
