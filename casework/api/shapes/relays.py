"""Who files for others, and an outreach worker's own accesses."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, choices
from casework.api.shown import Page, Shape, Shown


class AccessLine(Shown):
    """An access to file for others."""

    id: UUID | None = Field(description="None once it was ended.")
    name: str
    kind: str
    channel: str
    holds: bool
    until: date | None = Field(description="None once its days are over, or it was ended.")
    ended_on: date | None


class AccessOnce(Shown):
    """A new access. It stands in the answer that makes it, and nowhere else."""

    name: str
    token: str
    link: str = Field(description="Signs in; without an address, put that of the residents' pages before it.")
    has_address: bool
    until: date


class RelaysShown(Shown):
    """Who may file for others."""

    accesses: tuple[AccessLine, ...]
    made: AccessOnce | None
    kinds: tuple[Choice, ...]
    channels: tuple[Choice, ...]


class AssistingShown(Shown):
    """An outreach worker's own accesses."""

    accesses: tuple[AccessLine, ...]
    made: AccessOnce | None
    channels: tuple[Choice, ...]


def relays(page: Page) -> RelaysShown:
    """Return who may file for others."""
    return RelaysShown(
        accesses=_listed(page["relays"]),
        made=_once(page["made"]),
        kinds=choices(page["kinds"]),
        channels=choices(page["channels"]),
    )


def assisting(page: Page) -> AssistingShown:
    """Return the reader's own accesses."""
    return AssistingShown(
        accesses=_listed(page["relays"]), made=_once(page["made"]), channels=choices(page["channels"])
    )


def _listed(found: Iterable[Mapping[str, Any]]) -> tuple[AccessLine, ...]:
    return tuple(
        AccessLine(
            id=None if one["ended_on"] else UUID(one["id"]),
            name=one["name"],
            kind=one["kind"],
            channel=one["channel"],
            holds=one["holds"],
            until=one["until"] if one["holds"] else None,
            ended_on=one["ended_on"],
        )
        for one in found
    )


def _once(made: Mapping[str, Any] | None) -> AccessOnce | None:
    if not made:
        return None
    return AccessOnce(
        name=made["name"],
        token=made["token"],
        link=made["link"],
        has_address=made["has_address"],
        until=made["until"],
    )


SHAPES: Final[dict[str, Shape]] = {"relays.html": relays, "assisting.html": assisting}
