"""The checklist of bias on the screen: what was ticked, what it may mean, and the form."""

from typing import Any, Final

from starlette.responses import Response

from casework.assessing import actions
from casework.assessing.content import BiasSheet, Tick
from casework.assessing.pages import REFUSALS, again, own_case, sheet_page
from casework.assessing.queries import Shown, shown
from casework.assessing.rules import BIAS
from casework.assessing.standards import (
    ARTICLES,
    BIAS_AUTHORITY,
    BIAS_REVIEWED_BY,
    BIAS_VERSION,
    GROUPS,
    INDICATORS,
)
from casework.cases.access import case_for
from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.transactions import attempt
from office.languages import mark

router = desk_router()

A_SENTENCE: Final = mark("Write in a sentence what points to it, or take the tick away.")
NOTHING_TICKED: Final = mark("Tick an indicator, or write what speaks for another motive.")


@router.get("/{language}/cases/{number}/bias")
def show(number: str, view: ViewDep) -> Response:
    """Show the checklist, or an older version of it."""
    case = case_for(view.session, view.act, number)
    one = shown(
        view.session, case, BIAS, BiasSheet, view.act, number=view.request.query_params.get("text", "")
    )
    return sheet_page(
        view, "bias.html", case, one=one, **_told(view, one.sheet if one else BiasSheet(list_version=""))
    )


@router.get("/{language}/cases/{number}/bias/text")
def show_form(number: str, view: ViewDep) -> Response:
    """Show the form with the newest version in it."""
    case = own_case(view, number)
    return _form(view, case, _now(view, case))


@router.post("/{language}/cases/{number}/bias/text")
def write(number: str, view: ViewDep, form: FormDep) -> Response:
    """Keep the checklist as a new version."""
    case = own_case(view, number)
    one = _now(view, case)
    checked = Checked(form, view.language)
    sheet = _asked(view, checked, one.sheet if one else None)
    if not checked.is_right:
        return _form(view, case, one, checked)
    try:
        with attempt(view.session):
            actions.write_sheet(view.session, case, BIAS, sheet, view.act, version=checked.version())
    except REFUSALS as error:
        again(form, one.newest if one else 0)
        return _form(view, case, one, checked, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/bias", "sheet_kept")


def _now(view: View, case: CaseFile) -> Shown[BiasSheet] | None:
    return shown(view.session, case, BIAS, BiasSheet, view.act)


def _asked(view: View, checked: Checked, before: BiasSheet | None) -> BiasSheet:
    ticked = checked.some("tick", tuple(one.code for one in INDICATORS), needed=False)
    ticks = []
    for one in INDICATORS:
        if one.code not in ticked:
            continue
        said = checked.text(f"words_{one.code}", needed=False)
        if not said:
            checked.wrong(f"words_{one.code}", A_SENTENCE)
        ticks.append(Tick(code=one.code, words=said))
    grounds = checked.some("bias_ground", tuple(_grounds(view, before)), needed=False)
    against = checked.text("speaks_against", needed=False)
    if not ticks and not against and "tick" not in checked.corrections:
        checked.wrong("speaks_against", NOTHING_TICKED)
    return BiasSheet(list_version=BIAS_VERSION, ticks=tuple(ticks), ground_codes=grounds, against=against)


def _grounds(view: View, before: BiasSheet | None) -> dict[str, str]:
    """Return the grounds that some article of the penal code names, and those chosen before."""
    lists = view.desk.lists
    items = lists.by_name["grounds"]
    also = before.ground_codes if before else ()
    codes = [
        code
        for code in lists.kept("grounds", view.act.on, also=also)
        if code in also or (code in items and items.item(code).values("cp"))
    ]
    return {code: view.label("grounds", code) for code in codes}


def _told(view: View, sheet: BiasSheet) -> dict[str, Any]:
    """Return the list with what was ticked of it, and which articles name the grounds that were chosen."""
    tag, said = view.language.tag, {one.code: one.words for one in sheet.ticks}
    items = view.desk.lists.by_name["grounds"]
    known = {one.code for one in ARTICLES}
    named = {
        code: [one for one in items.item(code).values("cp") if one in known] if code in items else []
        for code in sheet.ground_codes
    }
    return {
        "groups": [
            (group.words_in(tag), [(one.code, one.words_in(tag), said.get(one.code)) for one in own])
            for group in GROUPS
            if (own := [one for one in INDICATORS if one.group == group.code])
        ],
        "grounds_named": [
            (view.label("grounds", code), view.language.listed([f"CP {one}" for one in articles]))
            for code, articles in named.items()
        ],
        "articles": [one.words_in(tag) for one in ARTICLES],
        "authority": BIAS_AUTHORITY,
        "reviewed_by": BIAS_REVIEWED_BY,
    }


def _form(
    view: View,
    case: CaseFile,
    one: Shown[BiasSheet] | None,
    checked: Checked | None = None,
    *,
    changed: str = "",
) -> Response:
    sheet = one.sheet if one else BiasSheet(list_version=BIAS_VERSION)
    given: dict[str, list[str] | str] = {
        "version": str(one.newest if one else 0),
        "tick": [each.code for each in sheet.ticks],
        "bias_ground": list(sheet.ground_codes),
        "speaks_against": sheet.against,
        **{f"words_{each.code}": each.words for each in sheet.ticks},
    }
    return sheet_page(
        view,
        "bias_text.html",
        case,
        given,
        checked,
        changed=changed,
        one=one,
        grounds=list(_grounds(view, sheet).items()),
        fields=[f"words_{each.code}" for each in INDICATORS] + ["speaks_against"],
        **_told(view, sheet),
    )
