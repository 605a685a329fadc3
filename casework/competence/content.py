"""What lies sealed of a decision about competence."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from casework.competence.rules import LONGEST_NAME, LONGEST_NOTE


class CompetenceWords(BaseModel):
    """The name of the body and why it is competent; in the memory of a signed-in person only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    name: Annotated[str, StringConstraints(max_length=LONGEST_NAME)] = ""
    note: Annotated[str, StringConstraints(max_length=LONGEST_NOTE)] = ""

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
