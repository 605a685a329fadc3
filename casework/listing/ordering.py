"""The order of a list and its pages: a page begins after a place, which is values and an id.

What others add before a place moves nothing, and no page is counted through.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, false, or_
from sqlmodel import Session

from casework.listing.asked import ListAsked
from casework.written import id_in

BY: Final = "_"
"""Between the parts of a place; no value of one holds it."""
_VALUE: Final = re.compile(r"[0-9A-Z-]{0,10}")
"""A day, a week, a number, or the number of a case."""


Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Listed(Generic[Line]):
    """One page of a list, and after which place the next begins; None where nothing follows."""

    lines: Sequence[Line]
    next: str | None


@dataclass(frozen=True, slots=True)
class Key:
    """A column by which a list is ordered.

    Attributes:
        column: its value, which stands in the address of the next page: a day, a number or a code.
        read: makes the value of its text.
        falls: whether the greatest comes first.
        may_lack: whether some rows have no value; these come last either way.
    """

    column: Any
    read: Callable[[str], Any] = str
    falls: bool = False
    may_lack: bool = False

    @property
    def turned(self) -> "Key":
        """The other way round."""
        return Key(self.column, self.read, not self.falls, self.may_lack)

    @property
    def direction(self) -> Any:
        """How the rows are sorted by it."""
        sorted_so = self.column.desc() if self.falls else self.column.asc()
        return sorted_so.nulls_last() if self.may_lack else sorted_so

    def behind(self, value: Any) -> ColumnElement[bool]:
        """Return the condition that a row comes after those of this value."""
        if value is None:
            return false()
        further: ColumnElement[bool] = self.column < value if self.falls else self.column > value
        return or_(further, self.column.is_(None)) if self.may_lack else further

    def same(self, value: Any) -> ColumnElement[bool]:
        """Return the condition that a row has this value."""
        found: ColumnElement[bool] = self.column.is_(None) if value is None else self.column == value
        return found


@dataclass(frozen=True, slots=True)
class Order:
    """By what a list is ordered, first by the first; the ids decide between equals."""

    keys: tuple[Key, ...]
    own: Any

    def behind(self, place: Sequence[Any]) -> ColumnElement[bool]:
        """Return the condition that a row comes after the one at this place."""
        *values, last = place
        found: ColumnElement[bool] = self.own > last
        for key, value in zip(reversed(self.keys), reversed(values), strict=True):
            found = or_(key.behind(value), and_(key.same(value), found))
        return found

    def place_in(self, written: str) -> tuple[Any, ...] | None:
        """Return a place as an address has it; None if none is written there."""
        *values, last = written.split(BY)
        own = id_in(last)
        if own is None or len(values) != len(self.keys) or not all(map(_VALUE.fullmatch, values)):
            return None
        try:
            read = [key.read(value) if value else None for key, value in zip(self.keys, values, strict=True)]
        except ValueError:
            return None
        return (*read, own)


def order_of(asked: ListAsked, orders: Mapping[str, Sequence[Key]], own: Any) -> Order:
    """Return the order that is asked for; the other way round turns its first column only."""
    first, *others = orders[asked.sort.removeprefix("-")]
    return Order((first.turned if asked.sort.startswith("-") else first, *others), own)


def by_day(column: Any, **other: bool) -> Key:
    """Return the order by a day."""
    return Key(column, date.fromisoformat, **other)


def by_place(column: Any, codes: Sequence[str] | Sequence[UUID]) -> Key:
    """Return the order by where a code stands among others, such as by its words in the reader's language."""
    places = {code: place for place, code in enumerate(codes)}
    return Key(case(places, value=column, else_=len(places)) if places else column, int if places else str)


def page_of(
    session: Session, wanted: Any, order: Order, after: str, limit: int | None
) -> tuple[list[Any], str | None]:
    """Return the rows of one page, and after which place the next begins; without a limit all there are."""
    place = order.place_in(after) if limit else None
    if place is not None:
        wanted = wanted.where(order.behind(place))
    elif after and limit:  # of another order, or typed: nothing comes after a place that is none
        wanted = wanted.where(false())
    wanted = wanted.add_columns(*(key.column for key in order.keys), order.own)
    wanted = wanted.order_by(*(key.direction for key in order.keys), order.own)
    found: Any = session.execute(wanted.limit(limit + 1) if limit else wanted)
    rows = found.all()
    here = rows[:limit] if limit else rows
    told = len(order.keys) + 1
    more = BY.join(_text(value) for value in here[-1][-told:]) if len(rows) > len(here) else None
    return [tuple(row[:-told]) for row in here], more


def counted(session: Session, wanted: Any, rules: Mapping[str, ColumnElement[bool]]) -> dict[str, int]:
    """Return how many of what is wanted, a `SELECT count(*)`, each choice of a list has."""
    return {which: session.exec(wanted.where(rule)).one() for which, rule in rules.items()}


def _text(value: date | int | str | UUID | None) -> str:
    return "" if value is None else str(value)
