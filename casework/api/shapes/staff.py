"""Staff: who works here, their own sign-ins and passkeys, whether all is in order, and who belongs where."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, choices
from casework.api.shown import Page, Shape, Shown


class Colleague(Shown):
    """A member of staff. `keys` are held, `may_get` may be given by whoever asks."""

    id: UUID | None = Field(description="None of oneself, and of somebody gone who has no cases to give.")
    name: str
    sign_in_name: str
    role: str
    state: Literal["active", "invited", "left"]
    last_on: date | None
    keys: tuple[Choice, ...]
    may_get: tuple[Choice, ...]
    is_lawyer: bool
    mediates: bool
    city_linked_on: date | None = Field(description="Since when an account of the city is linked with them.")
    is_self: bool


class Invitation(Shown):
    """An invitation, shown once."""

    name: str
    code: str
    on: date


class ShortKey(Shown):
    """A key that too few people can open."""

    key: str
    people: int


class StaffShown(Shown):
    """Who works here, and what waits for somebody with a key.

    `waiting` are numbers of cases whoever asks may open; who opens none is told how many there are.
    """

    people: list[Colleague]
    roles: tuple[Choice, ...]
    advisers: tuple[Choice, ...]
    short_keys: list[ShortKey]
    keys_to_renew: list[str]
    waiting: list[str]
    damaged: list[str]
    waiting_total: int | None
    invitation: Invitation | None


def staff(page: Page) -> StaffShown:
    """Return who works here."""
    called, waiting = page["key_names"], list(page["waiting"])
    return StaffShown(
        people=[
            Colleague(
                id=one["id"] if _is_acted_on(page, one) else None,
                name=one["name"],
                sign_in_name=one["sign_in_name"],
                role=one["role"],
                state=one["state"],
                last_on=one["last_on"],
                keys=choices([(key, called[key]) for key in one["held"]]) if one["state"] != "left" else (),
                may_get=choices([(key, called[key]) for key in one["may_get"]])
                if page["gives"] and not one["is_self"]
                else (),
                is_lawyer=one["id"] in page["lawyers"] and one["state"] != "left",
                mediates=(one["id"] in page["mediators"] or one["mediates_by_role"])
                and one["state"] != "left",
                city_linked_on=one["city_linked_on"],
                is_self=one["is_self"],
            )
            for one in page["people"]
        ],
        roles=choices(page["roles"]),
        advisers=choices(page["advisers"]) if page["gives"] else (),
        short_keys=[ShortKey(key=name, people=count) for name, count in page["short_of_holders"]],
        keys_to_renew=page["to_renew"],
        waiting=waiting,
        damaged=[number for number in page["damaged"] if number in waiting],
        waiting_total=page["waiting_total"],
        invitation=Invitation(**page["invitation"]) if page["invitation"] else None,
    )


def _is_acted_on(page: Page, one: Mapping[str, Any]) -> bool:
    """Say whether the page has anything that can be done about somebody, and so their id."""
    if one["state"] == "left":
        return bool(page["gives"] and one["may_have_cases"])
    return not one["is_self"]


class HelpAsked(Shown):
    """Help that was asked for."""

    lost: str
    by: str
    on: date
    may_confirm: bool


class Helped(Shown):
    """What is handed over in person, shown once."""

    lost: str
    code: str
    good_until: date


class RecoveryShown(Shown):
    """Help for somebody after a loss."""

    name: str
    lost: tuple[Choice, ...]
    asked: HelpAsked | None
    code_until: date | None
    helped: Helped | None


def recovery(page: Page) -> RecoveryShown:
    """Return what was asked for somebody who lost something."""
    asked, helped = page["asked"], page["helped"]
    return RecoveryShown(
        name=page["whose"].display_name,
        lost=choices(page["lost"]),
        asked=HelpAsked(**asked) if asked else None,
        code_until=page["code_until"],
        helped=Helped(lost=helped.lost, code=helped.code, good_until=helped.ends_on) if helped else None,
    )


class Tie(Shown):
    """What ties somebody to a service of the city. `row` names it where it can be ended."""

    row: UUID | None
    name: str
    service: str
    relation: Choice
    declared_on: date
    declared_by: str
    ended_on: date | None


class ServicesShown(Shown):
    """Who of the staff belongs to which service of the city."""

    ties: list[Tie]
    people: tuple[Choice, ...]
    services: tuple[Choice, ...]
    relations: tuple[Choice, ...]


def services(page: Page) -> ServicesShown:
    """Return who of the staff belongs to which service."""
    return ServicesShown(
        ties=[
            Tie(
                row=one.id if not one.ended_on and one.staff_id != page["me"] else None,
                name=name,
                service=service,
                relation=Choice(code=one.relation_code, label=page["works"][one.relation_code]),
                declared_on=one.declared_on,
                declared_by=page["names"].get(one.declared_by, ""),
                ended_on=one.ended_on,
            )
            for name, service, one in page["lines"]
        ],
        people=choices(page["people"]),
        services=choices(page["services"]),
        relations=choices(page["relations"]),
    )


class State(Shown):
    """Whether something is in order, and what is said of it."""

    is_fine: bool
    told: str


class HealthShown(Shown):
    """Whether all is in order, in counts and days."""

    lines: list[State]


def health(page: Page) -> HealthShown:
    """Return whether all is in order."""
    return HealthShown(lines=[State(is_fine=fine, told=told) for fine, told in page["lines"]])


SHAPES: Final[dict[str, Shape]] = {
    "staff.html": staff,
    "recovery.html": recovery,
    "services.html": services,
    "health.html": health,
}
