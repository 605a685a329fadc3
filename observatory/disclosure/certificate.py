"""`audit.json`: what the audit found, in a form anybody can recompute from the published tables alone.

It holds for each target the least and the most it can be over all worlds that agree with what is published.
It cannot hold a true count: the audit never sees one.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from observatory.disclosure.audit import Progress, audit_year
from observatory.disclosure.blocks import earlier_from
from observatory.disclosure.findings import CELL, BlockFindings, Finding
from observatory.errors import AuditDiffers
from observatory.plan import AuditRules, Plan
from observatory.tabulate import year_of
from office.handover.release import Release

HOW_TO_READ = (
    "cells: period, code, least, most, status of every planned cell. derived: the same of what is left of a"
    " total without a cell (rest) and of a cell over several quarters (sum), where it may be small."
    " free: every value of its band is possible; kept: fewer, but the guarantee holds."
)


def certificate(
    findings: Iterable[BlockFindings], *, plan: Plan, rules: AuditRules, over: Sequence[str]
) -> dict[str, Any]:
    """Return the contents of `audit.json`.

    Args:
        over: names of the earlier releases of the shelf that were taken into account.
    """
    found = list(findings)
    cells: dict[str, list[list[Any]]] = {}
    derived: dict[str, list[list[Any]]] = {}
    for one in sorted((each for block in found for each in block.findings), key=_order):
        line = [one.period, one.code, one.span.least, one.span.most, one.status]
        if one.kind == CELL:
            cells.setdefault(one.table, []).append(line)
        else:
            derived.setdefault(f"{one.table}:{one.kind}", []).append(line)
    return {
        "format": 1,
        "how_to_read": HOW_TO_READ,
        "plan_version": plan.version,
        "rules": rules.model_dump(include={"small", "others_keep", "derived_keep", "known_records"}),
        "over": list(over),
        "targets": sum(block.targets for block in found),
        "narrowed": sum(len(block.narrowed) for block in found),
        "cells": cells,
        "derived": derived,
    }


def recomputed(
    releases: Sequence[Release], *, plan: Plan, rules: AuditRules, progress: Progress = lambda _: None
) -> dict[str, Any]:
    """Return what `audit.json` of the last of these releases must say; the others came before it."""
    last = releases[-1]
    years = sorted({year_of(period) for period in last.periods})
    earlier = earlier_from(releases)
    found = [
        findings
        for year in years
        for findings in audit_year(
            year, earlier, (), readings=plan.readings(last.manifest.source), rules=rules, progress=progress
        )
    ]
    return certificate(found, plan=plan, rules=rules, over=[one.name for one in releases[:-1]])


def compare(told: Any, again: dict[str, Any], *, release: str) -> None:
    """Raise AuditDiffers, with the name of the first table that differs, unless both say the same."""
    if told == again and not again["narrowed"]:
        return
    if isinstance(told, dict):
        for part in ("cells", "derived"):
            for table in sorted({*again[part], *told.get(part, {})}):
                if again[part].get(table) != told.get(part, {}).get(table):
                    raise AuditDiffers(release=release, table=table)
    raise AuditDiffers(release=release)


def _order(one: Finding) -> tuple[str, str, str]:
    return one.table, one.kind, one.year
