"""What becomes of one step as somebody sent it: kept and on to the next page, or shown again."""

from starlette.requests import Request
from starlette.responses import Response

from intake_api import abuse
from intake_api.bodies import Given
from intake_api.door import DRAFT_COOKIE, Door, keep_cookie
from intake_api.drafts.keeping import Draft, Kept
from intake_api.form.answers import Answers, Checked, Checker
from intake_api.form.conditions import asked
from intake_api.form.identity_numbers import numbers_in, without_numbers
from intake_api.form.questions import Step
from intake_api.form.shown import CHECK, RECEIPT, again, step_page, to_page
from office.errors import Unavailable
from office.languages import Language


class Answering:
    """One step as it was sent, and the answer to it.

    Besides its questions a step may say: `then`, lead to the check page; `stay`, show the step as it is and
    keep nothing; `aside`, lead to a page beside the steps; `save`, keep it under a code; `numbers`, what to
    do with a document's number.
    """

    def __init__(self, door: Door, request: Request, language: Language, step: Step, given: Given) -> None:
        self.door, self.request, self.language, self.step, self.given = door, request, language, step, given
        self.then = CHECK if given.one("then") == CHECK else ""
        asides = [page.code for page in door.form.offered_aside]
        self.aside = given.one("aside") if given.one("aside") in asides else ""
        self.kept: Kept | None = None
        given.is_no_form = given.is_no_form or bool(given.one(abuse.HONEYPOT))

    @property
    def draft(self) -> Draft:
        """The report so far; an empty one before the first answer."""
        return self.kept.draft if self.kept else Draft()

    async def outcome(self) -> Response:
        """Return the next page (303), or this one with all that was typed and what to correct (4xx, 503)."""
        try:
            self.door.keys.ready()
            self.kept = await self.door.draft_of(self.request)
        except Unavailable as trouble:
            return self._again(self._checker().step(self.step, self.given), trouble)
        if self.draft.is_sent:
            return to_page(self.language, RECEIPT)
        if self.given.one("stay"):  # another language, or a kiosk's minutes begun anew
            return self._as_typed()
        checked = self._checked()
        if not checked.is_right:
            return self._again(checked)
        numbers = numbers_in(self.step, checked.answers, self.draft.answers.get(self.step.code, {}))
        choice = self.given.one("numbers")
        if numbers and choice == "remove":
            checked.answers = without_numbers(self.step, checked.answers)
        elif numbers and choice != "keep":
            return self._as_typed(numbers, 422)
        try:
            return await self._keep(checked.answers)
        except Unavailable as trouble:
            return self._again(checked, trouble)

    def _checker(self) -> Checker:
        return Checker(self.language, self.door.offers(self.step), self.door.today())

    def _checked(self) -> Checked:
        checked = self._checker().step(self.step, self.given, asked(self.step, self.draft.all_answers()))
        if self.aside or self.draft.held.has_voice:
            checked.forgive_silence()
        return checked

    async def _keep(self, answers: Answers) -> Response:
        kept = await self._kept_with(answers)
        after = self.door.form.after(self.step.code)
        to = self.then or (after.code if after else CHECK)
        onward = to_page(self.language, f"{self.aside}?then={self.step.code}" if self.aside else to)
        if self.given.one("save"):
            kept = await self.door.drafts.save(kept)
            onward = to_page(self.language, f"saved?then={to}")
        if self.request.cookies.get(DRAFT_COOKIE) != kept.code:
            keep_cookie(onward, self.request, DRAFT_COOKIE, kept.code, is_strict=False)
        return onward

    async def _kept_with(self, answers: Answers) -> Kept:
        has_consents = any(question.kind == "consent" for question in self.step.question)

        def with_step(newest: Draft) -> Draft:
            changed = newest.with_answers(self.step.code, answers)
            tongue = self.language.tag if has_consents else newest.consent_language
            return changed.model_copy(update={"consent_language": tongue})

        if self.kept is None:
            return await self.door.drafts.begin(with_step(await self.door.new_draft(self.request)))
        return await self.door.drafts.change(self.kept, with_step)

    def _as_typed(self, numbers: list[str] | None = None, status: int = 200) -> Response:
        return step_page(
            self.door,
            self.request,
            self.language,
            self.step,
            self.draft,
            self.given.fields,
            then=self.then,
            numbers=numbers,
            wants_to_save=numbers is not None and bool(self.given.one("save")),
            status=status,
        )

    def _again(self, checked: Checked, trouble: Unavailable | None = None) -> Response:
        return again(
            self.door,
            self.request,
            self.language,
            self.step,
            self.draft,
            self.given,
            checked,
            then=self.then,
            trouble=trouble,
        )
