"""What lies sealed of a party: what somebody is called."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.conflicts.rules import LONGEST_NAME, MOST_ALIASES

Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]


class PartyName(BaseModel):
    """A name and its aliases in clear, as they exist in the memory of a signed-in person only.

    `service` says which service of the city they are, by code; it is empty for anybody else.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    name: Name
    aliases: tuple[Name, ...] = Field(default=(), max_length=MOST_ALIASES)
    service: str = Field(default="", max_length=60)

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
