"""Tasks across cases on the screen and as a file: one's own, or for a supervisor the team's."""

from typing import Final

from starlette.responses import Response

from casework.doors import desk_router, require
from casework.listing.asked import Read
from casework.listing.pages import by_words, exported, note_read, shown_of
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.tasks.asking import WHICH, TasksAsked, read_query
from casework.tasks.lists import counts, doers_of, tasks_for
from casework.tasks.rules import INTERPRETERS, KINDS, WITH
from office.ids import shown

router = desk_router()

FIELDS: Final = ("due_on", "kind_code", "with_code", "interpreter_code", "made_on")


@router.get("/{language}/tasks")
def show_tasks(view: ViewDep) -> Response:
    """Show open tasks, the earliest first; what is asked for stands in the address."""
    require(view.act.who, Permission.CASES)
    return _page(view, _read(view))


@router.get("/{language}/tasks.csv")
def export_tasks(view: ViewDep) -> Response:
    """Give exactly what the list shows, all its pages, as a file of numbers, codes and days."""
    require(view.act.who, Permission.CASES)
    read = _read(view)
    if not read.is_right:
        return _page(view, read, status=422)
    lines = tasks_for(view.session, view.act, read.asked, _kinds(view), limit=None).lines
    rows = [[shown(one.case.reference), *(getattr(one.task, name) for name in FIELDS)] for one in lines]
    return exported(view, read.asked, ("case", *FIELDS), rows, [one.case.reference for one in lines])


def _read(view: View) -> Read[TasksAsked]:
    return read_query(view.request.url.query, supervises=view.act.who.may(Permission.SUPERVISE))


def _page(view: View, read: Read[TasksAsked], *, status: int = 200) -> Response:
    session, act, asked = view.session, view.act, read.asked
    supervises = act.who.may(Permission.SUPERVISE)
    found = tasks_for(session, act, asked, _kinds(view))
    note_read(view, asked, len(found.lines))
    people = [(str(own), name) for own, name in doers_of(session, act.who)] if supervises else []
    kinds = {code: view.text(words) for code, words in KINDS.items()}
    return view.render(
        "tasks.html",
        422 if read.wrong else status,
        lines=found.lines,
        next=found.next,
        supervises=supervises,
        names={code: view.text(words) for code, words in WHICH.items()},
        counts=counts(session, act, asked),
        kinds=kinds,
        interpreters={code: view.text(words) for code, words in INTERPRETERS.items()},
        choices_of={
            "kind": list(kinds.items()),
            "with_whom": [(code, view.text(words)) for code, words in WITH.items()],
            "adviser": people,
        },
        **shown_of(read, view),
    )


def _kinds(view: View) -> list[str]:
    """Return the codes of kinds in the order of their words."""
    return by_words({code: view.text(words) for code, words in KINDS.items()})
