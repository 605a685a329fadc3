"""What the form shows: a step with what was typed and what to correct, and everything before it is sent."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.assisted.relay_shown import mandate_of, relay_rows
from intake_api.bodies import Given
from intake_api.door import DRAFT_COOKIE, Door
from intake_api.drafts.codes import digits_of
from intake_api.drafts.keeping import Draft, Kept
from intake_api.form import summary
from intake_api.form.answers import NOTHING_TOLD, YES, Answers, Checked, Correction
from intake_api.form.conditions import asked, heard, notes
from intake_api.form.questions import Step
from intake_api.guide.deadline_words import guidance_in
from intake_api.submission import guidance_of
from office.errors import Unavailable
from office.languages import Language, mark

CHECK: Final = "check"
RECEIPT: Final = "receipt"
NOT_KEPT: Final = mark(
    "We could not keep this page just now. What you typed is still here: please press again"
)


def to_page(language: Language, page: str) -> RedirectResponse:
    """Lead to a page of the report, in the language of this one."""
    return RedirectResponse(f"/{language.tag}/report/{page}", 303)


def unanswered(door: Door, draft: Draft) -> Step | None:
    """Return the step that must say something and does not, or None; a voice note says it too."""
    if draft.held.has_voice:
        return None
    answers = draft.all_answers()
    return next(
        (
            step
            for step in door.form.step
            if step.needs_one_of and not any(answers.get(code) for code in step.needs_one_of)
        ),
        None,
    )


def check_page(
    door: Door,
    request: Request,
    language: Language,
    kept: Kept,
    missing: Step | None = None,
    wrong: dict[str, str] | None = None,
) -> Response:
    """Return everything that will be sent, and what is still missing."""
    answers = heard(door.form, kept.draft.all_answers())
    tag = language.tag
    corrections = dict(wrong or {})
    if missing is not None:
        place = f"/{tag}/report/{missing.code}?then={CHECK}#{missing.needs_one_of[0]}"
        corrections = {place: language.gettext(NOTHING_TOLD)}
    return door.pages.render(
        request,
        "check.html",
        language,
        422 if corrections else 200,
        rows=[*relay_rows(door, language, kept.draft), *summary.rows(door, language, answers)],
        mandate=mandate_of(kept.draft),
        held=kept.draft.held,
        files_page=f"/{tag}/report/files?then={CHECK}",
        corrections=corrections,
        wishes=[name for name in answers if name.startswith("consent_")],
        rights=door.guide.path(tag, answers.get("area_code", ())),
        is_in_danger=answers.get("in_danger") == [YES],
        emergencies=door.emergencies(),
        guidance=guidance_in(language, guidance_of(answers, door.city, door.today()), door.city),
        back=f"/{tag}/report/{door.form.step[-1].code}",
    )


def again(
    door: Door,
    request: Request,
    language: Language,
    step: Step,
    draft: Draft,
    given: Given,
    checked: Checked,
    *,
    then: str,
    trouble: Unavailable | None = None,
) -> Response:
    """Return the same step with everything that was typed, and what to correct or what went wrong."""
    names = [name for question in step.question for name in question.fields]
    typed = {name: given.fields[name] for name in names if name in given.fields}
    corrections = list(checked.corrections)
    if trouble is not None:
        name = step.question[0].code
        sentence = NOT_KEPT if trouble.code == "store_unavailable" else trouble.sentence
        corrections = [Correction(name, language.gettext(sentence)), *corrections]
    status = 503 if trouble is not None else 413 if given.is_cut else 422
    return step_page(
        door, request, language, step, draft, typed, then=then, corrections=corrections, status=status
    )


def step_page(
    door: Door,
    request: Request,
    language: Language,
    step: Step,
    draft: Draft,
    given: Answers,
    *,
    then: str,
    corrections: list[Correction] | None = None,
    numbers: list[str] | None = None,
    wants_to_save: bool = False,
    status: int = 200,
) -> Response:
    """Return one step of the form with what was typed."""
    before = door.form.before(step.code)
    told = draft.all_answers()
    tag = language.tag
    back = f"/{tag}/report/{before.code}" if before else f"/{tag}/"
    return door.pages.render(
        request,
        "step.html",
        language,
        status,
        step=step,
        number=door.form.step.index(step) + 1,
        steps=len(door.form.step),
        questions=asked(step, told),
        notes=notes(step, told),
        offers=door.offers(step),
        left_out=door.left_out(step),
        given=given,
        corrections={one.field: one.sentence for one in reversed(corrections or [])},
        numbers=numbers or [],
        wants_to_save=wants_to_save,
        is_saved=digits_of(request.cookies.get(DRAFT_COOKIE, "")) is not None,
        modes=door.guide.short if step.shows_modes else (),
        then=then,
        is_in_danger=told.get("in_danger") == [YES],
        held=draft.held,
        asides=door.form.offered_aside if step.needs_one_of else (),
        filing=draft.filing,
        emergencies=door.emergencies(),
        back=f"/{tag}/report/{CHECK}" if then else back,
    )
