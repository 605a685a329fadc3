"""What lies sealed of a party: what somebody is called, how they are reached and what they need."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.conflicts.rules import LONGEST_NAME, MOST_ALIASES, PARTY_WAYS

Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME)]

Line = Annotated[str, StringConstraints(max_length=300)]
Text = Annotated[str, StringConstraints(max_length=2_000)]


class PartyWay(BaseModel):
    """One way of reaching somebody, and whether it is safe: codes of `safe_contact.rules`."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    way: str
    rule: str
    value: Line = ""
    words: Line = ""


class PartyDetails(BaseModel):
    """What the office has to know of somebody to reach and to meet them well; all of it may be empty.

    Nothing here is about papers, and no field is to be added that is.

    Attributes:
        language: a code of the list `languages`.
        interpreter: a code of `rules.INTERPRETER`.
        address: pronoun, or how they want to be spoken to.
        guardian: who answers for them, by the id of another party of the case.
        from_on: since when they have their part in the case.
        to_on: until when.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    ways: tuple[PartyWay, ...] = Field(default=(), max_length=len(PARTY_WAYS))
    language: str = Field(default="", max_length=40)
    interpreter: str = Field(default="", max_length=20)
    address: Line = ""
    needs: Text = ""
    is_minor: bool = False
    guardian: UUID | None = None
    note: Text = ""
    from_on: date | None = None
    to_on: date | None = None


class PartyName(BaseModel):
    """A name and its aliases in clear, as they exist in the memory of a signed-in person only.

    `service` says which service of the city they are, by code; it is empty for anybody else.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    name: Name
    aliases: tuple[Name, ...] = Field(default=(), max_length=MOST_ALIASES)
    service: str = Field(default="", max_length=60)
    details: PartyDetails = PartyDetails()

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
