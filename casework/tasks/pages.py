"""Tasks and the next action of a case on the screen."""

from typing import Any, Final

from starlette.responses import Response

from casework.advice.rules import needs_interpreter
from casework.cases.access import case_for
from casework.cases.actions import read_case
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.holders import present_holders
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.merges.errors import PutUnder
from casework.merges.queries import open_leading_of
from casework.safe_contact.errors import WayNotSafe
from casework.safe_contact.guards import rules_of
from casework.safe_contact.queries import notices_wait, ways_of
from casework.safe_contact.rules import NEVER, RULES, WAYS
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.taking_back.queries import can_take_back, taken_of
from casework.taking_back.rules import ENDED_AS
from casework.tasks import actions, queries
from casework.tasks.asking import read_query
from casework.tasks.errors import CannotDoTask, InterpreterMissing, TaskNotFound, TaskSettled
from casework.tasks.rules import ACTORS, INTERPRETERS, KINDS, LONGEST_WORDS, STATES, WITH
from casework.transactions import attempt
from casework.written import id_in
from office.languages import mark

router = desk_router()

DAY_NEEDED: Final = mark("Write by which day.")
LINE_TOO_LONG: Final = mark("Write at most %(count)s characters: this is a line in a list.")
NEVER_SO: Final = mark("%(way)s: never, as noted in Safe contact. Safe instead: %(instead)s.")
NOT_ASKED: Final = mark(
    "%(way)s: nobody has noted that this is safe. Safe instead: %(instead)s. "
    "If the person agrees to it, note it in Safe contact first."
)
NO_OTHER_WAY: Final = mark("none that is known")


@router.get("/{language}/cases/{number}/tasks")
def show_tasks(number: str, view: ViewDep) -> Response:
    """Show what there is to do in a case, on the record."""
    case = case_for(view.session, view.act, number)
    return tasks_page(view, case)


@router.post("/{language}/cases/{number}/tasks")
def make(number: str, view: ViewDep, form: FormDep) -> Response:
    """Add a task, if it can be done without danger and be understood."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    wanted = _wanted(view, case, checked)
    if wanted is None or not checked.is_right:
        return tasks_page(view, case, form, checked)
    try:
        with attempt(view.session):
            actions.make_task(view.session, case, wanted, view.act)
    except WayNotSafe as error:
        checked.wrong("kind", NEVER_SO if error.is_never else NOT_ASKED, **ways_in_words(view, error))
        return tasks_page(view, case, form, checked)
    except InterpreterMissing as error:
        checked.wrong("interpreter_code", error.sentence)
        return tasks_page(view, case, form, checked)
    except CannotDoTask as error:
        checked.wrong("doer", error.sentence)
        return tasks_page(view, case, form, checked)
    except (CaseAlreadyClosed, PutUnder, ConflictUndecided, AdviserKeepsOut) as error:
        return tasks_page(view, case, form, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/tasks", "task_made")


@router.post("/{language}/cases/{number}/tasks/{task}/{state}")
def settle(number: str, task: str, state: str, view: ViewDep, form: FormDep) -> Response:
    """Note that a task is done or dropped."""
    case = case_for(view.session, view.act, number, to_change=True)
    own = id_in(task)
    if own is None or state not in STATES or state == "open":
        raise TaskNotFound(case=case.reference)
    try:
        with attempt(view.session):
            actions.settle_task(view.session, case, own, state, view.act)
    except TaskSettled as error:
        return tasks_page(view, case, changed=view.text(error.sentence))
    back = _own_list(view, form) if form.one("from") == "own" else f"cases/{case.reference}/tasks"
    return view.go(back, f"task_{state}")


@router.post("/{language}/cases/{number}/next-action")
def set_next(number: str, view: ViewDep, form: FormDep) -> Response:
    """Say who has to act next, by which day and what for."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    who = checked.one("actor", tuple(ACTORS))
    by_on = checked.day_ahead("by", view.act.on)
    if by_on is None:
        checked.wrong("by", DAY_NEEDED)
    text = asked_line(checked, "next_text")
    if by_on is None or not checked.is_right:
        return tasks_page(view, case, form, checked)
    try:
        with attempt(view.session):
            actions.set_next_action(view.session, case, who, by_on, text, view.act, version=checked.version())
    except (CaseChanged, CaseAlreadyClosed, PutUnder) as error:
        view.session.refresh(case)
        return tasks_page(view, case, form, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/tasks", "next_action_set")


def _own_list(view: View, form: FormDep) -> str:
    """Return the address of the list from which a task was ended, as it was asked for."""
    asked = read_query(form.one("query"), supervises=view.act.who.may(Permission.SUPERVISE)).asked
    return f"tasks?{asked.with_(after=asked.after)}"


def card_of(view: View, case: CaseFile) -> dict[str, object]:
    """Return what the page of a case tells of its tasks, and of ways that are never safe."""
    rules = rules_of(view.session, case)
    return {
        **queries.card_of(view.session, case, view.act),
        **words_of(view),
        "never": [view.text(WAYS[way]) for way, rule in rules.items() if rule == NEVER],
        "notices_wait": notices_wait(view.session, case),
    }


def _wanted(view: View, case: CaseFile, checked: Checked) -> actions.Wanted | None:
    kind, with_code = checked.one("kind", tuple(KINDS)), checked.one("with", tuple(WITH))
    doers = {str(one.id): one.id for one in present_holders(view.session, case)}
    doer = checked.one("doer", tuple(doers))
    due_on = checked.day_ahead("due", view.act.on)
    if due_on is None:
        checked.wrong("due", DAY_NEEDED)
    text = asked_line(checked, "task_text")
    interpreter_code, name = who_interprets(checked)
    if due_on is None or doer not in doers:
        return None
    return actions.Wanted(kind, with_code, doers[doer], due_on, text, interpreter_code, name)


def who_interprets(checked: Checked) -> tuple[str, str]:
    """Return whether somebody interprets, which may be left open, and who."""
    code = checked.form.one("interpreter_code")
    if code:
        checked.one("interpreter_code", tuple(INTERPRETERS))
    return code, asked_line(checked, "interpreter", needed=code == "named")


def asked_line(checked: Checked, field: str, *, needed: bool = True) -> str:
    """Return a line of a list; what is too long for one is noted in `checked`."""
    written = checked.text(field, needed=needed)
    if len(written) > LONGEST_WORDS:
        checked.wrong(field, LINE_TOO_LONG, count=LONGEST_WORDS)
    return written


def ways_in_words(view: View, error: WayNotSafe) -> dict[str, str]:
    """Return a way that is not safe and those that are, in words."""
    instead = view.language.listed([view.text(WAYS[way]) for way in error.instead])
    return {"way": view.text(WAYS[error.way]), "instead": instead or view.text(NO_OTHER_WAY)}


def words_of(view: View) -> dict[str, Any]:
    """Return the words of the codes of tasks."""
    return {
        name: {code: view.text(sentence) for code, sentence in codes.items()}
        for name, codes in (
            ("kinds", KINDS),
            ("withs", WITH),
            ("states", STATES),
            ("actors", ACTORS),
            ("interpreters", INTERPRETERS),
            ("ways", WAYS),
            ("rules", RULES),
            ("ended_as", ENDED_AS),
        )
    }


def tasks_page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]] | None = None,
    checked: Checked | None = None,
    *,
    changed: str = "",
) -> Response:
    """Show what there is to do in a case, with what was typed."""
    session, act = view.session, view.act
    story = read_case(session, case, act)
    words = words_of(view)
    tasks = queries.tasks_of(session, case, act)
    holders = [(str(one.id), one.display_name) for one in present_holders(session, case)]
    start = {"doer": [str(act.who.id)], "with": ["person"]}
    return view.render(
        "case_tasks.html",
        409 if changed else 422 if checked else 200,
        case=case,
        story=story,
        next_action=queries.next_action_of(session, case, act),
        open_tasks=[one for one in tasks if one.task.is_open],
        ended=[one for one in tasks if not one.task.is_open],
        taken=taken_of(session, case, act, [one.task.id for one in tasks]),
        can_be_taken_back={one.task.id for one in tasks if can_take_back(case, one.task, act)},
        needs_interpreter=needs_interpreter(story.languages.interpreter_code),
        safe=[one for one in ways_of(session, case, act) if one.rule],
        holders=holders,
        given=given if given is not None else start,
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
        leading=open_leading_of(session, act.who, case),
        **words,
    )
