"""Settling: the facts store is brought to what the shelf says, and facts nobody needs any more are deleted.

A release that stands on its shelf, whole and signed, is the proof that its quarters were counted. Of their
facts only the counts stay that yearly tables still need, until the year stands too. It can be done again at
any time: a release that was interrupted after its folder was in place is settled by the next command.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from observatory.extract import facts_of, months_in
from observatory.lists import Lists
from observatory.plan import Plan
from observatory.releases.building import dimensions_told
from observatory.tabulate import Kept, count_to_keep, year_of
from office.handover.release import Shelf
from office.stores.engines import sessions
from office.stores.facts import Fact, KeptCount, Period


@dataclass(frozen=True)
class Settled:
    """Which quarters were changed by settling; no figure.

    Attributes:
        released: their facts were deleted.
        awaited: their release was taken back: the next hand-over brings their facts again.
    """

    released: tuple[str, ...]
    awaited: tuple[str, ...]


def settle(engine: Engine, source: str, shelf: Shelf, *, plan: Plan, lists: Lists) -> Settled:
    """Bring the store to what the shelf says, all in one transaction.

    Raises:
        UncodedFact: a fact has a code of no list; nothing was deleted.
    """
    standing = {
        period: release.name for release in shelf.standing for period in release.periods if "-Q" in period
    }
    years = {period for release in shelf.standing for period in release.periods if "-Q" not in period}
    with sessions(engine).begin() as session:
        periods = {
            one.quarter: one for one in session.exec(select(Period).where(col(Period.source) == source))
        }
        released = tuple(
            quarter
            for quarter, release in sorted(standing.items())
            if _settle_released(session, source, quarter, release, periods, years, plan, lists)
        )
        awaited = tuple(
            quarter
            for quarter, period in sorted(periods.items())
            if quarter not in standing and period.release_name in shelf.withdrawals
        )
        for quarter in awaited:
            periods[quarter].state, periods[quarter].release_name = "awaited", None
            session.add(periods[quarter])
        unneeded = {one for one in _kept_quarters(session, source) if year_of(one) in years} | set(awaited)
        _delete(session, KeptCount, source, unneeded)
    return Settled(released, awaited)


def kept_counts(engine: Engine, source: str, years: Iterable[str]) -> Kept:
    """Return the counts that were kept for these years."""
    wanted = set(years)
    with sessions(engine)() as session:
        lines = session.exec(select(KeptCount).where(col(KeptCount.source) == source))
        return {
            (one.quarter, one.part, one.code): one.count for one in lines if year_of(one.quarter) in wanted
        }


def _settle_released(
    session: Session,
    source: str,
    quarter: str,
    release: str,
    periods: dict[str, Period],
    years: Iterable[str],
    plan: Plan,
    lists: Lists,
) -> bool:
    """Keep what the year needs of a quarter, delete its facts, mark it; return whether anything changed."""
    facts = facts_of(session, source, (quarter,))
    period = periods.get(quarter)
    is_marked = period is not None and period.state == "released" and period.release_name == release
    if is_marked and not len(facts):
        return False
    # What was kept already is what the release was counted from; facts that came later are not.
    if year_of(quarter) not in years and quarter not in _kept_quarters(session, source):
        told = plan.telling(dimensions_told(facts, plan=plan, source=source))
        for (_, part, code), count in count_to_keep(
            facts, plan=told, lists=lists, quarters=(quarter,)
        ).items():
            session.add(KeptCount(source=source, quarter=quarter, part=part, code=code, count=count))
    session.execute(
        delete(Fact).where(col(Fact.source) == source, col(Fact.month).in_(months_in((quarter,))))
    )
    period = period or Period(source=source, quarter=quarter)
    period.state, period.release_name = "released", release
    session.add(period)
    return True


def _kept_quarters(session: Session, source: str) -> set[str]:
    return set(session.exec(select(KeptCount.quarter).where(col(KeptCount.source) == source).distinct()))


def _delete(session: Session, table: type[KeptCount], source: str, quarters: Iterable[str]) -> None:
    there: Sequence[str] = sorted(quarters)
    session.execute(delete(table).where(col(table.source) == source, col(table.quarter).in_(there)))
