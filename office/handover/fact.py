"""What the advisers' desk hands to the observatory: one coded, coarsened fact per situation.

Made under a fresh id at each hand-over. The three group numbers are random, new at each hand-over,
valid inside one period, and never tabulated: they serve the rule that a published cell needs enough
different people and respondents.
"""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

SCHEMA_VERSION: Final = 1

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,59}$")]
Codes = Annotated[str, StringConstraints(pattern=r"^([a-z0-9][a-z0-9_]{0,59}( [a-z0-9][a-z0-9_]{0,59})*)?$")]
PeriodBasis = Literal["registration", "imported", "demonstration"]


class Fact(BaseModel):
    """One situation, in codes. Lists of codes are joined by single spaces and sorted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: UUID
    schema_version: Literal[1] = SCHEMA_VERSION
    source: Annotated[str, StringConstraints(pattern=r"^(live|demonstration|imported:[a-z0-9-]{1,40})$")]
    period_basis: PeriodBasis
    month: Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    occurred_year: int | None = Field(default=None, ge=1900, le=2200)
    district_code: Code = "unknown"
    area_code: Code = "unknown"
    ground_codes: Annotated[Codes, StringConstraints(min_length=1)] = "unknown"
    conduct_codes: Codes = ""
    respondent_code: Code = "unknown"
    channel_code: Code
    language: str
    barrier_codes: Codes = ""
    path_codes: Annotated[str, StringConstraints(max_length=400)] = ""
    stage_code: Code = "registered"
    response_codes: Codes = ""
    outcome_code: Code | None = None
    first_answer_band: Code | None = None
    person_group: int
    respondent_group: int
    incident_group: int
