"""What somebody may say of themselves after sending: sealed apart, tied to no report and to no browser.

No cookie is read here and none is set. What is kept has an identifier of its own and the quarter: no case
number, no day, no language. So nobody can tell whose answers they are, or take them out again, and the page
says so.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.bodies import read_given
from intake_api.door import Door
from intake_api.files.piece_store import id_in
from intake_api.form.answers import Answers, Checker, Correction
from intake_api.form.offers import Choice, Offer, Offers
from intake_api.form.questions import Question, Step
from intake_api.letterbox import Desk
from office.clock import month_of, quarter_of
from office.handover.report import EqualityAnswers
from office.ids import new_id
from office.languages import Language, mark
from office.routing import STORY_KEY
from office.sealing.boxes import seal
from office.vocabulary import Vocabulary, load

LIST: Final = "equality"
UNSAID: Final = "unsaid"
"""What is offered with each question, and the group of the list in which it stands."""
TITLE: Final = mark("A few questions about you, if you like")
INSERT: Final = "INSERT INTO equality_answer (id, quarter, key_name, sealed) VALUES (?, ?, ?, ?)"


def routes(door: Door) -> APIRouter:
    """Return the routes of these questions."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{language}/about-you")
    async def ask(request: Request, language: str) -> Response:
        """Ask, and say why the answers cannot be tied to anybody."""
        return page(request, door.pages.spoken(language), {}, [])

    @router.post("/{language}/about-you")
    async def answer(request: Request, language: str) -> Response:
        """Seal what was chosen and keep it; whoever chose nothing sends nothing."""
        spoken, given = door.pages.spoken(language), await read_given(request)
        step, offers = _asked(load(LIST, door.city), door.today())
        checked = Checker(spoken, offers, door.today()).step(step, given)
        if not checked.is_right:
            return page(request, spoken, checked.answers, checked.corrections, 422)
        codes = {code for values in checked.answers.values() for code in values} - {UNSAID}
        if codes:
            await door.letterbox.keep(keeping(door, new_id(), tuple(sorted(codes))))
        return RedirectResponse(f"/{spoken.tag}/about-you/thanks", 303)

    @router.get("/{language}/about-you/thanks")
    async def thanks(request: Request, language: str) -> Response:
        """Thank, and lead back to the receipt if it is still there."""
        return door.pages.render(request, "about_you_thanks.html", door.pages.spoken(language))

    def page(
        request: Request, spoken: Language, given: Answers, wrong: list[Correction], status: int = 200
    ) -> Response:
        step, offers = _asked(load(LIST, door.city), door.today())
        return door.pages.render(
            request,
            "about_you.html",
            spoken,
            status,
            title=spoken.gettext(TITLE),
            step=step,
            offers=offers,
            given=given,
            corrections={one.field: one.sentence for one in reversed(wrong)},
        )

    return router


def keeping(door: Door, own: UUID, codes: tuple[str, ...]) -> Callable[[Desk], None]:
    """Return the work that keeps sealed answers.

    Raises:
        NoActiveKey: there is no key to seal them with; nothing is kept then.
    """
    key_name, key = door.keys.ready().active(STORY_KEY["normal"])
    sealed = seal(EqualityAnswers(answer_codes=codes).as_bytes(), key, about="equality")
    quarter = quarter_of(month_of(door.today()))

    def work(desk: Desk) -> None:
        desk.change(INSERT, (id_in(desk, own), quarter, key_name, sealed))

    return work


def _asked(listed: Vocabulary, day: date) -> tuple[Step, Mapping[str, Offers]]:
    """Return the questions of the list as a page of a form, and what each offers on `day`."""
    items = listed.valid_on(day)
    questions, offers = [], {}
    for group in (group for group in listed.groups if group.code != UNSAID):
        own = [item for item in items if item.group in (group.code, UNSAID)]
        kind = "several" if any(item.has("is_one_of_several") for item in own) else "one"
        questions.append(
            Question.model_validate(
                {"code": group.code, "kind": kind, "label": dict(group.label), "alone": UNSAID}
            )
        )
        offers[group.code] = Offers([Offer(None, tuple(Choice(item.code, item.label) for item in own))])
    return Step(code=LIST, title={"es": LIST}, question=tuple(questions)), offers
