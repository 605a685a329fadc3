"""What each command of the observatory does: options in, one thing done, one line to say so."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine

from observatory import extract as extracting
from observatory.errors import QuarterStillOpen
from observatory.extract import Snapshot, digest_of
from observatory.lists import Lists, lists_for
from observatory.plan import load_parameters, load_plan
from observatory.releases import building
from observatory.releases.building import years_completed, years_countable
from observatory.releases.drafts import Draft, draft_named, new_draft
from observatory.releases.folder import open_shelf
from observatory.settings import ObservatorySettings
from observatory.settling import kept_counts, settle
from observatory.tabulate import Kept
from office import signing
from office.clock import day_in
from office.handover.release import MANIFEST, ReleaseDamaged, Shelf, read_release, read_shelf
from office.settings import DemonstrationOnly
from office.stores.engines import open_store
from office.vocabulary import load_city


@dataclass
class Desk:
    """What the commands work with.

    Attributes:
        say: tells a person what was done.
        progress: tells a person who waits what is being done.
    """

    settings: ObservatorySettings
    shelf_root: Path
    say: Callable[[str], None]
    progress: Callable[[str], None]

    @property
    def now(self) -> datetime:
        """Return the present instant."""
        return self.settings.clock().now()

    @cached_property
    def key(self) -> bytes:
        """Return the private signing key; raise NoSigningKey."""
        return signing.private_key_from(self.settings.signing_key)

    @cached_property
    def public_keys(self) -> tuple[bytes, ...]:
        """Return the public halves whose signatures are believed: this key's, and older ones on file."""
        known: tuple[bytes, ...] = ()
        if self.settings.public_keys.exists():
            known = signing.release_public_keys(self.settings.public_keys)
        if self.settings.signing_key.exists():
            known = (signing.public_half(self.key), *known)
        return known

    @cached_property
    def facts(self) -> Engine:
        """Return the facts store."""
        return open_store(self.settings.facts_url, role="observatory", store="facts")

    @cached_property
    def lists(self) -> Lists:
        """Return the code lists of the city."""
        return lists_for(self.settings.city)

    def shelf(self, source: str) -> tuple[Path, Shelf]:
        """Return the shelf of a source, made if it is not there; raise DemonstrationOnly."""
        if source == "demonstration" and not self.settings.demo:
            raise DemonstrationOnly(source=source)
        folder = open_shelf(self.shelf_root, source)
        shelf = read_shelf(folder, self.public_keys)
        if shelf.damaged:
            raise ReleaseDamaged(release=shelf.damaged[0])
        return folder, shelf

    def as_of(self, given: date | None) -> date:
        """Return the day on which quarters must be closed; only a demonstration may name a later one."""
        today = day_in(load_city(self.settings.city).zone, self.now)
        if given is not None and given > today and not self.settings.demo:
            raise QuarterStillOpen(as_of=given.isoformat())
        return given or today


def _settle(desk: Desk, source: str) -> None:
    """Delete the facts nobody needs any more, and say of which quarters."""
    _, shelf = desk.shelf(source)
    done = settle(desk.facts, source, shelf, plan=load_plan(), lists=desk.lists)
    if done.released:
        desk.say(f"deleted the facts of {', '.join(done.released)}: they stand on the shelf {shelf.name}")
    if done.awaited:
        desk.say(f"the next hand-over brings back the facts of {', '.join(done.awaited)}")


def _kept(desk: Desk, source: str, quarters: tuple[str, ...], shelf: Shelf) -> Kept:
    return kept_counts(desk.facts, source, years_completed(quarters, shelf))


def extract(desk: Desk, given: Namespace) -> Draft:
    """Freeze the closed quarters of a source and begin a draft."""
    _settle(desk, given.source)
    _, shelf = desk.shelf(given.source)
    as_of = desk.as_of(given.as_of)
    quarters = extracting.quarters_to_release(
        extracting.months_of(desk.facts, given.source),
        shelf,
        as_of,
        after_days=load_parameters().time.frozen_after_days,
        wanted=tuple(given.quarter or ()),
        awaited=extracting.awaited_quarters(desk.facts, given.source),
        released=extracting.released_quarters(desk.facts, given.source),
    )
    extracting.freeze(desk.facts, given.source, quarters)
    facts = extracting.read_facts(desk.facts, given.source, quarters)
    kept = _kept(desk, given.source, quarters, shelf)
    snapshot = Snapshot(given.source, quarters, digest_of(facts, kept), as_of.isoformat())
    draft = new_draft(desk.settings.drafts, snapshot, shelf)
    desk.say(f"froze {len(quarters)} quarters, {quarters[0]} to {quarters[-1]}: draft {draft.name}")
    countable = years_countable(quarters, shelf, kept)
    for year in years_completed(quarters, shelf):
        if year not in countable:
            desk.say(
                f"{year} is left out: the counts of its other quarters are no longer kept."
                " To release the year again, withdraw the releases of all of its quarters"
            )
    return draft


def tabulate(desk: Desk, given: Namespace) -> None:
    """Count and protect the tables of a draft."""
    _tabulate(desk, draft_named(desk.settings.drafts, given.draft))


def _tabulate(desk: Desk, draft: Draft) -> None:
    snapshot = draft.snapshot
    _, shelf = desk.shelf(snapshot.source)
    built = draft.tabulate(
        extracting.read_facts(desk.facts, snapshot.source, snapshot.quarters),
        kept=_kept(desk, snapshot.source, snapshot.quarters, shelf),
        title=extracting.title_of(desk.facts, snapshot.source),
        shelf=shelf,
        lists=desk.lists,
        at=desk.now,
        progress=desk.progress,
    )
    desk.say(
        f"tabulated {draft.name}: {built.summary.targets} quantities audited, "
        f"{built.summary.widened} ranges wider than the plan"
    )


def check(desk: Desk, given: Namespace) -> None:
    """Recompute the audit of a draft, or of a published release and everything before it on its shelf."""
    folder = Path(given.what or "")
    if given.what and (folder / MANIFEST).is_file() and (folder.parent / "shelf.json").is_file():
        shelf = read_shelf(folder.parent.resolve(), desk.public_keys)
        release = read_release(folder.resolve(), desk.public_keys)
        if shelf.damaged:
            raise ReleaseDamaged(release=shelf.damaged[0])
        building.check(release, shelf.until(release.name).releases[:-1], progress=desk.progress)
        desk.say(f"{release.name}: every file, the signature and the audit are as published")
        return
    draft = draft_named(desk.settings.drafts, given.what)
    _check(desk, draft)


def _check(desk: Desk, draft: Draft) -> None:
    _, shelf = desk.shelf(draft.snapshot.source)
    draft.check(shelf, progress=desk.progress)
    desk.say(f"checked {draft.name}: the audit follows from its own tables")


def approve(desk: Desk, given: Namespace) -> None:
    """Sign a checked draft for a named person."""
    _approve(desk, draft_named(desk.settings.drafts, given.draft), given.signed_off_by)


def _approve(desk: Desk, draft: Draft, signed_by: str) -> None:
    _, shelf = desk.shelf(draft.snapshot.source)
    draft.approve(shelf, signed_by=signed_by, signed_on=desk.as_of(None), key=desk.key)
    desk.say(f"signed {draft.name} for {signed_by}")


def publish(desk: Desk, given: Namespace) -> None:
    """Put a signed draft on its shelf, for good."""
    _publish(desk, draft_named(desk.settings.drafts, given.draft))


def _publish(desk: Desk, draft: Draft) -> None:
    snapshot = draft.snapshot
    folder, shelf = desk.shelf(snapshot.source)
    published = draft.publish(shelf, folder)
    read_release(published, desk.public_keys)
    desk.say(f"published {published.name} on the shelf {shelf.name}")
    _settle(desk, snapshot.source)


def release(desk: Desk, given: Namespace) -> None:
    """Take all steps at once, for scripts: the audit is the same, and the signature is the named person's."""
    draft = extract(desk, given)
    _tabulate(desk, draft)
    _check(desk, draft)
    _approve(desk, draft, given.signed_off_by)
    _publish(desk, draft)


def withdraw(desk: Desk, given: Namespace) -> None:
    """Take a release back by a notice on the shelf; the release itself is never edited.

    Settling comes first: the facts it was made of must be gone before it is, or they would be released again.
    """
    _settle(desk, given.source)
    folder, shelf = desk.shelf(given.source)
    notice = building.withdraw(
        given.name,
        shelf=shelf,
        folder=folder,
        reason=given.reason,
        signed_by=given.signed_off_by,
        key=desk.key,
        at=desk.now,
    )
    desk.say(f"withdrew {given.name} by {notice.name}")
    _settle(desk, given.source)
