"""When two accounts may tell of one event, and why. Pure: codes in, reasons out; a person decides."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from casework.cases.tables import CaseFile
from office.clock import month_of
from office.handover.report import ReportStory
from office.languages import mark

UNKNOWN: Final = "unknown"
NEAR_DAYS: Final = 1
TOLD_DAYS: Final = 14
WINDOW_DAYS: Final = 60
"""Days before and after an account within which others are looked at."""
ENOUGH: Final = 6

WEIGHTS: Final = {
    "day": 4,
    "near": 2,
    "month": 1,
    "told": 1,
    "district": 2,
    "area": 1,
    "respondent": 2,
    "acts": 2,
    "grounds": 1,
}
"""How much each agreement says. Two accounts are proposed from `ENOUGH` on."""

WORDS: Final = {
    "day": mark("the same day"),
    "near": mark("a day apart"),
    "month": mark("the same month"),
    "told": mark("told within two weeks"),
    "district": mark("the same district"),
    "area": mark("the same area of life"),
    "respondent": mark("the same kind of respondent"),
    "acts": mark("the same acts"),
    "grounds": mark("the same grounds"),
}
DIFFERS: Final = {
    "area": mark("another area of life"),
    "respondent": mark("another kind of respondent"),
}
"""What speaks against it without ruling it out; each takes its weight away."""


@dataclass(frozen=True, slots=True)
class Account:
    """What can be compared of a report or case: codes and days, never words.

    Attributes:
        number: its case number.
        told_on: the day it came.
        day: on which it happened, if a day was told.
        month: in which it happened (`2026-11`), if that was told.
    """

    number: str
    told_on: date
    day: date | None = None
    month: str | None = None
    district: str = UNKNOWN
    area: str = UNKNOWN
    respondent: str = UNKNOWN
    acts: frozenset[str] = frozenset()
    grounds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Agreement:
    """In what two accounts agree and differ, and how much that says."""

    agrees: tuple[str, ...]
    differs: tuple[str, ...]
    score: int

    @property
    def is_enough(self) -> bool:
        """Whether the two are proposed as one event."""
        return self.score >= ENOUGH


NOTHING: Final = Agreement((), (), 0)


def account_of_report(number: str, story: ReportStory, told_on: date) -> Account:
    """Return what can be compared of a report somebody has opened."""
    day = story.when.day
    return Account(
        number=number,
        told_on=told_on,
        day=day,
        month=month_of(day) if day else story.when.month,
        district=story.where.district_code,
        area=story.area_code,
        respondent=story.respondent_code,
        acts=frozenset(story.act_codes),
        grounds=frozenset(story.ground_codes) - {UNKNOWN},
    )


def account_of_case(case: CaseFile) -> Account:
    """Return what can be compared of a case without opening it: its clear codes and the day it came."""
    return Account(
        number=case.reference,
        told_on=case.reported_on,
        district=case.district_code,
        area=case.area_code,
        respondent=case.respondent_code,
        grounds=frozenset(case.ground_codes.split()) - {UNKNOWN},
    )


def account_of_opened_case(case: CaseFile, story: ReportStory) -> Account:
    """Return what can be compared of a case whose story somebody has opened: its codes, and when it was."""
    told = account_of_report(case.reference, story, case.reported_on)
    return replace(account_of_case(case), day=told.day, month=told.month, acts=told.acts)


def compared(one: Account, other: Account) -> Agreement:
    """Return in what two accounts agree; NOTHING if days, months or districts rule out one event."""
    when = _when(one, other)
    if not when or _differ(one.district, other.district):
        return NOTHING
    agrees, differs = [when], []
    for name in ("district", "area", "respondent"):
        mine, theirs = getattr(one, name), getattr(other, name)
        if _differ(mine, theirs):
            differs.append(name)
        elif mine == theirs != UNKNOWN:
            agrees.append(name)
    agrees += [name for name in ("acts", "grounds") if getattr(one, name) & getattr(other, name)]
    score = sum(WEIGHTS[name] for name in agrees) - sum(WEIGHTS[name] for name in differs)
    return Agreement(tuple(agrees), tuple(differs), score)


def best_of(account: Account, others: Iterable[Account]) -> Agreement:
    """Return the strongest agreement of one account with any of several."""
    return max((compared(account, other) for other in others), key=lambda found: found.score, default=NOTHING)


def _when(one: Account, other: Account) -> str:
    if one.day and other.day:
        apart = abs((one.day - other.day).days)
        return "" if apart > NEAR_DAYS else "near" if apart else "day"
    if one.month and other.month:
        return "month" if one.month == other.month else ""
    return "told" if abs((one.told_on - other.told_on).days) <= TOLD_DAYS else ""


def _differ(mine: str, theirs: str) -> bool:
    return mine != theirs and UNKNOWN not in (mine, theirs)
