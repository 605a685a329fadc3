"""What lies sealed of a merge."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class MergeWords(BaseModel):
    """Why two cases are read together, and why not any more; in clear in a signed-in person's memory only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    reason: str
    undone_because: str = ""

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
