"""Somebody in a case: how they are reached, what they need, and the form that corrects all of it."""

from uuid import UUID

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.tables import CaseFile
from casework.conflicts.content import PartyName
from casework.conflicts.correcting import Standing
from casework.conflicts.errors import NamesKeyNeeded, PartInHarm, PartyChanged
from casework.conflicts.pages import THE_CITY_IS_NAMED
from casework.conflicts.party_form import (
    TEXTS,
    as_typed,
    called_in,
    details_in,
    standing_in,
    with_what_stands,
)
from casework.conflicts.queries import called_of, party_of, people_of
from casework.conflicts.rules import INTERPRETER, KINDS, PARTY_WAYS, ROLES, SIDES
from casework.conflicts.showing import party_lines
from casework.conflicts.tables import CaseParty
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.interpreters.own_pages import languages_of
from casework.safe_contact.rules import RULES, WAYS
from casework.showing import View, ViewDep
from casework.transactions import attempt
from casework.walls.asking import ask, confirmed_in, go_on, goes_back, service_choices
from casework.walls.errors import NobodyMayHold, WallBeyondReach, WallNotConfirmed
from casework.walls.naming import correct_somebody
from casework.walls.rules import NONE, NONE_WORDS
from casework.walls.standing import is_apart
from casework.written import id_in
from office.web.forms import Form

router = desk_router()


@router.get("/{language}/cases/{number}/people/{party}/details")
def show_party(number: str, party: str, view: ViewDep) -> Response:
    """Show somebody in a case and the form that corrects them, on the record."""
    case = case_for(view.session, view.act, number, to_change=True)
    return _page(view, case, party_of(view.session, case, id_in(party)))


@router.post("/{language}/cases/{number}/people/{party}/details")
def correct(number: str, party: str, view: ViewDep, form: FormDep) -> Response:
    """Correct somebody; another name is compared at once."""
    case = case_for(view.session, view.act, number, to_change=True)
    row = party_of(view.session, case, id_in(party))
    if goes_back(form):
        return _page(view, case, row, form)
    others = [str(one) for one in _others(view, case, row)]
    before = called_of(view.session, case, row, view.act)
    checked = Checked(with_what_stands(form, row, before, others), view.language)
    standing = standing_in(checked)
    details = details_in(view, checked, standing, before.details, others)
    called = called_in(view, checked, standing, details)
    if called is None:
        return _page(view, case, row, form, checked, 422)
    try:
        return _correct(view, case, row, called, standing, form)
    except (NamesKeyNeeded, PartyChanged, PartInHarm, NobodyMayHold, WallBeyondReach) as error:
        view.session.refresh(case)
        view.session.refresh(row)
        status = 403 if isinstance(error, NamesKeyNeeded) else 409
        return _page(view, case, row, form, None, status, changed=view.text(error.sentence))


def _correct(
    view: View, case: CaseFile, row: CaseParty, called: PartyName, standing: Standing, form: Form
) -> Response:
    """Correct somebody; if that walls the case off, ask first."""
    session, act, was_apart, party_id = view.session, view.act, is_apart(case), row.id
    try:
        with attempt(session):
            correct_somebody(
                session,
                case,
                row,
                called,
                standing,
                act,
                version=Checked(form, view.language).version(),
                confirmed=confirmed_in(form, view),
            )
    except WallNotConfirmed:
        session.refresh(case)
        title = view.text(THE_CITY_IS_NAMED)
        return ask(view, case, form, f"people/{party_id}/details", service=called.service, title=title)
    return go_on(view, case, f"cases/{case.reference}/people", "party_corrected", was_apart=was_apart)


def _others(view: View, case: CaseFile, row: CaseParty) -> dict[UUID, str]:
    people = people_of(view.session, case, view.act)
    return {one.party.id: one.called.name for one in people if one.party.id != row.id}


def _page(
    view: View,
    case: CaseFile,
    row: CaseParty,
    given: Form | None = None,
    checked: Checked | None = None,
    status: int = 200,
    *,
    changed: str = "",
) -> Response:
    """Return the page of somebody: whoever sees it reads a name, so it is on the record."""
    leave_trace(view.session, case, view.act)
    called, others = called_of(view.session, case, row, view.act), _others(view, case, row)
    tongues = languages_of(view)
    own = called.details.language
    if own and own not in dict(tongues):
        tongues = [*tongues, (own, view.label("languages", own))]
    return view.render(
        "party.html",
        status,
        case=case,
        party=row,
        called=called,
        lines=party_lines(view, row, called, others),
        others=[(str(one), name) for one, name in others.items()],
        roles=_words(view, ROLES),
        kinds=_words(view, KINDS),
        sides=_words(view, SIDES),
        services=[*service_choices(view), (NONE, view.text(NONE_WORDS))],
        interpreters=_words(view, INTERPRETER),
        tongues=tongues,
        ways=[(code, view.text(WAYS[code])) for code in PARTY_WAYS],
        rules=_words(view, RULES),
        texts=TEXTS,
        given=given if given is not None else as_typed(row, called),
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def _words(view: View, codes: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, view.text(sentence)) for code, sentence in codes.items()]
