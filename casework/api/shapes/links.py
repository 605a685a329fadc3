"""What a report or case has to do with others: links, incidents, and what may be the same event."""

from collections.abc import Iterable
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, Month, choices, coded
from casework.api.shown import Page, Shape, Shown
from casework.showing import reasons_for

MOST_ACCOUNTS: Final = 100
"""Accounts that a form shows to be ticked one by one."""
ON_A_CARD: Final = 3
Relation = Literal["claim", "lost_key", "same_event"]


KindOfLink = Literal["claim", "lost_key", "same_event", "one_person", "related", "split_from"]


class OtherRecord(Shown):
    """Another report or case that the reader may open."""

    case_number: str
    is_case: bool
    state: Choice | None


class ClaimedLink(Shown):
    """What the person says their report has to do with another. Nobody's word is taken for it."""

    relation: Relation
    case_number: str
    other: OtherRecord | None = Field(None, description="None where there is none that you may open.")
    is_declined: bool = False


class ConfirmedLink(Shown):
    """A link somebody confirmed or made, of which the reader may open the other side."""

    relation: KindOfLink
    follows: bool = Field(description="This one is about the other, or was split off from it.")
    other: OtherRecord


class LinksShown(Shown):
    """With what a case is linked, as far as the reader may open the other side, and what links there are."""

    case_number: str
    links: tuple[ConfirmedLink, ...]
    link_kind: tuple[Choice, ...]


class IncidentNamed(Shown):
    """One event that several people may have told of."""

    id: UUID
    month: Month | None = None
    district: Choice | None = None
    area: Choice | None = None


class LikelyIncident(IncidentNamed):
    """An incident that may be the same event, and why."""

    because: str


class LikelyAccount(OtherRecord):
    """A report or case that may be the same event, and why."""

    because: str


class PerhapsSameEvent(Shown):
    """The most likely of what may be the same event, and how many there are."""

    incidents: tuple[LikelyIncident, ...]
    accounts: tuple[LikelyAccount, ...]
    total: int


def other(page: Page, seen: Any) -> OtherRecord:
    """Return a report or case by what stands clear of it, from `casework.seeing.Seen`."""
    return OtherRecord(**_other(page, seen))


def _other(page: Page, seen: Any) -> dict[str, Any]:
    state = coded(page, seen.list_name, seen.state)
    return {"case_number": seen.number, "is_case": seen.is_case, "state": state}


def claimed(page: Page, said: Any) -> ClaimedLink | None:
    """Return what the person says of another report; of one that may not be opened, only its number."""
    if said is None:
        return None
    return ClaimedLink(
        relation=said.relation,
        case_number=said.number,
        other=other(page, said.seen) if said.seen else None,
        is_declined=bool(said.seen and said.is_declined),
    )


def confirmed(page: Page, linked: Iterable[Any]) -> tuple[ConfirmedLink, ...]:
    """Return the confirmed links."""
    return tuple(
        ConfirmedLink(relation=one.relation, follows=one.follows, other=other(page, one.seen))
        for one in linked
    )


def links(page: Page) -> LinksShown:
    """Return the links of a case."""
    return LinksShown(
        case_number=page["case"].reference,
        links=confirmed(page, page["linked"]),
        link_kind=choices(page["kinds"]),
    )


def incident(page: Page, row: Any) -> IncidentNamed | None:
    """Return the incident something belongs to; None if it belongs to none."""
    return IncidentNamed(**named(page, row)) if row else None


def named(page: Page, row: Any) -> dict[str, Any]:
    """Return what names an incident."""
    return {
        "id": row.id,
        "month": row.month,
        "district": coded(page, "districts", row.district_code),
        "area": coded(page, "areas", row.area_code),
    }


def likely_incident(page: Page, one: Any) -> LikelyIncident:
    """Return a proposed incident."""
    return LikelyIncident(**named(page, one.incident), because=because(page, one))


def likely_account(page: Page, one: Any) -> LikelyAccount:
    """Return a proposed report or case."""
    return LikelyAccount(**_other(page, one.seen), because=because(page, one))


def because(page: Page, one: Any) -> str:
    """Return in words why two accounts may be the same event."""
    return reasons_for(one.agreement, page.view.language)


def perhaps(page: Page, proposals: Any) -> PerhapsSameEvent | None:
    """Return what a card shows of the proposals; None where there are none."""
    if proposals is None or not (proposals.incidents or proposals.accounts):
        return None
    return PerhapsSameEvent(
        incidents=tuple(likely_incident(page, one) for one in proposals.incidents[:ON_A_CARD]),
        accounts=tuple(likely_account(page, one) for one in proposals.accounts[:ON_A_CARD]),
        total=len(proposals.incidents) + len(proposals.accounts),
    )


def likely(page: Page, accounts: Any) -> tuple[LikelyAccount, ...]:
    """Return the accounts that a form shows to be ticked."""
    return tuple(likely_account(page, one) for one in accounts[:MOST_ACCOUNTS])


SHAPES: Final[dict[str, Shape]] = {"links.html": links}
