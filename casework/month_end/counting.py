"""Counting a month once, and showing ever after what it came to."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from casework.month_end.errors import MonthDoesNotReconcile
from casework.month_end.kept import kept_counts
from casework.month_end.rules import COUNTS
from casework.month_end.tables import MonthCount
from casework.month_end.told import read_timeline


@dataclass(frozen=True, slots=True)
class Line:
    """One count with the events it follows from, and what the tables had when the month was counted."""

    count: str
    events: Counter[str]
    number: int
    in_tables: int
    changed_since: int

    @property
    def from_events(self) -> int:
        """What the events of the month come to."""
        return self.events.total()

    @property
    def difference(self) -> int:
        """How far the count is from the timeline, or the tables from the count; it must be 0."""
        return (self.number - self.from_events) or (self.in_tables + self.changed_since - self.number)


def count_month(session: Session, month: str, zone: ZoneInfo, today: date) -> list[Line]:
    """Return the six counts of a month that is over, and keep them if it is counted for the first time.

    A month that was counted stays: what was kept is compared with the timeline, which is only ever added to;
    what was deleted or joined in the tables since does not matter any more.

    Raises:
        MonthDoesNotReconcile: it does not agree with the timeline; nothing is kept.
    """
    told = read_timeline(session, zone)
    events = told.parts(month)
    known = session.exec(select(MonthCount).where(MonthCount.month == month)).all()
    rows = {row.count_code: row for row in known}
    if not rows:
        kept = kept_counts(session, month, told)
        rows = {
            count: MonthCount(
                month=month,
                count_code=count,
                number=kept[count].number,
                in_tables=kept[count].in_tables,
                changed_since=kept[count].changed_since,
                counted_on=today,
            )
            for count in COUNTS
        }
    lines = _lines(rows, events)
    if any(line.difference for line in lines):
        raise MonthDoesNotReconcile(
            **{line.count: _told(line) for line in lines if line.difference}, month=month
        )
    session.add_all(rows.values())
    return lines


def _lines(rows: Mapping[str, MonthCount], events: Mapping[str, Counter[str]]) -> list[Line]:
    return [
        Line(count, events[count], rows[count].number, rows[count].in_tables, rows[count].changed_since)
        for count in COUNTS
    ]


def _told(line: Line) -> str:
    return f"timeline {line.from_events}, tables {line.in_tables}, changed since {line.changed_since}"
