"""A diary kept without reporting: one page at a time, under a code of 24 digits, as long as it is kept up.

One form for all of it, so that nothing typed is lost whatever is pressed. The first page gives the code.
Nothing of a diary reaches the office before its writer makes a report of it and sends that.
"""

from dataclasses import dataclass, field
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.bodies import Given, read_given
from intake_api.diary.writing import MOST_SIGNS, DiaryPage, added_to, size_of, with_page
from intake_api.door import DRAFT_COOKIE, SENDER_COOKIE, Door, forget_cookie, keep_cookie
from intake_api.drafts.keeping import Draft, Kept
from intake_api.form.answers import Answers, Checked, Checker, Correction
from intake_api.form.identity_numbers import numbers_in, without_numbers
from intake_api.form.questions import DIARY, Question, Step
from intake_api.form.shown import CHECK, NOT_KEPT, RECEIPT, to_page
from intake_api.pages import said_done
from office import identity_numbers
from office.errors import Unavailable
from office.languages import Language, mark
from office.sealing.receipts import new_key

HAPPENED_ON, TEXT, PROOF = "diary_when", "diary_text", "diary_proof"
TICKED: Final = "page"
ACCOUNT: Final = "what_happened"
NOTHING_WRITTEN: Final = mark("Write a few words about what happened")
DIARY_FULL: Final = mark("The diary is full. Make a report of it, or delete pages you no longer need")
NO_PAGE_TICKED: Final = mark("Tick the pages that should go into the report")
DELETED: Final = mark("Your diary is deleted")
NOTHING_LEFT: Final = mark("Nothing of it is left here or in this browser.")


def routes(door: Door) -> APIRouter:
    """Return the routes of the diary."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{language}/diary")
    async def read(request: Request, language: str) -> Response:
        """Show the diary of this browser, or what a diary is."""
        spoken = door.pages.spoken(language)
        kept = await door.draft_of(request)
        return await _elsewhere(door, request, spoken, kept) or diary_page(door, request, spoken, kept)

    @router.post("/{language}/diary")
    async def write(request: Request, language: str) -> Response:
        """Write a page, delete one, make a report of some, or delete all."""
        spoken = door.pages.spoken(language)
        return await _Writing(door, request, spoken, await read_given(request)).outcome()

    @router.get("/{language}/diary/deleted")
    async def deleted(request: Request, language: str) -> Response:
        """Say that nothing is left."""
        return said_done(door, request, door.pages.spoken(language), DELETED, NOTHING_LEFT)

    return router


@dataclass(slots=True)
class _Writing:
    door: Door
    request: Request
    language: Language
    given: Given
    kept: Kept | None = None
    ticked: list[str] = field(default_factory=list)

    async def outcome(self) -> Response:
        """Return the page that comes next, or the diary with all that was typed and what to correct."""
        step = self.door.form.beside(DIARY)
        self.ticked = self.given.all(TICKED)
        try:
            self.kept = await self.door.draft_of(self.request)
            if away := await _elsewhere(self.door, self.request, self.language, self.kept):
                return away
            if self.given.one("stay"):
                return self._as_typed()
            if self.given.one("remove"):
                return await self._remove(self.given.one("remove"))
            match self.doing:
                case "delete":
                    return await self._delete_all()
                case "report":
                    return await self._make_report(step)
            return await self._write(step)
        except Unavailable as trouble:
            sentence = NOT_KEPT if trouble.code == "store_unavailable" else trouble.sentence
            return self._as_typed([Correction(TEXT, self.language.gettext(sentence))], status=503)

    @property
    def doing(self) -> str:
        """What was pressed: the last that was said, for a page may have said it before."""
        return next(reversed(self.given.all("do")), "")

    @property
    def pages(self) -> tuple[DiaryPage, ...]:
        """The diary so far."""
        return self.kept.draft.diary if self.kept else ()

    async def _write(self, step: Step) -> Response:
        checked = Checker(self.language, self.door.offers(step), self.door.today()).step(step, self.given)
        if checked.is_silent:
            checked.corrections = [Correction(TEXT, self.language.gettext(NOTHING_WRITTEN))]
        self._look_for_room(checked)
        if not checked.is_right:
            return self._as_typed(checked.corrections, status=413 if self.given.is_cut else 422)
        choice = self.given.one("numbers")
        numbers = numbers_in(step, checked.answers, {})
        if numbers and choice == "remove":
            checked.answers = without_numbers(step, checked.answers)
        elif numbers and choice != "keep":
            return self._as_typed(numbers=numbers, status=422)
        return await self._keep(self._page(checked.answers))

    def _look_for_room(self, checked: Checked) -> None:
        if checked.is_right and size_of((*self.pages, self._page(checked.answers))) > MOST_SIGNS:
            checked.corrections = [Correction(TEXT, self.language.gettext(DIARY_FULL))]

    def _page(self, answers: Answers) -> DiaryPage:
        said = {name: next(iter(answers.get(name, ())), "") for name in (HAPPENED_ON, TEXT, PROOF)}
        return DiaryPage(
            number=0,
            written_on=self.door.today(),
            happened_on=said[HAPPENED_ON],
            text=said[TEXT],
            proof=said[PROOF],
        )

    async def _keep(self, page: DiaryPage) -> Response:
        def written(newest: Draft) -> Draft:
            return newest.model_copy(update={"diary": with_page(newest.diary, page)})

        if self.kept is None:
            draft = written(await self.door.new_draft(self.request))
            kept = await self.door.drafts.begin(draft, new_key())
        else:
            kept = await self.door.drafts.save(await self.door.drafts.change(self.kept, written))
        if self.kept is not None and self.kept.code == kept.code:
            return _to_diary(self.language)
        onward = to_page(self.language, f"saved?then={DIARY}")
        keep_cookie(onward, self.request, DRAFT_COOKIE, kept.code, is_strict=False)
        return onward

    async def _remove(self, number: str) -> Response:
        def without(newest: Draft) -> Draft:
            left = tuple(page for page in newest.diary if str(page.number) != number)
            return newest.model_copy(update={"diary": left})

        if self.kept is not None:
            self.kept = await self.door.drafts.change(self.kept, without)
        if any(self.given.one(name) for name in (HAPPENED_ON, TEXT, PROOF)):
            return self._as_typed()
        return _to_diary(self.language)

    async def _delete_all(self) -> Response:
        if self.kept is not None:
            await self.door.drafts.drop(self.kept.code)
            await self.door.uploads.forget(self.kept.draft.held)
        answer = RedirectResponse(f"/{self.language.tag}/diary/deleted", 303)
        for name in (DRAFT_COOKIE, SENDER_COOKIE):
            forget_cookie(answer, name)
        answer.headers["Clear-Site-Data"] = '"cache"'
        return answer

    async def _make_report(self, step: Step) -> Response:
        chosen = [page for page in self.pages if str(page.number) in self.ticked]
        if self.kept is None or not chosen:
            return self._as_typed([Correction(TICKED, self.language.gettext(NO_PAGE_TICKED))], status=422)
        first, question = _where_told(self.door)
        before = self.kept.draft.answers.get(first.code, {})
        account = next(iter(before.get(ACCOUNT, ())), "")
        told = added_to(account, (_told(page, step, self.language) for page in chosen))
        numbers = identity_numbers.numbers_in(told)
        if numbers and self.given.one("numbers") == "remove":
            told = identity_numbers.removed(told)
        elif numbers and self.given.one("numbers") != "keep":
            return self._as_typed(numbers=numbers, status=422)
        checked = Checker(self.language, {}, self.door.today()).step(
            first, Given.of({ACCOUNT: [told]}), (question,)
        )
        if not checked.is_right:
            wrong = [Correction(TICKED, one.sentence) for one in checked.corrections]
            return self._as_typed(wrong, status=422)
        answers = {**before, ACCOUNT: [told]}
        await self.door.drafts.change(self.kept, lambda newest: newest.with_answers(first.code, answers))
        return to_page(self.language, first.code)

    def _as_typed(
        self, wrong: list[Correction] | None = None, *, numbers: list[str] | None = None, status: int = 200
    ) -> Response:
        return diary_page(
            self.door,
            self.request,
            self.language,
            self.kept,
            self.given.fields,
            wrong,
            numbers=numbers,
            doing=self.doing if numbers else "",
            status=status,
        )


def diary_page(
    door: Door,
    request: Request,
    language: Language,
    kept: Kept | None,
    given: Answers | None = None,
    wrong: list[Correction] | None = None,
    *,
    numbers: list[str] | None = None,
    doing: str = "",
    status: int = 200,
) -> Response:
    """Return the diary with what was typed: a page to write on, and those written before."""
    draft = kept.draft if kept else Draft()
    return door.pages.render(
        request,
        "diary.html",
        language,
        status,
        step=door.form.beside(DIARY),
        given={TICKED: [str(page.number) for page in draft.diary]} if given is None else given,
        corrections={one.field: one.sentence for one in wrong or []},
        numbers=numbers or [],
        doing=doing,
        diary=draft.diary,
        is_saved=bool(kept and kept.digits),
        until=kept.expires_on if kept and draft.diary else None,
        days=door.drafts.diary_days,
        emergencies=door.emergencies(),
        report=CHECK if draft.answers else "",
        back=f"/{language.tag}/",
    )


async def _elsewhere(
    door: Door, request: Request, language: Language, kept: Kept | None
) -> RedirectResponse | None:
    """Return where somebody belongs who has sent a report here, or files for other people."""
    if kept is not None and kept.draft.is_sent:
        return to_page(language, RECEIPT)
    if await door.seat_of(request) is not None:
        return RedirectResponse(f"/{language.tag}/relay", 303)
    return None


def _to_diary(language: Language) -> RedirectResponse:
    return RedirectResponse(f"/{language.tag}/{DIARY}", 303)


def _where_told(door: Door) -> tuple[Step, Question]:
    return next(
        (step, question) for step in door.form.step for question in step.question if question.code == ACCOUNT
    )


def _told(page: DiaryPage, step: Step, language: Language) -> str:
    """Return a page as it stands in a report: when, what, and who was there."""
    proof = next(question for question in step.question if question.code == PROOF)
    lines = [page.happened_on or language.date(page.written_on), page.text]
    if page.proof:
        lines.append(f"{proof.label_in(language.tag)}: {page.proof}")
    return "\n".join(lines)
