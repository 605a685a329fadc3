"""What lies sealed in a draft: the form as it was filled in, and when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

ALONG: Final = frozenset({"draft", "draft_of", "draft_version", "numbers", "more", "boxes"})
"""Fields that belong to the sending and not to what was written."""


class DraftText(BaseModel):
    """A form as it was filled in, and the instant it was kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    kept_at: datetime
    fields: dict[str, list[str]]

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()


def written_in(form: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return what was written, without what belongs to the sending.

    `boxes` names the groups of boxes a form has: of those with none ticked, nothing is sent by a browser.
    """
    written = {name: values for name, values in form.items() if name not in ALONG}
    return {**{name: [] for name in form.get("boxes", ())}, **written}


def about(staff_id: UUID, place: str) -> str:
    """Return what a draft is sealed about: whose it is and where it stands."""
    return f"staff-draft/{staff_id}/{place}"
