"""The wall around a case against the city for a program, and the oversight of all walls."""

from datetime import date
from typing import Any, Final

from pydantic import Field

from casework.api.shapes.forms import By, by, labelled
from casework.api.shapes.parts import Choice, Month, Person, choices, person, worded
from casework.api.shown import Page, Shape, Shown


class OutsideRoute(Shown):
    """Somebody outside the city to whom one can complain of it."""

    name: str
    ways: tuple[str, ...]
    last_checked_on: date | None


class TellingOutside(Shown):
    """Telling the person of the way outside, in their language and in that of the reader."""

    language: Choice
    sentence: str
    sentence_here: str | None


class SayingService(Shown):
    """Saying which service of the city the case is about."""

    wall_service: tuple[Choice, ...]


class AskedDown(Shown):
    """Somebody asks that the wall be taken down; another of those who hold the case agrees or not."""

    asked: By | None
    reason: str
    may_agree: bool = Field(description="The reader did not ask it themselves.")


class WallNow(Shown):
    """The wall as it stands."""

    risen_on: date
    cause: Choice
    risen_by: Person | None
    was_with: Person | None
    service: str = Field(description="Empty while nobody said which.")
    saying_service: SayingService
    routes: tuple[OutsideRoute, ...]
    told: By | None = Field(description="Who told the person of the way outside, and when.")
    telling: TellingOutside | None = Field(description="Null where the case came without a receipt.")
    asked_down: AskedDown | None


class WallShown(Shown):
    """The wall around a case; none stands around an ordinary one."""

    case_number: str
    wall: WallNow | None


class LossOfReader(Shown):
    """What whoever acts loses with the case."""

    tasks: int
    booked_on: tuple[date, ...]
    drafts: int


class WallAskingShown(Shown):
    """What a wall would do, asked before it rises; nothing was changed.

    Whoever says yes sends what they sent once more to `sent_to`, with `wall` = `yes` and the choices here.
    """

    case_number: str
    title: str
    sent_to: str = Field(description="Below the address of the case.")
    leaves_the_reader: bool
    leaves: Person | None = Field(description="Who has the case now and could not open it any more.")
    all_cases: tuple[str, ...] = Field(description="All that are walled off together, if they are several.")
    holders: tuple[Person, ...] = Field(description="Who can open it afterwards.")
    loss: LossOfReader | None
    wall_service: tuple[Choice, ...]
    wall_taker: tuple[Choice, ...] | None


class WallsOfMonth(Shown):
    """How many walls rose in a month, and how many of them stand."""

    month: Month
    rose: int
    stand: int


class WallSeen(Shown):
    """One wall as it is overseen; its case is named only to the data protection officer."""

    risen_on: date
    case_number: str | None
    cause: Choice | None
    told_on: date | None
    holders: int = Field(description="People who can open the case.")
    looks: int = Field(description="How often it was opened since.")
    readers: int = Field(description="By how many people.")
    down_on: date | None


class WallsShown(Shown):
    """The walls, the newest first: never what is inside."""

    standing: int
    months: tuple[WallsOfMonth, ...]
    walls: tuple[WallSeen, ...]
    not_shown: int = Field(description="How many older ones there are.")


def wall(page: Page) -> WallShown:
    """Return the shape of the wall around a case."""
    return WallShown(case_number=page["case"].reference, wall=_now(page) if page["wall"] else None)


def _now(page: Page) -> WallNow:
    one, card, case = page["wall"], page["card"], page["case"]
    return WallNow(
        risen_on=one.risen_on,
        cause=Choice(code=one.cause_code, label=page["cause"]),
        risen_by=person(page["risen_by"]),
        was_with=person(page["was_with"]),
        service=card["service"],
        saying_service=SayingService(wall_service=choices(page["services"])),
        routes=tuple(
            OutsideRoute(name=route.name, ways=route.ways, last_checked_on=route.contact.last_checked_on)
            for route in card["routes"]
        ),
        told=by(card["told_by"], one.told_on),
        telling=TellingOutside(
            language=labelled(page, "languages", case.language),
            sentence=page["sentence"],
            sentence_here=page["sentence_here"] if page["sentence_tag"] != page.view.language.tag else None,
        )
        if page["can_read"]
        else None,
        asked_down=AskedDown(
            asked=by(page["asked_by"], one.asked_on),
            reason=page["reason"],
            may_agree=not page["asked_self"],
        )
        if one.asked_on
        else None,
    )


def wall_asking(page: Page) -> WallAskingShown:
    """Return the shape of the question before a wall rises."""
    rise, loss, loses = page["rise"], page["loss"], page["loses"]
    return WallAskingShown(
        case_number=page["case"].reference,
        title=page["title"],
        sent_to=page["sent_to"],
        leaves_the_reader=loses,
        leaves=person(page["adviser"]) if not rise.stays and not page["is_own"] else None,
        all_cases=tuple(one.reference for one in page["cases"]) if len(page["cases"]) > 1 else (),
        holders=tuple(Person(name=name) for name in page["holders"]),
        loss=LossOfReader(tasks=loss.tasks, booked_on=tuple(loss.booked_on), drafts=loss.drafts)
        if loses
        else None,
        wall_service=choices(page["services"]),
        wall_taker=None if rise.stays else choices(page["takers"]),
    )


def walls(page: Page) -> WallsShown:
    """Return the shape of the oversight of walls."""
    return WallsShown(
        standing=page["standing"],
        months=tuple(
            WallsOfMonth(month=month, rose=rose, stand=stand) for month, rose, stand in page["months"]
        ),
        walls=tuple(_seen(page, one) for one in page["walls"]),
        not_shown=page["more"],
    )


def _seen(page: Page, one: Any) -> WallSeen:
    row = one.wall
    return WallSeen(
        risen_on=row.risen_on,
        case_number=one.number if page["shows_numbers"] else None,
        cause=worded(page["causes"], row.cause_code),
        told_on=row.told_on,
        holders=one.holders,
        looks=one.looks,
        readers=one.readers,
        down_on=row.down_on,
    )


SHAPES: Final[dict[str, Shape]] = {
    "wall.html": wall,
    "wall_asking.html": wall_asking,
    "walls.html": walls,
}
