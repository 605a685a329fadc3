"""When cases make a pattern, and how far a request about one has come. Pure."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from office.languages import mark

KINDS: Final = {
    "respondent": mark("The same organisation as the respondent"),
    "codes": mark("The same kind of respondent, district and conduct"),
}
ANSWERS: Final = {"agreed": mark("Agreed"), "declined": mark("Declined")}


@dataclass(frozen=True, slots=True)
class Threshold:
    """So many reports within so many days."""

    reports: int
    days: int


_DATA: Final = tomllib.loads(Path(__file__).with_name("patterns.toml").read_text("utf-8"))
THRESHOLDS: Final = {kind: Threshold(**_DATA[kind]) for kind in KINDS}
LOOK_BACK: Final = timedelta(days=_DATA["look_back"]["days"])


def joined(marks: Iterable[tuple[UUID, bytes]]) -> list[frozenset[UUID]]:
    """Return the parties that hang together, each bearing a mark of another of its group."""
    parties_of: dict[bytes, set[UUID]] = {}
    marks_of: dict[UUID, set[bytes]] = {}
    for party_id, own in marks:
        parties_of.setdefault(own, set()).add(party_id)
        marks_of.setdefault(party_id, set()).add(own)
    groups, seen = list[frozenset[UUID]](), set[UUID]()
    for party_id in marks_of:
        if party_id in seen:
            continue
        group, waiting = set[UUID](), {party_id}
        while waiting:
            one = waiting.pop()
            group.add(one)
            waiting |= {other for own in marks_of[one] for other in parties_of[own]} - group
        seen |= group
        groups.append(frozenset(group))
    return groups


def is_about(asked: Set[UUID], cases: Set[UUID], rivals: Iterable[Set[UUID]]) -> bool:
    """Say whether a request is about what these cases have in common: no rival has more of them.

    A request about an organisation does not say which one, and a case in which two are named is with both.
    """
    return len(asked & cases) == max(len(asked & one) for one in rivals)


def newest_window(days: Mapping[UUID, date], threshold: Threshold) -> frozenset[UUID]:
    """Return the cases of the last span of days that has enough of them; none if there is no such span."""
    for last in sorted(set(days.values()), reverse=True):
        first = last - timedelta(days=threshold.days - 1)
        here = frozenset(case_id for case_id, day in days.items() if first <= day <= last)
        if len(here) >= threshold.reports:
            return here
    return frozenset()


def handle_of(kind: str, codes: Iterable[str], cases: Iterable[UUID]) -> str:
    """Return a word for exactly these cases, which tells nothing of them and changes with them."""
    told = "\0".join([kind, *codes, *sorted(str(one) for one in cases)])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def year_before(day: date) -> date:
    """Return the same day of the year before; the 28th for a 29 February."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def is_within_a_year(before: date, after: date) -> bool:
    """Say whether `after` follows `before` by twelve months at most."""
    return year_before(after) <= before < after
