"""From the facts of closed quarters to a signed release on its shelf: each step, and all of them in one go.

A later step never trusts an earlier one: before a release is signed, its audit is recomputed from its files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import pandas as pd

from observatory.disclosure.audit import Progress
from observatory.disclosure.blocks import earlier_from
from observatory.disclosure.certificate import certificate, compare, recomputed
from observatory.disclosure.protect import protect
from observatory.errors import AlreadyPublished
from observatory.lists import Lists
from observatory.open_data.tables import json_bytes
from observatory.plan import IMPORTED, Parameters, Plan, load_parameters, load_plan
from observatory.releases.folder import About, Contents, contents_of, manifest_of, name_of, open_shelf, place
from observatory.tabulate import Kept, count_to_keep, quarters_of, tabulate, year_of
from office import signing
from office.clock import quarter_of
from office.handover.fact import NOT_IN_FILE
from office.handover.release import (
    AuditSummary,
    Release,
    ReleaseDamaged,
    ReleaseManifest,
    Shelf,
    Withdrawal,
    read_shelf,
)

CHANNEL: Final = "channel_code"


@dataclass(frozen=True)
class Build:
    """Everything of a release but the signature."""

    about: About
    files: Contents
    summary: AuditSummary


def published_quarters(shelf: Shelf) -> set[str]:
    """Return the quarters that stand on a shelf."""
    return {period for release in shelf.standing for period in release.periods if "-Q" in period}


def years_completed(quarters: Sequence[str], shelf: Shelf) -> tuple[str, ...]:
    """Return the years that are whole once `quarters` are published, and not yet on the shelf."""
    standing = {period for release in shelf.standing for period in release.periods}
    there = {*quarters, *standing}
    years = sorted({year_of(one) for one in quarters})
    return tuple(year for year in years if year not in standing and there.issuperset(quarters_of(year)))


def years_countable(quarters: Sequence[str], shelf: Shelf, kept: Kept) -> tuple[str, ...]:
    """Return the completed years of which every other quarter was kept in counts.

    The counts of a year are deleted once it is released. If that release is taken back, the year can be
    released again only together with all of its quarters.
    """
    there = {*quarters, *(quarter for quarter, _, _ in kept)}
    return tuple(year for year in years_completed(quarters, shelf) if there.issuperset(quarters_of(year)))


def next_name(quarters: Sequence[str], shelf: Shelf) -> str:
    """Return the name of the next release of these quarters, after those that were taken back."""
    stem = name_of(tuple(quarters), 0).removesuffix("0")
    names = [*(release.name for release in shelf.releases), *shelf.damaged]
    versions = [int(name.removeprefix(stem)) for name in names if name.startswith(stem)]
    return f"{stem}{1 + max(versions, default=0)}"


def build(
    facts: pd.DataFrame,
    *,
    quarters: Sequence[str],
    source: str,
    shelf: Shelf,
    lists: Lists,
    at: datetime,
    kept: Kept | None = None,
    title: Mapping[str, str] | None = None,
    plan: Plan | None = None,
    parameters: Parameters | None = None,
    progress: Progress = lambda _: None,
) -> Build:
    """Tabulate and protect the quarters, and the years they complete, next to everything on the shelf.

    Args:
        facts: those of the quarters.
        kept: counts of the earlier quarters of the years.
        title: what an imported file is called.

    Raises:
        UncodedFact: a fact has a code of no list.
        AlreadyPublished: a quarter stands on the shelf.
        ReleaseDamaged: a release on the shelf cannot be read, so the audit could not take it into account.
        AuditFailed, AuditBroken: the tables cannot be made safe.
    """
    plan, parameters = plan or load_plan(), parameters or load_parameters()
    if shelf.damaged:
        raise ReleaseDamaged(release=shelf.damaged[0])
    if published_quarters(shelf) & set(quarters):
        raise AlreadyPublished(shelf=shelf.name)
    kept = kept or {}
    years = years_countable(quarters, shelf, kept)
    kept = {cell: count for cell, count in kept.items() if cell[0] not in quarters}
    progress(f"counting {len(quarters)} quarters and {len(years)} years")
    told = plan.telling(dimensions_told(facts, plan=plan, source=source))
    counted = tabulate(facts, plan=told, lists=lists, quarters=quarters, years=years, kept=kept)
    earlier = earlier_from(shelf.releases)
    at = max([at, *(release.manifest.made_at + timedelta(seconds=1) for release in shelf.releases)])
    done = protect(
        counted,
        plan=plan,
        rules=parameters.audit,
        earlier=earlier,
        readings=plan.readings(source),
        progress=progress,
    )
    about = About(next_name(quarters, shelf), source, (*quarters, *years), at, title)
    over = [release.name for release in shelf.releases]
    audit = certificate(done.findings, plan=plan, rules=parameters.audit, over=over)
    summary = AuditSummary(
        targets=audit["targets"], narrowed=audit["narrowed"], widened=done.widened, lp_count=done.asked
    )
    return Build(about, contents_of(done.tables, about, plan=plan, lists=lists, audit=audit), summary)


def dimensions_told(facts: pd.DataFrame, *, plan: Plan, source: str) -> set[str]:
    """Return the dimensions a source tells of: all of the office's own, and of an imported file its columns.

    A file without a column says `not_in_file` there, in every row. How a report reached the office is not a
    thing a file can tell. Which columns a file has does not depend on any count.
    """
    if not source.startswith(IMPORTED):
        return {dimension.name for dimension in plan.dimension}
    return {
        dimension.name
        for dimension in plan.dimension
        if dimension.column != CHANNEL and (facts[dimension.column] != NOT_IN_FILE).any()
    }


def check(
    release: Release,
    earlier: Sequence[Release],
    *,
    plan: Plan | None = None,
    parameters: Parameters | None = None,
    progress: Progress = lambda _: None,
) -> None:
    """Recompute the audit of a release from its files and those of the releases before it.

    Raises:
        AuditDiffers: its `audit.json` says something else, or a target is narrowed.
        AuditBroken: the solver did not finish.
    """
    plan, parameters = plan or load_plan(), parameters or load_parameters()
    if not release.cuboids:
        return
    again = recomputed([*earlier, release], plan=plan, rules=parameters.audit, progress=progress)
    compare(release.json("audit.json"), again, release=release.name)


def sign(built: Build, *, signed_by: str, signed_on: date, key: bytes, plan: Plan | None = None) -> bytes:
    """Return `release.json`, signed for a named person."""
    return manifest_of(
        built.files,
        built.about,
        plan_version=(plan or load_plan()).version,
        audit=built.summary,
        signed_by=signed_by,
        signed_on=signed_on,
        key=key,
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
    title: Mapping[str, str] | None = None,
    progress: Progress = lambda _: None,
) -> Path:
    """Tabulate, protect, check, sign and publish; return the folder of the release.

    Args:
        facts: those of the quarters, and of the earlier quarters of the years they complete.
    """
    folder = open_shelf(shelf_root, source)
    shelf = read_shelf(folder, signing.public_half(key))
    plan = load_plan()
    told = plan.telling(dimensions_told(facts, plan=plan, source=source))
    before = [
        quarter
        for year in years_completed(quarters, shelf)
        for quarter in quarters_of(year)
        if quarter not in quarters
    ]
    is_now = facts["month"].map(quarter_of).isin(quarters) if len(facts) else slice(0)
    built = build(
        facts[is_now],
        quarters=quarters,
        source=source,
        shelf=shelf,
        lists=lists,
        at=at,
        kept=count_to_keep(facts, plan=told, lists=lists, quarters=before) if before else {},
        title=title,
        progress=progress,
    )
    manifest = sign(built, signed_by=signed_by, signed_on=at.date(), key=key)
    unsigned = as_release(manifest, built.files)
    check(unsigned, shelf.releases, progress=progress)
    return place(folder, built.about.name, built.files, manifest)


def as_release(manifest: bytes, files: Mapping[str, bytes]) -> Release:
    """Return a release that is not on a shelf, as its readers will see it."""
    return Release(ReleaseManifest.model_validate_json(manifest), dict(files))


def withdraw(
    name: str, *, shelf: Shelf, folder: Path, reason: str, signed_by: str, key: bytes, at: datetime
) -> Path:
    """Put a notice on the shelf that takes a release back; its own folder stays as it is.

    Raises:
        TableNotPublished: no such release.
        AlreadyPublished: it was withdrawn before.
    """
    taken_back = shelf.release(name)
    if name in shelf.withdrawals or not taken_back.cuboids:
        raise AlreadyPublished(release=name)
    quarters = tuple(period for period in taken_back.periods if "-Q" in period)
    notice = Withdrawal(name=name, reason=reason, on=at.date())
    about = About(
        next_name(quarters, shelf),
        taken_back.manifest.source,
        taken_back.periods,
        at,
        taken_back.manifest.title,
    )
    files: Contents = {"errata.json": json_bytes({"errata": [notice.model_dump(mode="json")]})}
    manifest = manifest_of(
        files,
        about,
        plan_version=taken_back.manifest.plan_version,
        audit=AuditSummary(targets=0, narrowed=0, widened=0, lp_count=0),
        signed_by=signed_by,
        signed_on=at.date(),
        key=key,
        withdrawn=notice,
    )
    return place(folder, about.name, files, manifest)
