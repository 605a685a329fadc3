"""The form as data: steps and questions from `data/form.toml`, and the choices each question offers.

This module knows the shape of a form and no question in it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from office.errors import NotFound, OfficeError
from office.vocabulary.items import LABEL_TAGS, words_in

FORM: Final = Path(__file__).parents[1] / "data" / "form.toml"

Kind = Literal[
    "text", "long_text", "several", "one", "list", "tick", "when", "consent", "number",
    "files", "links", "voice",
]  # fmt: skip
Words = Annotated[dict[str, str], Field(min_length=1)]
Condition = dict[str, Annotated[tuple[str, ...], Field(strict=False, min_length=1)]]
"""Questions by their code, each with the answers of which one must have been given."""
WHEN_PARTS: Final = ("day", "month", "year")
OWN_PAGES: Final = frozenset(
    {"check", "send", "receipt", "finish", "finished", "save", "saved", "continue", "close", "closed"}
    | {"files", "voice"}
)
"""Addresses beside the steps that are ours, so no step may be called so."""
DIARY: Final = "diary"
"""The page of a diary: beside the steps, and of no report."""
ASIDES: Final = frozenset({"files", "voice", DIARY})
"""Pages beside the steps: ours, so a form rewords them and has just these."""


class FormBroken(OfficeError):
    """The form's data file is not as agreed; `detail` says where."""

    code = "form_broken"
    sentence = "The form is damaged, so it cannot be shown now."


class StepUnknown(NotFound):
    """The form has no such step."""

    code = "step_unknown"


class _Piece(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Option(_Piece):
    """A choice written in the form itself; `shape` says what must be typed with it."""

    code: str
    label: Words
    shape: Literal["phone", "email"] | None = None


class Section(_Piece):
    """Choices of a vocabulary shown together under a heading."""

    title: Words
    codes: tuple[str, ...] = Field(strict=False)


class Question(_Piece):
    """One question, or one part of a question, with its words.

    Attributes:
        vocabulary: list the codes come from.
        only: the codes of it that are offered; empty means all.
        most: most characters of a text, or the largest number.
        alone: a code that means nothing beside others, so it is dropped when others are ticked.
        follows: question without whose answer this one is not asked: its text must be given when an option
            other than the first was chosen there, and not be given when the first was.
        asked_when: only asked when these earlier questions have one of these answers (`conditions`).
        heading: words above the question, also for those after it.
        named_by: choices are called by this text of their list, as it stands, in every language.
        needs_key: an office key without which this is not asked; reports are taken all the same.
    """

    code: str
    kind: Kind
    label: Words
    hint: Words | None = None
    vocabulary: str | None = None
    only: tuple[str, ...] = Field(default=(), strict=False)
    section: tuple[Section, ...] = Field(default=(), strict=False)
    option: tuple[Option, ...] = Field(default=(), strict=False)
    most: int = 300
    rows: int = 4
    alone: str | None = None
    follows: str | None = None
    asked_when: Condition = {}
    heading: Words | None = None
    named_by: Literal["autonym"] | None = None
    needs_key: str | None = None

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Names under which the browser sends the answer."""
        if self.kind == "when":
            return (self.code, *(f"{self.code}_{part}" for part in WHEN_PARTS))
        return (self.code,)

    @property
    def is_text(self) -> bool:
        """Whether the person writes here in their own words."""
        return self.kind in ("text", "long_text")

    def label_in(self, tag: str) -> str:
        """Return the question in the language `tag`."""
        return words_in(self.label, tag)

    def heading_in(self, tag: str) -> str:
        """Return the words above the question in the language `tag`, or an empty text."""
        return words_in(self.heading, tag) if self.heading else ""

    def hint_in(self, tag: str) -> str:
        """Return the help under the question in the language `tag`, or an empty text."""
        return words_in(self.hint, tag) if self.hint else ""


class Note(_Piece):
    """Words above the questions of a page, said only to whom they concern."""

    when: Condition
    says: Words

    def says_in(self, tag: str) -> str:
        """Return the note in the language `tag`."""
        return words_in(self.says, tag)


class Step(_Piece):
    """One page of the form; `shows_modes` puts the honest word on each way of reporting on it."""

    code: str
    title: Words
    intro: Words | None = None
    note: tuple[Note, ...] = Field(default=(), strict=False)
    shows_modes: bool = False
    needs_one_of: tuple[str, ...] = Field(default=(), strict=False)
    question: tuple[Question, ...] = Field(min_length=1, strict=False)

    @cached_property
    def fields(self) -> frozenset[str]:
        """Names under which the browser sends the answers of this page."""
        return frozenset(name for question in self.question for name in question.fields)

    def title_in(self, tag: str) -> str:
        """Return the heading in the language `tag`."""
        return words_in(self.title, tag)

    def intro_in(self, tag: str) -> str:
        """Return the words under the heading, or an empty text."""
        return words_in(self.intro, tag) if self.intro else ""


class FormMeta(_Piece):
    """Which version of the words this is, and who translated and reviewed them."""

    version: str
    translated_by: dict[str, str]
    reviewed_by: dict[str, str]


class Form(_Piece):
    """The whole form, in the order in which it is asked; `aside` are pages that nobody must pass."""

    meta: FormMeta
    step: tuple[Step, ...] = Field(min_length=1, strict=False)
    aside: tuple[Step, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        codes = [question.code for question in self.questions()]
        if len(codes) != len(set(codes)) or len(self.step) != len({step.code for step in self.step}):
            raise ValueError("a code is used twice")
        if not {page.code for page in self.aside} <= ASIDES:
            raise ValueError(f"beside the steps there are only {', '.join(sorted(ASIDES))}")
        if OWN_PAGES & {step.code for step in self.step}:
            raise ValueError("a step has the name of a page of ours")
        known = set(codes)
        for step in self.step:
            if not set(step.needs_one_of) <= known:
                raise ValueError(f"step {step.code} needs a question that is not asked")
        for question in self.questions():
            if question.follows is not None and question.follows not in known:
                raise ValueError(f"{question.code} follows a question that is not asked")
            if not set(question.asked_when) <= set(codes[: codes.index(question.code)]):
                raise ValueError(f"{question.code} waits for a question that is not asked before it")
        for words in self._words():
            if not set(words) >= set(LABEL_TAGS) or not all(text.strip() for text in words.values()):
                raise ValueError(f"words are missing in a language: {next(iter(words.values()), '')}")
        return self

    def questions(self) -> Iterator[Question]:
        """Give every question in order."""
        for step in self.step:
            yield from step.question

    @cached_property
    def texts(self) -> tuple[Question, ...]:
        """The questions that are answered in the person's own words."""
        return tuple(question for question in self.questions() if question.is_text)

    def at(self, code: str) -> Step:
        """Return the step of this code, or raise StepUnknown."""
        for step in self.step:
            if step.code == code:
                return step
        raise StepUnknown

    @cached_property
    def offered_aside(self) -> tuple[Step, ...]:
        """The pages beside the steps that are offered on the way."""
        return tuple(page for page in self.aside if page.code != DIARY)

    def before(self, code: str) -> Step | None:
        """Return the step before this one, or None at the first."""
        place = self.step.index(self.at(code))
        return self.step[place - 1] if place else None

    def after(self, code: str) -> Step | None:
        """Return the step after this one, or None at the last."""
        place = self.step.index(self.at(code)) + 1
        return self.step[place] if place < len(self.step) else None

    def beside(self, code: str) -> Step:
        """Return the page of this code beside the steps, or raise StepUnknown."""
        for page in self.aside:
            if page.code == code:
                return page
        raise StepUnknown

    def _words(self) -> Iterator[Mapping[str, str]]:
        for step in (*self.step, *self.aside):
            yield from (words for words in (step.title, step.intro) if words)
            yield from (note.says for note in step.note)
            for question in step.question:
                yield from (words for words in (question.label, question.hint, question.heading) if words)
                yield from (option.label for option in question.option)
                yield from (section.title for section in question.section)


def form_file(city: Path) -> Path:
    """Return the file of the form of the city in the folder `city`: its own `form.toml`, or the office's."""
    own = city / FORM.name
    return own if own.is_file() else FORM


def load_form(path: Path = FORM) -> Form:
    """Return the form kept at `path`.

    Raises:
        FormBroken: the file is not TOML, or says something nobody agreed on, or misses a language.
    """
    try:
        return Form.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise FormBroken(file=path.name) from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise FormBroken(file=path.name, place=place, problem=first["msg"]) from error
