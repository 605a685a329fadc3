"""What lies sealed of a profile."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.profile.rules import LONGEST_REASON, LONGEST_WORDS

Code = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class EntryWords(BaseModel):
    """What the person said they are, in their words; in the memory of a signed-in person only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    ground: Code
    words: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_WORDS)]
    needed_for: Annotated[list[Code], Field(min_length=1)]

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()


class OpeningWords(BaseModel):
    """Why a supervisor opened a profile."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    reason: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_REASON)]

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
