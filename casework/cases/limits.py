"""Short limits that may be running for what a person told, as the desk shows them.

They are those the person was warned of at the door, counted anew on the day somebody looks. None is certain:
a lawyer looks at the matter, and nothing here confirms a day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from casework.acts import Act
from office.deadlines.warnings import Warned, guidance_for_story
from office.handover.report import ReportStory
from office.vocabulary import City, load

NEAR: Final = timedelta(days=14)
"""How long before its last day a limit is shown in red: about the working days of two weeks."""


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit on a page: what is to be done by when, how it stands today, and where the law says so."""

    act: str
    told: Warned
    law: str
    is_near: bool


def limits_of_story(story: ReportStory, act: Act, tag: str) -> list[LimitLine]:
    """Return the limits that may be running for what was told, the nearest first, with words of `tag`."""
    warnings = load("warnings", act.city)
    return [
        LimitLine(
            act=warnings.label(told.code, tag),
            told=told,
            law="; ".join(told.law),
            is_near=told.state != "passed" and told.until is not None and is_near(told.until, act.on),
        )
        for told in guidance_for_story(act.city, story, act.on).warned
    ]


def first_limit_on(story: ReportStory, city: City, on: date) -> date | None:
    """Return the earliest last day that may still be ahead on a day, or None if no day is known."""
    warned = guidance_for_story(city, story, on).warned
    return min((one.until for one in warned if one.until is not None and one.state != "passed"), default=None)


def is_near(limit_on: date, today: date) -> bool:
    """Return whether somebody must look at a limit now: it is near, or its earliest day has gone by."""
    return limit_on - today <= NEAR
