"""Incidents: one event that several people told of, and what may be the same event."""

from datetime import date
from typing import Any, Final

from pydantic import Field

from casework.api.shapes.links import (
    IncidentNamed,
    LikelyAccount,
    LikelyIncident,
    OtherRecord,
    because,
    likely,
    named,
    other,
)
from casework.api.shapes.parts import Choice, apart, choices, coded
from casework.api.shown import Page, Shape, Shown


class IncidentLine(IncidentNamed):
    """An incident in a list."""

    accounts_you_may_open: int


class IncidentsShown(Shown):
    """The incidents of which the reader may open an account, the newest first."""

    incidents: tuple[IncidentLine, ...]


class AccountOfEvent(OtherRecord):
    """A report or case of the event that the reader may open."""

    apart: Choice | None
    received_on: date
    language: Choice | None


class IncidentShown(IncidentNamed):
    """One incident with the accounts the reader may open; there may be others."""

    accounts: tuple[AccountOfEvent, ...]
    likely: tuple[LikelyAccount, ...] = Field(description="What may belong to it too.")
    advisers: tuple[Choice, ...] = Field(description="Who may have cases of its reports; for supervisors.")


class IncidentProposed(LikelyIncident):
    """An incident that may be the same event, with how many of its accounts the reader may open."""

    accounts_you_may_open: int


class SameEventShown(Shown):
    """What may be the same event as a report or case. Codes and days are compared, not words."""

    case_number: str
    is_case: bool
    incidents: tuple[IncidentProposed, ...]
    accounts: tuple[LikelyAccount, ...]


def incidents(page: Page) -> IncidentsShown:
    """Return the incidents the reader may see."""
    return IncidentsShown(
        incidents=tuple(
            IncidentLine(**named(page, row), accounts_you_may_open=count) for row, count in page["incidents"]
        )
    )


def incident(page: Page) -> IncidentShown:
    """Return one incident."""
    return IncidentShown(
        **named(page, page["incident"]),
        accounts=tuple(_account(page, one) for one in page["accounts"]),
        likely=likely(page, page["proposals"].accounts),
        advisers=choices(page["advisers"]),
    )


def _account(page: Page, seen: Any) -> AccountOfEvent:
    one = other(page, seen)
    return AccountOfEvent(
        case_number=one.case_number,
        is_case=one.is_case,
        state=one.state,
        apart=apart(page, seen.record.routing_code),
        received_on=seen.told_on,
        language=coded(page, "languages", seen.record.language),
    )


def same_event(page: Page) -> SameEventShown:
    """Return what may be the same event."""
    proposals = page["proposals"]
    return SameEventShown(
        case_number=page["number"],
        is_case=page["is_case"],
        incidents=tuple(
            IncidentProposed(
                **named(page, one.incident), because=because(page, one), accounts_you_may_open=one.accounts
            )
            for one in proposals.incidents
        ),
        accounts=likely(page, proposals.accounts),
    )


SHAPES: Final[dict[str, Shape]] = {
    "incidents.html": incidents,
    "incident.html": incident,
    "same_event.html": same_event,
}
