"""Freezes closed quarters and reads their facts: from here on nothing in them moves.

A quarter is counted by the day a situation was registered and can be counted from the fifteenth day after its
end, in the city's own zone. What comes later waits for the next edition.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from observatory.errors import FactsAwaited, NothingToRelease, QuarterStillOpen, ReleaseMissing
from observatory.releases.building import published_quarters
from observatory.tabulate import Kept, quarters_of, year_of
from office.clock import quarter_of
from office.handover.release import Shelf
from office.handover.source import Source
from office.stores.engines import sessions
from office.stores.facts import Fact, Period, SourceTitle

COLUMNS: Final = tuple(Fact.model_fields)


@dataclass(frozen=True)
class Snapshot:
    """The facts a release is made of.

    Attributes:
        quarters: quarters to publish, in order.
        digest: sha256 of every fact and kept count, so that a later step knows whether they are the same.
    """

    source: str
    quarters: tuple[str, ...]
    digest: str
    as_of: str

    def told(self) -> dict[str, object]:
        """Return it for `snapshot.json`."""
        return asdict(self)


def last_day_of(quarter: str) -> date:
    """Return the last day of a quarter written `2026-Q3`."""
    year, number = int(quarter[:4]), int(quarter[-1])
    following = date(year + (number == 4), 3 * number % 12 + 1, 1)
    return following - timedelta(days=1)


def is_closed(quarter: str, as_of: date, *, after_days: int) -> bool:
    """Return whether a quarter may be counted on the day `as_of`."""
    return as_of >= last_day_of(quarter) + timedelta(days=after_days)


def quarters_between(first: str, last: str) -> tuple[str, ...]:
    """Return all quarters from `first` to `last`, both included."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    every = [quarter for year in years for quarter in quarters_of(f"{year:04d}")]
    return tuple(quarter for quarter in every if first <= quarter <= last)


def quarters_to_release(
    months: Sequence[str],
    shelf: Shelf,
    as_of: date,
    *,
    after_days: int,
    wanted: Sequence[str] = (),
    awaited: Collection[str] = (),
    released: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Return the closed quarters that are not on the shelf: a run without gaps, quiet quarters included.

    Args:
        months: months of all facts of the source.
        wanted: only these, if any is named.
        awaited: quarters whose facts the next hand-over brings back.
        released: by quarter whose facts are deleted, the release that was made of them.

    Raises:
        FactsAwaited: the facts of a quarter that would be released are not back.
        ReleaseMissing: a release is not on the shelf, so its quarters would be released again from no facts,
            and the audit of any other would not know of it.
        QuarterStillOpen: a wanted quarter may not be counted yet.
        NothingToRelease: none is left.
    """
    for quarter in wanted:
        if not is_closed(quarter, as_of, after_days=after_days):
            raise QuarterStillOpen(quarter=quarter)
    there = published_quarters(shelf)
    for quarter, release in sorted((released or {}).items()):
        if quarter not in there:
            raise ReleaseMissing(quarter=quarter, release=release)
    seen = {quarter_of(month) for month in months} | there | set(wanted) | set(awaited)
    if not seen:
        raise NothingToRelease(shelf=shelf.name)
    run = quarters_between(min(seen), max(max(seen), _quarter_of_day(as_of)))
    if shelf.card.period_basis == "imported":
        run = tuple(quarter for quarter in run if quarter <= max(seen))
    left = [one for one in run if one not in there and is_closed(one, as_of, after_days=after_days)]
    chosen = tuple(one for one in left if not wanted or one in wanted)
    if not chosen:
        raise NothingToRelease(shelf=shelf.name)
    for quarter in chosen:
        if quarter in awaited:
            raise FactsAwaited(quarter=quarter)
    return chosen


def months_of(engine: Engine, source: str) -> tuple[str, ...]:
    """Return the months of all facts of a source."""
    with sessions(engine)() as session:
        return tuple(session.exec(select(Fact.month).where(col(Fact.source) == source).distinct()))


def awaited_quarters(engine: Engine, source: str) -> frozenset[str]:
    """Return the quarters of a source whose facts the next hand-over brings back."""
    wanted = select(Period.quarter).where(col(Period.source) == source, col(Period.state) == "awaited")
    with sessions(engine)() as session:
        return frozenset(session.exec(wanted))


def released_quarters(engine: Engine, source: str) -> dict[str, str]:
    """Return the quarters of a source whose facts are deleted, each with the release made of them."""
    wanted = select(Period).where(col(Period.source) == source, col(Period.state) == "released")
    with sessions(engine)() as session:
        return {one.quarter: one.release_name or "" for one in session.exec(wanted)}


def read_facts(engine: Engine, source: str, quarters: Sequence[str]) -> pd.DataFrame:
    """Return the facts of the quarters, one line each."""
    with sessions(engine)() as session:
        return facts_of(session, source, quarters)


def facts_of(session: Session, source: str, quarters: Sequence[str]) -> pd.DataFrame:
    """Return the facts of the quarters as this transaction sees them, one line each."""
    wanted = (
        select(Fact)
        .where(col(Fact.source) == source, col(Fact.month).in_(months_in(quarters)))
        .order_by(col(Fact.id))
    )
    lines = [fact.model_dump() for fact in session.exec(wanted)]
    return pd.DataFrame(lines, columns=list(COLUMNS))


def title_of(engine: Engine, source: str) -> Mapping[str, str] | None:
    """Return what an imported file is called, by language, or None if nobody said."""
    with sessions(engine)() as session:
        found = session.get(SourceTitle, source)
    return Source(source=source, title=found.title).title if found else None


def digest_of(facts: pd.DataFrame, kept: Kept) -> str:
    """Return the sha256 of facts and of the counts kept beside them, whatever their order."""
    lines = sorted(json.dumps(line, default=str, sort_keys=True) for line in facts.to_dict("records"))
    lines += sorted(json.dumps([*cell, count]) for cell, count in kept.items())
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()


def freeze(engine: Engine, source: str, quarters: Sequence[str]) -> None:
    """Mark quarters as frozen, so that the hand-over leaves them as they are.

    Raises:
        ReleaseMissing: the facts of a quarter are deleted; none is marked.
    """
    with sessions(engine).begin() as session:
        for quarter in quarters:
            period = session.get(Period, (source, quarter)) or Period(source=source, quarter=quarter)
            if period.state == "released":
                raise ReleaseMissing(quarter=quarter, release=period.release_name or "")
            period.state, period.release_name = "frozen", None
            session.add(period)


def months_in(quarters: Sequence[str]) -> tuple[str, ...]:
    """Return the months of quarters, `2026-07`."""
    return tuple(f"{year_of(one)}-{month:02d}" for one in quarters for month in _months(one))


def _months(quarter: str) -> range:
    number = int(quarter[-1])
    return range(3 * number - 2, 3 * number + 1)


def _quarter_of_day(day: date) -> str:
    return quarter_of(f"{day.year:04d}-{day.month:02d}")
