"""What is asked of who files for somebody else, as data: `data/relay.toml`, questions in the form's shape."""

import tomllib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from intake_api.form.answers import Answers
from intake_api.form.questions import Form, FormBroken, Question, Step

RELAY_FORM: Final = Path(__file__).parents[1] / "data" / "relay.toml"
ABOUT: Final = "relay"
"""Under which name these answers lie in a draft, beside those of the form's steps."""
MANDATE: Final = "mandate_code"
FOLLOW: Final = "consent_follow"
ROLE: Final = "role_code"
ROLE_OF_ASSOCIATION: Final = "association"


class _Piece(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class RelayMeta(_Piece):
    """Which version of the words this is."""

    version: str


class Sharing(_Piece):
    """Which answers go on to another family of the same incident."""

    carried: tuple[str, ...] = Field(strict=False)


class RelayForm(_Piece):
    """The questions and what may be carried over."""

    meta: RelayMeta
    sharing: Sharing
    question: tuple[Question, ...] = Field(min_length=1, strict=False)

    @cached_property
    def step(self) -> Step:
        """The questions as a step, to be asked and checked like any other."""
        title = {"en": ABOUT}  # never shown: the page has its own
        return Step(code=ABOUT, title=title, question=self.question)


@lru_cache(maxsize=1)
def load_relay_form() -> RelayForm:
    """Return the questions.

    Raises:
        FormBroken: the file is not as agreed.
    """
    try:
        return RelayForm.model_validate(tomllib.loads(RELAY_FORM.read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise FormBroken(file=RELAY_FORM.name) from error


def carried_over(form: Form, answers: dict[str, Answers]) -> dict[str, Answers]:
    """Return, step by step, the answers that several families of one incident share."""
    shared = set(load_relay_form().sharing.carried)
    names = {name for question in form.questions() if question.code in shared for name in question.fields}
    kept = {
        step: {name: values for name, values in told.items() if name in names}
        for step, told in answers.items()
    }
    return {step: told for step, told in kept.items() if told}


def begun_for_association(form: Form) -> dict[str, Answers]:
    """Return what stands in the form already when an association begins: who is telling."""
    return {
        step.code: {ROLE: [ROLE_OF_ASSOCIATION]}
        for step in form.step
        if any(question.code == ROLE for question in step.question)
    }
