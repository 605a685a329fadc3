"""What lies sealed of a hearing."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from casework.hearings.rules import LONGEST_LINE, LONGEST_WORDS

Line = Annotated[str, StringConstraints(max_length=LONGEST_LINE)]
Words = Annotated[str, StringConstraints(max_length=LONGEST_WORDS)]


class HearingWords(BaseModel):
    """What is written about a hearing, in clear in the memory of a signed-in person only.

    Attributes:
        place: where it is, with the room.
        bring: what to bring.
        along: who goes along.
        ended: how it ended.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    place: Line = ""
    bring: Words = ""
    along: Line = ""
    ended: Words = ""

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
