"""Patterns: what an adviser is asked, what a supervisor may ask, and the cases once all have agreed."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.parts import Choice, Person, choices, coded, person, worded
from casework.api.shown import Page, Shape, Shown


class PatternNamed(Shown):
    """What makes several cases a pattern; the codes only where it is one of codes."""

    kind: Choice | None
    respondent: Choice | None = None
    district: Choice | None = None
    conduct: Choice | None = None


class Answered(PatternNamed):
    """A pattern about which advisers were asked; its id only once all have agreed, or where you are asked."""

    cases: int
    agreed: int
    declined: int
    all_agreed: bool


class AskedOfYou(Answered):
    """What the reader is asked about a case of their own."""

    id: UUID
    case_number: str
    answer: Choice | None = Field(description="None while it waits for your answer.")


class PatternNow(PatternNamed):
    """A pattern there is now, and how many of its cases nobody was asked about."""

    cases: int
    within_days: int
    not_asked_about: int
    was_asked_before: bool | None = Field(description="None if all were asked.")
    pattern: str | None = Field(description="What a request to ask names it by; None if all were asked.")


class AskedAbout(Answered):
    """A request of the office about a pattern."""

    id: UUID | None = Field(description="Only once all have agreed.")
    asked_on: date
    proposal: Choice | None = Field(description="Strategic litigation; only once all have agreed.")


class PerhapsReprisal(Shown):
    """Two cases in which the same person named the same respondent within twelve months."""

    case_number: str
    earlier_case_number: str


class Reprisals(Shown):
    """What may be reprisals."""

    cases: tuple[PerhapsReprisal, ...]
    further_back: int
    for_somebody_else: int = Field(description="Those that concern cases somebody else must look at.")


class PatternsShown(Shown):
    """Patterns of cases; what is there now and was asked only for supervisors."""

    asked_of_you: tuple[AskedOfYou, ...]
    now: tuple[PatternNow, ...] | None
    asked_about: tuple[AskedAbout, ...] | None
    perhaps_reprisals: Reprisals | None


class CaseOfPattern(Shown):
    """A case of a pattern to which all have agreed."""

    case_number: str
    reported_on: date
    adviser: Person | None


class LitigationStepShown(Shown):
    """A step of strategic litigation with the cases of a pattern."""

    step: Choice | None
    voice: str = Field(description="For or against, in words; empty where nobody voted.")
    result: str = Field(description="Of a ruling, in words.")
    on: date
    noted_by: Person | None
    noted_on: date
    question: str
    aim: str
    risk: str
    text: str
    you_have_no_key: bool = Field(description="Something was written, under keys of cases you do not have.")


class PatternShown(PatternNamed):
    """The cases of one pattern, to which all have agreed."""

    id: UUID
    version: int
    cases: tuple[CaseOfPattern, ...]
    kept_from_you: int = Field(description="Cases you keep out of.")
    litigation: Choice | None = Field(description="Where strategic litigation stands, if it was proposed.")
    steps: tuple[LitigationStepShown, ...]
    may_propose: bool
    may_decide: bool = Field(description="You may be one of the two who decide now.")
    may_be_noted: tuple[Choice, ...] = Field(description="What may be noted next, once it is accepted.")


def _named(page: Page, kind: str, respondent: Any, district: Any, conduct: Any) -> dict[str, Any]:
    what = {"kind": worded(page["kinds"], kind)}
    if kind != "codes":
        return what
    return {
        **what,
        "respondent": coded(page, "respondents", respondent),
        "district": coded(page, "districts", district),
        "conduct": coded(page, "conduct", conduct),
    }


def _of(page: Page, row: Any) -> dict[str, Any]:
    return _named(page, row.kind_code, row.respondent_code, row.district_code, row.conduct_code)


def _answered(page: Page, asked: Any) -> dict[str, Any]:
    counts = {"cases": asked.cases, "agreed": asked.agreed, "declined": asked.declined}
    return {**_of(page, asked.pattern), **counts, "all_agreed": asked.is_open}


def patterns(page: Page) -> PatternsShown:
    """Return the patterns."""
    found = page["found"]
    supervises = found is not None
    return PatternsShown(
        asked_of_you=tuple(
            AskedOfYou(
                **_answered(page, one.asked),
                id=one.asked.pattern.id,
                case_number=one.case.reference,
                answer=worded(page["answers"], one.answer),
            )
            for one in page["questions"]
        ),
        now=tuple(_now(page, one) for one in found) if supervises else None,
        asked_about=tuple(_asked(page, one) for one in page["asked"]) if supervises else None,
        perhaps_reprisals=_reprisals(page["alerts"]) if supervises else None,
    )


def _now(page: Page, one: Any) -> PatternNow:
    return PatternNow(
        **_named(page, one.kind, *one.codes),
        cases=len(one.cases),
        within_days=page["thresholds"][one.kind].days,
        not_asked_about=one.added,
        was_asked_before=one.known is not None if one.added else None,
        pattern=one.handle if one.added else None,
    )


def _asked(page: Page, one: Any) -> AskedAbout:
    row = one.pattern
    return AskedAbout(
        **_answered(page, one),
        id=row.id if one.is_open else None,
        asked_on=row.asked_on,
        proposal=worded(page["proposals"], one.litigation) if one.is_open else None,
    )


def _reprisals(alerts: Any) -> Reprisals:
    return Reprisals(
        cases=tuple(
            PerhapsReprisal(case_number=one.case.reference, earlier_case_number=one.before.reference)
            for one in alerts.shown
        ),
        further_back=alerts.more,
        for_somebody_else=alerts.kept_from,
    )


def pattern(page: Page) -> PatternShown:
    """Return the cases of one pattern."""
    group = page["group"]
    row = group.asked.pattern
    return PatternShown(
        **_of(page, row),
        id=row.id,
        version=row.version,
        cases=tuple(
            CaseOfPattern(case_number=case.reference, reported_on=case.reported_on, adviser=person(adviser))
            for case, adviser in group.lines
        ),
        kept_from_you=group.kept_from,
        litigation=worded(page["states"], page["state"]),
        steps=tuple(_step(page, one) for one in page["steps"]),
        may_propose=page["may_propose"],
        may_decide=page["may_speak"],
        may_be_noted=choices(page["next_steps"]),
    )


def _step(page: Page, one: Any) -> LitigationStepShown:
    words = one.words
    return LitigationStepShown(
        step=worded(page["states"], one.row.step_code),
        voice=one.voice,
        result=one.result,
        on=one.row.happened_on,
        noted_by=person(one.by),
        noted_on=one.row.noted_on,
        question=words.question if words else "",
        aim=words.aim if words else "",
        risk=words.risk if words else "",
        text=words.text if words else "",
        you_have_no_key=one.is_shut,
    )


SHAPES: Final[dict[str, Shape]] = {"patterns.html": patterns, "pattern.html": pattern}
