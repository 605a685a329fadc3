"""The same door for programs: one report as JSON, and the lists of codes.

The body is read from bytes once; the checks, the sealing and the single commit are those of the pages.
Refusals are `application/problem+json` (RFC 9457) with a pointer to each field and a sentence in the
language asked for; they never repeat a value.
"""

from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse

from intake_api import about
from intake_api.api.described import described, refusals
from intake_api.api.files import NamedFiles, named_files
from intake_api.api.models import (
    EXAMPLES,
    KNOWN_NAMES,
    NUMBERS,
    POINTERS,
    RECEIPT_EXAMPLE,
    NewReport,
    fields_of,
)
from intake_api.api.shown import DeadlineShown, GuidanceShown, HelpShown, ReceiptShown, VocabularyShown
from intake_api.assisted.relay_form import load_relay_form
from intake_api.assisted.relays import Seat
from intake_api.bodies import Given
from intake_api.door import Door
from intake_api.form.answers import Answers, Checker, Correction
from intake_api.form.conditions import heard
from intake_api.guide.deadline_words import guidance_in
from intake_api.letterbox import Desk, Work
from intake_api.receipts.ahead import ReceiptAhead
from intake_api.receipts.making import KEY_HEADER, LONGEST, SHORTEST, receipt_ahead, receipt_from
from intake_api.returning.opening import opened_in
from intake_api.submission import Parts, inserting, is_ours, parts_of
from office.deadlines.promises import end_of_week
from office.errors import Conflict, NotFound
from office.identity_numbers import find, removed
from office.ids import shown
from office.languages import Language, UnknownLanguage, mark
from office.sealing.receipts import grouped
from office.vocabulary import load
from office.web.problems import PROBLEM_JSON

LISTS: Final = (
    "acts",
    "adviser_wishes",
    "areas",
    "consents",
    "districts",
    "grounds",
    "interpreters",
    "languages",
    "mandates",
    "respondents",
    "roles",
    "settings",
    "states",
)
"""Lists a program needs to fill in a report and to understand an answer."""

SHAPE: Final = mark("This is missing, or is not of the kind described in openapi.json")
NOT_JSON: Final = mark("The body is not JSON in UTF-8")
NOT_SAID: Final = mark("Say what is sent with the header “Content-Type: application/json”")
UNSPOKEN: Final = mark("We do not speak this language")
WEAK_KEY: Final = mark(
    "The Idempotency-Key needs 22 to 100 characters and must be random: it makes the receipt"
)
REFUSED: Final = mark("Some of what was sent is missing or is not as it should be.")


class NumberTaken(Conflict):
    """By chance the case number belongs to somebody else; sending again makes another."""

    code = "number_taken"


def routes(door: Door) -> APIRouter:
    """Return the routes for programs."""
    router = APIRouter(prefix="/api/v1")

    @router.post(
        "/reports",
        status_code=201,
        summary="Report discrimination or a hate incident",
        response_model=ReceiptShown,
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": described(NewReport), "examples": EXAMPLES}},
            },
            "parameters": [
                {
                    "name": KEY_HEADER,
                    "in": "header",
                    "required": False,
                    "description": (
                        "22 to 100 random characters that only you know. The receipt is made from it and "
                        "from the body, so sending the same again gives the same receipt and one report."
                    ),
                    "schema": {"type": "string", "minLength": SHORTEST, "maxLength": LONGEST},
                },
                {
                    "name": "Authorization",
                    "in": "header",
                    "required": False,
                    "description": "`Bearer` and the token of who files for the person, if somebody does.",
                    "schema": {"type": "string"},
                },
                {
                    "name": "Accept-Language",
                    "in": "header",
                    "required": False,
                    "description": "Language of the sentences in a refusal.",
                    "schema": {"type": "string"},
                },
            ],
        },
        responses={
            201: {"content": {"application/json": {"example": RECEIPT_EXAMPLE}}},
            **refusals(
                (403, "The token is nobody's or was ended, or a page elsewhere may have sent this."),
                (409, "By chance the case number is taken; send again."),
                (413, "The body is larger than the office takes."),
                (422, "Something must be corrected; `errors` says what."),
                (429, "Too much was sent; wait as long as `Retry-After` says."),
                (503, "Nothing was kept: no key is active, or the mailbox cannot be reached."),
            ),
        },
    )
    async def report(request: Request) -> JSONResponse:
        """Seal a report, keep it durably, and give its receipt: it cannot be given again.

        Only `what_happened`, one of `act_codes` or a voice note is needed. Codes are those of
        `/api/v1/vocabulary/…`.
        """
        spoken = door.pages.language_of(request)
        seat = await door.relays.of_program(request.headers.get("authorization"))
        keys = door.keys.ready()
        body = await request.body()
        if not _is_json(request.headers.get("content-type", "")):
            return _refused(spoken, [Correction("", spoken.gettext(NOT_SAID))])
        try:
            given = NewReport.model_validate_json(body)
        except ValidationError as error:
            return _refused(spoken, _shape_of(error, spoken))
        answers, corrections = _checked(door, spoken, given, seat)
        try:
            tongue = door.pages.spoken(given.language)
        except UnknownLanguage:
            corrections.append(Correction("language", spoken.gettext(UNSPOKEN)))
        key = request.headers.get(KEY_HEADER)
        answers = heard(door.form, answers)
        routing = door.routing(answers)
        receipt = receipt_from(key, body, routing) if key is not None else receipt_ahead(routing)
        is_again = key is not None and await door.letterbox.look(is_ours(receipt))
        named = NamedFiles() if is_again else await named_files(door, spoken, given)
        corrections += named.corrections
        if key is not None and not SHORTEST <= len(key) <= LONGEST:
            corrections.append(Correction(KEY_HEADER, spoken.gettext(WEAK_KEY)))
        if corrections:
            return _refused(spoken, corrections)
        door.guard.room_for_reports()
        told = door.told(tongue, door.clock.now(), seat=seat)
        parts = parts_of(answers, receipt.case_number, told, named.held)
        is_new = await door.letterbox.keep(_with_files(inserting(parts, receipt, keys, told), named, receipt))
        if not is_new and not await door.letterbox.look(is_ours(receipt)):
            raise NumberTaken
        sent_on = told.today
        if not is_new:  # sent again, perhaps after the week has changed: the day is that of the first time
            sent_on = end_of_week(await door.letterbox.look(opened_in(receipt.case_number)))
        promise = door.promise(sent_on, wants_advice=parts.wants_advice, is_in_danger=parts.story.in_danger)
        return JSONResponse(
            {
                "case_number": shown(receipt.case_number),
                "key": grouped(receipt.key),
                "promised_on": promise.answer_on.isoformat() if promise.answer_on else None,
                "return_to": f"/{tongue.tag}/return",
                "guidance": _guidance(door, tongue, parts),
            },
            201,
            {"Cache-Control": "no-store"},
        )

    @router.get(
        "/vocabulary/{name}",
        summary="A list of codes with their words",
        response_model=VocabularyShown,
        responses=refusals((404, "There is no such list.")),
    )
    async def vocabulary(name: str) -> JSONResponse:
        """Return the codes of a list that may be chosen today, in order, in every language."""
        if name not in LISTS:
            raise NotFound
        told, tags = load(name, door.settings.city), [one.tag for one in door.pages.languages]
        groups = {group.code: {tag: group.label_in(tag) for tag in tags} for group in told.groups}
        items = [
            {"code": item.code, "label": {tag: item.label_in(tag) for tag in tags}, "group": item.group}
            for item in told.valid_on(door.today())
        ]
        return JSONResponse({"name": name, "version": told.meta.version, "items": items, "groups": groups})

    return router


def _with_files(insert: Callable[[Desk], bool], named: NamedFiles, receipt: ReceiptAhead) -> Work[bool]:
    def work(desk: Desk) -> bool:
        is_new = insert(desk)
        if is_new:
            named.give(desk, receipt.case_number)
        return is_new

    return work


def _guidance(door: Door, language: Language, parts: Parts) -> dict[str, Any]:
    told = guidance_in(language, parts.guidance, door.city)
    emergencies = [*door.emergencies(), *door.city.helplines] if parts.story.in_danger else []
    return GuidanceShown(
        emergency=[HelpShown(phone=one.phone, label=one.label_in(language.tag)) for one in emergencies],
        deadlines=[
            DeadlineShown.model_validate({**one.warned.model_dump(), "sentence": one.sentence})
            for one in (told.limits if told else ())
        ],
        notes=[*told.asides, told.note] if told else [],
    ).model_dump(mode="json")


def _checked(
    door: Door, language: Language, report: NewReport, seat: Seat | None = None
) -> tuple[Answers, list[Correction]]:
    """Return the answers of a report by field, with what to correct, as the pages check them.

    What only associations are asked is a mistake of anybody else.
    """
    fields, today = Given.of(fields_of(report)), door.today()
    answers: Answers = {}
    corrections: list[Correction] = []
    relay = load_relay_form().step
    is_association = seat is not None and seat.is_association
    if not is_association:
        unasked = sorted(relay.fields & fields.fields.keys())
        corrections += [Correction(name, language.gettext(SHAPE)) for name in unasked]
    for step in (*door.form.step, *([relay] if is_association else [])):
        if not step.needs_one_of and step.fields.isdisjoint(fields.fields):
            continue
        checked = Checker(language, door.offers(step, today), today).step(step, fields)
        answers |= checked.answers
        if any(one.purpose == "voice" for one in report.files):
            checked.forgive_silence()
        corrections += checked.corrections
    if report.about is not None:
        told = about.checked(language, fields)
        answers |= told.answers
        corrections += told.corrections
    for question in door.form.texts:
        text = "\n".join(answers.get(question.code, []))
        if not (text and find(text)):
            continue
        if report.identity_numbers == "remove":
            answers[question.code] = [removed(text)]
        elif report.identity_numbers != "keep":
            corrections.append(Correction(question.code, language.gettext(NUMBERS)))
    return answers, corrections


def _is_json(content_type: str) -> bool:
    # Another kind could be sent by a page elsewhere without its browser asking us first.
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json"


def _shape_of(error: ValidationError, language: Language) -> list[Correction]:
    found: list[Correction] = []
    for one in error.errors(include_input=False, include_context=False, include_url=False):
        sentence = NOT_JSON if one["type"] == "json_invalid" else SHAPE
        place = "/".join(_plain(part) for part in one["loc"])
        found.append(Correction(f"/{place}" if place else "", language.gettext(sentence)))
    return found


def _plain(part: Any) -> str:
    # Names nobody agreed on are the sender's own words, so they are not repeated.
    return str(part) if isinstance(part, int) or part in KNOWN_NAMES else "…"


def _refused(language: Language, corrections: list[Correction]) -> JSONResponse:
    errors = [
        {"pointer": POINTERS.get(one.field, one.field), "detail": one.sentence} for one in corrections[:50]
    ]
    body = {
        "type": "/problems/request_unclear",
        "title": language.gettext(REFUSED),
        "status": 422,
        "errors": errors,
    }
    return JSONResponse(body, 422, {"Content-Language": language.tag}, media_type=PROBLEM_JSON)
