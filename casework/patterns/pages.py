"""Patterns on the screen: counts for a supervisor, what advisers are asked, and a group all agreed to."""

from uuid import UUID

from starlette.responses import Response

from casework.cases.access import case_for
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.patterns import actions
from casework.patterns.errors import CannotDecideOwnProposal, PatternChanged, PatternNotFound
from casework.patterns.queries import asked_patterns, found_patterns, group_for, questions
from casework.patterns.reprisals import alerts_for
from casework.patterns.rules import ANSWERS, DECISIONS, KINDS, PROPOSALS, THRESHOLDS
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.timeline.queries import names_of
from casework.transactions import attempt
from office.errors import Conflict

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
            actions.answer(view.session, case, _id(own), chosen, view.act, was=was)
    except PatternChanged as error:
        return _list(view, 409, changed=view.text(error.sentence))
    return view.go("patterns", "pattern_answered")


@router.get("/{language}/patterns/{own}")
def show_pattern(own: str, view: ViewDep) -> Response:
    """Show the cases of a pattern to which all have agreed, on the record."""
    return _group(view, _id(own))


@router.post("/{language}/patterns/{own}/proposal")
def propose(own: str, view: ViewDep, form: FormDep) -> Response:
    """Propose strategic litigation, or decide about the proposal."""
    pattern_id, do, version = _id(own), form.one("do"), Checked(form, view.language).version()
    if do not in ("propose", *DECISIONS):
        raise PatternNotFound
    try:
        with attempt(view.session):
            if do == "propose":
                actions.propose(view.session, pattern_id, view.act, version=version)
            else:
                actions.decide(view.session, pattern_id, do, view.act, version=version)
    except (PatternChanged, CannotDecideOwnProposal) as error:
        return _group(view, pattern_id, error)
    return view.go(
        f"patterns/{pattern_id}", "litigation_proposed" if do == "propose" else "litigation_decided"
    )


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise PatternNotFound from None


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
        proposals=_words(view, PROPOSALS),
        kinds=_words(view, KINDS),
        changed=changed,
    )


def _group(view: View, pattern_id: UUID, error: Conflict | None = None) -> Response:
    session, act = view.session, view.act
    group = group_for(session, act.who, pattern_id)
    pattern = group.asked.pattern
    record(session, "pattern_read", at=act.at, by=act.who.id, pattern=str(pattern.id), rows=len(group.lines))
    names = names_of(session, [one for one in (pattern.proposed_by, pattern.decided_by) if one])
    return view.render(
        "pattern.html",
        409 if error else 200,
        group=group,
        kinds=_words(view, KINDS),
        proposals=_words(view, PROPOSALS),
        proposed_by=names.get(pattern.proposed_by, "") if pattern.proposed_by else "",
        decided_by=names.get(pattern.decided_by, "") if pattern.decided_by else "",
        may_decide=act.who.may(Permission.SUPERVISE) and pattern.proposed_by != act.who.id,
        changed=view.text(error.sentence) if error else "",
    )


def _words(view: View, codes: dict[str, str]) -> dict[str, str]:
    return {code: view.text(words) for code, words in codes.items()}
