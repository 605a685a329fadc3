"""The mediation of a case on the screen of whoever holds it: screening, offering, consent and handing over.

Of what is said in a mediation nothing stands here: steps, days and how it ended.
"""

from typing import Final
from uuid import UUID

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.deadlines.overview import deadlines_of
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.mediation import actions
from casework.mediation.bars import ANSWERS, ASKED, BARS, barring
from casework.mediation.content import StepWords
from casework.mediation.errors import MediationBarred, MediationRefused
from casework.mediation.mediators import possible_mediators
from casework.mediation.queries import Standing, found_in, mediation_in, mediations_of, steps_shown
from casework.mediation.rules import (
    ADVISER,
    CONSENTS,
    ENDS,
    EVIDENCE,
    HANDED_OVER,
    NOTED_BY,
    ON_THEIR_OWN,
    PARTIES,
    PARTIES_OF,
    STATES,
    moves,
)
from casework.mediation.wording import bar_lines, state_line, step_name, why_refused
from casework.safe_contact.queries import ways_of
from casework.safe_contact.rules import RULES, WAYS
from casework.showing import View, ViewDep
from casework.timeline.queries import names_of
from casework.tracks.queries import next_checks
from casework.tracks.rules import in_force
from casework.transactions import attempt
from office.errors import OfficeError
from office.languages import mark

router = desk_router()

CASE: Final = "/{language}/cases/{number}/mediation"
ONE: Final = CASE + "/{mediation}"
ON_WHICH_DAY: Final = mark("Write on which day.")
REFUSALS: Final = (
    CaseChanged,
    CaseAlreadyClosed,
    MediationRefused,
    MediationBarred,
    ConflictUndecided,
    AdviserKeepsOut,
)


@router.get(CASE)
def show_mediation(number: str, view: ViewDep) -> Response:
    """Show whether a case can be mediated and where its mediation stands, on the record."""
    case = case_for(view.session, view.act, number)
    return _page(view, case)


@router.post(CASE)
def screen(number: str, view: ViewDep, form: FormDep) -> Response:
    """Note a screening."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = mediation_in(view.session, case, form.one("mediation")) if form.one("mediation") else None
    checked = Checked(form, view.language)
    answers = {bar.code: checked.one(f"said_{bar.code}", tuple(ANSWERS)) for bar in ASKED}
    note = checked.text("screening_note", needed=False)
    if not checked.is_right:
        return _page(view, case, checked)
    try:
        with attempt(view.session):
            actions.screen(view.session, case, one, answers, note, view.act, version=checked.version())
    except REFUSALS as error:
        return _refused(view, case, checked, error)
    return view.go(f"cases/{case.reference}/mediation", "mediation_step")


@router.post(ONE + "/offer")
def offer(number: str, mediation: str, view: ViewDep, form: FormDep) -> Response:
    """Offer a mediation to the person, with a mediator; refused with the article where the law bars it."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = mediation_in(view.session, case, mediation)
    checked = Checked(form, view.language)
    people = {str(person.id): person.id for person in possible_mediators(view.session, case)}
    mediator = checked.one("mediator", people)
    on = checked.day_back("offered_on", view.act.on)
    safeguards = checked.text("how_protected", needed=False)
    if on is None:
        checked.wrong("offered_on", ON_WHICH_DAY)
    bars = barring(found_in(view.session, case, one, view.act, with_story=True))
    if bars:  # whatever was written, and whether or not it is right
        codes = " ".join(bar.code for bar in bars)
        return _refused(view, case, checked, MediationBarred(case=case.reference, bars=codes))
    if on is None or not checked.is_right:
        return _page(view, case, checked)
    try:
        with attempt(view.session):
            actions.offer(
                view.session, case, one, people[mediator], on, safeguards, view.act,
                version=checked.version(),
            )  # fmt: skip
    except REFUSALS as error:
        return _refused(view, case, checked, error)
    return view.go(f"cases/{case.reference}/mediation", "mediation_step")


@router.post(ONE + "/steps")
def note_step(number: str, mediation: str, view: ViewDep, form: FormDep) -> Response:
    """Note what the person answered, or that the mediation is withdrawn."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = mediation_in(view.session, case, mediation)
    checked = Checked(form, view.language)
    new = step_in(checked, view, ADVISER, note=checked.text("step_note", needed=False))
    if new is None or not checked.is_right:
        return _page(view, case, checked)
    try:
        with attempt(view.session):
            actions.note_step(view.session, case, one, new, ADVISER, view.act, version=checked.version())
    except REFUSALS as error:
        return _refused(view, case, checked, error)
    done = "mediation_ended" if new.code in ENDS else "mediation_step"
    return view.go(f"cases/{case.reference}/mediation", done)


@router.post(ONE + "/handing-over")
def hand_over(number: str, mediation: str, view: ViewDep, form: FormDep) -> Response:
    """Hand over to the mediator what they may know."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = mediation_in(view.session, case, mediation)
    checked = Checked(form, view.language)
    words = StepWords(
        name=checked.text("told_name"),
        language=checked.one("told_language", [code for code, _ in _languages(view)]),
        reach=checked.text("told_reach"),
        handed=checked.text("told_handed", needed=False),
    )
    if not checked.is_right:
        return _page(view, case, checked)
    try:
        with attempt(view.session):
            actions.hand_over(view.session, case, one, words, view.act, version=checked.version())
    except REFUSALS as error:
        return _refused(view, case, checked, error)
    return view.go(f"cases/{case.reference}/mediation", "mediation_step")


@router.post(ONE + "/taking-back")
def take_back(number: str, mediation: str, view: ViewDep, form: FormDep) -> Response:
    """Take the newest step back, with why."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = mediation_in(view.session, case, mediation)
    checked = Checked(form, view.language)
    why, step_id = checked.text("back_why"), taken_in(checked, one)
    if step_id is None or not checked.is_right:
        return _page(view, case, checked)
    try:
        with attempt(view.session):
            actions.take_back(
                view.session, case, one, step_id, why, ADVISER, view.act, version=checked.version()
            )
    except REFUSALS as error:
        return _refused(view, case, checked, error)
    return view.go(f"cases/{case.reference}/mediation", "mediation_taken_back")


def step_in(checked: Checked, view: View, side: str, *, note: str = "") -> actions.NewStep | None:
    """Return the step a form tells, or None if it must be corrected."""
    code = checked.one("step", sorted(NOTED_BY[side] - ON_THEIR_OWN))
    on = checked.day_back("step_on", view.act.on)
    if on is None:
        checked.wrong("step_on", ON_WHICH_DAY)
        return None
    evidence = checked.one("evidence", tuple(EVIDENCE)) if code in CONSENTS.values() else None
    party = checked.one("party", PARTIES_OF[side]) if code == "withdrawn" else None
    return actions.NewStep(code, on, note=note, evidence=evidence, party=party)


def taken_in(checked: Checked, one: Standing) -> UUID | None:
    """Return which step a form takes back; None if it is none of this mediation."""
    written = checked.form.one("taken")
    return next((step.id for step in one.steps if str(step.id) == written), None)


def can_take_back(one: Standing, side: str) -> UUID | None:
    """Return the one step this side may take back now; None if there is none."""
    valid = in_force(one.steps)
    is_mine = one.is_open and len(valid) > 1 and valid[-1].step_code in NOTED_BY[side]
    return valid[-1].id if is_mine else None


def _languages(view: View) -> list[tuple[str, str]]:
    tag = view.language.tag
    return [(one.value, one.text) for one in view.desk.lists.choices("languages", view.act.on, tag)]


def _refused(view: View, case: CaseFile, checked: Checked, error: OfficeError) -> Response:
    view.session.refresh(case)
    status = 403 if isinstance(error, MediationBarred) else 409
    return _page(view, case, checked, status, changed=why_refused(view, error, for_the_case=True))


def _page(
    view: View, case: CaseFile, checked: Checked | None = None, status: int = 0, *, changed: str = ""
) -> Response:
    leave_trace(view.session, case, view.act)
    session, act, tag = view.session, view.act, view.language.tag
    every = mediations_of(session, case.id)
    one = every[0] if every else None
    is_open = one is not None and one.is_open
    found = found_in(session, case, one if is_open else None, act, with_story=True)
    steps = steps_shown(session, case, one, act) if one is not None else []
    possible = moves(one.state, ADVISER) if one is not None else ()
    people = possible_mediators(session, case)
    mediator = one.mediation.mediator_id if one is not None else None
    return view.render(
        "mediation.html",
        status or (422 if checked else 200),
        case=case,
        one=one,
        state=state_line(view, one) if one is not None else "",
        earlier=[(other, state_line(view, other)) for other in every[1:]],
        bars=bar_lines(view, barring(found)),
        needs=bar_lines(view, [bar for bar in found if bar not in barring(found)]),
        steps=steps,
        step_name=lambda row: step_name(view, row),
        undone=lambda row: (
            next((each for each in one.steps if each.id == row.takes_back), None) if one is not None else None
        ),
        screened=lambda row: [bar.why_in(tag) for bar in BARS if bar.code in row.said_codes.split()],
        unknown=lambda row: [bar.asks_in(tag) for bar in ASKED if bar.code in row.open_codes.split()],
        names=names_of(session, [step.noted_by for step in (one.steps if one is not None else ())]),
        mediator=view.name_of(str(mediator)) if mediator else "",
        is_mediator_able=mediator is None or mediator in {person.id for person in people},
        consents={party: one.consented_on(party) for party in CONSENTS} if one is not None else {},
        evidence=[(code, view.text(told)) for code, told in EVIDENCE.items()],
        evidence_as={code: view.text(told) for code, told in EVIDENCE.items()},
        parties=[(code, view.text(PARTIES[code])) for code in PARTIES_OF[ADVISER]],
        possible=[(code, view.text(STATES[code])) for code in possible if code not in ON_THEIR_OWN],
        may_screen=not case.is_closed and (one is None or not one.is_open or "screened" in possible),
        may_offer="offered" in possible and not barring(found),
        may_hand_over=HANDED_OVER in possible,
        asked=[(f"said_{bar.code}", bar.asks_in(tag)) for bar in ASKED],
        answers=[(code, view.text(told)) for code, told in ANSWERS.items()],
        people=[(str(person.id), person.display_name) for person in people],
        spoken=_languages(view),
        safe=[
            (view.text(WAYS[way.way]), view.text(RULES[way.rule]))
            for way in ways_of(session, case, act)
            if way.rule
        ],
        deadlines=deadlines_of(view, case).binding,
        check_on=next_checks(session, case.id).get(one.mediation.track_id)
        if one is not None and one.mediation.track_id
        else None,
        taken=can_take_back(one, ADVISER) if one is not None else None,
        given=checked.form if checked else {"told_language": [case.language]},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )
