"""What lies sealed of a wall: why somebody asks that it be taken down."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class DownWords(BaseModel):
    """Why a wall rose by mistake; in clear in a signed-in person's memory only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    reason: str

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
