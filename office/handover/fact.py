"""What the advisers' desk hands to the observatory: one coded, coarsened fact per situation.

Made under a fresh id at each hand-over. The three group numbers are random, new at each hand-over,
valid inside one period, and never tabulated: they serve the rule that a published cell needs enough
different people and respondents.
"""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from office.handover.codes import Code, Codes, LanguageTag, Month

SCHEMA_VERSION: Final = 1

NOT_IN_FILE: Final = "not_in_file"
"""Code of a dimension an imported file has no column for; a person who did not say is `unknown`."""

PeriodBasis = Literal["registration", "imported", "demonstration"]


class Fact(BaseModel):
    """One situation, in codes. What nobody told is `unknown`; lists of codes are joined by single spaces.

    All lists but the path are sorted: the path keeps the order in which the actors were met. `outcome_code`
    and `first_answer_band` are missing until there is one.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: UUID
    schema_version: Literal[1] = SCHEMA_VERSION
    source: Annotated[str, StringConstraints(pattern=r"^(live|demonstration|imported:[a-z0-9-]{1,40})$")]
    period_basis: PeriodBasis
    month: Month
    occurred_year: int | None = Field(default=None, ge=1900, le=2200)
    district_code: Code = "unknown"
    area_code: Code = "unknown"
    ground_codes: Annotated[Codes, StringConstraints(min_length=1)] = "unknown"
    conduct_codes: Codes = ""
    respondent_code: Code = "unknown"
    channel_code: Code
    language: LanguageTag
    barrier_codes: Codes = ""
    path_codes: Codes = ""
    stage_code: Code = "registered"
    response_codes: Codes = ""
    outcome_code: Code | None = None
    first_answer_band: Code | None = None
    person_group: int
    respondent_group: int
    incident_group: int
