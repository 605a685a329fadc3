"""The tracks of a case on the screen: opening one, its next step, and taking a step back."""

from collections.abc import Sequence
from typing import Final

from starlette.responses import Response

from casework.cases.access import case_for
from casework.cases.actions import leave_trace
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.tables import CaseFile
from casework.conflicts.errors import AdviserKeepsOut, ConflictUndecided
from casework.deadlines.tables import Deadline
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.hearings.wording import lines_of as lines_of_hearings
from casework.merges.errors import PutUnder
from casework.merges.queries import open_leading_of
from casework.showing import View, ViewDep
from casework.timeline.queries import names_of
from casework.tracks import actions
from casework.tracks.clock_showing import clocks_of
from casework.tracks.content import StepText
from casework.tracks.errors import StepRefused, TrackNotFound
from casework.tracks.queries import Standing, remedies_shown, steps_shown, track_of
from casework.tracks.remedies import COMPLIED, NOT_NOTED, PROMISED, WITH_AMOUNT
from casework.tracks.rules import (
    FILING,
    GUARDS,
    KINDS,
    OPENED_BY_HAND,
    RESULTS,
    STATES,
    WITH_NUMBER,
    WITH_RESULT,
    moves,
)
from casework.tracks.wording import can_be_taken_back, lines_of, step_name, step_taken_back, track_name
from casework.transactions import attempt
from office.errors import OfficeError
from office.languages import mark

router = desk_router()

WHERE_FILED: Final = mark("Write before which authority it is filed.")
ON_WHICH_DAY: Final = mark("Write on which day.")
OWN_STATUS: Final = "residence"
"""The group of routes that is about the person and not about what happened."""
REFUSALS: Final = (CaseChanged, CaseAlreadyClosed, PutUnder, StepRefused, ConflictUndecided, AdviserKeepsOut)


@router.get("/{language}/cases/{number}/tracks")
def show_tracks(number: str, view: ViewDep) -> Response:
    """Show the tracks of a case, and the form that opens one."""
    case = case_for(view.session, view.act, number)
    return _list(view, case)


@router.post("/{language}/cases/{number}/tracks")
def open_track(number: str, view: ViewDep, form: FormDep) -> Response:
    """Open a track."""
    case = case_for(view.session, view.act, number, to_change=True)
    checked = Checked(form, view.language)
    kind = checked.one("kind", OPENED_BY_HAND)
    routes = checked.some("route", _routes(view), needed=False)
    note = checked.text("track_note", needed=False)
    if not checked.is_right:
        return _list(view, case, checked)
    route = routes[0] if routes else None
    try:
        with attempt(view.session):
            track = actions.open_track(
                view.session, case, kind, route, note, view.act, version=checked.version()
            )
    except REFUSALS as error:
        view.session.refresh(case)
        return _list(view, case, checked, changed=refusal(view, error))
    return view.go(f"cases/{case.reference}/tracks/{track.id}", "track_opened")


@router.get("/{language}/cases/{number}/tracks/{track}")
def show_track(number: str, track: str, view: ViewDep) -> Response:
    """Show one track: its steps, its remedies and what can come next."""
    case = case_for(view.session, view.act, number)
    one = track_of(view.session, case, track)
    return track_page(view, case, one)


@router.post("/{language}/cases/{number}/tracks/{track}/steps")
def note_step(number: str, track: str, view: ViewDep, form: FormDep) -> Response:
    """Note the next step of a track."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = track_of(view.session, case, track)
    checked = Checked(form, view.language)
    code = checked.one("step", tuple(STATES))
    on = checked.day_back("step_on", view.act.on)
    result = checked.one("result", tuple(RESULTS)) if code in WITH_RESULT else None
    text = StepText(
        authority=checked.text("track_authority", needed=False),
        external_number=checked.text("external_number", needed=False),
        note=checked.text("step_note", needed=False),
    )
    if code in FILING and not text.authority:
        checked.wrong("track_authority", WHERE_FILED)
    if on is None:
        checked.wrong("step_on", ON_WHICH_DAY)
    if on is None or not checked.is_right:
        return track_page(view, case, one, checked)
    try:
        with attempt(view.session):
            actions.note_step(
                view.session, case, one, code, on, text, view.act, version=checked.version(), result=result
            )
    except REFUSALS as error:
        return refused_page(view, case, one, checked, error)
    return view.go(f"cases/{case.reference}/tracks/{one.track.id}", "track_step")


@router.post("/{language}/cases/{number}/tracks/{track}/taking-back")
def take_back(number: str, track: str, view: ViewDep, form: FormDep) -> Response:
    """Take the newest step back, with why."""
    case = case_for(view.session, view.act, number, to_change=True)
    one = track_of(view.session, case, track)
    checked = Checked(form, view.language)
    why = checked.text("back_why")
    step = next((step for step in one.steps if str(step.id) == form.one("taken")), None)
    if step is None:
        raise TrackNotFound(case=case.reference)
    if not checked.is_right:
        return track_page(view, case, one, checked)
    try:
        with attempt(view.session):
            actions.take_back(view.session, case, one, step.id, why, view.act, version=checked.version())
    except REFUSALS as error:
        return refused_page(view, case, one, checked, error)
    return view.go(f"cases/{case.reference}/tracks/{one.track.id}", "step_taken_back")


def refusal(view: View, error: OfficeError) -> str:
    """Return why something was refused, and how to satisfy the guard."""
    guard = GUARDS.get(error.detail.get("guard", ""))
    return view.text(guard or error.sentence)


def refused_page(view: View, case: CaseFile, one: Standing, checked: Checked, error: OfficeError) -> Response:
    """Return the page of a track after a refusal, as the track stands now."""
    view.session.refresh(case)
    fresh = track_of(view.session, case, str(one.track.id))
    return track_page(view, case, fresh, checked, changed=refusal(view, error))


def track_page(
    view: View,
    case: CaseFile,
    one: Standing,
    checked: Checked | None = None,
    *,
    changed: str = "",
    refused: Sequence[Deadline] = (),
) -> Response:
    """Return the page of one track, on the record; `refused` are clocks that were to be kept once more."""
    leave_trace(view.session, case, view.act)
    session, kind, steps = view.session, one.track.kind_code, one.steps
    possible = moves(kind, one.state)
    return view.render(
        "track.html",
        409 if changed else 422 if checked else 200,
        case=case,
        one=one,
        called=track_name(view, one.track),
        state=step_name(view, one.newest),
        steps=steps_shown(session, case, one, view.act),
        step_name=lambda row: step_name(view, row),
        undone=lambda row: step_taken_back(steps, row),
        names=names_of(session, [step.noted_by for step in steps]),
        possible=[(code, view.text(STATES[code])) for code in possible],
        results=[(code, view.text(told)) for code, told in RESULTS.items()],
        asks_result=bool(WITH_RESULT.intersection(possible)),
        asks_number=bool(WITH_NUMBER.intersection(possible)),
        asks_mandate="mandate_signed" in possible,
        taken=can_be_taken_back(steps),
        clocks=clocks_of(view, case, one, refused),
        hearings=lines_of_hearings(view, case, one.track),
        remedies=remedies_shown(session, case, one.track, view.act),
        types=_types(view),
        complied=[(code, view.text(told)) for code, told in COMPLIED.items()],
        complied_as={None: view.text(PROMISED)} | {code: view.text(told) for code, told in COMPLIED.items()},
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )


def noted_types(view: View) -> tuple[str, ...]:
    """Return the codes of the remedies that may be noted today."""
    kept = view.desk.lists.kept("remedies", view.act.on)
    return tuple(code for code in kept if code not in NOT_NOTED)


def _types(view: View) -> list[tuple[str, str]]:
    return [(code, view.label("remedies", code)) for code in noted_types(view)]


def asks_amount(code: str) -> bool:
    """Say whether a remedy of this type has an amount."""
    return code in WITH_AMOUNT


def _routes(view: View) -> tuple[str, ...]:
    """Return the routes that may be named in clear: none that tells of a person's own status."""
    own = {item.code for item in view.desk.lists.by_name["routes"] if item.group == OWN_STATUS}
    return tuple(code for code in view.desk.lists.kept("routes", view.act.on) if code not in own)


def _list(view: View, case: CaseFile, checked: Checked | None = None, *, changed: str = "") -> Response:
    leave_trace(view.session, case, view.act)
    return view.render(
        "tracks.html",
        409 if changed else 422 if checked else 200,
        case=case,
        lines=lines_of(view, case),
        kinds=[(code, view.text(KINDS[code])) for code in OPENED_BY_HAND],
        routes=[(code, view.label("routes", code)) for code in _routes(view)],
        leading=open_leading_of(view.session, view.act.who, case),
        given=checked.form if checked else {},
        corrections=checked.corrections if checked else {},
        numbers=checked.numbers if checked else {},
        changed=changed,
    )
