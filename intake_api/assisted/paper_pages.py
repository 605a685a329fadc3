"""The paper form to print or fill in, the words for the telephone, and the page to key a paper in."""

from dataclasses import replace
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from intake_api.assisted.paper import asked_today, book_of, paper_pdf, sheets_of, shown_on_paper
from intake_api.assisted.relay_form import load_relay_form
from intake_api.assisted.relay_pages import PERSON, about_person, with_draft, with_filing
from intake_api.assisted.relays import Filing, Seat
from intake_api.bodies import Given, read_given
from intake_api.door import Door
from intake_api.drafts.keeping import Draft
from intake_api.form.answers import BODY_CUT, NO_FORM, TOO_MANY, Answers, Checker, Correction
from intake_api.form.identity_numbers import numbers_in, without_numbers
from intake_api.form.shown import CHECK
from office.errors import Unavailable
from office.languages import Language, mark
from office.paper.printing import NoPdf

EDITION: Final = "edition"
CODES: Final = "codes"
OTHER_EDITION: Final = mark(
    "This paper is of another edition: ours is %(edition)s. Its codes may mean something else. "
    "Delete the codes and tick by the words, or use a new paper"
)
LEFT_TO_RIGHT: Final = "\u2066"
END: Final = "\u2069"
"""Signs that keep an edition readable inside a sentence that runs from right to left."""
EDITION_MISSING: Final = mark("Write the edition of the paper, so that its codes are read rightly")
NO_SUCH_CODES: Final = mark("There are no such codes: %(codes)s. Please compare them with the paper")
OPENING: Final = (
    mark("Are you safe now? If you are in danger, hang up and call 112."),
    mark(
        "We never ask for papers, a residence permit or a document number. "
        "Everyone has rights here, with or without papers."
    ),
    mark(
        "We do not pass your report on to the police, to immigration or to anybody else unless you ask us to."
    ),
    mark("I type in what you say. You can leave out whatever you like, and you need not give a name."),
)
CLOSING: Final = mark(
    "I read you a case number and a key of 24 digits. Please write them down. "
    "When you come back for the first time, you get a new key that only you know."
)


def routes(door: Door) -> APIRouter:
    """Return the routes of paper and telephone."""
    router = APIRouter(include_in_schema=False)

    @router.get("/{language}/paper")
    async def paper(request: Request, language: str) -> Response:
        """Show the form as a page to print."""
        return _paper_page(door, request, door.pages.spoken(language))

    @router.get("/{language}/paper/form.pdf")
    async def pdf(request: Request, language: str) -> Response:
        """Give the form as a PDF that can be filled in, or the page to print where none can be made."""
        spoken = door.pages.spoken(language)
        try:
            made = await paper_pdf(door, spoken)
        except NoPdf as error:
            return _paper_page(door, request, spoken, spoken.gettext(error.sentence), 503)
        name = f'inline; filename="report-{spoken.tag}.pdf"'
        return Response(made, media_type="application/pdf", headers={"Content-Disposition": name})

    @router.get("/{language}/relay/script")
    async def script(request: Request, language: str) -> Response:
        """Show what is read aloud on the telephone, with the caller's language beside it."""
        spoken = door.pages.spoken(language)
        wanted = request.query_params.get("with", "")
        beside = next((one for one in door.pages.languages if one.tag == wanted), None)
        return door.pages.render(
            request,
            "relay_script.html",
            spoken,
            sheets=asked_today(door),
            beside=beside if beside is not None and beside.tag != spoken.tag else None,
            tongues=[(one.tag, one.autonym) for one in door.pages.languages if one.tag != spoken.tag],
            emergencies=door.emergencies(),
            opening=OPENING,
            closing=CLOSING,
        )

    @router.get("/{language}/relay/entry")
    async def ask(request: Request, language: str) -> Response:
        """Show every question on one page, to be answered by the codes printed on the paper."""
        spoken = door.pages.spoken(language)
        seat = await door.seat_of(request)
        if seat is None:
            return RedirectResponse(f"/{spoken.tag}/relay", 303)
        return _entry_page(door, request, spoken, seat, Given())

    @router.post("/{language}/relay/entry")
    async def key_in(request: Request, language: str) -> Response:
        """Keep a paper as a draft and lead to the check page, or say what to correct."""
        spoken = door.pages.spoken(language)
        seat = await door.seat_of(request)
        if seat is None:
            return RedirectResponse(f"/{spoken.tag}/relay", 303)
        entry = _Entry(door, spoken, seat, await read_given(request))
        if entry.wrong:
            return _entry_page(door, request, spoken, seat, entry.shown, wrong=entry.wrong)
        if numbers := entry.undecided_numbers():
            return _entry_page(door, request, spoken, seat, entry.shown, numbers=numbers)
        try:
            # A draft of its own: what another person told or saved in this browser is none of this paper's.
            kept = await door.drafts.begin(entry.draft())
        except Unavailable as trouble:
            wrong = {EDITION: spoken.gettext(trouble.sentence)}
            return _entry_page(door, request, spoken, seat, entry.shown, wrong=wrong, status=503)
        await door.give_up_draft(request)
        return with_draft(RedirectResponse(f"/{spoken.tag}/report/{CHECK}", 303), request, kept)

    return router


class _Entry:
    """One paper as it was keyed in: checked exactly like the steps.

    Attributes:
        shown: what is shown again. Codes stay codes there: whoever corrects one leaves no tick behind.
        given: the same with every code as a tick, which is what is checked.
    """

    def __init__(self, door: Door, language: Language, seat: Seat, given: Given) -> None:
        self.door, self.language, self.shown = door, language, given
        self.given = replace(given, fields={name: list(values) for name, values in given.fields.items()})
        self.wrong: dict[str, str] = {}
        self.answers: dict[str, Answers] = {}
        self._read_codes()
        filing, about, wrong = about_person(door, language, seat, self.given)
        self.filing: Filing = filing
        self.about: Answers = about
        self.wrong |= wrong
        for step, offers in sheets_of(door):
            checked = Checker(language, offers, door.today()).step(step, self.given)
            self.answers[step.code] = checked.answers
            self._correct(checked.corrections)
        for is_wrong, sentence in (
            (given.is_no_form, NO_FORM),
            (given.is_cut, BODY_CUT),
            (given.has_too_many, TOO_MANY),
        ):
            if is_wrong:
                self.wrong = {EDITION: language.gettext(sentence)}

    def draft(self) -> Draft:
        """Return a draft with everything that was keyed in."""
        whole = with_filing(self.door, Draft(), self.filing, self.about)
        answers = {**whole.answers, **self.answers}
        tongue = self.filing.person_language
        return whole.model_copy(update={"answers": answers, "consent_language": tongue})

    def undecided_numbers(self) -> list[str]:
        """Return the numbers of documents nobody has decided on; take them out if that was chosen."""
        choice, found = self.given.one("numbers"), []
        for step in self.door.form.step:
            numbers = numbers_in(step, self.answers[step.code], {})
            if numbers and choice == "remove":
                self.answers[step.code] = without_numbers(step, self.answers[step.code])
            elif numbers and choice != "keep":
                found += numbers
        return found

    def _read_codes(self) -> None:
        book = book_of(self.door)
        typed, edition = self.given.one(CODES), self.given.one(EDITION).replace(" ", "").upper()
        if typed and not edition:
            self.wrong[EDITION] = self.language.gettext(EDITION_MISSING)
            return
        if typed and edition not in (book.edition.upper(), book.signs):
            self.wrong[EDITION] = self.language.gettext(
                OTHER_EDITION, edition=f"{LEFT_TO_RIGHT}{book.edition}{END}"
            )
            return
        told, unknown = book.read(typed)
        if unknown:
            self.wrong[CODES] = self.language.gettext(NO_SUCH_CODES, codes=", ".join(unknown))
        for name, values in told.items():
            here = self.given.fields.setdefault(name, [])
            here += [value for value in values if value not in here]

    def _correct(self, corrections: list[Correction]) -> None:
        for one in corrections:
            self.wrong.setdefault(one.field, one.sentence)


def _paper_page(
    door: Door, request: Request, language: Language, notice: str = "", status: int = 200
) -> Response:
    return door.pages.render(
        request,
        "paper.html",
        language,
        status,
        notice=notice,
        back=f"/{language.tag}/",
        **shown_on_paper(door),
    )


def _entry_page(
    door: Door,
    request: Request,
    language: Language,
    seat: Seat,
    given: Given,
    *,
    wrong: dict[str, str] | None = None,
    numbers: list[str] | None = None,
    status: int = 422,
) -> Response:
    relay = load_relay_form().step
    ours = {EDITION, CODES, PERSON}
    return door.pages.render(
        request,
        "relay_entry.html",
        language,
        status if wrong or numbers else 200,
        sheets=asked_today(door),
        book=book_of(door),
        about=relay.question if seat.is_association else (),
        about_offers=door.offers(relay),
        tongues=[(one.tag, one.autonym) for one in door.pages.languages],
        given={PERSON: [language.tag], **given.fields},
        corrections=wrong or {},
        is_open=bool(set(wrong or {}) - ours),
        numbers=numbers or [],
        back=f"/{language.tag}/relay",
    )
