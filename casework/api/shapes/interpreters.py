"""The directory of interpreters, the languages of staff, and in which language somebody is spoken to."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.forms import Versioned, labelled
from casework.api.shapes.parts import Choice, Code, choices, coded, coded_each
from casework.api.shown import Page, Shape, Shown
from casework.interpreters.showing import InTheirLanguage
from casework.interpreters.tables import Interpreter


class InterpreterLine(Shown):
    """An interpreter of the directory, or a service."""

    id: UUID | None = Field(description="By which a supervisor changes it.")
    name: str
    is_service: bool
    way: str = Field(description="How they are reached.")
    languages: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    comes: bool
    by_telephone_or_video: bool
    undertaking_on: date | None = Field(description="Without it they cannot be chosen for anybody.")
    ask_first: bool = Field(description="The person is asked first whether they know them.")
    checked_on: date
    checked_by: str
    is_stale: bool = Field(description="Nobody has checked it for a year.")
    ended_on: date | None


class InterpretersShown(Shown):
    """The directory, those who may be asked first."""

    interpreters: tuple[InterpreterLine, ...]
    may_change: bool


class InterpreterShown(Versioned):
    """What the office knows of an interpreter; without an id it is a new one."""

    id: UUID | None
    interpreter_name: str
    reached_at_now: str
    is_service_now: bool
    languages_now: tuple[Code, ...]
    kinds_now: tuple[Code, ...]
    comes_now: tuple[Code, ...]
    undertaking_on: date | None
    ask_first_now: bool
    ended_on: date | None
    is_service: tuple[Choice, ...]
    spoken: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    comes: tuple[Choice, ...]


class MyLanguagesShown(Shown):
    """The languages of whoever asks, by how well they speak them."""

    advises_now: tuple[Code, ...]
    greets_now: tuple[Code, ...]
    languages: tuple[Choice, ...] = Field(description="What may be ticked of either.")


class Speaker(Shown):
    """Somebody of the office who speaks a person's language, and how well, in words."""

    name: str
    how_well: str


class InterpreterForThem(Shown):
    """Somebody who interprets for a person."""

    name: str
    way: str
    has_undertaken: bool
    ask_first: bool


class TheirLanguage(Shown):
    """In which language somebody is spoken to, and by whom."""

    language: Choice
    interpreter: Choice | None
    is_everybodys: bool = Field(description="Everybody of the office works in it.")
    speakers: tuple[Speaker, ...]
    is_advised_in: bool = Field(description="Somebody of the office noted that they can advise in it.")
    interpreters: tuple[InterpreterForThem, ...]


class LanguageToChooseBy(Shown):
    """The language of somebody whose case is given to an adviser."""

    language: Choice
    interpreter: Choice | None
    interpreters: tuple[InterpreterForThem, ...] = Field(
        description="Only where nobody of the office noted that they can advise in it."
    )


def language_to_choose_by(page: Page, theirs: InTheirLanguage) -> LanguageToChooseBy:
    """Return what is told of a person's language where their case is given to somebody."""
    is_needed = not theirs.is_everybodys and not theirs.is_advised_in
    return LanguageToChooseBy(
        language=labelled(page, "languages", theirs.tag),
        interpreter=coded(page, "interpreters", theirs.need),
        interpreters=_interpreters(theirs) if is_needed else (),
    )


def their_language(page: Page, theirs: InTheirLanguage) -> TheirLanguage:
    """Return in which language somebody is spoken to."""
    return TheirLanguage(
        language=labelled(page, "languages", theirs.tag),
        interpreter=coded(page, "interpreters", theirs.need),
        is_everybodys=theirs.is_everybodys,
        speakers=tuple(Speaker(name=name, how_well=words) for name, words in theirs.speakers),
        is_advised_in=theirs.is_advised_in,
        interpreters=_interpreters(theirs),
    )


def interpreters(page: Page) -> InterpretersShown:
    """Return the shape of the directory."""
    return InterpretersShown(
        interpreters=tuple(_line(page, one) for one in page["interpreters"]), may_change=page["supervises"]
    )


def interpreter(page: Page) -> InterpreterShown:
    """Return the shape of the form of an entry."""
    one: Interpreter | None = page["interpreter"]
    now: dict[str, Any] = {} if one is None else {"in_person": one.is_in_person, "remote": one.is_remote}
    return InterpreterShown(
        version=one.version if one else 0,
        id=one.id if one else None,
        interpreter_name=one.name if one else "",
        reached_at_now=one.way if one else "",
        is_service_now=bool(one and one.is_service),
        languages_now=tuple(one.language_codes.split()) if one else (),
        kinds_now=tuple(one.kind_codes.split()) if one else (),
        comes_now=tuple(code for code, is_so in now.items() if is_so),
        undertaking_on=one.undertaking_on if one else None,
        ask_first_now=bool(one and one.ask_first),
        ended_on=one.ended_on if one else None,
        is_service=choices(page["are"]),
        spoken=choices(page["tongues"]),
        kinds=choices(page["kinds"]),
        comes=choices(page["comes"]),
    )


def my_languages(page: Page) -> MyLanguagesShown:
    """Return the languages of whoever asks."""
    given = page["given"]
    return MyLanguagesShown(
        advises_now=tuple(given.get("advises", ())),
        greets_now=tuple(given.get("greets", ())),
        languages=choices(page["tongues"]),
    )


def _interpreters(theirs: InTheirLanguage) -> tuple[InterpreterForThem, ...]:
    return tuple(
        InterpreterForThem(
            name=one.name, way=one.way, has_undertaken=one.has_undertaken, ask_first=one.ask_first
        )
        for one in theirs.interpreters
    )


def _line(page: Page, one: Interpreter) -> InterpreterLine:
    return InterpreterLine(
        id=one.id if page["supervises"] else None,
        name=one.name,
        is_service=one.is_service,
        way=one.way,
        languages=coded_each(page, "languages", one.language_codes),
        kinds=tuple(Choice(code=code, label=page["kinds"][code]) for code in one.kind_codes.split()),
        comes=one.is_in_person,
        by_telephone_or_video=one.is_remote,
        undertaking_on=one.undertaking_on,
        ask_first=one.ask_first,
        checked_on=one.checked_on,
        checked_by=page["names"].get(one.checked_by, ""),
        is_stale=one.id in page["stale"],
        ended_on=one.ended_on,
    )


SHAPES: Final[dict[str, Shape]] = {
    "interpreters.html": interpreters,
    "interpreter.html": interpreter,
    "my_languages.html": my_languages,
}
