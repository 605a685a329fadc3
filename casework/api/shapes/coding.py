"""How a case is coded, and how it ended."""

from datetime import date
from typing import Any

from pydantic import Field

from casework.api.shapes.parts import Choice, coded, coded_each
from casework.api.shown import Page, Shown
from casework.states.keeping import Kept


class CodesOfCase(Shown):
    """What a case is about, as it is coded and counted."""

    grounds: tuple[Choice, ...]
    conduct: tuple[Choice, ...]
    area: Choice | None
    respondent: Choice | None
    district: Choice | None


class Ending(Shown):
    """How a case ended."""

    closed_on: date
    outcome: Choice | None
    reason: Choice | None
    responses: tuple[Choice, ...] = Field(description="What the office did.")
    kept_until: date = Field(description="The last of the days the city keeps a closed case.")


def codes(page: Page, case: Any) -> CodesOfCase:
    """Return how a case is coded."""
    return CodesOfCase(
        grounds=coded_each(page, "grounds", case.ground_codes),
        conduct=coded_each(page, "conduct", case.conduct_codes),
        area=coded(page, "areas", case.area_code),
        respondent=coded(page, "respondents", case.respondent_code),
        district=coded(page, "districts", case.district_code),
    )


def ending(page: Page, case: Any, kept: Kept) -> Ending:
    """Return how a closed case ended, and until when it is kept."""
    return Ending(
        closed_on=case.closed_on,
        outcome=coded(page, "outcomes", case.outcome_code),
        reason=coded(page, "closure", case.reason_code),
        responses=coded_each(page, "responses", case.response_codes),
        kept_until=kept.until,
    )
