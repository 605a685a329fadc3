"""What the advisers' desk sends back to the person who reported, sealed to their receipt."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from office.handover.report import ConsentCode

StateCode = Literal["received", "read", "in_progress", "waiting_for_you", "closed"]


class Reply(BaseModel):
    """A message, the state of the matter and the day of the next news, or what the person agrees to.

    `said_on` is a day, never a time: replies wait in the mailbox, sealed, until they are read.
    `consents` are those the desk goes by on that day, and may be a few of them; format 1 told none. `turn`
    is how many changes of them it had applied by then: replies of one day arrive in no order.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1, 2] = 2
    kind: Literal["message", "status", "consents"]
    said_on: date
    text: Annotated[str, StringConstraints(max_length=20_000)] = ""
    state_code: StateCode | None = None
    next_on: date | None = None
    from_role: Literal["adviser", "office"] = "office"
    consents: dict[ConsentCode, bool] = Field(default_factory=dict)
    turn: int = Field(default=0, ge=0)

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()


class RelayNote(BaseModel):
    """The state of a report, for the association that filed it and may follow it: never its text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    said_on: date
    state_code: StateCode
    next_on: date | None = None

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
