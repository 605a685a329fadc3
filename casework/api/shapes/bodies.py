"""The directory of bodies and associations for a program."""

from datetime import date
from typing import Final

from pydantic import Field

from casework.api.shapes.forms import Versioned
from casework.api.shapes.parts import Choice, Code, choices, coded_each, worded
from casework.api.shown import Page, Shape, Shown
from casework.referrals.bodies import Body


class BodyLine(Shown):
    """A body in the directory."""

    code: str | None = Field(description="By which a supervisor changes it.")
    name: str
    ways: tuple[str, ...] = Field(description="How it is reached.")
    services: str
    languages: tuple[Choice, ...]
    languages_told: str = Field(description="As the city's data tell them, where the office noted none.")
    agreement: Choice | None
    agreement_until: date | None
    processing_on: date | None = Field(description="Day of the data-processing agreement.")
    checked_on: date | None
    checked_by: str
    is_stale: bool = Field(description="Nobody has checked it for a year.")


class BodiesShown(Shown):
    """Every body somebody can be referred to, the city's contacts first."""

    bodies: tuple[BodyLine, ...]
    may_change: bool


class BodyShown(Versioned):
    """What the office knows of a body; without a code it is a new one."""

    code: str | None
    name: str
    is_own: bool = Field(description="It is in no list of the city: its name and its way are typed here.")
    way_now: str
    services_now: str
    languages_now: tuple[Code, ...]
    agreement_now: Code | None
    agreement_until: date | None
    processing_on: date | None
    agreement: tuple[Choice, ...]
    spoken: tuple[Choice, ...]


def bodies(page: Page) -> BodiesShown:
    """Return the shape of the directory."""
    return BodiesShown(
        bodies=tuple(_line(page, one) for one in page["bodies"]), may_change=page["supervises"]
    )


def body(page: Page) -> BodyShown:
    """Return the shape of what is known of a body."""
    one, is_own = page["body"], page["is_own"]
    known = one.known if one else None
    return BodyShown(
        version=one.version if one else 0,
        code=one.code if one else None,
        name=one.name if one else "",
        is_own=is_own,
        way_now=known.way if known and is_own else "",
        services_now=known.services if known else "",
        languages_now=tuple(known.language_codes.split()) if known else (),
        agreement_now=known.agreement_code if known else None,
        agreement_until=known.agreement_until if known else None,
        processing_on=known.processing_on if known else None,
        agreement=choices(page["agreements"]),
        spoken=choices(page["spoken"]),
    )


def _line(page: Page, one: Body) -> BodyLine:
    known = one.known
    codes = known.language_codes if known else ""
    return BodyLine(
        code=one.code if page["supervises"] else None,
        name=one.name,
        ways=one.ways,
        services=known.services if known else "",
        languages=coded_each(page, "languages", codes),
        languages_told="" if codes else one.languages_told,
        agreement=worded(page["agreements"], known.agreement_code if known else "unknown"),
        agreement_until=known.agreement_until if known else None,
        processing_on=known.processing_on if known else None,
        checked_on=one.checked_on,
        checked_by=one.checked_by if one.checked_on else "",
        is_stale=one.is_stale,
    )


SHAPES: Final[dict[str, Shape]] = {"bodies.html": bodies, "body.html": body}
