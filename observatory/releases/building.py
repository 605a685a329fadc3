"""From the facts of closed quarters to a signed release on its shelf, in one go.

The command line does the same in steps, with a draft between them that people can look at.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from observatory.disclosure.bands import BandedTable, bands_of
from observatory.lists import Lists
from observatory.plan import Plan, load_plan
from observatory.releases.folder import About, contents_of, manifest_of, name_of, open_shelf, place
from observatory.tabulate import quarters_of, tabulate, year_of
from office.handover.release import AuditSummary


def whole_years(quarters: Sequence[str]) -> tuple[str, ...]:
    """Return the years of which all four quarters are given, in order."""
    given = set(quarters)
    return tuple(
        year for year in sorted({year_of(one) for one in given}) if given.issuperset(quarters_of(year))
    )


def release_facts(
    facts: pd.DataFrame,
    *,
    quarters: tuple[str, ...],
    source: str,
    shelf_root: Path,
    lists: Lists,
    signed_by: str,
    key: bytes,
    at: datetime,
    plan: Plan | None = None,
) -> Path:
    """Tabulate, protect, sign and publish; return the folder of the release."""
    plan = plan or load_plan()
    years = whole_years(quarters)
    counted = tabulate(facts, plan=plan, lists=lists, quarters=quarters, years=years)
    tables = {
        name: BandedTable(one.cuboid, one.periods, one.codes, *bands_of(one.counts, one.cuboid.width))
        for name, one in counted.items()
    }
    about = About(name_of(quarters, 1), source, (*quarters, *years), at)
    files = contents_of(tables, about, plan=plan, lists=lists, audit={})
    manifest = manifest_of(
        files,
        about,
        plan_version=plan.version,
        audit=AuditSummary(targets=0, narrowed=0, widened=0, lp_count=0),
        signed_by=signed_by,
        signed_on=at.date(),
        key=key,
    )
    return place(open_shelf(shelf_root, source), about.name, files, manifest)
