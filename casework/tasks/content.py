"""What lies sealed of a task."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from casework.tasks.rules import LONGEST_WORDS

Line = Annotated[str, StringConstraints(max_length=LONGEST_WORDS)]


class TaskWords(BaseModel):
    """What is to be done and who interprets, in clear, in the memory of a signed-in person only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    text: Line
    interpreter: Line = ""

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
