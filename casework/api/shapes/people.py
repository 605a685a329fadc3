"""Who is in a case, what matches on the other side of another, and who keeps out."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, Event, Person, apart, choices, events, person, worded
from casework.api.shapes.party import Line, known_lines, party
from casework.api.shown import Page, Shape, Shown


class Party(Shown):
    """Somebody in a case."""

    id: UUID | None = Field(description="None while a decision about them is waited for.")
    name: str
    aliases: tuple[str, ...]
    role: Choice | None
    kind: Choice | None
    waits_for_decision: bool
    side: Choice | None = Field(description="None where the role says it, or nobody did.")
    known: tuple[Line, ...] = Field(description="What else is known of them, in words.")


class PartyOnPaper(Shown):
    """Somebody in a case as they are printed: without how they are reached."""

    name: str
    aliases: tuple[str, ...]
    role: str
    kind: str
    known: tuple[Line, ...]


class NobodyKnown(Shown):
    """That no respondent is known, who said so and why."""

    said_by: str
    said_on: date
    why: str


class KeptOutBefore(Shown):
    """Somebody who kept out of the case and does no more."""

    name: str
    relation: str
    since: date
    ended_on: date
    ended_by: str
    reason: str


class Ending(Shown):
    """Ending that somebody keeps out, as a second person."""

    kept_out: tuple[Choice, ...]


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
    further: tuple[Choice, ...] = Field(description="More reasons, which stand beside the first.")
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
    kept_out_before: tuple[KeptOutBefore, ...]
    ending: Ending | None = Field(description="None for who may end nothing here.")
    no_respondent_is_known: NobodyKnown | None
    may_say_that_nobody_is_known: bool
    roles: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    sides: tuple[Choice, ...]
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
    nobody = page["nobody"]
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
                side=worded(dict(page["sides"]), one.party.side_code),
                known=known_lines(page["lines"][one.party.id]),
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
                further=tuple(Choice(code=also.relation, label=words[also.relation]) for also in one.further),
                still_has_the_case=one.still_has_it,
                acts=events(looked),
            )
            for one, looked in page["out"]
        ),
        kept_out_before=tuple(
            KeptOutBefore(
                name=one.name,
                relation=one.relation,
                since=one.made_on,
                ended_on=one.down_on,
                ended_by=one.down_by,
                reason=one.reason,
            )
            for one in page["ended"]
        ),
        ending=Ending(kept_out=choices(page["to_end"])) if page["to_end"] else None,
        no_respondent_is_known=NobodyKnown(said_by=nobody.name, said_on=nobody.said_on, why=nobody.why)
        if nobody
        else None,
        may_say_that_nobody_is_known=page["may_say_nobody"] and not nobody,
        roles=choices(page["roles"]),
        kinds=choices(page["kinds"]),
        sides=choices(page["sides"]),
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


def on_paper(people: Iterable[Any]) -> tuple[PartyOnPaper, ...]:
    """Return who is in a case as they are printed."""
    return tuple(
        PartyOnPaper(
            name=one.called.name,
            aliases=tuple(one.called.aliases),
            role=one.role,
            kind=one.kind,
            known=known_lines(one.lines),
        )
        for one in people
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


SHAPES: Final[dict[str, Shape]] = {"people.html": people, "party.html": party, "conflicts.html": conflicts}
