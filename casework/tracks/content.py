"""What lies sealed of a step, a remedy or a look at one: names, numbers, amounts and what was written."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Sealed(BaseModel):
    """What is written about something, in clear in the memory of a signed-in person only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    note: str = ""

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()


class StepText(Sealed):
    """A step: before which authority, and by which number it knows the matter."""

    authority: str = ""
    external_number: str = ""


class RemedyText(Sealed):
    """A remedy: the amount as it was written, for money and sanctions."""

    amount: str = ""


class CheckText(Sealed):
    """A look at whether a remedy was complied with."""
