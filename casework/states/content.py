"""What lies sealed of a request to close or to void a case."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from casework.forms import LONGEST_TEXT

Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]


class ClosingWords(BaseModel):
    """The last words to the person, and why it should be closed although something is open."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    text: Text = ""
    despite: Text = ""

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()


class VoidWords(BaseModel):
    """What the person is told when a case is void, or no longer, and why it is."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    text: Text = ""
    why: Text = ""

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
