"""The sheets of indications on the screen: all of a case, one with what it lacks, and its harm."""

from typing import Any, Final

from starlette.responses import Response

from casework.assessing import actions
from casework.assessing.content import ProofSheet
from casework.assessing.keeping import FILE
from casework.assessing.pages import REFUSALS, again, own_case, sheet_page, words
from casework.assessing.queries import proof_for, proofs_of
from casework.assessing.rules import INDICATIONS, MISSING, PLACES, PROOF, STRENGTHS, missing
from casework.assessing.standards import CONFIRMED_BY, RECORDING_DAYS, RESULTS, SURE, Standard, standard_of
from casework.cases.access import case_for
from casework.cases.content import story_of
from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.merges.queries import open_leading_of
from casework.showing import View, ViewDep
from casework.tasks.actions import Wanted
from casework.tasks.errors import CannotDoTask
from casework.tasks.pages import DAY_NEEDED, asked_line
from casework.tracks.queries import Standing, open_tracks
from casework.tracks.wording import track_name
from casework.transactions import attempt
from office.languages import mark

router = desk_router()

TO_ASK: Final = mark("Ask in writing that the recording is kept: ")


@router.get("/{language}/cases/{number}/proof")
def show_all(number: str, view: ViewDep) -> Response:
    """Show the sheets of indications of a case, and the form that begins one."""
    case = case_for(view.session, view.act, number)
    return _list(view, case)


@router.post("/{language}/cases/{number}/proof")
def begin(number: str, view: ViewDep, form: FormDep) -> Response:
    """Begin a sheet for another harm."""
    case = own_case(view, number)
    checked = Checked(form, view.language)
    sheet = _asked_harm(view, checked, ProofSheet(harm=""))
    if not checked.is_right:
        return _list(view, case, checked)
    try:
        with attempt(view.session):
            row = actions.begin_proof(view.session, case, sheet, view.act)
    except REFUSALS as error:
        return _list(view, case, checked, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/proof/{row.place}", "sheet_kept")


@router.get("/{language}/cases/{number}/proof/{place}")
def show_one(number: str, place: str, view: ViewDep) -> Response:
    """Show one sheet, or an older version of it."""
    case = case_for(view.session, view.act, number)
    return proof_page(view, case, place, version=view.request.query_params.get("text", ""))


@router.get("/{language}/cases/{number}/proof/{place}/harm")
def show_harm(number: str, place: str, view: ViewDep) -> Response:
    """Show the form of the harm a sheet is about."""
    case = own_case(view, number)
    return _harm_page(view, case, place)


@router.post("/{language}/cases/{number}/proof/{place}/harm")
def write_harm(number: str, place: str, view: ViewDep, form: FormDep) -> Response:
    """Keep what the harm is as a new version of the sheet."""
    case = own_case(view, number)
    one = proof_for(view.session, case, place, view.act)
    checked = Checked(form, view.language)
    sheet = _asked_harm(view, checked, one.sheet)
    if not checked.is_right:
        return _harm_page(view, case, place, checked)
    try:
        with attempt(view.session):
            actions.write_sheet(
                view.session, case, PROOF, sheet, view.act, version=checked.version(), place=one.row.place
            )
    except REFUSALS as error:
        again(form, one.newest)
        return _harm_page(view, case, place, checked, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/proof/{place}", "sheet_kept")


@router.post("/{language}/cases/{number}/proof/{place}/keeping")
def ask_to_keep(number: str, place: str, view: ViewDep, form: FormDep) -> Response:
    """Make the task to ask that something that disappears is kept, by a day the adviser chooses."""
    case = own_case(view, number)
    one = proof_for(view.session, case, place, view.act)
    checked = Checked(form, view.language)
    due_on = checked.day_ahead("keep_by", view.act.on)
    if due_on is None:
        checked.wrong("keep_by", DAY_NEEDED)
    text = asked_line(checked, "keep_text")
    if due_on is None or not checked.is_right:
        return proof_page(view, case, place, checked)
    wanted = Wanted("letter", "other", view.act.who.id, due_on, text)
    try:
        with attempt(view.session):
            actions.ask_to_keep(view.session, case, wanted, view.act)
    except (*REFUSALS, CannotDoTask) as error:
        return proof_page(view, case, place, checked, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/proof/{one.row.place}", "task_made")


def proof_page(
    view: View,
    case: CaseFile,
    place: str,
    checked: Checked | None = None,
    *,
    version: str = "",
    changed: str = "",
) -> Response:
    """Return the page of one sheet: what it says, what it lacks, and who has to prove what."""
    one = proof_for(view.session, case, place, view.act, number=version)
    leading = open_leading_of(view.session, view.act.who, case)
    tracks = [
        track for each in (case, leading) if each is not None for track in open_tracks(view.session, each.id)
    ]
    sheet = one.sheet
    lacks = missing(sheet.happened_on, sheet.comparator, sheet.indications, has_track=bool(tracks))
    return sheet_page(
        view,
        "proof.html",
        case,
        {"keep_text": view.text(TO_ASK)},
        checked,
        changed=changed,
        one=one,
        lacks=[view.text(MISSING[code]) for code in lacks],
        vanishes="vanishes" in lacks,
        standards=[_standard(view, track) for track in tracks],
        confirmed_by=CONFIRMED_BY,
        recording_days=RECORDING_DAYS,
        kinds=words(view, INDICATIONS),
        strengths=words(view, STRENGTHS),
        places=tuple(PLACES),
        file=FILE,
    )


def _standard(view: View, track: Standing) -> dict[str, Any]:
    code = track.track.route_code
    routes = view.desk.lists.by_name["routes"]
    item = routes.item(code) if code and code in routes else None
    one: Standard = standard_of(track.track.kind_code, code, item.group if item else None)
    named = item.value("burden_shift") if item and one.result == "shifts" else ""
    return {
        "track": track_name(view, track.track),
        "result": one.result,
        "result_words": view.text(RESULTS[one.result]),
        "article": named or one.article,
        "words": one.words_in(view.language.tag),
        "sure": view.text(SURE[one.sure]),
    }


def _asked_harm(view: View, checked: Checked, before: ProofSheet) -> ProofSheet:
    return before.model_copy(
        update={
            "harm": checked.text("the_harm"),
            "happened_on": checked.day_back("happened_on", view.act.on),
            "comparator": checked.text("the_comparator", needed=False),
        }
    )


def _list(view: View, case: CaseFile, checked: Checked | None = None, *, changed: str = "") -> Response:
    found = proofs_of(view.session, case, view.act)
    return sheet_page(
        view, "proof_list.html", case, _of_story(view, case), checked, changed=changed, found=found
    )


def _of_story(view: View, case: CaseFile) -> dict[str, str]:
    told = story_of(view.session, case, view.act).when
    return _day(told.day) if told.day else {}


def _harm_page(
    view: View, case: CaseFile, place: str, checked: Checked | None = None, *, changed: str = ""
) -> Response:
    one = proof_for(view.session, case, place, view.act)
    given = {"the_harm": one.sheet.harm, "the_comparator": one.sheet.comparator, "version": str(one.newest)}
    if one.sheet.happened_on:
        given |= _day(one.sheet.happened_on)
    return sheet_page(view, "proof_harm.html", case, given, checked, changed=changed, one=one)


def _day(day: Any) -> dict[str, str]:
    return {f"happened_on-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
