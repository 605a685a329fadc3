"""The list of cases, and giving many of them to another adviser."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import (
    Choice,
    Code,
    Person,
    apart,
    choices,
    coded,
    coded_each,
    person,
    urgency,
)
from casework.api.shown import Page, Shape, Shown


class CountedQueue(Shown):
    """A queue with how many cases stand in it."""

    code: Code
    label: str
    cases: int
    or_more: bool = Field(False, description="There are more than are counted.")


class KeptView(Shown):
    """A view the reader keeps under a name; without one if it cannot be read any more."""

    id: UUID
    name: str
    query: str


class CaseUnder(Shown):
    """A case that is read under the one of its line."""

    case_number: str
    limit_on: date | None
    is_limit_near: bool
    next_news_on: date | None
    is_news_late: bool


class CaseLine(Shown):
    """One case in a list."""

    case_number: str
    urgency: Choice | None
    apart: Choice | None
    unread_messages: int
    needs_a_scan_of_limits: bool
    grounds: tuple[Choice, ...]
    area: Choice | None
    stage: Choice | None = Field(description="None once the case is closed.")
    outcome: Choice | None
    is_void: bool
    first_deadline_on: date | None
    is_deadline_near: bool
    is_deadline_confirmed: bool
    next_news_on: date | None
    is_news_late: bool
    look_at_remedies_on: date | None
    adviser: Person | None
    given_on: date | None = Field(description="Only while its adviser has not looked at it.")
    read_with: tuple[CaseUnder, ...]


class Asked(Shown):
    """What the list is asked for, as codes."""

    whose: Code
    which: Code
    stage: Code
    state: Code
    adviser: UUID | None
    ground: Code
    area: Code
    district: Code
    since: date | None
    until: date | None
    sort: Code


class CasesShown(Shown):
    """One page of a list of cases, with the queues beside it and what it can be narrowed to."""

    asked: Asked
    query: str = Field(description="The same in an address; an export of the list is asked for with it.")
    whose: tuple[Choice, ...]
    queues: tuple[CountedQueue, ...]
    covered_by_you: int
    views: tuple[KeptView, ...]
    without_a_scan_of_limits: int | None
    late_promises: int | None = Field(description="Of the cases you may open; only for supervisors.")
    waiting_for_their_key: int
    cases: tuple[CaseLine, ...]
    next: str | None = Field(description="The place after which the next page begins.")
    can_be_given_away: bool
    filters: Mapping[str, tuple[Choice, ...]]
    sorts: tuple[Choice, ...]


class CaseToGive(Shown):
    """A case that is to change hands."""

    case_number: str
    version: int
    urgency: Choice | None
    apart: Choice | None
    stage: Choice | None
    language: Choice | None
    first_deadline_on: date | None
    next_news_on: date | None
    adviser: Person | None


class GivingShown(Shown):
    """Cases that are to change hands: all of them, or none."""

    query: str
    cases: tuple[CaseToGive, ...]
    advisers: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    notices: tuple[Choice, ...] = Field(description="What the people may be told.")
    without_a_receipt: int = Field(description="Cases in which nobody can be told this way.")


def _under(page: Page, case: Any) -> CaseUnder:
    today = page.view.act.on
    return CaseUnder(
        case_number=case.reference,
        limit_on=case.limit_on,
        is_limit_near=bool(case.limit_on and page["is_near"](case.limit_on, today)),
        next_news_on=case.next_on,
        is_news_late=bool(case.next_on and case.next_on < today),
    )


def _line(page: Page, line: Any) -> CaseLine:
    case, today = line.case, page.view.act.on
    is_open = not case.is_closed
    limit_on = case.limit_on if is_open else None
    next_on = case.next_on if is_open else None
    needs_scan = is_open and case.opened_on < page["scan_due_before"] and case.id not in page["scanned"]
    return CaseLine(
        case_number=case.reference,
        urgency=urgency(page, case.urgency_code),
        apart=apart(page, case.routing_code),
        unread_messages=line.unread,
        needs_a_scan_of_limits=needs_scan,
        grounds=coded_each(page, "grounds", case.ground_codes),
        area=coded(page, "areas", case.area_code),
        stage=coded(page, "stages", case.stage_code) if is_open else None,
        outcome=None if is_open or case.is_void else coded(page, "outcomes", case.outcome_code),
        is_void=case.is_void,
        first_deadline_on=limit_on,
        is_deadline_near=bool(limit_on and page["is_near"](limit_on, today)),
        is_deadline_confirmed=bool(limit_on) and page["first"].get(case.id) == "confirmed",
        next_news_on=next_on,
        is_news_late=bool(next_on and next_on < today),
        look_at_remedies_on=line.look_on if is_open else None,
        adviser=person(line.adviser),
        given_on=case.assigned_on if is_open and not case.looked_on else None,
        read_with=tuple(_under(page, one) for one in line.under),
    )


def cases(page: Page) -> CasesShown:
    """Return one page of a list of cases."""
    asked, found = page["asked"], page["found"]
    names = page["queue_names"]
    return CasesShown(
        asked=Asked(**{name: getattr(asked, name) for name in Asked.model_fields}),
        query=asked.query,
        whose=choices(page["whose_names"]),
        queues=tuple(
            CountedQueue(
                code=code,
                label=names[code],
                cases=count,
                or_more=code in page["more"],
            )
            for code, count in page["counts"].items()
        ),
        covered_by_you=page["covered"],
        views=tuple(KeptView(id=one.id, name=one.name, query=one.query) for one in page["views"]),
        without_a_scan_of_limits=None if asked.which == "unscanned" else page["unscanned"],
        late_promises=page["late"] if page["supervises"] else None,
        waiting_for_their_key=page["without_key"],
        cases=tuple(_line(page, one) for one in found.lines),
        next=found.next,
        can_be_given_away=bool(found.lines) and asked.which not in ("closed", "void"),
        filters={name: choices(items) for name, items in page["choices_of"].items()},
        sorts=choices(page["sorts"]),
    )


def giving(page: Page) -> GivingShown:
    """Return the cases that are to change hands."""
    return GivingShown(
        query=page["query"],
        cases=tuple(
            CaseToGive(
                case_number=one.reference,
                version=one.version,
                urgency=urgency(page, one.urgency_code),
                apart=apart(page, one.routing_code),
                stage=coded(page, "stages", one.stage_code),
                language=coded(page, "languages", one.language),
                first_deadline_on=one.limit_on,
                next_news_on=one.next_on,
                adviser=person(page["names"].get(one.assigned_to, "")),
            )
            for one in page["cases"]
        ),
        advisers=choices(page["advisers"]),
        reasons=choices(page["reasons"]),
        notices=choices(page["notices"]),
        without_a_receipt=page["unreachable"],
    )


SHAPES: Final[dict[str, Shape]] = {"cases.html": cases, "giving.html": giving}
