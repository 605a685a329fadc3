"""Places where people are met, for a program."""

from typing import Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.forms import Versioned
from casework.api.shapes.parts import Choice, Code, choices, coded_each, worded
from casework.api.shown import Page, Shape, Shown
from casework.appointments.tables import MeetingSite
from office.web.parts import value_of


class SiteLine(Shown):
    """A place with its rooms."""

    id: UUID | None = Field(description="By which a supervisor changes it.")
    kind: Choice | None
    name: str
    address: str
    rooms: tuple[str, ...]
    is_shut: bool
    is_step_free: bool
    languages: tuple[Choice, ...]
    at_the_door: str = Field(description="What to say there; it names neither the office nor the matter.")


class SitesShown(Shown):
    """Every place, by name."""

    sites: tuple[SiteLine, ...]
    may_change: bool


class SiteNow(Shown):
    """What is noted of a place; of a new one, what the city's data say of the office."""

    site_kind: Code
    site_name: str
    site_address: str
    at_the_door: str
    step_free: bool
    languages: tuple[Code, ...]
    is_shut: bool
    rooms: tuple[str, ...]


class SiteShown(Versioned):
    """The form of a place; a new one has no id."""

    id: UUID | None
    now: SiteNow
    site_kind: tuple[Choice, ...]
    languages: tuple[Choice, ...]


def sites(page: Page) -> SitesShown:
    """Return the shape of the places."""
    may_change = page["supervises"]
    return SitesShown(
        sites=tuple(
            SiteLine(
                id=one.id if may_change else None,
                kind=worded(page["kinds"], one.kind_code),
                name=one.name,
                address=one.address,
                rooms=tuple(page["rooms"][one.id]),
                is_shut=one.is_shut,
                is_step_free=one.step_free,
                languages=coded_each(page, "languages", one.languages),
                at_the_door=one.at_the_door,
            )
            for one in page["sites"]
        ),
        may_change=may_change,
    )


def site(page: Page) -> SiteShown:
    """Return the shape of the form of a place."""
    one: MeetingSite | None = page["site"]
    given = page["given"]
    return SiteShown(
        id=one.id if one else None,
        version=one.version if one else 0,
        now=SiteNow(
            site_kind=one.kind_code,
            site_name=one.name,
            site_address=one.address,
            at_the_door=one.at_the_door,
            step_free=one.step_free,
            languages=tuple(one.languages.split()),
            is_shut=one.is_shut,
            rooms=tuple(page["rooms"]),
        )
        if one
        else SiteNow(
            site_kind=value_of(given, "site_kind"),
            site_name="",
            site_address=value_of(given, "site_address"),
            at_the_door="",
            step_free=False,
            languages=(),
            is_shut=False,
            rooms=(),
        ),
        site_kind=choices(page["kinds"]),
        languages=choices(page["spoken"]),
    )


SHAPES: Final[dict[str, Shape]] = {"site.html": site, "sites.html": sites}
