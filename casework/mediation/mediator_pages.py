"""Mediations on the screen of whoever mediates: steps, what was handed over, own notes, and the invitation.

No page here is the case's: its number, its report and its texts stay with those who hold it.
"""

from typing import Final

from starlette.responses import Response

from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.mediation import actions, notes
from casework.mediation.errors import MediationBarred, MediationNotFound
from casework.mediation.mediators import is_mediator
from casework.mediation.pages import ON_WHICH_DAY, REFUSALS, can_take_back, step_in, taken_in
from casework.mediation.queries import Standing, mediation_for, mediations_for
from casework.mediation.rules import (
    AGREED,
    CONSENTS,
    ENDS,
    EVIDENCE,
    MEDIATOR,
    ON_THEIR_OWN,
    PARTIES,
    PARTIES_OF,
    STATES,
    moves,
)
from casework.mediation.wording import state_line, step_name, why_refused
from casework.showing import View, ViewDep
from casework.timeline.actions import record
from casework.tracks.pages import noted_types
from casework.tracks.remedy_pages import WHEN_TO_LOOK
from casework.tracks.rules import in_force
from casework.transactions import attempt
from office.errors import OfficeError
from office.handover.mediation import sheet_in
from office.languages import language as spoken_in
from office.languages import languages_for
from office.stores.keyroom import Staff

router = desk_router()

ONE: Final = "/{language}/mediations/{mediation}"


@router.get("/{language}/mediations")
def show_mediations(view: ViewDep) -> Response:
    """Show a mediator their mediations, on the record."""
    if not is_mediator(view.session, view.act.who.id):
        raise MediationNotFound
    lines = mediations_for(view.session, view.act)
    record(view.session, "list_read", at=view.act.at, by=view.act.who.id, list="mediations", rows=len(lines))
    return view.render("mediations.html", lines=[(one, state_line(view, one)) for _, one in lines])


@router.get(ONE)
def show_mediation(mediation: str, view: ViewDep) -> Response:
    """Show one mediation to its mediator."""
    case, one = mediation_for(view.session, view.act, mediation)
    return _page(view, case, one)


@router.post(ONE + "/steps")
def note_step(mediation: str, view: ViewDep, form: FormDep) -> Response:
    """Note what happened in a mediation, without a word of what was said."""
    case, one = mediation_for(view.session, view.act, mediation, to_change=True)
    checked = Checked(form, view.language)
    new = step_in(checked, view, MEDIATOR)
    if new is not None and new.code == "invited":
        tags = [each.tag for each in languages_for("office")]
        new = actions.NewStep(new.code, new.on, language=checked.one("sheet_language", tags))
    if new is None or not checked.is_right:
        return _page(view, case, one, checked)
    try:
        with attempt(view.session):
            actions.note_step(view.session, case, one, new, MEDIATOR, view.act, version=checked.version())
    except REFUSALS as error:
        return _refused(view, mediation, checked, error)
    if new.code == "stepped_down":
        return view.go("mediations", "mediation_step")
    done = "mediation_ended" if new.code in ENDS else "mediation_step"
    return view.go(f"mediations/{one.mediation.id}", done)


@router.post(ONE + "/agreement")
def agree(mediation: str, view: ViewDep, form: FormDep) -> Response:
    """End a mediation with what was agreed, and a day on which somebody looks whether it was kept."""
    case, one = mediation_for(view.session, view.act, mediation, to_change=True)
    checked = Checked(form, view.language)
    text = checked.text("agreed_text")
    promises = checked.some("promises", noted_types(view))
    on, check_on = checked.day_back("agreed_on", view.act.on), checked.day_ahead("check_on", view.act.on)
    if on is None:
        checked.wrong("agreed_on", ON_WHICH_DAY)
    if check_on is None:
        checked.wrong("check_on", WHEN_TO_LOOK)
    if on is None or check_on is None or not checked.is_right:
        return _page(view, case, one, checked)
    try:
        with attempt(view.session):
            actions.agree(
                view.session, case, one, on, text, promises, check_on, view.act, version=checked.version()
            )
    except REFUSALS as error:
        return _refused(view, mediation, checked, error)
    return view.go(f"mediations/{one.mediation.id}", "mediation_ended")


@router.post(ONE + "/notes")
def keep_note(mediation: str, view: ViewDep, form: FormDep) -> Response:
    """Keep a note that only the mediator can open."""
    case, one = mediation_for(view.session, view.act, mediation, to_change=True)
    checked = Checked(form, view.language)
    text = checked.text("own_note")
    if not checked.is_right:
        return _page(view, case, one, checked)
    mediator = view.session.get_one(Staff, view.act.who.id)
    notes.keep(view.session, one, mediator, "note", text.encode(), view.act)
    record(view.session, "mediator_noted", at=view.act.at, by=view.act.who.id, case_id=case.id)
    return view.go(f"mediations/{one.mediation.id}", "mediator_noted")


@router.post(ONE + "/taking-back")
def take_back(mediation: str, view: ViewDep, form: FormDep) -> Response:
    """Take the newest step back, if the mediator noted it."""
    case, one = mediation_for(view.session, view.act, mediation, to_change=True)
    checked = Checked(form, view.language)
    step_id = taken_in(checked, one)
    if step_id is None:
        raise MediationNotFound
    try:
        with attempt(view.session):
            actions.take_back(
                view.session, case, one, step_id, "", MEDIATOR, view.act, version=checked.version()
            )
    except REFUSALS as error:
        return _refused(view, mediation, checked, error)
    return view.go(f"mediations/{one.mediation.id}", "mediation_taken_back")


@router.get(ONE + "/sheet")
def show_sheet(mediation: str, view: ViewDep) -> Response:
    """Show what the other side is given: the invitation while it stands, and a single line once it is over.

    It is made of the row of the mediation alone: its number, its mediator and the language.
    """
    case, one = mediation_for(view.session, view.act, mediation)
    row = one.mediation
    if one.is_open and row.respondent_language is None:
        raise MediationNotFound
    record(view.session, "mediation_printed", at=view.act.at, by=view.act.who.id, case_id=case.id)
    read = spoken_in(row.respondent_language, "office") if one.is_open and row.respondent_language else None
    return view.render(
        "mediation_sheet.html",
        mediation=row,
        one=one,
        read=read,
        sheet=sheet_in(read, reference=row.reference, mediator=view.act.who.display_name) if read else None,
        ended=state_line(view, one) if read is None else "",
    )


def _refused(view: View, mediation: str, checked: Checked, error: OfficeError) -> Response:
    case, one = mediation_for(view.session, view.act, mediation, to_change=True)
    status = 403 if isinstance(error, MediationBarred) else 409
    changed = why_refused(view, error, for_the_case=False)
    return _page(view, case, one, checked, status, changed=changed)


def _page(
    view: View,
    case: CaseFile,
    one: Standing,
    checked: Checked | None = None,
    status: int = 0,
    *,
    changed: str = "",
) -> Response:
    session, act = view.session, view.act
    record(session, "mediation_read", at=act.at, by=act.who.id, case_id=case.id)
    possible = moves(one.state, MEDIATOR)
    extract = notes.extract_of(session, one, act)
    return view.render(
        "mediating.html",
        status or (422 if checked else 200),
        mediation=one.mediation,
        one=one,
        state=state_line(view, one),
        steps=[step for step in in_force(one.steps) if step.step_code != "screened"],
        step_name=lambda row: step_name(view, row),
        consents={party: one.consented_on(party) for party in CONSENTS},
        extract=extract,
        own=notes.own_notes(session, one, act),
        has_sheet=one.mediation.respondent_language is not None and one.is_open,
        possible=[(code, view.text(STATES[code])) for code in possible if code not in ON_THEIR_OWN],
        asks_language="invited" in possible,
        asks_evidence="respondent_consented" in possible,
        may_agree=AGREED in possible,
        evidence=[(code, view.text(told)) for code, told in EVIDENCE.items()],
        evidence_as={code: view.text(told) for code, told in EVIDENCE.items()},
        parties=[(code, view.text(PARTIES[code])) for code in PARTIES_OF[MEDIATOR]],
        sheet_languages=[(each.tag, each.autonym) for each in languages_for("office")],
        types=[(code, view.label("remedies", code)) for code in noted_types(view)],
        taken=can_take_back(one, MEDIATOR),
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )
