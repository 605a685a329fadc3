"""Looking for cases: by number, codes, a name or words. Of what may not be opened, nothing is said."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from pydantic import Field

from casework.api.shapes.links import OtherRecord, other
from casework.api.shapes.parts import Choice, Code, Person, apart, choices, coded, person, worded
from casework.api.shown import Page, Shape, Shown


class CalledAlike(Shown):
    """Somebody in a case whose name is, sounds or is written like what was looked for."""

    name: str
    role: Choice | None
    sounds_alike_only: bool
    is_near_only: bool = Field(description="An organisation whose name differs by a sign or so.")


class CaseFound(Shown):
    """A case that was found, and by what."""

    case_number: str
    apart: Choice | None
    where: tuple[Choice, ...] = Field(description="Where the words stand; only of a search for words.")
    called: tuple[CalledAlike, ...] = Field(description="Only of a search for a name.")
    area: Choice | None
    stage: Choice | None = Field(description="None once the case is closed.")
    outcome: Choice | None
    is_void: bool
    reported_on: date
    adviser: Person | None


class Results(Shown):
    """One page of what was found, the newest first."""

    cases: tuple[CaseFound, ...]
    cases_looked_into: int | None = Field(description="Only of a search for words.")
    could_not_be_opened: int | None
    next: str | None = Field(description="The place after which the older ones begin.")


class SearchShown(Shown):
    """How cases are looked for, and what was found."""

    how: Code
    ways: tuple[Choice, ...]
    filters: Mapping[str, tuple[Choice, ...]] = Field(description="Only of a search by codes.")
    by_number: tuple[OtherRecord, ...] | None = None
    results: Results | None = None


def search(page: Page) -> SearchShown:
    """Return a search."""
    how, seen, results = page["how"], page["seen"], page["results"]
    offered = page["choices_of"] if how == "codes" else {}
    return SearchShown(
        how=how,
        ways=choices(page["ways"]),
        filters={name: choices(items) for name, items in offered.items()},
        by_number=None if seen is None else tuple(other(page, one) for one in seen),
        results=_results(page, how, results) if results and seen is None else None,
    )


def _results(page: Page, how: str, results: Any) -> Results:
    is_words = how == "words"
    return Results(
        cases=tuple(_found(page, how, one) for one in results.found),
        cases_looked_into=results.opened if is_words else None,
        could_not_be_opened=results.damaged if is_words else None,
        next=results.next,
    )


def _found(page: Page, how: str, one: Any) -> CaseFound:
    case = one.case
    return CaseFound(
        case_number=case.reference,
        apart=apart(page, case.routing_code),
        where=tuple(Choice(code=at, label=page["places"][at]) for at in one.where) if how == "words" else (),
        called=tuple(
            CalledAlike(
                name=name,
                role=worded(page["roles"], role),
                sounds_alike_only=likeness == "sound",
                is_near_only=likeness == "near",
            )
            for name, role, likeness in (one.called if how == "name" else ())
        ),
        area=coded(page, "areas", case.area_code),
        stage=None if case.is_closed else coded(page, "stages", case.stage_code),
        outcome=coded(page, "outcomes", case.outcome_code) if case.is_closed and not case.is_void else None,
        is_void=case.is_void,
        reported_on=case.reported_on,
        adviser=person(page["advisers"].get(case.assigned_to, "")),
    )


SHAPES: Final[dict[str, Shape]] = {"search.html": search}
