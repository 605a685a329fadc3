"""What lies sealed of a letter: its language, every field as it was typed, and what was made of them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from office.handover.codes import LanguageTag

Text = Annotated[str, StringConstraints(strip_whitespace=True)]


class MadeFile(BaseModel):
    """One finished file: its format and fingerprint, of which version of the template, on which day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    format: str
    sha256: str
    template_version: str
    made_on: date
    fields: dict[str, str]


class LetterText(BaseModel):
    """A letter in clear, as it exists in the memory of a signed-in person only.

    Attributes:
        fields: what was typed, by code of the field.
        made: every file ever made of it, each with the fields as they were merged; the newest last.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    language: LanguageTag
    fields: dict[str, Text] = {}
    made: tuple[MadeFile, ...] = ()

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
