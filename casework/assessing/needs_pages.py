"""The assessment of needs on the screen, made again along the case."""

from typing import Any, Final

from starlette.responses import Response

from casework.assessing import actions
from casework.assessing.content import Factor, NeedsSheet
from casework.assessing.pages import REFUSALS, again, own_case, sheet_page, words
from casework.assessing.queries import Shown, card_of, shown
from casework.assessing.rules import ANSWERS, FACTORS, MEASURES, NEEDS, NO_MEASURE
from casework.cases.access import case_for
from casework.cases.tables import CaseFile
from casework.doors import FormDep, desk_router
from casework.forms import Checked
from casework.showing import View, ViewDep
from casework.tasks.errors import CannotDoTask
from casework.transactions import attempt
from office.languages import mark

router = desk_router()

WHY_YES: Final = mark("Write what it is, as far as protecting the person needs it.")
ANSWER_IT: Final = mark("Answer yes, no or not known yet: %(factor)s")
WHAT_IS_DONE: Final = mark("Say what is done about it, or that none is needed now.")
NONE_OR_SOME: Final = mark("Either none is needed, or say which.")
WHEN_AGAIN: Final = mark("Write on which day somebody looks at it again.")
THE_TASK: Final = mark("Assess the needs again")


@router.get("/{language}/cases/{number}/needs")
def show(number: str, view: ViewDep) -> Response:
    """Show the assessment of needs, or an older version of it."""
    case = case_for(view.session, view.act, number)
    one = shown(
        view.session, case, NEEDS, NeedsSheet, view.act, number=view.request.query_params.get("text", "")
    )
    review_on = card_of(view.session, case).review_on
    return sheet_page(view, "needs.html", case, one=one, review_on=review_on, **_lists(view))


@router.get("/{language}/cases/{number}/needs/text")
def show_form(number: str, view: ViewDep) -> Response:
    """Show the form with the newest version in it."""
    case = own_case(view, number)
    return _form(view, case, _now(view, case))


@router.post("/{language}/cases/{number}/needs/text")
def write(number: str, view: ViewDep, form: FormDep) -> Response:
    """Keep the assessment as a new version, with the task to make it again."""
    case = own_case(view, number)
    one = _now(view, case)
    checked = Checked(form, view.language)
    sheet = _asked(view, checked)
    if sheet is None or not checked.is_right:
        return _form(view, case, one, checked)
    try:
        with attempt(view.session):
            actions.write_needs(
                view.session, case, sheet, view.act, version=checked.version(), called=view.text(THE_TASK)
            )
    except (*REFUSALS, CannotDoTask) as error:
        again(form, one.newest if one else 0)
        return _form(view, case, one, checked, changed=view.text(error.sentence))
    return view.go(f"cases/{case.reference}/needs", "needs_kept")


def _now(view: View, case: CaseFile) -> Shown[NeedsSheet] | None:
    return shown(view.session, case, NEEDS, NeedsSheet, view.act)


def _asked(view: View, checked: Checked) -> NeedsSheet | None:
    factors = []
    for code, factor in FACTORS.items():
        if not checked.form.one(f"factor_{code}"):
            checked.wrong(f"factor_{code}", ANSWER_IT, factor=view.text(factor))
        answer = checked.one(f"factor_{code}", tuple(ANSWERS))
        said = checked.text(f"words_{code}", needed=False)
        if answer == "yes" and not said:
            checked.wrong(f"words_{code}", WHY_YES)
        factors.append((code, answer, said))
    if not checked.form.one("measure"):
        checked.wrong("measure", WHAT_IS_DONE)
    measures = checked.some("measure", tuple(MEASURES))
    if NO_MEASURE in measures and len(measures) > 1:
        checked.wrong("measure", NONE_OR_SOME)
    text = checked.text("measures_text", needed=False)
    review_on = checked.day_ahead("review_on", view.act.on)
    if review_on is None:
        checked.wrong("review_on", WHEN_AGAIN)
    if review_on is None or not checked.is_right:
        return None
    return NeedsSheet(
        factors=tuple(Factor.model_validate({"code": a, "answer": b, "words": c}) for a, b, c in factors),
        measure_codes=measures,
        measures=text,
        review_on=review_on,
    )


def _form(
    view: View,
    case: CaseFile,
    one: Shown[NeedsSheet] | None,
    checked: Checked | None = None,
    *,
    changed: str = "",
) -> Response:
    given: dict[str, list[str] | str] = {"version": str(one.newest if one else 0)}
    if one:
        given |= {"measure": list(one.sheet.measure_codes), "measures_text": one.sheet.measures}
        for each in one.sheet.factors:
            given |= {f"factor_{each.code}": each.answer, f"words_{each.code}": each.words}
    fields = [*(f"words_{code}" for code in FACTORS), "measures_text"]
    return sheet_page(
        view, "needs_text.html", case, given, checked, changed=changed, one=one, fields=fields, **_lists(view)
    )


def _lists(view: View) -> dict[str, Any]:
    return {
        "factors": words(view, FACTORS),
        "answers": words(view, ANSWERS),
        "measures": words(view, MEASURES),
    }
