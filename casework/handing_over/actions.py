"""Replacing the facts of the open quarters, all in one transaction of the facts store."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from casework.handing_over.rules import Counted, capped, facts_of
from office.clock import quarter_of
from office.handover.fact import PeriodBasis
from office.handover.source import Source
from office.stores.facts import Fact as FactRow
from office.stores.facts import Period, SourceTitle

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What one hand-over did with one source: counts only."""

    source: str
    facts: int
    capped: int
    closed: int


def replace_facts(
    facts: Session,
    records: Sequence[Counted],
    *,
    source: str,
    period_basis: PeriodBasis,
    closed: set[str],
) -> HandedOver:
    """Replace every fact of `source` in open quarters; the caller commits.

    Late situations of a closed quarter stay with the desk until the yearly edition. A quarter whose release
    was taken back is filled again like an open one, and is open from then on.
    """
    counted = capped(records)
    still_open = [each for each in counted if quarter_of(each.record.month) not in closed]
    here = set(facts.exec(select(FactRow.month).where(col(FactRow.source) == source).distinct()))
    months = sorted(month for month in here if quarter_of(month) not in closed)
    facts.execute(delete(FactRow).where(col(FactRow.source) == source, col(FactRow.month).in_(months)))
    rows = [fact.model_dump() for fact in facts_of(still_open, source=source, period_basis=period_basis)]
    for start in range(0, len(rows), BATCH):
        facts.execute(insert(FactRow), rows[start : start + BATCH])
    facts.execute(
        update(Period)
        .where(col(Period.source) == source, col(Period.state) == "awaited")
        .values(state="open")
    )
    return HandedOver(source, len(rows), len(records) - len(counted), len(counted) - len(still_open))


def replace_titles(facts: Session, sources: Sequence[Source]) -> None:
    """Replace what imported files are called; the caller commits."""
    facts.execute(delete(SourceTitle))
    for one in sources:
        facts.add(SourceTitle(source=one.source, title=one.title))
