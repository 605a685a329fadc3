"""The register of requests from authorities for a program: no name, no case and no file stands in it."""

from datetime import date
from typing import Final

from pydantic import Field

from casework.api.shapes.forms import By, by, said, said_each
from casework.api.shapes.parts import Choice, Code, Explained, choices, explained
from casework.api.shown import Page, Shape, Shown
from casework.authority_requests.rules import ANSWERS, ASKED, AUTHORITIES, WAYS


class RequestLine(Shown):
    """A request in the register."""

    reference: str
    corrected_by: str | None
    received_on: date
    authority: Choice
    answer: Choice | None
    is_waiting: bool
    entered_by: str


class AuthorityRequestsShown(Shown):
    """The register, the newest first, or what the reader entered; the choice stands in the address."""

    requests: tuple[RequestLine, ...]
    next: str | None = Field(description="`after` of the next page.")
    reads_all: bool
    state: Code
    states: tuple[Code, ...]
    authority: Code | None
    authorities: tuple[Choice, ...]


class SignedAnswer(Shown):
    """The answer to a request. It stays as it is."""

    answer: Choice
    reasons: str
    told: Choice = Field(description="Whether the person concerned is told.")
    signed: By | None


class Signing(Shown):
    """Signing the answer."""

    answer: tuple[Choice, ...]
    told: tuple[Choice, ...]


class OtherEntry(Shown):
    """An entry that corrects this one or is corrected by it."""

    reference: str
    may_be_opened: bool
    is_waiting: bool


class AuthorityRequestShown(Shown):
    """One request, as it was entered, and its answer."""

    reference: str
    is_waiting: bool
    corrected_by: OtherEntry | None
    corrects: OtherEntry | None
    received_on: date
    authority: Choice
    way: Choice
    asked: tuple[Choice, ...]
    legal_basis: str
    proposed: Choice | None
    entered: By | None
    default: str = Field(description="What the office does by default, to be confirmed by its lawyer.")
    answer: SignedAnswer | None
    signing: Signing | None
    must_be_signed_by_another: bool = Field(description="The reader entered it, so somebody else signs.")


class AnswersCounted(Shown):
    """How many requests of an authority had an answer, or wait."""

    authority: Choice
    answer: Choice
    count: int


class AuthorityYearShown(Shown):
    """How many requests came in a year, each once. Requests are counted and not people: it is exact."""

    year: int
    years: tuple[int, ...]
    counts: tuple[AnswersCounted, ...]
    total: int


class RequestEntered(Shown):
    """An entry that is to be corrected, as it was entered."""

    reference: str
    received_on: date
    authority: Choice
    way: Choice
    asked: tuple[Choice, ...]
    legal_basis: str
    proposed: Choice | None


class AuthorityEnteringShown(Shown):
    """The form of an entry."""

    corrects: RequestEntered | None
    authority: tuple[Explained, ...] = Field(description="Each with what the office does by default.")
    way: tuple[Choice, ...]
    asked: tuple[Choice, ...]
    proposed: tuple[Choice, ...]


def authority_requests(page: Page) -> AuthorityRequestsShown:
    """Return the shape of the register."""
    found = page["found"]
    return AuthorityRequestsShown(
        requests=tuple(
            RequestLine(
                reference=line.request.reference,
                corrected_by=line.corrected_by.reference if line.corrected_by else None,
                received_on=line.request.received_on,
                authority=said(page, AUTHORITIES, line.request.authority_code),
                answer=said(page, ANSWERS, line.answer.answer_code) if line.answer else None,
                is_waiting=not line.answer and not line.corrected_by,
                entered_by=page["names"].get(line.request.entered_by, ""),
            )
            for line in found.lines
        ),
        next=found.next or None,
        reads_all=page["reads_all"],
        state=page["state"],
        states=("waiting", "answered", "all"),
        authority=page["authority"] or None,
        authorities=choices(page["authorities"]),
    )


def authority_request(page: Page) -> AuthorityRequestShown:
    """Return the shape of one entry."""
    one, answer, links = page["request_entry"], page["answer"], page["links"]
    corrected, correction = page["corrected"], page["correction"]
    return AuthorityRequestShown(
        reference=one.reference,
        is_waiting=page["is_waiting"],
        corrected_by=OtherEntry(
            reference=correction.reference,
            may_be_opened=correction.reference in links,
            is_waiting=page["correction_waits"],
        )
        if correction
        else None,
        corrects=OtherEntry(
            reference=corrected.reference, may_be_opened=corrected.reference in links, is_waiting=False
        )
        if corrected
        else None,
        received_on=one.received_on,
        authority=Choice(code=one.authority_code, label=page["authority"]),
        way=Choice(code=one.way_code, label=page["way"]),
        asked=said_each(page, ASKED, one.asked_codes.split()),
        legal_basis=one.legal_basis,
        proposed=Choice(code=one.proposed_code, label=page["proposed"]) if one.proposed_code else None,
        entered=by(page["entered_by"], one.entered_on),
        default=page["default"],
        answer=SignedAnswer(
            answer=Choice(code=answer.answer_code, label=page["answer_name"]),
            reasons=answer.reasons,
            told=Choice(code=answer.told_code, label=page["told_name"]),
            signed=by(page["signed_by"], answer.signed_on),
        )
        if answer
        else None,
        signing=Signing(answer=choices(page["answers"]), told=choices(page["told"]))
        if page["signs"] and not page["is_own"]
        else None,
        must_be_signed_by_another=page["signs"] and page["is_own"],
    )


def authority_year(page: Page) -> AuthorityYearShown:
    """Return the shape of a year's counts."""
    counted = page["counted"]
    cells = tuple(
        AnswersCounted(
            authority=said(page, page["authorities"], authority),
            answer=said(page, page["answers"], answer),
            count=counted.get((authority, answer), 0),
        )
        for authority in page["authorities"]
        for answer in page["answers"]
    )
    return AuthorityYearShown(
        year=page["year"],
        years=tuple(page["years"]),
        counts=cells,
        total=sum(one.count for one in cells),
    )


def authority_entering(page: Page) -> AuthorityEnteringShown:
    """Return the shape of the form of an entry."""
    one = page["corrects"]
    return AuthorityEnteringShown(
        corrects=RequestEntered(
            reference=one.reference,
            received_on=one.received_on,
            authority=said(page, AUTHORITIES, one.authority_code),
            way=said(page, WAYS, one.way_code),
            asked=said_each(page, ASKED, one.asked_codes.split()),
            legal_basis=one.legal_basis,
            proposed=said(page, ANSWERS, one.proposed_code) if one.proposed_code else None,
        )
        if one
        else None,
        authority=explained(page["authorities"]),
        way=choices(page["ways"]),
        asked=choices(page["kinds_asked"]),
        proposed=choices(page["answers"]),
    )


SHAPES: Final[dict[str, Shape]] = {
    "authority_entering.html": authority_entering,
    "authority_request.html": authority_request,
    "authority_requests.html": authority_requests,
    "authority_year.html": authority_year,
}
