"""What the observatory tells the advisers' desk: a series that moved more than chance would.

Exact counts for named roles inside the office; never on a shelf.
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from office.handover.codes import Month


class Alert(BaseModel):
    """One alert about one series in one month."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: UUID
    made_on: date
    series: Annotated[str, StringConstraints(pattern=r"^[a-z_]+:[a-z0-9_]+$")]
    month: Month
    observed: int = Field(ge=0)
    expected: float = Field(ge=0)
    threshold: float = Field(ge=0)
    is_provisional: bool
    method: Literal["farrington_flexible", "poisson"]
