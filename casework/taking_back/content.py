"""What lies sealed where the end of a hearing was taken back."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class HearingBack(BaseModel):
    """Why it was wrong, and what had been written of how the hearing ended, kept as it was."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    reason: str
    ended: str

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
