"""One referral for a program: what could be told, the consent to it, and what the body answered."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from casework.api.shapes.forms import Versioned, labelled
from casework.api.shapes.parts import Choice, Code, Event, choices, events, worded
from casework.api.shown import Page, Shown


class Item(Shown):
    """Something that is told of the person, by its code."""

    code: Code
    name: str
    value: str


class ToldForm(Shown):
    """What could be told to a body. The names of documents are told, never the documents."""

    told_language: tuple[Choice, ...]
    told_documents: tuple[Choice, ...]


class Redrafting(Versioned, ToldForm):
    """Changing what could be told: the person is asked again."""


class AskingConsent(Versioned):
    """Noting what the person consented to, one by one."""

    items: tuple[Choice, ...]
    asked_in: tuple[Choice, ...]
    evidence: tuple[Choice, ...]


class HandingOn(Versioned):
    """Handing over exactly what was consented to, for the first time or again."""

    way: tuple[Choice, ...]


class NotingAnswer(Versioned):
    """Noting what the body answered."""

    answer: tuple[Choice, ...]


class FollowingUp(Versioned):
    """Noting what was done about a referral that came back."""

    reminder_on: date | None


class ReferralForms(Shown):
    """What may be done now; null is what may not."""

    draft: Redrafting | None
    consent: AskingConsent | None
    sending: HandingOn | None
    answer: NotingAnswer | None
    following_up: FollowingUp | None
    may_be_taken_back: bool


class ReferralConsent(Shown):
    """The person's consent."""

    given_on: date
    ends_on: date
    asked_in: Choice | None
    evidence: Choice | None
    taken_back_on: date | None


class HandedOn(Shown):
    """When and how the body was told; the days of its address where it has one."""

    sent_on: date
    way: Choice | None
    answer_by: date
    address_ends_on: date | None
    last_opened_on: date | None


class WrittenWords(Shown):
    """Something that was written in a referral, by somebody of the office or by the body."""

    by: str
    on: date
    text: str


class PartnerAddress(Shown):
    """Where and with which code the body reads the pack. It is shown only now."""

    address: str
    code: str
    until: date


class ReferralShown(Shown):
    """One referral of a case."""

    case_number: str
    id: UUID
    body: str
    state: Choice | None
    is_overdue: bool
    partner: PartnerAddress | None
    could_be_told: tuple[Item, ...] | None = Field(description="The draft, before it is handed over.")
    is_told: tuple[Item, ...] | None = Field(description="What the person consented to.")
    may_be_printed: bool
    consent: ReferralConsent | None
    handed_over: HandedOn | None
    written: tuple[WrittenWords, ...]
    history: tuple[Event, ...]
    forms: ReferralForms


def referral(page: Page) -> ReferralShown:
    """Return the shape of one referral."""
    one, case, link = page["referral"], page["case"], page["link"]
    is_out = one.state in ("sent", "no_answer", "accepted", "working")
    has_consent = bool(one.consented_on and not one.withdrawn_on)
    return ReferralShown(
        case_number=case.reference,
        id=one.id,
        body=page["body"],
        state=worded(page["states"], one.state),
        is_overdue=one.state == "sent" and one.answer_by < page.view.act.on,
        partner=PartnerAddress(address=page["address"], code=page["code"], until=link.expires_on)
        if page["address"]
        else None,
        could_be_told=items_of(page["told"]) if _is_before(page) else None,
        is_told=items_of(page["consented_to"]) if has_consent else None,
        may_be_printed=has_consent and one.way_code == "printed" and is_out,
        consent=ReferralConsent(
            given_on=one.consented_on,
            ends_on=one.consent_until,
            asked_in=labelled(page, "languages", one.asked_in),
            evidence=worded(page["words"], one.evidence_code),
            taken_back_on=one.withdrawn_on,
        )
        if one.consented_on
        else None,
        handed_over=HandedOn(
            sent_on=one.sent_on,
            way=worded(page["words"], one.way_code),
            answer_by=one.answer_by,
            address_ends_on=link.expires_on if link else None,
            last_opened_on=link.opened_on if link else None,
        )
        if one.sent_on
        else None,
        written=tuple(
            WrittenWords(by=each.who or page["body"], on=each.on, text=each.text) for each in page["written"]
        ),
        history=events(page["history"]),
        forms=_forms(page, may_send=has_consent and (one.state == "consented" or is_out)),
    )


def _is_before(page: Page) -> bool:
    return page["referral"].state in ("drafted", "consented") and not page["case"].is_closed


def _forms(page: Page, *, may_send: bool) -> ReferralForms:
    one, is_before = page["referral"], _is_before(page)
    version = one.version
    return ReferralForms(
        draft=Redrafting(version=version, **told_form(page)) if is_before else None,
        consent=AskingConsent(
            version=version,
            items=choices(page["item_choices"]),
            asked_in=choices(page["spoken"]),
            evidence=choices(page["evidence"]),
        )
        if is_before
        else None,
        sending=HandingOn(version=version, way=choices(page["ways"]))
        if may_send and not page["case"].is_closed
        else None,
        answer=NotingAnswer(version=version, answer=choices(page["answers"])) if page["answers"] else None,
        following_up=FollowingUp(version=version, reminder_on=one.reminder_on) if page["returned"] else None,
        may_be_taken_back=one.state != "revoked",
    )


def told_form(page: Page) -> dict[str, Any]:
    """Return what the form of what could be told offers."""
    return {"told_language": choices(page["spoken"]), "told_documents": choices(page["files"])}


def items_of(told: Iterable[tuple[str, str, str]]) -> tuple[Item, ...]:
    """Return what is told of the person."""
    return tuple(Item(code=code, name=name, value=value) for code, name, value in told)
