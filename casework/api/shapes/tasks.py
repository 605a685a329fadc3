"""What there is to do: one's own tasks, those of a case, and how the person is reached without danger."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.cards import NextAction, TaskDue, due, next_action
from casework.api.shapes.listing import Narrowed, narrowed
from casework.api.shapes.parts import Choice, Code, Person, apart, choices, coded, person, worded
from casework.api.shapes.taking_back import TakenBack, taken
from casework.api.shown import Page, Shape, Shown


class OwnTask(TaskDue):
    """An open task; its text and interpreter only if it is the reader's own."""

    id: UUID | None = Field(description="None where it is not the reader's to end.")
    doer: Person | None
    case_number: str
    apart: Choice | None
    interpreter: Choice | None
    interpreter_name: str


class WhichTasks(Shown):
    """One choice of the list with how many there are."""

    code: Code
    label: str
    tasks: int


class TasksShown(Narrowed):
    """One page of the reader's open tasks, or for a supervisor the team's, by itself the earliest first."""

    whose: Code = Field(description="`mine`, or `all` for a supervisor who asks for the team's.")
    which: Code
    choices: tuple[WhichTasks, ...]
    tasks: tuple[OwnTask, ...]
    next: str | None = Field(description="The place after which the next page begins.")


class TaskOfCase(TaskDue):
    """An open task of a case."""

    id: UUID
    doer: Person | None
    with_whom: Choice | None
    interpreter: Choice | None
    interpreter_name: str
    taken_back: tuple[TakenBack, ...]


class TaskEnded(Shown):
    """A task that was done or dropped."""

    id: UUID | None = Field(description="None where the reader cannot take it back.")
    state: Choice | None
    on: date
    by: Person | None
    kind: Choice | None
    text: str
    taken_back: tuple[TakenBack, ...]


class SafeWay(Shown):
    """What holds for one way to reach the person."""

    way: Choice | None
    rule: Choice | None
    words: str = Field(description="Days, hours and how.")


class TaskForm(Shown):
    """What may be chosen for a new task."""

    kinds: tuple[Choice, ...]
    with_whom: tuple[Choice, ...]
    doers: tuple[Choice, ...]
    interpreters: tuple[Choice, ...]
    person_needs_interpreter: Choice | None = Field(description="None if the person needs nobody.")


class TasksOfCaseShown(Shown):
    """What there is to do in a case."""

    case_number: str
    version: int | None = Field(None, description="For saying who acts next; None where nobody does so here.")
    open_tasks: tuple[TaskOfCase, ...]
    ended: tuple[TaskEnded, ...]
    next_action: NextAction | None
    actors: tuple[Choice, ...] = ()
    safe_ways: tuple[SafeWay, ...] = Field(description="Every other way is shut.")
    form: TaskForm | None = Field(None, description="None once the case is closed.")
    read_under: str | None = Field(None, description="The case in which what is about the event is done.")


class TaskChanging(Shown):
    """One open task as it stands, and to whom it may be given."""

    case_number: str
    version: int = Field(description="Of the task.")
    task: TaskOfCase
    doers: tuple[Choice, ...]
    interpreters: tuple[Choice, ...]


class WayNoted(Shown):
    """One way to reach the person; without a rule nobody has asked, and it is shut."""

    way: Choice | None
    rule: Choice | None
    window: str = Field(description="On which days and hours it is safe, in words.")
    notices_wait: bool = Field(description="It is safe only on some days and hours, and none are ticked.")
    words: str
    reason: str
    is_from_the_report: bool
    noted_by: Person | None
    noted_on: date | None


class SafeContactShown(Shown):
    """How the person of a case is reached without danger."""

    case_number: str
    version: int
    contact_was_not_opened: bool = Field(description="The person left a contact, and no way is noted yet.")
    ways: tuple[WayNoted, ...]
    rules: tuple[Choice, ...]
    window_days: tuple[Choice, ...] = Field(description="On which days, if only on some.")
    from_hour: tuple[Choice, ...]
    to_hour: tuple[Choice, ...]


def _interpreted(page: Page, one: Any) -> dict[str, Any]:
    code = one.task.interpreter_code
    return {
        "interpreter": worded(page["interpreters"], code),
        "interpreter_name": one.words.interpreter if code == "named" else "",
    }


def tasks(page: Page) -> TasksShown:
    """Return a list of open tasks."""
    asked = page["asked"]
    return TasksShown(
        **narrowed(page),
        whose=asked.whose,
        which=asked.which,
        choices=tuple(
            WhichTasks(code=code, label=label, tasks=page["counts"][code])
            for code, label in page["names"].items()
        ),
        tasks=tuple(_listed(page, one) for one in page["lines"]),
        next=page["next"],
    )


def _listed(page: Page, one: Any) -> OwnTask:
    told = {
        "id": one.task.id if one.words else None,
        "case_number": one.case.reference,
        "apart": apart(page, one.case.routing_code),
        "doer": None if page["asked"].only_own else person(one.doer),
    }
    if one.words:
        return OwnTask(**_due(page, one), **_interpreted(page, one), **told)
    kind = worded(page["kinds"], one.task.kind_code)
    return OwnTask(kind=kind, due_on=one.task.due_on, text="", interpreter=None, interpreter_name="", **told)


def _due(page: Page, one: Any) -> dict[str, Any]:
    line = due(page["kinds"], one)
    return {name: getattr(line, name) for name in TaskDue.model_fields}


def case_tasks(page: Page) -> TasksOfCaseShown:
    """Return what there is to do in a case."""
    case, leading = page["case"], page["leading"]
    says_who = not case.is_closed and not leading
    return TasksOfCaseShown(
        case_number=case.reference,
        version=case.version if says_who else None,
        open_tasks=tuple(_open(page, one) for one in page["open_tasks"]),
        ended=tuple(_ended(page, one) for one in page["ended"]),
        next_action=next_action(page["actors"], page["next_action"]),
        actors=choices(page["actors"]) if says_who else (),
        safe_ways=tuple(
            SafeWay(
                way=worded(page["ways"], one.way),
                rule=worded(page["rules"], one.rule),
                words=one.words.words,
            )
            for one in page["safe"]
        ),
        form=None if case.is_closed else _form(page),
        read_under=leading.reference if leading and not case.is_closed else None,
    )


def case_task(page: Page) -> TaskChanging:
    """Return one open task, to change it."""
    one = page["one"]
    return TaskChanging(
        case_number=page["case"].reference,
        version=one.task.version,
        task=_open(page, one),
        doers=choices(page["holders"]),
        interpreters=choices(page["interpreters"]),
    )


def _open(page: Page, one: Any) -> TaskOfCase:
    return TaskOfCase(
        **_due(page, one),
        **_interpreted(page, one),
        id=one.task.id,
        doer=person(one.doer),
        with_whom=worded(page["withs"], one.task.with_code),
        taken_back=taken(page, one.task.id),
    )


def _ended(page: Page, one: Any) -> TaskEnded:
    own = one.task.id
    return TaskEnded(
        id=own if own in page["can_be_taken_back"] else None,
        state=worded(page["states"], one.task.state_code),
        on=one.task.settled_on,
        by=person(one.settled_by),
        kind=worded(page["kinds"], one.task.kind_code),
        text=one.words.text,
        taken_back=taken(page, own),
    )


def _form(page: Page) -> TaskForm:
    wanted = page["story"].languages.interpreter_code if page["needs_interpreter"] else None
    return TaskForm(
        kinds=choices(page["kinds"]),
        with_whom=choices(page["withs"]),
        doers=choices(page["holders"]),
        interpreters=choices(page["interpreters"]),
        person_needs_interpreter=coded(page, "interpreters", wanted),
    )


def safe_contact(page: Page) -> SafeContactShown:
    """Return how the person is reached without danger."""
    case, noted = page["case"], page["shown_ways"]
    return SafeContactShown(
        case_number=case.reference,
        version=case.version,
        contact_was_not_opened=page["has_contact"] and not any(one.row for one in noted),
        ways=tuple(
            WayNoted(
                way=worded(page["ways"], one.way),
                rule=worded(page["rules"], one.rule),
                window=page["windows"][one.way],
                notices_wait=one.rule == "window"
                and one.way in ("email", "sms")
                and not page["windows"][one.way],
                words=one.words.words,
                reason=one.words.reason,
                is_from_the_report=one.words.is_from_report,
                noted_by=None if one.words.is_from_report else person(one.name),
                noted_on=one.row.set_on if one.row and not one.words.is_from_report else None,
            )
            for one in noted
        ),
        rules=choices(page["rules"]),
        window_days=choices(page["days"]),
        from_hour=choices(page["from_hours"]),
        to_hour=choices(page["to_hours"]),
    )


SHAPES: Final[dict[str, Shape]] = {
    "tasks.html": tasks,
    "case_tasks.html": case_tasks,
    "case_task.html": case_task,
    "safe_contact.html": safe_contact,
}
