"""Reads the shelf: every release verified before anything of it is shown, new ones noticed as they come.

What is shown is answered from memory, from bytes whose hashes and signature were checked. Once a second at
most, the folders are compared with what was read; a shelf in which anything moved is read and verified
again as a whole. A damaged release is named on the page and nothing of it is shown.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dashboards.cells import Cell, Table
from dashboards.editions import (
    DEMONSTRATION,
    LIVE,
    Edition,
    ReleaseNote,
    ReleaseUnknown,
    ShelfTitle,
    ShelfUnknown,
    Words,
)
from office.errors import NotFound, OfficeError, Unavailable
from office.handover.release import (
    MANIFEST,
    Release,
    ReleaseDamaged,
    ReleaseManifest,
    Row,
    Shelf,
    ShelfDamaged,
    TableNotPublished,
    read_shelf,
    shelves,
)
from office.languages import mark
from office.signing import release_public_keys

log = logging.getLogger(__name__)

LISTS: Final = {
    "ground": "grounds",
    "district": "districts",
    "area": "areas",
    "respondent": "respondents",
    "channel": "channels",
}
"""Code list of each dimension."""


class NothingPublished(Unavailable):
    """There is no verified release to show."""

    code = "nothing_published"
    sentence = mark("No release has been published here yet.")


Fingerprint = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True)
class Stand:
    """One shelf as it was read, with its editions by the name of the release they end at."""

    shelf: Shelf | None
    title: ShelfTitle
    damaged: tuple[str, ...]
    editions: dict[str, Edition] = field(default_factory=dict)


class Library:
    """All shelves under one root.

    Args:
        root: folder with one folder per shelf.
        public_keys: file with the public halves of the signing key.
        fallbacks: words of each code by list name, for a release without its own code list.
        with_invented: show shelves of invented data; a real office does not know them.
        look_every: seconds between two looks at the folders.
    """

    def __init__(
        self,
        root: Path,
        public_keys: Path,
        fallbacks: Mapping[str, Mapping[str, Words]] | None = None,
        *,
        with_invented: bool = True,
        look_every: float = 1.0,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._root = root
        self._public_keys = public_keys
        self._fallbacks = fallbacks or {}
        self._with_invented = with_invented
        self._look_every = look_every
        self._seconds = seconds
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[Fingerprint, Stand]] = {}
        self._looked_at: float | None = None

    def stands(self) -> dict[str, Stand]:
        """Return every shelf: the live one first, then demonstration, then imported ones by name."""
        with self._lock:
            if self._looked_at is None or self._seconds() - self._looked_at >= self._look_every:
                self._look()
                self._looked_at = self._seconds()
            return {
                name: stand
                for name, (_, stand) in self._seen.items()
                if self._with_invented or not stand.title.is_invented
            }

    def stand(self, code: str) -> Stand:
        """Return the shelf `code`; raise ShelfUnknown."""
        found = self.stands().get(code)
        if found is None:
            raise ShelfUnknown
        return found

    def first_shelf(self) -> str:
        """Return the shelf shown when none is asked for: live if it has releases, else the next that has."""
        known = self.stands()
        full = [code for code, stand in known.items() if stand.shelf and stand.shelf.current]
        return full[0] if full else next(iter(known), LIVE)

    def edition(self, code: str, release: str = "") -> Edition:
        """Return a shelf as it stood at `release`, or now.

        Raises:
            ShelfUnknown: there is no such shelf.
            ReleaseUnknown: the shelf has no such release, or it is damaged.
            NothingPublished: the shelf is empty.
            ReleaseDamaged: what is on it cannot be believed.
        """
        stand = self.stand(code)
        shelf = stand.shelf
        if shelf is None or shelf.current is None:
            raise ReleaseDamaged(shelf=code) if stand.damaged else NothingPublished(shelf=code)
        name = release or shelf.current.name
        if name not in stand.editions:
            stand.editions[name] = self._edition(stand, shelf, name)
        return stand.editions[name]

    def file(self, code: str, release: str, path: str) -> tuple[bytes, str]:
        """Return the verified bytes of a file of a release, and their sha256; raise NotFound."""
        stand = self.stand(code)
        found = self._release(stand.shelf, release)
        if path not in found.contents:
            raise NotFound
        return found.contents[path], found.manifest.files[path]

    def manifest(self, code: str, release: str) -> bytes:
        """Return `release.json` of a verified release as it stands in its folder; raise ReleaseUnknown."""
        found = self._release(self.stand(code).shelf, release)
        try:
            raw = ((found.folder or self._root / code / release) / MANIFEST).read_bytes()
            told = ReleaseManifest.model_validate_json(raw)
        except (OSError, ValueError) as error:
            raise ReleaseUnknown from error
        if told != found.manifest:
            raise ReleaseUnknown
        return raw

    def ready(self) -> None:
        """Return if at least one verified release can be shown; raise NothingPublished."""
        if not any(stand.shelf and stand.shelf.current for stand in self.stands().values()):
            raise NothingPublished

    def _look(self) -> None:
        fresh: dict[str, tuple[Fingerprint, Stand]] = {}
        keys_seen = _fingerprint(self._public_keys)
        for name in sorted(shelves(self._root), key=_order):
            seen = keys_seen + _fingerprint(self._root / name)
            known = self._seen.get(name)
            fresh[name] = known if known and known[0] == seen else (seen, self._read(name))
        self._seen = fresh

    def _read(self, name: str) -> Stand:
        folder = self._root / name
        try:
            shelf = read_shelf(folder, release_public_keys(self._public_keys))
        except (ShelfDamaged, ReleaseDamaged) as error:
            log.error("shelf %s: %s", name, error)
            return Stand(None, _unread(name), (name,))
        except OfficeError as error:
            log.error("shelf %s cannot be verified: %s", name, error)
            return Stand(None, _unread(name), ())
        for damaged in shelf.damaged:
            log.error("shelf %s: release %s is damaged and not shown", name, damaged)
        card = shelf.card
        # What a file is called stands in its signed releases; the card is not signed.
        file = (shelf.current.manifest.title if shelf.current else None) or {}
        title = ShelfTitle(name, card.title, card.source, card.period_basis, card.invented, file)
        return Stand(shelf, title, shelf.damaged)

    def _release(self, shelf: Shelf | None, name: str) -> Release:
        try:
            if shelf is not None:
                return shelf.release(name)
        except TableNotPublished:
            pass  # answered below, like a shelf that cannot be read
        raise ReleaseUnknown

    def _edition(self, stand: Stand, shelf: Shelf, name: str) -> Edition:
        upto = self._release(shelf, name)
        then = shelf.until(name)
        if then.current is None or shelf.current is None:
            raise NothingPublished(shelf=shelf.name)
        origins: dict[tuple[str, str], str] = {}
        for release in then.standing:
            for cuboid in release.cuboids:
                origins |= {(cuboid, row.period): release.name for row in release.rows(cuboid)}
        tables = {cuboid: _table(cuboid, then.rows(cuboid)) for cuboid in then.cuboids}
        return Edition(
            shelf=stand.title,
            upto=_noted(upto, shelf),
            newest=_noted(shelf.current, shelf),
            releases=tuple(_noted(release, shelf) for release in reversed(then.releases)),
            tables={cuboid: table for cuboid, table in tables.items() if table is not None},
            origins=origins,
            labels={dimension: self._labels(then.current, words) for dimension, words in LISTS.items()},
            notes=dict(then.current.notes),
        )

    def _labels(self, release: Release, name: str) -> dict[str, Words]:
        known = dict(self._fallbacks.get(name, {}))
        try:
            known |= {line.code: line.labels for line in release.codes(name)}
        except TableNotPublished:
            log.info("release %s has no code list %s", release.name, name)
        return known


def _order(name: str) -> tuple[int, str]:
    return ({LIVE: 0, DEMONSTRATION: 1}.get(name, 2), name)


def _unread(name: str) -> ShelfTitle:
    is_demo = name == DEMONSTRATION
    source = name.replace("imported-", "imported:", 1)
    return ShelfTitle(name, {"en": name}, source, "demonstration" if is_demo else "registration", is_demo)


def _fingerprint(place: Path) -> Fingerprint:
    """Return name, size, time and inode of everything below `place`, or of the file itself."""
    found: list[tuple[str, int, int, int]] = []
    for path in sorted([place, *place.rglob("*")]):
        try:
            seen = path.stat()
        except OSError:  # it went away while we looked: the next look will see a difference
            continue
        found.append((str(path), seen.st_size, seen.st_mtime_ns, seen.st_ino))
    return tuple(found)


def _table(cuboid: str, rows: list[Row]) -> Table | None:
    if any(len(row.dims) > 1 for row in rows):
        return None
    cells = tuple(Cell(row.period, row.code, row.lo, row.hi, row.note_ids) for row in rows)
    return Table(cuboid, rows[0].universe, cells) if rows else None


def _noted(release: Release, shelf: Shelf) -> ReleaseNote:
    told = release.manifest
    withdrawal = shelf.withdrawals.get(release.name)
    return ReleaseNote(
        name=told.name,
        periods=told.periods,
        made_on=told.made_at.date(),
        signed_by=told.signed_by,
        signed_on=told.signed_on,
        plan_version=told.plan_version,
        files=dict(told.files),
        checked_targets=told.audit.targets,
        widened=told.audit.widened,
        withdrawn_because=withdrawal.reason if withdrawal else "",
        is_withdrawn=withdrawal is not None,
    )
