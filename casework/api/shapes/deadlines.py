"""Deadlines: those that bind, one of them, and looking for limits."""

from datetime import date
from typing import Any, Final

from pydantic import Field

from casework.api.shapes import clocks, hearings, told
from casework.api.shapes.listing import Narrowed, narrowed
from casework.api.shapes.parts import (
    Choice,
    Code,
    Explained,
    Person,
    apart,
    choices,
    explained,
    person,
)
from casework.api.shapes.taking_back import TakenBack, taken
from casework.api.shown import Page, Shape, Shown


class DeadlineLine(clocks.DeadlineStanding):
    """A deadline in a list."""

    case_number: str
    apart: Choice | None
    law: str
    stands_still: bool
    stands_still_until: date | None
    adviser: Person | None


class WhichDeadlines(Shown):
    """One choice of the list with how many there are."""

    code: Code
    label: str
    deadlines: int


class DeadlinesShown(Narrowed):
    """One page of the deadlines that bind, by itself the earliest first."""

    whose: Code = Field(description="`mine`, or `all` for a supervisor who asks for the team's.")
    which: Code
    choices: tuple[WhichDeadlines, ...]
    deadlines: tuple[DeadlineLine, ...]
    hearings: tuple[hearings.HearingListed, ...]
    next: str | None = Field(description="The place after which the next page begins.")


class OtherCounting(clocks.DeadlineEnded):
    """Another counting of the same clock."""

    counted: str
    counted_by: Person | None
    counted_on: date
    stops: tuple[str, ...]
    words: tuple[clocks.DeadlineWords, ...]
    taken_back: tuple[TakenBack, ...]


class OtherClassification(Shown):
    """When the same clock would end with another classification."""

    classification: Choice | None
    last_on: date
    latest_on: date
    law: tuple[str, ...]


class FiledThen(Shown):
    """What the form that notes it as met begins with, if it was opened from a filing (`filed`)."""

    met_on: date
    met_evidence: str


class CountingForm(Shown):
    """What may be chosen when a deadline is counted anew or ends."""

    seat: tuple[Choice, ...] = Field(description="By whose days off; none where those do not matter.")
    asks_home: bool = Field(description="The days off of where the person lives may count too.")
    filed: FiledThen | None

    classifications: tuple[Choice, ...]
    causes: tuple[Choice, ...] = Field(description="What may stop it.")
    waivers: tuple[Choice, ...] = Field(description="Who may decide that nobody acts on it.")


class DeadlineShown(clocks.DeadlineCounted):
    """One deadline, how it was counted and who stands for it."""

    case_number: str
    version: int | None = Field(description="Of the case; None once the deadline has ended.")
    list_version: str = Field(description="Of the list of routes from which the limit was read.")
    counted_by: Person | None
    counted_on: date
    confirmed_by: Person | None
    confirmed_on: date | None
    are_days_off_confirmed: bool
    words: tuple[clocks.DeadlineWords, ...]
    with_another_classification: tuple[OtherClassification, ...]
    other_countings: tuple[OtherCounting, ...]
    may_be_taken_back: bool = Field(description="It has ended, and the reader may say that it had not.")
    taken_back: tuple[TakenBack, ...]
    may_confirm: bool = Field(description="It waits for a lawyer, and the reader is one.")
    form: CountingForm | None = Field(description="None once the deadline has ended.")


class LimitGroup(Shown):
    """Limits that may be ticked, under the name of their field."""

    field: str
    limits: tuple[Explained, ...]


class LimitsShown(Shown):
    """Looking which limits run in a case; nothing but its number once it is closed."""

    case_number: str
    is_closed: bool
    version: int | None = None
    proposed: LimitGroup | None = Field(None, description="For what was told and coded.")
    others: tuple[LimitGroup, ...] = ()
    other_days: tuple[Choice, ...] = Field((), description="Fields of other days from which limits run.")
    seat: tuple[Choice, ...] = Field((), description="By whose days off those in working days are counted.")
    account: told.Account | None = None


def deadlines(page: Page) -> DeadlinesShown:
    """Return the deadlines that bind."""
    return DeadlinesShown(
        **narrowed(page),
        whose=page["asked"].whose,
        which=page["asked"].which,
        choices=tuple(
            WhichDeadlines(code=code, label=label, deadlines=page["counts"][code])
            for code, label in page["names"].items()
        ),
        deadlines=tuple(_line(page, line, one) for line, one in page["lines"]),
        hearings=hearings.in_list(page, page["hearings"]),
        next=page["next"] or None,
    )


def _line(page: Page, line: Any, one: Any) -> DeadlineLine:
    still = one.clock.stands_still
    return DeadlineLine(
        **clocks.standing(page, one),
        case_number=line.case.reference,
        apart=apart(page, line.case.routing_code),
        law=one.law,
        stands_still=still is not None,
        stands_still_until=still.last if still and not still.is_open else None,
        adviser=person(line.adviser),
    )


def deadline(page: Page) -> DeadlineShown:
    """Return one deadline."""
    one, case, names = page["told"], page["case"], page["names"]
    row = one.row
    return DeadlineShown(
        **clocks.counted(page, one),
        case_number=case.reference,
        version=case.version if row.is_open else None,
        list_version=row.list_version,
        counted_by=person(names.get(row.made_by, "")),
        counted_on=row.made_on,
        confirmed_by=person(names.get(row.confirmed_by, "")) if row.confirmed_by else None,
        confirmed_on=row.confirmed_on,
        are_days_off_confirmed=row.is_calendar_confirmed,
        words=_words(page, row.id),
        with_another_classification=tuple(_classified(page, other) for other in page["others"]),
        other_countings=tuple(_counting(page, other) for other in page["history"]),
        may_be_taken_back=page["may_take_back"],
        taken_back=taken(page, row.id),
        may_confirm=row.state == "computed" and page["may_confirm"],
        form=_form(page) if row.is_open else None,
    )


def _words(page: Page, own: Any) -> tuple[clocks.DeadlineWords, ...]:
    return clocks.words(one for one in page["texts"] if one.row.deadline_id == own)


def _classified(page: Page, other: Any) -> OtherClassification:
    label = other.limit.label
    return OtherClassification(
        classification=Choice(code=label, label=page["label_name"](label)) if label else None,
        last_on=other.on,
        latest_on=other.latest_on,
        law=tuple(other.law),
    )


def _counting(page: Page, one: Any) -> OtherCounting:
    ended = clocks.ended(page, one)
    return OtherCounting(
        **{name: getattr(ended, name) for name in clocks.DeadlineEnded.model_fields},
        counted=one.how,
        counted_by=person(page["names"].get(one.row.made_by, "")),
        counted_on=one.row.made_on,
        stops=tuple(one.stops),
        words=_words(page, one.row.id),
        taken_back=taken(page, one.row.id),
    )


def _form(page: Page) -> CountingForm:
    given = page["given"]
    parts = [given.get(f"met_on-{part}", [""])[0] for part in ("year", "month", "day")]
    return CountingForm(
        seat=choices(page["seats"]),
        asks_home=bool(page["seats"]) and page["asks_home"],
        filed=FiledThen(met_on=date(*map(int, parts)), met_evidence=given["met_evidence"][0])
        if all(parts)
        else None,
        classifications=choices(page["classifications"]),
        causes=choices(page["causes"]),
        waivers=choices(page["waivers"]),
    )


def limits(page: Page) -> LimitsShown:
    """Return which limits may run in a case."""
    case = page["case"]
    if case.is_closed:
        return LimitsShown(case_number=case.reference, is_closed=True)
    first, *others = (LimitGroup(field=name, limits=explained(items)) for name, items in page["groups"])
    return LimitsShown(
        case_number=case.reference,
        is_closed=False,
        version=case.version,
        proposed=first,
        others=tuple(one for one in others if one.limits),
        other_days=choices(page["starts"]),
        seat=choices(page["seats"]),
        account=told.account(page, page["story"]),
    )


SHAPES: Final[dict[str, Shape]] = {
    "deadlines.html": deadlines,
    "deadline.html": deadline,
    "limits.html": limits,
}
