"""Patterns on the screen: counts for a supervisor, and what advisers are asked."""

from starlette.responses import Response

from casework.cases.access import case_for
from casework.doors import FormDep, desk_router, require
from casework.patterns import actions
from casework.patterns.errors import PatternChanged, PatternNotFound
from casework.patterns.litigation_pages import pattern_id
from casework.patterns.litigation_rules import STATES
from casework.patterns.queries import asked_patterns, found_patterns, questions
from casework.patterns.reprisals import alerts_for
from casework.patterns.rules import ANSWERS, KINDS, THRESHOLDS
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.transactions import attempt

router = desk_router()


@router.get("/{language}/patterns")
def show_patterns(view: ViewDep) -> Response:
    """Show what one is asked about one's own cases and, to a supervisor, what patterns there are."""
    require(view.act.who, Permission.CASES)
    return _list(view)


@router.post("/{language}/patterns")
def ask(view: ViewDep, form: FormDep) -> Response:
    """Ask the adviser of each case of a pattern."""
    require(view.act.who, Permission.SUPERVISE)
    try:
        with attempt(view.session):
            actions.ask(view.session, form.one("pattern"), view.act)
    except PatternChanged as error:
        return _list(view, 409, changed=view.text(error.sentence))
    return view.go("patterns", "pattern_asked")


@router.post("/{language}/patterns/{own}/answer")
def answer(own: str, view: ViewDep, form: FormDep) -> Response:
    """Agree or decline for one case."""
    case = case_for(view.session, view.act, form.one("number"), to_change=True)
    chosen, was = form.one("answer"), form.one("was")
    if chosen not in ANSWERS:
        raise PatternNotFound
    try:
        with attempt(view.session):
            actions.answer(view.session, case, pattern_id(own), chosen, view.act, was=was)
    except PatternChanged as error:
        return _list(view, 409, changed=view.text(error.sentence))
    return view.go("patterns", "pattern_answered")


def _list(view: View, status: int = 200, *, changed: str = "") -> Response:
    session, act = view.session, view.act
    is_supervisor = act.who.may(Permission.SUPERVISE)
    found = found_patterns(session, act) if is_supervisor else None
    mine = questions(session, act.who)
    alerts = alerts_for(session, act) if is_supervisor else None
    rows = len(mine) + len(found or ()) + (len(alerts.shown) if alerts else 0)
    record(session, "list_read", at=act.at, by=act.who.id, list="patterns", rows=rows)
    return view.render(
        "patterns.html",
        status,
        questions=mine,
        found=found,
        asked=asked_patterns(session, act.who) if is_supervisor else (),
        alerts=alerts,
        thresholds=THRESHOLDS,
        answers=_words(view, ANSWERS),
        proposals=_words(view, STATES),
        kinds=_words(view, KINDS),
        changed=changed,
    )


def _words(view: View, codes: dict[str, str]) -> dict[str, str]:
    return {code: view.text(words) for code, words in codes.items()}
