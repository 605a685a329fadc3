"""What lies sealed of a way of contact."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from casework.safe_contact.rules import LONGEST_WORDS

Words = Annotated[str, StringConstraints(max_length=LONGEST_WORDS)]


class SafeWords(BaseModel):
    """When and how a way is safe, and why somebody noted so; in the memory of a signed-in person only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    words: Words = ""
    reason: Words = ""
    is_from_report: bool = False

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
