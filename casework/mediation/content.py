"""What lies sealed of a mediation: to the case what its adviser wrote, to the mediator what they may know."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class StepWords(BaseModel):
    """What an adviser wrote with a step, in clear in the memory of somebody who holds the case only.

    The last four are what was handed over to the mediator: what the person wants to be called, their
    language, how they are safely reached, and what the adviser chose. Nothing of it comes from the report by
    itself.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    note: str = ""
    name: str = ""
    language: str = ""
    reach: str = ""
    handed: str = ""

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
