"""How cases age, how long people wait, and which closures are looked at again. Pure: no store, no clock."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final
from uuid import UUID

from office.languages import mark

AGES: Final = (30, 90, 180, 365)
"""Days up to which a band of ages goes; the last band has no end."""
BACK_DAYS: Final = 90
"""How far back answers and closures over open work are looked at."""

SHARE: Final = 10
"""Of each hundred closed cases, so many are looked at again; at least one of each month."""
FOUND: Final = {"fine": mark("Fine"), "mend": mark("To mend")}


@dataclass(frozen=True, slots=True)
class Band:
    """Cases between two ages in days; without a highest, all that are older."""

    lowest: int
    highest: int | None
    cases: int


@dataclass(frozen=True, slots=True)
class Waits:
    """How long people waited for an answer, all together.

    Attributes:
        days: the median in days; None if nobody was answered.
        answered: how many were.
        in_time: how many of those by the promised day.
        waiting: how many still wait.
        late: how many of those since longer than promised.
    """

    days: float | None
    answered: int
    in_time: int
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait for an answer: since when, until when if it ended, and the promised day if there is one."""

    since: date
    until: date | None
    promised: date | None


def aged(opened: Iterable[date], today: date) -> list[Band]:
    """Return how many cases are in each band of ages."""
    ages = [(today - on).days for on in opened]
    bands, lowest = [], 0
    for highest in (*AGES, None):
        held = sum(lowest <= age and (highest is None or age <= highest) for age in ages)
        bands.append(Band(lowest, highest, held))
        lowest = (highest or 0) + 1
    return bands


def waited(waits: Sequence[Wait], today: date) -> Waits:
    """Return what waits come to together; nothing is said of a single one."""
    ended = [(one.until, one) for one in waits if one.until is not None]
    still = [one for one in waits if one.until is None]
    return Waits(
        days=median((until - one.since).days for until, one in ended) if ended else None,
        answered=len(ended),
        in_time=sum(one.promised is None or until <= one.promised for until, one in ended),
        waiting=len(still),
        late=sum(one.promised is not None and one.promised < today for one in still),
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody of the office opened `count` messages, or (0) wrote to the person."""

    on: date
    count: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of the person: the day it came, and the day somebody opened it."""

    received_on: date
    opened_on: date | None


def answers(messages: Sequence[Sent], turns: Iterable[Turn]) -> list[tuple[Sent, date | None]]:
    """Return for each message the day of the first thing written to the person after it was opened.

    Args:
        messages: those of one case, in the order in which they came.
        turns: what the office did in that case, in the order of its timeline.
    """
    closed: dict[date, list[Sent]] = defaultdict(list)
    for one in messages:
        if one.opened_on is not None:
            closed[one.opened_on].append(one)
    read: list[Sent] = []
    found: list[tuple[Sent, date | None]] = [(one, None) for one in messages if one.opened_on is None]
    for turn in turns:
        if turn.count:
            read += closed[turn.on][: turn.count]
            del closed[turn.on][: turn.count]
        else:
            found += [(one, turn.on) for one in read]
            read = []
    unanswered = [*read, *(one for left in closed.values() for one in left)]
    return found + [(one, None) for one in unanswered]


def drawn(seed: str, cases: Iterable[UUID]) -> list[UUID]:
    """Return the closures of a month that are looked at again: the same for the same seed and cases.

    Each case has its place by the hash of seed and id, so that nobody can know or choose before the seed is
    drawn, and anybody can draw again afterwards.
    """
    ordered = sorted(cases, key=lambda own: hashlib.sha256(f"{seed}/{own}".encode()).digest())
    return ordered[: -(-len(ordered) * SHARE // 100)]
