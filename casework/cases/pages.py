"""One case on the screen, with everything about it."""

from typing import Final

from starlette.responses import Response

from casework.advice.queries import states_of
from casework.appointments.pages import card_of as appointment_card
from casework.appointments.pages import hand_of
from casework.appointments.taking import take_answers
from casework.assessing.queries import card_of as sheets_card_of
from casework.cases import actions
from casework.cases.access import case_for
from casework.cases.content import has_contact
from casework.cases.errors import CaseChanged
from casework.cases.limits import limits_of_story
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.conflicts.queries import card_of
from casework.conflicts.showing import shown_people
from casework.deadlines.overview import deadlines_of
from casework.documents.queries import documents_counted
from casework.documents.wording import shown_documents
from casework.doors import FormDep, desk_router
from casework.feedback.actions import open_feedback
from casework.forms import Checked
from casework.harms.codes import first_harm
from casework.harms.tables import CaseHarm
from casework.harms.wording import shown_harms
from casework.hearings.wording import lines_open
from casework.incidents.membership import incident_of
from casework.interpreters.showing import in_their_language
from casework.letters.queries import counted as letters_counted
from casework.links.queries import linked, said_about
from casework.mediation.wording import line_of
from casework.merges.showing import beside
from casework.messages.actions import consents_of
from casework.messages.incoming import apply_consents, read_waiting
from casework.messages.queries import thread
from casework.patterns.queries import card_of as pattern_card_of
from casework.patterns.reprisals import earlier_cases
from casework.safe_contact.queries import never_by
from casework.safe_contact.rules import OWN_WAY
from casework.showing import View, ViewDep
from casework.states.ending import end_of
from casework.states.keeping import CLOSED_CASE, kept
from casework.states.queries import state_of_case
from casework.states.rules import STATES
from casework.states.void_pages import void_card
from casework.tasks.pages import card_of as tasks_card
from casework.timeline.actions import record
from casework.timeline.queries import entries, names_of
from casework.timeline.wording import told
from casework.tracks.wording import lines_of
from casework.transactions import attempt
from casework.walls.asking import ask, confirmed_in, go_on, goes_back
from casework.walls.errors import NobodyMayHold, WallBeyondReach, WallNotConfirmed
from casework.walls.rules import service_of_respondent
from casework.walls.showing import card_of as wall_card
from casework.walls.standing import is_apart
from office.languages import mark
from office.web.forms import Form

router = desk_router()

NEWEST_EVENTS: Final = 15
MOST_ON_PAPER: Final = 5000
"""Events in the print view; no case has so many."""
THE_CODES_SAY: Final = mark("You code the city as the respondent")


@router.get("/{language}/cases/{number}")
def show_case(number: str, view: ViewDep) -> Response:
    """Show one case, on the record."""
    case = case_for(view.session, view.act, number, to_change=True)
    return case_page(view, case)


def case_page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]] | None = None,
    corrections: dict[str, str] | None = None,
    status: int = 200,
    *,
    numbers: dict[str, list[str]] | None = None,
    changed: str = "",
    on_paper: bool = False,
) -> Response:
    """Return the page of one case; what was typed in one of its forms comes back with its corrections.

    Args:
        view: who looks.
        case: from `access.case_for`.
        given: what was typed.
        corrections: what to correct.
        status: HTTP status.
        numbers: numbers of documents in what was typed, by field.
        changed: a sentence on top, when somebody else changed the case.
        on_paper: the print view, with the whole timeline.
    """
    apply_consents(view.session, view.act, case)
    read_waiting(view.session, case, view.act)
    open_feedback(view.session, case, view.act)
    take_answers(hand_of(view, case))
    story = actions.read_case(view.session, case, view.act)
    newest = entries(view.session, case.id, limit=MOST_ON_PAPER if on_paper else NEWEST_EVENTS)
    return view.render(
        "case_print.html" if on_paper else "case.html",
        status,
        case=case,
        story=story,
        limits=() if case.is_closed else limits_of_story(story, view.act, view.language.tag),
        deadlines=deadlines_of(view, case),
        hearings=lines_open(view, case),
        consents=consents_of(view.session, case, story),
        thread=thread(view.session, case, view.act),
        timeline=[told(entry, view) for entry in newest],
        not_by_receipt=never_by(view.session, case, OWN_WAY, view.act),
        has_contact=has_contact(view.session, case),
        card=card_of(view.session, case, view.act),
        wall=wall_card(view, case),
        advice=states_of(view.session, case),
        tracks=lines_of(view, case),
        sheets=sheets_card_of(view.session, case),
        mediation=line_of(view, case),
        letters=letters_counted(view.session, case),
        documents=documents_counted(view.session, case),
        people_noted=shown_people(view, case, with_ways=False) if on_paper else (),
        documents_noted=shown_documents(view, case) if on_paper else (),
        tasks=tasks_card(view, case),
        appointment=appointment_card(view, case),
        merged={} if on_paper else beside(view, case),  # what waits beside is not read by printing
        patterns=pattern_card_of(view.session, case, view.act.who),
        reprisals=earlier_cases(view.session, case, view.act.who),
        theirs=in_their_language(view, story.languages, case.language),
        harms=shown_harms(view, case),
        incident=incident_of(view.session, case.reference),
        said=said_about(view.session, view.act.who, story, case.reference, case.id),
        linked=linked(view.session, view.act.who, case.reference),
        adviser=names_of(view.session, [case.assigned_to]).get(case.assigned_to, ""),
        state=state_of_case(view.session, case, view.act.on, view.act.city),
        void=void_card(view, case),
        end=end_of(view, case),
        kept=kept(case.closed_on, view.desk.city.retention_days[CLOSED_CASE], view.act.on),
        state_words={code: view.text(words) for code, words in STATES.items()},
        given=given if given is not None else {},
        corrections=corrections or {},
        numbers=numbers or {},
        changed=changed,
    )


@router.get("/{language}/cases/{number}/print")
def show_print(number: str, view: ViewDep) -> Response:
    """Show the print view of a case, and record that it was opened to be printed."""
    case = case_for(view.session, view.act, number, to_change=True)
    record(view.session, "case_printed", at=view.act.at, by=view.act.who.id, case_id=case.id)
    return case_page(view, case, on_paper=True)


@router.get("/{language}/cases/{number}/codes")
def show_codes(number: str, view: ViewDep) -> Response:
    """Show the form that codes a case, with the person's own words beside it."""
    case = case_for(view.session, view.act, number)
    return _codes_page(view, case, _as_coded(case, first_harm(view.session, case)))


@router.post("/{language}/cases/{number}/codes")
def save_codes(number: str, view: ViewDep, form: FormDep) -> Response:
    """Code a case."""
    case = case_for(view.session, view.act, number, to_change=True)
    if goes_back(form):
        return _codes_page(view, case, form)
    lists, day, checked = view.desk.lists, view.act.on, Checked(form, view.language)

    harm = first_harm(view.session, case)

    def allowed(name: str, kept: str) -> tuple[str, ...]:
        return lists.kept(name, day, also=kept.split())

    codes = actions.Codes(
        ground_codes=checked.some("grounds", allowed("grounds", harm.ground_codes)),
        conduct_codes=checked.some("conduct", allowed("conduct", harm.conduct_codes), needed=False),
        area_code=checked.one("area", allowed("areas", harm.area_code)),
        respondent_code=checked.one("respondent", allowed("respondents", case.respondent_code)),
        district_code=checked.one("district", allowed("districts", case.district_code)),
    )
    if checked.corrections:
        return _codes_page(view, case, form, checked.corrections, 422)
    try:
        return _code(view, case, codes, form, checked.version())
    except (CaseChanged, ConflictUndecided, AdviserKeepsOut, NobodyMayHold, WallBeyondReach) as error:
        view.session.refresh(case)
        return _codes_page(view, case, form, {}, 409, changed=view.text(error.sentence))


def _code(view: View, case: CaseFile, codes: actions.Codes, form: Form, version: int) -> Response:
    """Code the case; if that walls it off, ask first."""
    session, act, was_apart = view.session, view.act, is_apart(case)
    confirmed = confirmed_in(form, view)
    try:
        with attempt(session):
            actions.code_case(session, case, codes, act, version=version, confirmed=confirmed)
    except WallNotConfirmed:
        session.refresh(case)
        service = service_of_respondent(codes.respondent_code, act.city)
        title = view.text(THE_CODES_SAY)
        return ask(view, case, form, "codes", service=service, title=title)
    return go_on(view, case, f"cases/{case.reference}", "coded", was_apart=was_apart)


def _as_coded(case: CaseFile, harm: CaseHarm) -> dict[str, list[str]]:
    return {
        "grounds": harm.ground_codes.split(),
        "conduct": harm.conduct_codes.split(),
        "area": [harm.area_code],
        "respondent": [case.respondent_code],
        "district": [case.district_code],
    }


def _codes_page(
    view: View,
    case: CaseFile,
    given: dict[str, list[str]],
    corrections: dict[str, str] | None = None,
    status: int = 200,
    changed: str = "",
) -> Response:
    story = actions.read_case(view.session, case, view.act)
    lists, day, tag = view.desk.lists, view.act.on, view.language.tag
    harm = first_harm(view.session, case)
    hints = [hint for act in story.act_codes for hint in _hints(view, act)]
    return view.render(
        "codes.html",
        status,
        case=case,
        story=story,
        now=_as_coded(case, harm),
        harms=shown_harms(view, case),
        grounds=lists.choices("grounds", day, tag, also=harm.ground_codes.split()),
        conduct=lists.choices("conduct", day, tag, also=harm.conduct_codes.split()),
        areas=lists.choices("areas", day, tag, also=[harm.area_code]),
        respondents=lists.choices("respondents", day, tag, also=[case.respondent_code]),
        districts=lists.choices("districts", day, tag, also=[case.district_code]),
        hints=list(dict.fromkeys(hints)),
        given=given,
        corrections=corrections or {},
        changed=changed,
    )


def _hints(view: View, act_code: str) -> tuple[str, ...]:
    acts = view.desk.lists.by_name["acts"]
    return acts.item(act_code).values("hints") if act_code in acts else ()
