"""What can be done with a piece of advice, and the form of its text."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.advice.rules import MOST_LAWS, MOST_OPTIONS
from casework.advice.writing import OPTION_FIELDS
from casework.api.shapes.forms import Versioned, labelled, said_each, yes_or_no
from casework.api.shapes.parts import Choice, choices
from casework.api.shown import Page, Shown
from office.languages import mark
from office.web.parts import value_of

VERDICTS: Final = {
    "reviewed": mark("I stand for this text"),
    "sent_back": mark("It goes back to its author"),
}


class AddingTranslation(Versioned):
    """Adding a translation of the newest text."""

    translation_language: tuple[Choice, ...]
    is_machine: tuple[Choice, ...]
    maker: tuple[Choice, ...]


class CheckingTranslation(Versioned):
    """Noting who compared the translation that is checked next with the original."""

    translation_id: UUID
    checker: tuple[Choice, ...] = Field(description="Empty while nobody can.")
    checked_text: str = Field(description="The translation as it stands.")


class Reviewing(Versioned):
    """Standing for the newest text, or sending it back."""

    verdict: tuple[Choice, ...]


class NeverSo(Shown):
    """A way by which the person is never to be reached, and why."""

    way: str
    reason: str


class Delivering(Versioned):
    """Noting how the person was given the advice."""

    speaks: Choice
    needs_interpreter: Choice | None
    text_used: tuple[Choice, ...]
    delivery_language: tuple[Choice, ...]
    understood: tuple[Choice, ...]
    chosen_interpreter: tuple[Choice, ...]
    way: tuple[Choice, ...]
    never: tuple[NeverSo, ...] = Field(description="Ways that are not offered.")
    read_back: tuple[Choice, ...]


class Deciding(Versioned):
    """Noting what the person decided."""

    decision: tuple[Choice, ...]
    routes: tuple[Choice, ...]
    mandate: tuple[Choice, ...]


class AdviceForms(Shown):
    """What may be done now; null is what may not."""

    translations: AddingTranslation | None
    check: CheckingTranslation | None
    review: Reviewing | None
    waits_for_another_reviewer: bool = Field(description="The reader wrote a text of it.")
    delivery: Delivering | None
    decision: Deciding | None
    withdrawal: Versioned | None


class AdviceTextShown(Shown):
    """The form of a text."""

    case_number: str
    advice_id: UUID | None
    version: int | None = Field(description="Null for a new one, which is sent without.")
    fields: dict[str, str | int] = Field(
        description="What is filled in, by the names under which it is sent; what is empty is left out."
    )
    most_laws: int
    most_options: int
    languages: tuple[Choice, ...]
    routes: tuple[Choice, ...]


def forms_of(page: Page) -> AdviceForms:
    """Return what may be done with a piece of advice by its reader."""
    may, is_open, one = page["may"], not page["case"].is_closed, page["one"]
    version, languages = one.advice.version, choices(page["tongues"])
    to_check = page["to_check"]
    is_reviewed_now = is_open and may["reviewed"]
    return AdviceForms(
        translations=AddingTranslation(
            version=version,
            translation_language=languages,
            is_machine=yes_or_no(page),
            maker=choices(page["makers"]),
        )
        if is_open and may["translate"]
        else None,
        check=CheckingTranslation(
            version=version,
            translation_id=to_check.row.id,
            checker=choices(page["checkers"]),
            checked_text=to_check.said.text,
        )
        if is_open and may["translate"] and to_check
        else None,
        review=Reviewing(version=version, verdict=said_each(page, VERDICTS))
        if is_reviewed_now and not page["is_writer"]
        else None,
        waits_for_another_reviewer=is_reviewed_now and page["is_writer"],
        delivery=_delivering(page, version, languages) if is_open and may["delivered"] else None,
        decision=Deciding(
            version=version,
            decision=choices(page["decisions"]),
            routes=choices(page["routes"]),
            mandate=choices(page["mandates"]),
        )
        if is_open and may["decided"]
        else None,
        withdrawal=Versioned(version=version) if is_open and may["withdrawn"] else None,
    )


def _delivering(page: Page, version: int, languages: tuple[Choice, ...]) -> Delivering:
    interpreter = page["interpreter_code"]
    return Delivering(
        version=version,
        speaks=labelled(page, "languages", page["spoken"]),
        needs_interpreter=labelled(page, "interpreters", interpreter) if page["needs_interpreter"] else None,
        text_used=choices(page["texts_to_use"]),
        delivery_language=languages,
        understood=choices(page["understood"]),
        chosen_interpreter=choices(page["known_interpreters"]),
        way=choices(page["ways"]),
        never=tuple(NeverSo(way=way, reason=reason) for way, reason in page["never"]),
        read_back=yes_or_no(page),
    )


def advice_text(page: Page) -> AdviceTextShown:
    """Return the shape of the form of a text, new or written anew."""
    one = page["advice"]
    return AdviceTextShown(
        case_number=page["case"].reference,
        advice_id=one.id if one else None,
        version=one.version if one else None,
        fields=_filled_in(page["given"], page["laws"], page["options"]),
        most_laws=MOST_LAWS,
        most_options=MOST_OPTIONS,
        languages=choices(page["tongues"]),
        routes=choices(page["routes"]),
    )


def _filled_in(given: Mapping[str, Any], laws: int, options: int) -> dict[str, str | int]:
    names = ["language", "the_question", "the_facts"]
    for place in range(1, laws + 1):
        names += [f"law{place}", f"law{place}_on"]
    names += [f"option{place}_{name}" for place in range(1, options + 1) for name in OPTION_FIELDS]
    typed = {name: value_of(given, name) or _day(given, name) for name in names}
    return {"laws": laws, "options": options, **{name: value for name, value in typed.items() if value}}


def _day(given: Mapping[str, Any], name: str) -> str:
    parts = [value_of(given, f"{name}-{part}") for part in ("year", "month", "day")]
    return date(*(int(part) for part in parts)).isoformat() if all(parts) else ""
