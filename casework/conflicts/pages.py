"""The people of a case and its conflicts of interest; and the cases that wait for a supervisor."""

from collections.abc import Sequence
from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.content import story_of
from casework.cases.errors import CaseAlreadyClosed, LastOfACase
from casework.cases.tables import CaseFile
from casework.conflicts import actions
from casework.conflicts.content import PartyDetails, PartyName
from casework.conflicts.correcting import Standing
from casework.conflicts.ending_words import ended_of, nobody_card
from casework.conflicts.errors import (
    AlreadyDecided,
    CannotDecideOwn,
    CheckNotFound,
    ConflictUndecided,
    NamesKeyNeeded,
    OnePersonOnBothSides,
    PartyNotFound,
)
from casework.conflicts.further import standing_as
from casework.conflicts.lifting import put_up_by
from casework.conflicts.nobody_known import is_compared
from casework.conflicts.party_form import called_in, standing_in
from casework.conflicts.queries import Keeping, keeping_out, matches_of, people_of, waiting_cases
from casework.conflicts.rules import (
    BY_DECISION,
    DECISIONS,
    KINDS,
    LONGEST_NAME,
    NOT_EXACT,
    RELATIONS,
    RESPONDENT,
    ROLES,
    SIDES,
)
from casework.conflicts.showing import shown_people
from casework.doors import FormDep, desk_router, require
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.timeline.wording import told
from casework.transactions import attempt
from casework.walls.asking import ask, confirmed_in, go_on, goes_back, service_choices
from casework.walls.errors import NobodyMayHold, WallBeyondReach, WallNotConfirmed
from casework.walls.naming import add_somebody
from casework.walls.rules import NONE, NONE_WORDS
from casework.walls.standing import is_apart
from casework.written import id_in
from office.languages import mark
from office.web.forms import Form

router = desk_router()

THE_CITY_IS_NAMED: Final = mark("You name the city as the respondent")


@router.get("/{language}/conflicts")
def show_waiting(view: ViewDep) -> Response:
    """Show a supervisor the cases that wait for them, on the record."""
    require(view.act.who, Permission.SUPERVISE)
    found = waiting_cases(view.session, view.act.who)
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="conflicts", rows=len(found))
    return view.render("conflicts.html", waiting=found)


@router.get("/{language}/cases/{number}/people")
def show_people(number: str, view: ViewDep) -> Response:
    """Show who is in a case, what matches elsewhere and who keeps out, on the record."""
    case = case_for(view.session, view.act, number, to_change=True)
    if people_of(view.session, case, view.act):
        return people_page(view, case)
    story = story_of(view.session, case, view.act)
    first = {"party_name": [story.respondent_text[:LONGEST_NAME]], "role": [RESPONDENT]}
    return people_page(view, case, first)


@router.post("/{language}/cases/{number}/people")
def add(number: str, view: ViewDep, form: FormDep) -> Response:
    """Add somebody to a case; the name is compared at once."""
    case = case_for(view.session, view.act, number, to_change=True)
    if goes_back(form):
        return people_page(view, case, form)
    checked = Checked(form, view.language)
    standing = standing_in(checked)
    called = called_in(view, checked, standing, PartyDetails())
    if called is None:
        return people_page(view, case, form, checked, 422)
    try:
        return _add(view, case, called, standing, form)
    except (NamesKeyNeeded, NobodyMayHold, WallBeyondReach) as error:
        view.session.refresh(case)
        status = 403 if isinstance(error, NamesKeyNeeded) else 409
        return people_page(view, case, form, None, status, changed=view.text(error.sentence))


def _add(view: View, case: CaseFile, called: PartyName, standing: Standing, form: Form) -> Response:
    """Add somebody; if that walls the case off, ask first."""
    session, act, was_apart = view.session, view.act, is_apart(case)
    confirmed = confirmed_in(form, view)
    try:
        with attempt(session):
            add_somebody(
                session,
                case,
                called,
                role_code=standing.role_code,
                kind_code=standing.kind_code,
                side_code=standing.side_code,
                act=act,
                confirmed=confirmed,
            )
    except WallNotConfirmed:
        session.refresh(case)
        title = view.text(THE_CITY_IS_NAMED)
        return ask(view, case, form, "people", service=called.service, title=title)
    return go_on(view, case, f"cases/{case.reference}/people", "party_added", was_apart=was_apart)


@router.post("/{language}/cases/{number}/people/removal")
def remove(number: str, view: ViewDep, form: FormDep) -> Response:
    """Take somebody out of a case."""
    case = case_for(view.session, view.act, number, to_change=True)
    party = id_in(form.one("party"))
    if party is None:
        raise PartyNotFound(case=case.reference)
    try:
        with attempt(view.session):
            actions.remove_party(view.session, case, party, view.act)
    except ConflictUndecided as error:
        return people_page(view, case, None, None, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/people", "party_removed")


@router.post("/{language}/cases/{number}/people/decision")
def decide(number: str, view: ViewDep, form: FormDep) -> Response:
    """Decide about one match, with a reason; `actions.decide` holds both cases in one order."""
    case = case_for(view.session, view.act, number)
    check = id_in(form.one("check"))
    if check is None or not view.act.who.may(Permission.SUPERVISE):
        raise CheckNotFound(case=case.reference)
    checked = Checked(form, view.language)
    decision, reason = checked.one("decision", tuple(DECISIONS)), checked.text("decision_reason")
    if not checked.is_right:
        return people_page(view, case, form, checked, 422)
    try:
        with attempt(view.session):
            actions.decide(view.session, case, check, decision, reason, view.act)
    except (AlreadyDecided, CannotDecideOwn, OnePersonOnBothSides, LastOfACase, CaseAlreadyClosed) as error:
        return people_page(view, case, form, None, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/people", "conflict_decided")


@router.post("/{language}/cases/{number}/people/interest")
def declare(number: str, view: ViewDep, form: FormDep) -> Response:
    """Declare that one has to keep out of a case."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    relation = checked.one("relation", tuple(RELATIONS))
    if not checked.is_right:
        return people_page(view, case, form, checked, 422)
    is_theirs = case.assigned_to == view.act.who.id
    try:
        with attempt(view.session):
            actions.declare_interest(view.session, case, relation, view.act)
    except (LastOfACase, CaseAlreadyClosed) as error:
        view.session.refresh(case)
        return people_page(view, case, form, None, 409, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/people" if is_theirs else "cases", "interest_declared")


def people_page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]] | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    """Return the page of a case's people: whoever sees it reads names, so it is on the record."""
    session, act = view.session, view.act
    leave_trace(session, case, act)
    matches, hidden = matches_of(session, case, act)
    is_supervisor = act.who.may(Permission.SUPERVISE)
    to_decide = next((one for one in matches if not one.is_decided), None) if is_supervisor else None
    out = keeping_out(session, case, act)
    return view.render(
        "people.html",
        status,
        case=case,
        people=people_of(session, case, act),
        matches=matches,
        hidden=hidden,
        to_decide=to_decide,
        out=[
            (one, [told(entry, view) for entry in one.looked])
            for one in out
            if is_supervisor or one.wall.staff_id == act.who.id
        ],
        is_supervisor=is_supervisor,
        keeps_out=any(one.wall.staff_id == act.who.id for one in out),
        roles=_words(view, ROLES),
        kinds=_words(view, KINDS),
        sides=_words(view, SIDES),
        lines={one.party.id: one.lines for one in shown_people(view, case)},
        nobody=nobody_card(view, case),
        may_say_nobody=not case.is_closed and not is_compared(session, case),
        ended=ended_of(view, case),
        to_end=_to_end(view, case, out) if is_supervisor else [],
        services=[*service_choices(view), (NONE, view.text(NONE_WORDS))],
        relations=_words(view, RELATIONS),
        decisions=_words(view, DECISIONS),
        words={
            code: view.text(told_as) for code, told_as in (RELATIONS | BY_DECISION | ROLES | KINDS).items()
        },
        decided_as=dict(_words(view, DECISIONS)),
        not_exact=dict(_words(view, NOT_EXACT)),
        given=given or {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _to_end(view: View, case: CaseFile, out: Sequence[Keeping]) -> list[tuple[str, str]]:
    """Return whose keeping out a supervisor may end: not their own, nor what they put on record.

    It ends in all cases that are read together, so what they put on record in one of them counts.
    """
    somebody_elses = {view.act.who.id} | put_up_by(view.session, case, view.act.who.id)
    return [
        (standing_as(one.wall, one.further), one.name)
        for one in out
        if not one.wall.is_for_service
        and one.wall.staff_id not in somebody_elses
        and view.act.who.id not in {reason.by for reason in one.further}
    ]


def _words(view: View, codes: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, view.text(sentence)) for code, sentence in codes.items()]
