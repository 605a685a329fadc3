"""From true counts to bands that may be published: lay out the bands, audit them, widen, audit again.

The layout follows from published bands alone (`layout`). Should the joint audit still find a target too
narrow, the year is laid out more coarsely: first its yearly tables say no more than its quarters, then whole
tables of its quarters are doubled, so that nobody can tell for which cell it was done; if that does not help
there is no release. The audit sees bands only.

A repair is decided from bands that are not published in the end. Who runs this program on every world learns
from a repaired release that the finer one would have been too telling. That is why a small year is quiet from
the start, by a rule on published bands (`AuditRules.year_from`): there a repair would be usual.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from observatory.disclosure.audit import Progress, audit_year
from observatory.disclosure.blocks import Earlier
from observatory.disclosure.findings import BlockFindings
from observatory.disclosure.layout import PLAIN, Coarser, Tables, count_widened, laid_out
from observatory.errors import AuditFailed
from observatory.plan import TOTAL, AuditRules, Plan
from observatory.tabulate import Tabulation, year_of

MOST_DOUBLINGS: Final = 16


@dataclass(frozen=True)
class Protected:
    """Tables that passed the audit, and what the audit found.

    Attributes:
        widened: published bands wider than the plan's.
        repaired: years that had to be laid out more coarsely than published bands alone would have it.
    """

    tables: Tables
    findings: tuple[BlockFindings, ...]
    widened: int
    asked: int
    repaired: tuple[str, ...] = ()


def protect(
    counted: Mapping[str, Tabulation],
    *,
    plan: Plan,
    rules: AuditRules,
    earlier: Earlier | None = None,
    readings: Sequence[Plan] = (),
    progress: Progress = lambda _: None,
) -> Protected:
    """Return the bands to publish for the counted tables, given everything published before.

    Args:
        readings: how the figures may be read, the plan itself first; nothing means the plan alone.

    Raises:
        AuditFailed: no widening made a table safe; it names the table.
        AuditBroken: the solver did not finish.
    """
    earlier = earlier or Earlier()
    years = sorted({year_of(period) for table in counted.values() for period in table.periods})
    coarser: dict[str, Coarser] = {}
    done: dict[str, list[BlockFindings]] = {}
    for _ in range(rules.widening_rounds):
        tables = laid_out(counted, plan=plan, rules=rules, earlier=earlier, coarser=coarser)
        for year in [one for one in years if one not in done]:
            done[year] = audit_year(
                year, earlier, tables.values(), readings=readings or (plan,), rules=rules, progress=progress
            )
        found = tuple(each for year in years for each in done[year])
        failed = [one for block in found for one in block.narrowed]
        if not failed:
            # Questions about bands that are not published are not counted: their number would tell of them.
            asked = sum(one.asked for one in found)
            return Protected(tables, found, count_widened(tables), asked, tuple(sorted(coarser)))
        progress(f"repair: {len({one.table for one in failed})} tables to protect further")
        year = failed[0].year
        telling = Counter(one.table.partition("_")[2] for one in failed if one.year == year)
        further = _coarser(counted, coarser.get(year, PLAIN), telling, year)
        if further is None:
            break
        coarser[year] = further
        del done[year]
    raise AuditFailed(table=failed[0].table, year=failed[0].year)


def _coarser(
    counted: Mapping[str, Tabulation], how: Coarser, telling: Counter[str], year: str
) -> Coarser | None:
    """Return the next coarser layout of a year, or None if nothing is left.

    First the year says no more than its quarters, in all its tables together: each of them alone would still
    say how much lies in them. Then the table of quarters in whose dimension most is narrowed is doubled.
    """
    if not how.is_quiet and any(year in table.periods for table in counted.values()):
        return replace(how, is_quiet=True)
    can = [
        name
        for name, table in counted.items()
        if table.cuboid.period == "quarter"
        and any(year_of(period) == year for period in table.periods)
        and how.doublings.get(name, 0) < MOST_DOUBLINGS
    ]
    if not can:
        return None
    worst = min(can, key=lambda name: (-telling[counted[name].cuboid.part], not name.endswith(f"_{TOTAL}")))
    return replace(how, doublings={**how.doublings, worst: how.doublings.get(worst, 0) + 1})
