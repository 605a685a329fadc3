"""What the six counts of a month count. Pure: no store, no clock.

Each counts what the office did on a day of the month, so that a month that is over does not grow. The words
are the glossary's: contacts, people, reports, cases, harms and outcomes are six different numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from office.clock import month_of

CONTACTS, PEOPLE, REPORTS = "contacts", "people", "reports"
CASES, HARMS, OUTCOMES = "cases", "harms", "outcomes"
COUNTS: Final = (CONTACTS, PEOPLE, REPORTS, CASES, HARMS, OUTCOMES)

FIRST_SEEN: Final = ("report_read", "report_taken_up", "report_not_taken_up")
"""A report is counted with the first of these: when somebody of the office opened or settled it."""
TOLD: Final = ("message_written", "state_told", "case_closed", "case_voided")
"""Each of these puts one entry for the person into the thread of their case."""
ATTENDED: Final = "appointment_attended"
"""An appointment to which the person came; one to which they did not is no contact."""
CORRECTED: Final = "appointment_corrected"
"""That they came after all is a contact of that day; that they did not takes back the one noted before."""
TALKS: Final = frozenset({"call", "meet", "visit", "email", "sms", "letter"})
"""Tasks with the person that are a contact once they are done; a message is counted as a message."""
SAME_PERSON: Final = "lost_key"
"""The link that says that two numbers are one person's; the other links join different people."""

Contact = tuple[str, date]
"""The number of a report or case, and the day."""
Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """One count as the tables have it today, and what changed of it since the month was over."""

    in_tables: int
    changed_since: int = 0

    @property
    def number(self) -> int:
        """What the tables had when the month was over."""
        return self.in_tables + self.changed_since


def last_day(month: str) -> date:
    """Return the last day of a month written `2026-10`."""
    return first_day(month_after(month)) - timedelta(days=1)


def first_day(month: str) -> date:
    """Return the first day of a month written `2026-10`."""
    return date.fromisoformat(f"{month}-01")


def month_after(month: str) -> str:
    """Return the month after a month written `2026-10`."""
    return month_of(first_day(month) + timedelta(days=31))


def people(contacts: Iterable[Contact], same: Iterable[Pair], month: str) -> int:
    """Return how many people had their first contact of the calendar year in this month.

    A person is counted once a year for each matter: numbers joined by `same` are one.
    """
    leader = _joined(same)
    first: dict[str, date] = {}
    begins, ends = date(first_day(month).year, 1, 1), last_day(month)
    for number, on in contacts:
        if begins <= on <= ends:
            who = leader.get(number, number)
            first[who] = min(on, first.get(who, on))
    return sum(month_of(on) == month for on in first.values())


def _joined(same: Iterable[Pair]) -> Mapping[str, str]:
    groups: dict[str, set[str]] = {}
    for pair in same:
        group = set().union(*(groups.get(number, {number}) for number in pair))
        groups.update(dict.fromkeys(group, group))
    return {number: min(group) for number, group in groups.items()}
