"""One indication on the screen: written, written anew, and taken off the sheet."""

from typing import Final

from starlette.responses import Response

from casework.assessing import actions
from casework.assessing.content import Indication, ProofSheet
from casework.assessing.errors import SheetNotFound
from casework.assessing.keeping import choices, value_of
from casework.assessing.pages import REFUSALS, again, own_case, sheet_page, words
from casework.assessing.proof_pages import proof_page
from casework.assessing.queries import Shown, proof_for
from casework.assessing.rules import ELSEWHERE, INDICATIONS, MOST_INDICATIONS, PROOF, STRENGTHS
from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.transactions import attempt
from office.languages import mark

router = desk_router()

NEW: Final = "new"
NEEDED: Final = {
    "kind": mark("Choose what kind of indication it is."),
    "it_shows": mark("Write what it shows."),
    "strength": mark("Say how strong it is."),
    "kept_in": mark("Say where it is kept, or that it is nowhere yet."),
}
SAY_WHERE: Final = mark("Write where it is, outside the case.")
TOO_MANY: Final = mark("%(count)s indications fit on a sheet. Put some together, or begin another sheet.")


@router.get("/{language}/cases/{number}/proof/{place}/indications/{indication}")
def show(number: str, place: str, indication: str, view: ViewDep) -> Response:
    """Show the form of one indication, empty for a new one."""
    case = own_case(view, number)
    one = proof_for(view.session, case, place, view.act)
    return _page(view, case, one, _found(one.sheet, indication, case))


@router.post("/{language}/cases/{number}/proof/{place}/indications/{indication}")
def write(number: str, place: str, indication: str, view: ViewDep, form: FormDep) -> Response:
    """Keep an indication in a new version of the sheet."""
    case = own_case(view, number)
    one = proof_for(view.session, case, place, view.act)
    checked = Checked(form, view.language)
    is_stale = checked.version() != one.newest
    before = None if is_stale and _gone(one.sheet, indication) else _found(one.sheet, indication, case)
    wanted = _asked(view, case, checked, one.sheet, before)
    if not before and len(one.sheet.indications) >= MOST_INDICATIONS:
        checked.wrong("kind", TOO_MANY, count=MOST_INDICATIONS)
    if not checked.is_right:
        return _page(view, case, one, before, checked)
    try:
        with attempt(view.session):
            _keep(view, case, one, _with(one.sheet, wanted), checked.version())
    except REFUSALS as error:
        again(form, one.newest)
        return _page(view, case, one, before, checked, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/proof/{one.row.place}", "sheet_kept")


@router.post("/{language}/cases/{number}/proof/{place}/indications/{indication}/removal")
def remove(number: str, place: str, indication: str, view: ViewDep, form: FormDep) -> Response:
    """Take an indication off the sheet; older versions keep it."""
    case = own_case(view, number)
    one = proof_for(view.session, case, place, view.act)
    version = Checked(form, view.language).version()
    if version == one.newest and (indication == NEW or _gone(one.sheet, indication)):
        raise SheetNotFound(case=case.reference)
    left = tuple(each for each in one.sheet.indications if str(each.key) != indication)
    try:
        with attempt(view.session):
            _keep(view, case, one, one.sheet.model_copy(update={"indications": left}), version)
    except REFUSALS as error:
        return proof_page(view, case, place, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/proof/{one.row.place}", "indication_removed")


def _gone(sheet: ProofSheet, indication: str) -> bool:
    """Say whether an address names an indication that is not on the sheet."""
    return indication != NEW and all(str(one.key) != indication for one in sheet.indications)


def _found(sheet: ProofSheet, indication: str, case: CaseFile) -> Indication | None:
    if _gone(sheet, indication):
        raise SheetNotFound(case=case.reference)
    return None if indication == NEW else sheet.indication(int(indication))


def _asked(
    view: View, case: CaseFile, checked: Checked, sheet: ProofSheet, before: Indication | None
) -> Indication:
    for name, sentence in NEEDED.items():
        if not checked.form.one(name).strip():
            checked.wrong(name, sentence)
    places = choices(view, case, before)
    chosen = checked.one("kept_in", tuple(places))
    where, _, ref = chosen.partition(":")
    place = checked.text("kept_place", needed=False)
    if where == ELSEWHERE and not place:
        checked.wrong("kept_place", SAY_WHERE)
    return Indication(
        key=before.key if before else sheet.last_key + 1,
        kind=checked.one("kind", tuple(INDICATIONS)),
        shows=checked.text("it_shows"),
        strength=checked.one("strength", tuple(STRENGTHS)),
        where=where,
        ref=ref,
        called=places.get(chosen, ""),
        place=place,
        against=checked.text("speaks_against", needed=False),
        vanishes=checked.form.one("vanishes") == "yes",
    )


def _with(sheet: ProofSheet, wanted: Indication) -> ProofSheet:
    kept = {one.key: one for one in sheet.indications} | {wanted.key: wanted}
    update = {"indications": tuple(kept.values()), "last_key": max(sheet.last_key, wanted.key)}
    return sheet.model_copy(update=update)


def _keep(view: View, case: CaseFile, one: Shown[ProofSheet], sheet: ProofSheet, version: int) -> None:
    actions.write_sheet(view.session, case, PROOF, sheet, view.act, version=version, place=one.row.place)


def _page(
    view: View,
    case: CaseFile,
    one: Shown[ProofSheet],
    before: Indication | None,
    checked: Checked | None = None,
    *,
    changed: str = "",
) -> Response:
    given = {"version": str(one.newest)}
    if before:
        given |= {
            "kind": before.kind,
            "it_shows": before.shows,
            "strength": before.strength,
            "kept_in": value_of(before),
            "kept_place": before.place,
            "speaks_against": before.against,
            "vanishes": "yes" if before.vanishes else "",
        }
    return sheet_page(
        view,
        "proof_indication.html",
        case,
        given,
        checked,
        changed=changed,
        one=one,
        before=before,
        kinds=words(view, INDICATIONS),
        strengths=words(view, STRENGTHS),
        kept_in=list(choices(view, case, before).items()),
    )
