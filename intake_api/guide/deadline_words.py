"""What is said of limits that may be running: guidance in the person's language, and never a promise."""

from dataclasses import dataclass, replace
from typing import Final

from office.deadlines.warnings import Guidance, Warned
from office.languages import Language, mark
from office.languages import language as spoken
from office.vocabulary import City, load

SPANISH: Final = "es"
TITLE: Final = mark("There may be time limits")
NOTE: Final = mark(
    "This is guidance and not legal advice: nobody has checked it for you. "
    "Ask us or a lawyer, as soon as you can."
)
UNTIL: Final = mark("You may have until about %(day)s to %(act)s.")
LAST_DAY: Final = mark("Today may be the last day to %(act)s.")
MAYBE: Final = mark(
    "The time to %(act)s may have passed already, or you may have until about %(day)s. "
    "Ask us as soon as you can."
)
PASSED: Final = mark(
    "The time to %(act)s may have passed. Ask us all the same: there are exceptions and other ways."
)
DAY_UNKNOWN: Final = mark(
    "There may be only %(length)s to %(act)s, counted from the day it happened or you were told of it."
)
FROM_DAY: Final = mark("Counted from the day you told us: %(day)s.")
FROM_MONTH: Final = mark(
    "You told us the month only, so it is counted from its first day, to be safe: %(day)s."
)
GOING_ON: Final = mark("If it is still going on, a limit may begin later.")


@dataclass(frozen=True, slots=True)
class Said:
    """One limit as it is told: the sentence, and where the law says so."""

    warned: Warned
    sentence: str
    law: str


@dataclass(frozen=True, slots=True)
class SaidGuidance:
    """The box with the limits: title, what it is, the limits, and from which day they are counted."""

    title: str
    note: str
    limits: tuple[Said, ...]
    asides: tuple[str, ...]
    spanish: "SaidGuidance | None" = None


def guidance_in(language: Language, guidance: Guidance, city: City) -> SaidGuidance | None:
    """Return the guidance in this language, and in Spanish; None when no short limit may be running."""
    if not guidance.warned:
        return None
    said = _said_all(language, guidance, city)
    if language.written_as == SPANISH:
        return said
    return replace(said, spanish=_said_all(spoken(SPANISH, "residents"), guidance, city))


def _said_all(language: Language, guidance: Guidance, city: City) -> SaidGuidance:
    return SaidGuidance(
        title=language.gettext(TITLE),
        note=language.gettext(NOTE),
        limits=tuple(_said(language, one, city) for one in guidance.warned),
        asides=tuple(_asides(language, guidance)),
    )


def _said(language: Language, warned: Warned, city: City) -> Said:
    warnings = load("warnings", city)
    # A receipt may be read just after the list lost a code: the route's own name is said then.
    known = warnings if warned.code in warnings else load("routes", city)
    act = known.label(warned.code if warned.code in warnings else warned.route, language.tag)
    return Said(warned, _sentence(language, warned, act), "; ".join(warned.law))


def _sentence(language: Language, warned: Warned, act: str) -> str:
    until, latest = warned.until, warned.latest_until
    if warned.state == "passed":
        return language.gettext(PASSED, act=act)
    if warned.state == "last_day":
        return language.gettext(LAST_DAY, act=act)
    if warned.state == "may_have_passed" and latest is not None:
        return language.gettext(MAYBE, act=act, day=language.date(latest))
    if until is not None and warned.working_days_left is not None:
        return language.ngettext(
            "You may have about %(num)s working day left (until about %(day)s) to %(act)s.",
            "You may have about %(num)s working days left (until about %(day)s) to %(act)s.",
            warned.working_days_left,
            day=language.date(until),
            act=act,
        )
    if until is not None:
        return language.gettext(UNTIL, act=act, day=language.date(until))
    return language.gettext(DAY_UNKNOWN, length=_length(language, warned), act=act)


def _length(language: Language, warned: Warned) -> str:
    if warned.unit == "year":
        return language.ngettext("%(num)s year", "%(num)s years", warned.count)
    if warned.unit == "month":
        return language.ngettext("%(num)s month", "%(num)s months", warned.count)
    if warned.unit == "natural_day":
        return language.ngettext("%(num)s day", "%(num)s days", warned.count)
    return language.ngettext("%(num)s working day", "%(num)s working days", warned.count)


def _asides(language: Language, guidance: Guidance) -> list[str]:
    told = []
    if guidance.counted_from is not None:
        sentence = FROM_DAY if guidance.is_day_exact else FROM_MONTH
        told.append(language.gettext(sentence, day=language.date(guidance.counted_from)))
    if guidance.is_going_on:
        told.append(language.gettext(GOING_ON))
    return told
