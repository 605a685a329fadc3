"""What lies sealed in a case's thread."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from office.handover.reply import StateCode
from office.handover.report import MOST_FILES, SentFile


class ThreadEntry(BaseModel):
    """One entry of the thread in clear, as it exists in the memory of a signed-in person only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    text: Annotated[str, StringConstraints(max_length=40_000)] = ""
    state_code: StateCode | None = None
    next_on: date | None = None
    helped_code: Literal["yes", "partly", "no"] | None = None
    files: tuple[SentFile, ...] = Field(default=(), max_length=MOST_FILES)

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
