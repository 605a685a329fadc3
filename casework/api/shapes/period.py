"""Entering a period that somebody set: what may be chosen for it."""

from typing import Final

from pydantic import Field

from casework.api.shapes.parts import Choice, choices
from casework.api.shown import Page, Shape, Shown


class PeriodShown(Shown):
    """Entering a period that somebody set; nothing but its number once the case is closed."""

    case_number: str
    is_closed: bool
    version: int | None = None
    procedure: tuple[Choice, ...] = Field((), description="Before whom it runs, and so how.")
    unit: tuple[Choice, ...] = Field((), description="Of its length; not asked where the last day is told.")
    seat: tuple[Choice, ...] = Field((), description="By whose days off it is counted.")


def period(page: Page) -> PeriodShown:
    """Return what may be chosen for a period."""
    case = page["case"]
    if case.is_closed:
        return PeriodShown(case_number=case.reference, is_closed=True)
    return PeriodShown(
        case_number=case.reference,
        is_closed=False,
        version=case.version,
        procedure=choices(page["procedures"]),
        unit=choices(page["units"]),
        seat=choices(page["seats"]),
    )


SHAPES: Final[dict[str, Shape]] = {"period.html": period}
