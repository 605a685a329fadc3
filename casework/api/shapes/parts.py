"""What many shapes name alike: a code with its label, somebody of the office, a line of the timeline."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from casework.api.shown import Page, Shown
from office.clock import day_in
from office.web.parts import choices as in_one_shape

Code = Annotated[str, "a code, which a page shows by its label or by what it does"]
Week = Annotated[str, Field(pattern=r"^\d{4}-W\d{2}$", description="As `2026-W47`: no day is kept for it.")]
Month = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$", description="As `2026-11`.")]
Quarter = Annotated[str, Field(pattern=r"^\d{4}-Q\d$", description="As `2026-Q4`.")]


class Choice(Shown):
    """A code with its label in the language of the reader."""

    code: Code
    label: str


class Explained(Choice):
    """A choice of a form with what is written under it."""

    hint: str = ""


class Person(Shown):
    """Somebody of the office by the name that is shown; with an id only where a form names them by it."""

    id: UUID | None = None
    name: str


class Event(Shown):
    """A line of the timeline, in words."""

    at: datetime
    who: str
    sentence: str
    about: str = Field("", description="What the event was about, where the sentence does not say it.")


class CasesVoided(Shown):
    """How many cases became void in a month for one reason; each in words."""

    month: str
    reason: str
    cases: int


def coded(page: Page, name: str, code: str | None) -> Choice | None:
    """Return a code of one of the office's lists with its label; None where nobody said one."""
    return Choice(code=code, label=page.view.label(name, code)) if code else None


def coded_each(page: Page, name: str, codes: Iterable[str] | str) -> tuple[Choice, ...]:
    """Return several codes of a list, as they are kept in one column or one by one, each with its label."""
    each = codes.split() if isinstance(codes, str) else codes
    return tuple(Choice(code=one, label=page.view.label(name, one)) for one in each)


def worded(words: Mapping[str, str], code: str | None) -> Choice | None:
    """Return a code with the words that a page was given for it; None where there is no code."""
    return Choice(code=code, label=words[code]) if code else None


def choices(items: Iterable[Any] | Mapping[str, str]) -> tuple[Choice, ...]:
    """Return what a form offers: pairs of a code and its label, choices of a list, or labels by code."""
    each = items.items() if isinstance(items, Mapping) else items
    return tuple(Choice(code=one.value, label=one.text) for one in in_one_shape(each))


def explained(items: Iterable[Any]) -> tuple[Explained, ...]:
    """Return what a form offers with what is written under each; a select shows no such line."""
    return tuple(Explained(code=one.value, label=one.text, hint=one.hint) for one in in_one_shape(items))


def person(name: str) -> Person | None:
    """Return somebody who is only named; None for nobody."""
    return Person(name=name) if name else None


def events(told: Iterable[Any]) -> tuple[Event, ...]:
    """Return lines of the timeline from `casework.timeline.wording.Told`."""
    return tuple(Event(at=one.at, who=one.who, sentence=one.sentence, about=one.about) for one in told)


def voided(page: Page) -> tuple[CasesVoided, ...]:
    """Return how many cases became void, as a page was given it by `casework.states.wording.void_lines`."""
    return tuple(CasesVoided(month=month, reason=why, cases=cases) for month, why, cases in page["voids"])


def urgency(page: Page, code: str) -> Choice | None:
    """Return how urgent something is; None for what has its ordinary time, of which no page says anything."""
    return coded(page, "urgency", code) if code in ("danger", "soon") else None


def apart(page: Page, code: str) -> Choice | None:
    """Return that something is kept apart because it is against the city; None for anything else."""
    return coded(page, "routing", code) if code == "city" else None


def day_of(page: Page, instant: datetime) -> date:
    """Return the city's day of an instant."""
    return day_in(page.view.desk.city.zone, instant)
