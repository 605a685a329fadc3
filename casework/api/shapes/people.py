"""Who is in a case, what matches on the other side of another, and who keeps out."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, Event, Person, apart, choices, events, person, worded
from casework.api.shown import Page, Shape, Shown


class Party(Shown):
    """Somebody in a case."""

    id: UUID | None = Field(description="None while a decision about them is waited for.")
    name: str
    aliases: tuple[str, ...]
    role: Choice | None
    kind: Choice | None
    waits_for_decision: bool


class Match(Shown):
    """Somebody of this case who is on the other side of another that the reader may open."""

    name: str
    role: Choice | None
    sounds_alike_only: bool
    is_near_only: bool = Field(description="An organisation whose name differs by a sign or so.")
    other_case_number: str
    role_there: Choice | None
    adviser_there: Person | None
    decision: Choice | None = Field(description="None while it waits for a supervisor.")
    decided_by: Person | None
    reason: str


class ToDecide(Shown):
    """The match about which the reader is asked to decide."""

    check: UUID
    name: str
    other_case_number: str
    decisions: tuple[Choice, ...]


class KeepsOut(Shown):
    """Somebody who keeps out of the case, and what they did in it before."""

    name: str
    relation: Choice | None
    since: date
    still_has_the_case: bool
    acts: tuple[Event, ...]


class PeopleShown(Shown):
    """The people of a case and conflicts of interest."""

    case_number: str
    people: tuple[Party, ...]
    matches: tuple[Match, ...]
    somebody_else_must_look: bool = Field(description="There is a match in a case that you may not open.")
    to_decide: ToDecide | None
    keeping_out: tuple[KeepsOut, ...]
    roles: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    services: tuple[Choice, ...]
    relations: tuple[Choice, ...] = Field(description="Why you may have to keep out; none if you do already.")


class CaseWaiting(Shown):
    """A case that goes on when a supervisor has done something."""

    case_number: str
    apart: Choice | None
    waits_for_decision: bool = Field(description="About a match; if not, it waits for another adviser.")
    adviser: Person | None


class ConflictsShown(Shown):
    """Cases that wait for a supervisor because of a conflict of interest."""

    cases: tuple[CaseWaiting, ...]


def people(page: Page) -> PeopleShown:
    """Return who is in a case."""
    case, words, to_decide = page["case"], page["words"], page["to_decide"]
    may_declare = not page["keeps_out"] and not case.is_closed
    return PeopleShown(
        case_number=case.reference,
        people=tuple(
            Party(
                id=None if one.waits else one.party.id,
                name=one.called.name,
                aliases=tuple(one.called.aliases),
                role=worded(words, one.party.role_code),
                kind=worded(words, one.party.kind_code),
                waits_for_decision=one.waits,
            )
            for one in page["people"]
        ),
        matches=tuple(_match(page, one) for one in page["matches"]),
        somebody_else_must_look=bool(page["hidden"]),
        to_decide=_to_decide(page, to_decide) if to_decide else None,
        keeping_out=tuple(
            KeepsOut(
                name=one.name,
                relation=worded(words, one.wall.relation_code),
                since=one.wall.made_on,
                still_has_the_case=one.still_has_it,
                acts=events(looked),
            )
            for one, looked in page["out"]
        ),
        roles=choices(page["roles"]),
        kinds=choices(page["kinds"]),
        services=choices(page["services"]),
        relations=choices(page["relations"]) if may_declare else (),
    )


def _match(page: Page, one: Any) -> Match:
    words = page["words"]
    return Match(
        name=one.called.name,
        role=worded(words, one.role),
        sounds_alike_only=one.check.likeness == "sound",
        is_near_only=one.check.likeness == "near",
        other_case_number=one.other.reference,
        role_there=worded(words, one.other_role),
        adviser_there=person(one.adviser),
        decision=worded(page["decided_as"], one.check.decision_code),
        decided_by=person(one.decided_by),
        reason=one.reason,
    )


def _to_decide(page: Page, one: Any) -> ToDecide:
    return ToDecide(
        check=one.check.id,
        name=one.called.name,
        other_case_number=one.other.reference,
        decisions=choices(page["decisions"]),
    )


def conflicts(page: Page) -> ConflictsShown:
    """Return the cases that wait for a supervisor."""
    return ConflictsShown(
        cases=tuple(
            CaseWaiting(
                case_number=one.case.reference,
                apart=apart(page, one.case.routing_code),
                waits_for_decision=one.is_undecided,
                adviser=person(one.adviser),
            )
            for one in page["waiting"]
        )
    )


SHAPES: Final[dict[str, Shape]] = {"people.html": people, "conflicts.html": conflicts}
