"""What the office says about itself beside the counts: recommendations, answers, trainings, events."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints


class RegisterEntry(BaseModel):
    """One public act of the office, in every language it was written in; about no person."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: UUID
    kind: Literal["indicator", "recommendation", "answer", "comment", "event", "training"]
    on: date
    title: dict[str, Annotated[str, StringConstraints(min_length=1, max_length=300)]]
    text: dict[str, Annotated[str, StringConstraints(max_length=4_000)]]
    answers_id: UUID | None = None
