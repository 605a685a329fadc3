"""What lies sealed of advice: its text, a translation of it, and the words of each step."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.advice.rules import MOST_LAWS, MOST_OPTIONS
from office.handover.codes import LanguageTag

Text = Annotated[str, StringConstraints(strip_whitespace=True)]


class Sealed(BaseModel):
    """Something in clear in the memory of a signed-in person only."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()


class Law(BaseModel):
    """A law as it was cited, and the day of the text that was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cited: Text
    text_of: date


class Option(BaseModel):
    """One thing the person can do.

    Attributes:
        route_code: the route of the vocabulary, where there is one. It lies sealed, for some routes tell of
            the person's own status.
        if_without_papers: the general text of that route as it stood that day; never a fact about the person.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: Text
    route_code: str = ""
    speaks_for: Text = ""
    speaks_against: Text = ""
    cost: Text = ""
    time: Text = ""
    if_without_papers: str = ""


class AdviceText(Sealed):
    """A piece of advice: the question, the facts it relies on, the law, and what the person can do."""

    language: LanguageTag
    question: Text
    facts: Text = ""
    laws: tuple[Law, ...] = Field(default=(), max_length=MOST_LAWS)
    options: tuple[Option, ...] = Field(default=(), max_length=MOST_OPTIONS)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing that a reviewer would ask for."""
        return bool(self.facts and self.laws and self.options)

    @property
    def in_words(self) -> str:
        """What there is to translate: question, facts and options, without law and routes."""
        options = (
            "\n".join(filter(None, (one.what, one.speaks_for, one.speaks_against, one.cost, one.time)))
            for one in self.options
        )
        return "\n\n".join(filter(None, (self.question, self.facts, *options)))

    @property
    def route_codes(self) -> tuple[str, ...]:
        """The routes among the options, each once."""
        return tuple(dict.fromkeys(one.route_code for one in self.options if one.route_code))


class TranslationText(Sealed):
    """A translation of one text, who or what made it, and who compared it with the original.

    Attributes:
        made_by: in words; `made_by_staff` or `made_by_interpreter` say who it is, if the office knows them.
        checked_by: the name; one of the next two says who it is. Checks before there was a directory have
            a name only.
        before_check: the text as it was brought in, where whoever compared it put it right.
    """

    language: LanguageTag
    text: Text
    made_by: Text
    made_by_staff: UUID | None = None
    made_by_interpreter: UUID | None = None
    checked_by: Text = ""
    checked_by_staff: UUID | None = None
    checked_by_interpreter: UUID | None = None
    before_check: Text = ""


class StepWords(Sealed):
    """What was said at one step: words, language and interpreter, the routes that were chosen.

    `interpreter_id`: who it is in the directory; none of somebody who is not in it, of whom whoever delivered
    said that they have signed (`has_undertaken`).
    """

    words: Text = ""
    language: LanguageTag | None = None
    interpreter: Text = ""
    interpreter_id: UUID | None = None
    has_undertaken: bool = False
    route_codes: tuple[str, ...] = ()


class DutyWords(Sealed):
    """Why something is reported to an authority or is not, and what the second reader said."""

    reasons: Text
    reader_words: Text = ""
