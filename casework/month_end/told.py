"""What the timeline tells of a month: the six counts from events alone."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from casework.cases.tables import CaseFile
from casework.harms.rules import FIRST
from casework.month_end.rules import (
    ATTENDED,
    CASES,
    CONTACTS,
    CORRECTED,
    FIRST_SEEN,
    HARMS,
    OUTCOMES,
    PEOPLE,
    REPORTS,
    SAME_PERSON,
    TALKS,
    TOLD,
    Contact,
    Pair,
    last_day,
    people,
)
from casework.timeline.tables import Event
from office.clock import day_in, month_of

KINDS: Final = (
    *FIRST_SEEN, *TOLD, ATTENDED, CORRECTED, "messages_read", "booking_read", "task_done",
    "task_taken_back", "case_opened",
    "case_reopened", "case_coded", "harm_added", "harm_changed", "harm_removed", "case_linked",
    "link_removed", "void_undone",
)  # fmt: skip
CODED: Final = ("case_coded", "harm_added", "harm_changed", "harm_removed")
"""Each of these says which forms one harm of a case has: the first event the first of them."""
Harm = tuple[str, int, str]
"""The chain of a case, the number of one of its harms, and one form of discrimination coded in that."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event as it is counted: on which of the city's days, in whose chain."""

    chain: str
    kind: str
    on: date
    detail: Mapping[str, Any]


@dataclass
class Told:
    """Everything the counts need, read from the events up to now.

    Attributes:
        seen: the event with which a report was first opened or settled, by its number.
        contacts: number, day and kind of every contact.
        undone: the contacts that were taken back, and on which day.
        opened: the day each case was opened, by its chain.
        endings: for each case, the days on which it was closed and on which it was opened again (no outcome).
        harms: the day each form was coded first, and the kind of event that says so.
        present: the forms that are coded now.
        links: for each two numbers of one person, the days on which they were joined and parted.
        voids: for each case, by number and by chain, the days on which it became void and was no longer.
    """

    seen: dict[str, Happened] = field(default_factory=dict)
    contacts: list[tuple[str, date, str]] = field(default_factory=list)
    undone: list[tuple[tuple[str, date, str], date]] = field(default_factory=list)
    opened: dict[str, date] = field(default_factory=dict)
    endings: dict[str, list[tuple[date, bool]]] = field(default_factory=dict)
    harms: dict[Harm, tuple[date, str]] = field(default_factory=dict)
    present: set[Harm] = field(default_factory=set)
    links: dict[Pair, list[tuple[date, bool]]] = field(default_factory=dict)
    voids: dict[str, list[tuple[date, bool]]] = field(default_factory=dict)

    def parts(self, month: str) -> dict[str, Counter[str]]:
        """Return each count of a month by the kind of event it follows from."""

        def counts(who: str, on: date) -> bool:
            return month_of(on) == month and not self.void_then(who, on)

        found = {
            CONTACTS: Counter(kind for number, on, kind in self._contacts_then(month) if counts(number, on)),
            PEOPLE: Counter(),
            REPORTS: Counter(one.kind for number, one in self.seen.items() if counts(number, one.on)),
            CASES: Counter("case_opened" for chain, on in self.opened.items() if counts(chain, on)),
            HARMS: Counter(kind for (chain, _, _), (on, kind) in self.harms.items() if counts(chain, on)),
            OUTCOMES: Counter("case_closed" for chain in self.endings if self.ended_in(chain, month)),
        }
        then = self._contacts_then(month)
        kept = [(number, on) for number, on, _ in then if not self.void_then(number, on)]
        first = people(kept, self.joined(month), month)
        found[PEOPLE]["first_contact_of_the_year"] = first
        return {count: +kinds for count, kinds in found.items()}

    def _contacts_then(self, month: str) -> list[tuple[str, date, str]]:
        """Return every contact there is, and those that were taken back only after the month."""
        return self.contacts + [one for one, on in self.undone if on > last_day(month)]

    def undone_since(self, month: str) -> list[Contact]:
        """Return number and day of the contacts until the month was over that were taken back after it."""
        last = last_day(month)
        return [(number, day) for (number, day, _), on in self.undone if day <= last < on]

    def void_then(self, who: str, on: date) -> bool:
        """Say whether a case, by number or chain, was void when the month of a day was over.

        What happened in it on that day is counted nowhere then; what was counted before it became void stays.
        """
        last = last_day(month_of(on))
        until = [is_void for day, is_void in self.voids.get(who, ()) if day <= last]
        return bool(until) and until[-1]

    def void_now(self, who: str, on: date) -> bool:
        """Say whether a case is void now, and has been since before the month of that day was over."""
        changes = self.voids.get(who, [])
        return bool(changes) and changes[-1][1] and changes[-1][0] <= last_day(month_of(on))

    def ended_in(self, chain: str, month: str) -> bool:
        """Say whether a case was closed in the month and still was when it was over."""
        last = last_day(month)
        until = [(on, is_closed) for on, is_closed in self.endings[chain] if on <= last]
        return bool(until) and until[-1][1] and month_of(until[-1][0]) == month

    def reopened_since(self, month: str) -> set[str]:
        """Return the cases that had ended in the month and were opened again after it."""
        last = last_day(month)
        return {
            chain
            for chain, endings in self.endings.items()
            if self.ended_in(chain, month) and any(on > last and not is_closed for on, is_closed in endings)
        }

    def joined(self, month: str) -> set[Pair]:
        """Return which two numbers were one person's when the month was over."""
        last = last_day(month)
        found = set()
        for pair, changes in self.links.items():
            until = [is_joined for on, is_joined in changes if on <= last]
            if until and until[-1]:
                found.add(pair)
        return found

    def parted_since(self, month: str) -> set[Pair]:
        """Return those of them that were parted after it."""
        last = last_day(month)
        return {
            pair
            for pair in self.joined(month)
            if any(on > last and not is_joined for on, is_joined in self.links[pair])
        }


def read_timeline(session: Session, zone: ZoneInfo) -> Told:
    """Return what the events tell, in the order in which they happened."""
    numbers = {
        str(own): reference for own, reference in session.exec(select(CaseFile.id, CaseFile.reference))
    }
    wanted = (
        select(Event.chain, Event.kind, Event.at, Event.detail)
        .where(col(Event.kind).in_(KINDS))
        .order_by(col(Event.at), col(Event.chain), col(Event.seq))
    )
    rows = session.exec(wanted)
    return replay(
        (
            Happened(chain, kind, day_in(zone, _aware(at)), json.loads(detail))
            for chain, kind, at, detail in rows
        ),
        numbers,
    )


def replay(events: Iterable[Happened], numbers: Mapping[str, str]) -> Told:
    """Return what these events tell; `numbers` is how each case's chain is called."""
    told = Told()
    for one in events:
        _take(told, one, numbers.get(one.chain, one.chain))
    return told


def _take(told: Told, one: Happened, number: str) -> None:
    if one.kind in FIRST_SEEN:
        _seen(told, one)
    elif one.kind == "messages_read":
        told.contacts += [(one.detail.get("report", number), one.on, one.kind)] * int(one.detail["count"])
    elif one.kind == "booking_read":  # of the answers those with words in them
        told.contacts += [(number, one.on, one.kind)] * int(one.detail["texts"])
    elif one.kind == "task_done" and _is_talk(one):
        told.contacts.append((number, one.on, one.kind))
    elif one.kind == "task_taken_back":
        _task_taken_back(told, one, number)
    elif one.kind == "case_opened":
        told.opened[one.chain] = one.on
    elif one.kind in CODED:
        _coded(told, one)
    elif one.kind in ("case_linked", "link_removed"):
        _linked(told, one)
    if one.kind == CORRECTED:
        _corrected(told, one, number)
    if one.kind in ("case_voided", "void_undone"):
        changes = told.voids.setdefault(number, [])
        changes.append((one.on, one.kind == "case_voided"))
        told.voids[one.chain] = changes
    if one.kind in TOLD or one.kind == ATTENDED:
        told.contacts.append((number, one.on, one.kind))
    if one.kind in ("case_closed", "case_reopened"):
        told.endings.setdefault(one.chain, []).append((one.on, one.kind == "case_closed"))


def _seen(told: Told, one: Happened) -> None:
    number = str(one.detail["report"])
    if number not in told.seen and "beside" not in one.detail:
        told.seen[number] = one
        told.contacts.append((number, one.on, one.kind))


def _corrected(told: Told, one: Happened, number: str) -> None:
    if one.detail["corrected_to"] == "attended":
        told.contacts.append((number, one.on, one.kind))
        return
    _undo_contact(told, one, number, (ATTENDED, CORRECTED))


def _is_talk(one: Happened) -> bool:
    """Say whether a task was to talk with the person or to write to them, which counts as a contact."""
    return one.detail["task"] in TALKS and one.detail.get("with") == "person"


def _task_taken_back(told: Told, one: Happened, number: str) -> None:
    """Count a talk no more that was noted as done by mistake; where its month is over, it stays in that."""
    if one.detail["ended_as"] == "done" and _is_talk(one):
        _undo_contact(told, one, number, ("task_done",))


def _undo_contact(told: Told, one: Happened, number: str, kinds: tuple[str, ...]) -> None:
    noted = date.fromisoformat(str(one.detail["noted_on"]))
    for contact in told.contacts:
        if contact[:2] == (number, noted) and contact[2] in kinds:
            told.contacts.remove(contact)
            told.undone.append((contact, one.on))
            return


def _coded(told: Told, one: Happened) -> None:
    if "conduct" not in one.detail:
        return
    conduct, place = one.detail["conduct"], int(one.detail.get("harm", FIRST))
    if one.kind == "harm_added":
        was, now = set(), set(conduct)
    elif one.kind == "harm_removed":
        was, now = set(conduct), set()
    else:
        was, now = (set(str(codes).split()) for codes in conduct)
    for code in now:
        told.harms.setdefault((one.chain, place, code), (one.on, one.kind))
    told.present -= {(one.chain, place, code) for code in was}
    told.present |= {(one.chain, place, code) for code in now}


def _linked(told: Told, one: Happened) -> None:
    pair = frozenset((str(one.detail["own"]), str(one.detail["other"])))
    if one.kind == "case_linked" and one.detail["relation"] == SAME_PERSON:
        told.links.setdefault(pair, []).append((one.on, True))
    elif one.kind == "link_removed" and pair in told.links:
        told.links[pair].append((one.on, False))


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite gives it back without its zone
