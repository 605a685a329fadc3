"""What lies sealed of a harm: what was done, and what came of it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from casework.harms.rules import Precision

Text = Annotated[str, StringConstraints(max_length=20_000)]


class HarmWords(BaseModel):
    """What is written about a harm, in clear in the memory of a signed-in person only.

    Attributes:
        done: what was done.
        right: which right or interest it hurt.
        consequence: what came of it for whoever it was done to.
        removed_because: why it was taken out of the case.
        happened_on: the day, or the first of the month or year that is known.
        precision: how well it is known; None where it is not.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    done: Text = ""
    right: Text = ""
    consequence: Text = ""
    removed_because: Text = ""
    happened_on: date | None = None
    precision: Precision | None = None

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()


class InvolvementWords(BaseModel):
    """How great somebody's part in a harm was and how well that is shown: codes of `rules`."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    degree: str
    grade: str

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
