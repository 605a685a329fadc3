"""The directory of interpreters on the screen."""

from typing import Any, Final

from starlette.responses import Response

from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.interpreters.directory import Noted, directory, interpreter_of, note_interpreter
from casework.interpreters.errors import InterpreterChanged
from casework.interpreters.own_pages import languages_of
from casework.interpreters.rules import KINDS, LONGEST_NAME, LONGEST_WAY
from casework.interpreters.tables import Interpreter
from casework.referrals.rules import is_stale
from casework.referrals.wording import day_typed
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.queries import names_of
from casework.transactions import attempt
from office.languages import mark

router = desk_router()

Given = dict[str, list[str]]
WAYS: Final = {"in_person": mark("They come"), "remote": mark("By telephone or video")}
ARE: Final = {"person": mark("A person"), "service": mark("A service that sends somebody")}


@router.get("/{language}/interpreters")
def show_interpreters(view: ViewDep) -> Response:
    """Show the directory."""
    require(view.act.who, Permission.CASES)
    rows = directory(view.session, with_ended=True)
    return view.render(
        "interpreters.html",
        interpreters=rows,
        kinds=dict(_kinds(view)),
        stale={one.id for one in rows if is_stale(one.checked_on, view.act.on)},
        names=names_of(view.session, [one.checked_by for one in rows]),
        supervises=view.act.who.may(Permission.SUPERVISE),
    )


@router.get("/{language}/interpreters/new")
def show_new_interpreter(view: ViewDep) -> Response:
    """Show the form of a new entry."""
    require(view.act.who, Permission.SUPERVISE)
    return _form(view, None)


@router.post("/{language}/interpreters/new")
def add_interpreter(view: ViewDep, form: FormDep) -> Response:
    """Add an interpreter or a service."""
    require(view.act.who, Permission.SUPERVISE)
    return _keep(view, None, form)


@router.get("/{language}/interpreters/{interpreter}")
def show_interpreter(interpreter: str, view: ViewDep) -> Response:
    """Show a supervisor the form of an entry."""
    require(view.act.who, Permission.SUPERVISE)
    return _form(view, interpreter_of(view.session, interpreter))


@router.post("/{language}/interpreters/{interpreter}")
def change_interpreter(interpreter: str, view: ViewDep, form: FormDep) -> Response:
    """Keep what a supervisor knows of an interpreter, as checked today."""
    require(view.act.who, Permission.SUPERVISE)
    return _keep(view, interpreter_of(view.session, interpreter), form)


def _keep(view: View, row: Interpreter | None, form: FormDep) -> Response:
    checked = Checked(form, view.language)
    noted = _noted(checked, view)
    if not checked.is_right:
        return _form(view, row, form, checked, 422)
    try:
        with attempt(view.session):
            note_interpreter(view.session, row, noted, view.act, version=checked.version())
    except InterpreterChanged as error:
        if row is not None:
            view.session.refresh(row)
        return _form(view, row, form, None, 409, changed=view.text(error.sentence))
    return view.go("interpreters", "interpreter_listed")


def _noted(checked: Checked, view: View) -> Noted:
    ways = checked.some("comes", tuple(WAYS))
    return Noted(
        name=checked.text("interpreter_name", most=LONGEST_NAME),
        is_service=checked.one("is_service", tuple(ARE)) == "service",
        language_codes=checked.some("spoken", [code for code, _ in languages_of(view)]),
        kind_codes=checked.some("kinds", [code for code, _ in _kinds(view)]),
        is_in_person="in_person" in ways,
        is_remote="remote" in ways,
        way=checked.text("reached_at", most=LONGEST_WAY),
        undertaking_on=checked.day_back("undertaking_on", view.act.on),
        ask_first="yes" in checked.some("ask_first", ("yes",), needed=False),
        has_ended="yes" in checked.some("ended", ("yes",), needed=False),
    )


def _kinds(view: View) -> list[tuple[str, str]]:
    return [(code, view.text(words)) for code, words in KINDS.items()]


def _form(
    view: View,
    row: Interpreter | None,
    given: Given | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    return view.render(
        "interpreter.html",
        status,
        interpreter=row,
        tongues=languages_of(view),
        kinds=_kinds(view),
        comes=[(code, view.text(words)) for code, words in WAYS.items()],
        are=[(code, view.text(words)) for code, words in ARE.items()],
        given=given or _typed(row),
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _typed(row: Interpreter | None) -> Given:
    if row is None:
        return {"is_service": ["person"], "kinds": ["spoken"]}
    ways: dict[str, Any] = {"in_person": row.is_in_person, "remote": row.is_remote}
    return {
        "interpreter_name": [row.name],
        "is_service": ["service" if row.is_service else "person"],
        "spoken": row.language_codes.split(),
        "kinds": row.kind_codes.split(),
        "comes": [code for code, is_so in ways.items() if is_so],
        "reached_at": [row.way],
        "ask_first": ["yes"] if row.ask_first else [],
        "ended": ["yes"] if row.ended_on else [],
        **(day_typed("undertaking_on", row.undertaking_on) if row.undertaking_on else {}),
    }
