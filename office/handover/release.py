"""What the observatory hands to everybody: an immutable, signed folder of published bands.

This module only reads, and believes nothing: every file must have the hash that `release.json` says,
no file may be missing or added, and `release.json` must carry the office's signature. Nothing here
knows how a band was made; `lo` is never a count, and a row with `lo` 0 says only "less than `hi` + 1".
"""

import base64
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from office import signing
from office.errors import NotFound, Unavailable

MANIFEST: Final = "release.json"
SHELF_CARD: Final = "shelf.json"
FORMAT: Final = 1

MEASURES: Final = ("lo", "hi", "exact", "OBS_STATUS", "CONF_STATUS", "note_ids")
LEADING: Final = ("period", "period_basis", "universe")
LABEL_PREFIX: Final = "label_"

Name = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(Q[1-4])?(-[0-9]{4}(Q[1-4])?)?\.[1-9][0-9]{0,3}$")]
PeriodName = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-Q[1-4])?$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FilePath = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)?(\.[a-z-]+)+$")]
Universe = Literal["situations", "mentions"]
PUBLIC_KEY = bytes | Iterable[bytes]


class ReleaseDamaged(Unavailable):
    """A release was changed, is incomplete, or was not signed by this office."""

    code = "release_damaged"
    sentence = "This release is damaged or was not signed by the office, so it cannot be shown."


class ShelfDamaged(Unavailable):
    """A folder that should be a shelf is none."""

    code = "shelf_damaged"
    sentence = "This collection of figures is damaged, so it cannot be shown."


class TableNotPublished(NotFound):
    """The release has no table of this name."""

    code = "table_not_published"
    sentence = "These figures are not published."


class AuditSummary(BaseModel):
    """What the disclosure audit did before the signature.

    Attributes:
        targets: quantities whose possible values were worked out.
        narrowed: those that could still be narrowed below the guarantee; a release has none.
        widened: published bands wider than the plan's width, so that nothing can be narrowed.
        lp_count: questions put to the solver.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    targets: int = Field(ge=0)
    narrowed: int = Field(ge=0)
    widened: int = Field(ge=0)
    lp_count: int = Field(ge=0)


class Withdrawal(BaseModel):
    """The notice by which a later version takes an earlier one back; the earlier folder stays as it was."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    reason: str
    on: date


class ReleaseManifest(BaseModel):
    """`release.json`: what a release is, which files it has, and who answers for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    name: Name
    version: int = Field(ge=1)
    shelf: str
    source: str
    period_basis: Literal["registration", "imported", "demonstration"]
    plan_version: str
    periods: tuple[PeriodName, ...]
    made_at: datetime
    signed_by: Annotated[str, StringConstraints(min_length=1)]
    signed_on: date
    files: Mapping[FilePath, Digest]
    audit: AuditSummary
    withdrawn: Withdrawal | None = None
    signature: str


@dataclass(frozen=True, slots=True)
class Row:
    """One published cell.

    Attributes:
        period: `2026-Q3` or `2026`.
        universe: `situations`, or `mentions` (a situation with two grounds is two mentions); never add them.
        dims: code by dimension, in the order of the file; empty for a total.
        lo: the count is at least this.
        hi: the count is at most this.
        exact: whether `lo` is the count itself; never in the first plan.
        obs_status: SDMX: `A` normal, `B` break in the series, `P` provisional.
        conf_status: SDMX: `F` free.
        note_ids: notes of the release that belong to this cell.
    """

    period: str
    period_basis: str
    universe: str
    dims: Mapping[str, str]
    lo: int
    hi: int
    exact: bool
    obs_status: str
    conf_status: str
    note_ids: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Return the code of the only dimension, or an empty text for a total."""
        return next(iter(self.dims.values()), "")


@dataclass(frozen=True, slots=True)
class CodeLabel:
    """One line of a code list as it was when the release was made."""

    code: str
    labels: Mapping[str, str]
    parent: str = ""


@dataclass(frozen=True)
class Release:
    """A verified release; everything it says was hashed once, and is answered from memory."""

    manifest: ReleaseManifest
    contents: Mapping[str, bytes] = field(repr=False)
    folder: Path | None = None
    _tables: dict[str, list[Row]] = field(init=False, repr=False, compare=False, default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name, `2026Q3.1`."""
        return self.manifest.name

    @property
    def periods(self) -> tuple[str, ...]:
        """Return the periods it publishes, quarters and years."""
        return self.manifest.periods

    @cached_property
    def cuboids(self) -> tuple[str, ...]:
        """Return the names of its tables, sorted."""
        names = (path for path in self.contents if path.startswith("data/") and path.endswith(".csv"))
        return tuple(sorted(path.removeprefix("data/").removesuffix(".csv") for path in names))

    def rows(self, cuboid: str) -> list[Row]:
        """Return the cells of one table, in the order of the file; raise TableNotPublished."""
        if cuboid not in self._tables:
            if cuboid not in self.cuboids:
                raise TableNotPublished(table=cuboid)
            self._tables[cuboid] = _read_rows(self.contents[f"data/{cuboid}.csv"], self.name)
        return list(self._tables[cuboid])

    def codes(self, name: str) -> tuple[CodeLabel, ...]:
        """Return a code list (`grounds`, `districts`, …) with its labels; raise TableNotPublished."""
        path = f"codes/{name}.csv"
        if path not in self.contents:
            raise TableNotPublished(table=name)
        lines = csv.DictReader(io.StringIO(self.contents[path].decode("utf-8"), newline=""))
        return tuple(
            CodeLabel(
                code=line["code"],
                labels={
                    column.removeprefix(LABEL_PREFIX): words
                    for column, words in line.items()
                    if column.startswith(LABEL_PREFIX)
                },
                parent=line.get("parent") or "",
            )
            for line in lines
        )

    def json(self, path: str) -> Any:
        """Return the contents of a JSON file of the release, or None if it has no such file."""
        return json.loads(self.contents[path]) if path in self.contents else None

    @property
    def notes(self) -> Mapping[str, Mapping[str, str]]:
        """Return the notes: words by language, by note id."""
        told = self.json("notes.json") or {"notes": []}
        return {note["id"]: note["text"] for note in told["notes"]}


class ShelfCard(BaseModel):
    """`shelf.json`: what a shelf says about itself.

    Attributes:
        source: `live`, `demonstration` or `imported:<name>`.
        title: its name, by language.
        period_basis: what a period counts.
        invented: everything on it is made up.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    source: str
    title: Mapping[str, str]
    period_basis: Literal["registration", "imported", "demonstration"]
    invented: bool


@dataclass(frozen=True)
class Shelf:
    """All releases of one source, oldest first.

    Attributes:
        damaged: names of folders that could not be believed; they are not among `releases`.
    """

    name: str
    card: ShelfCard
    releases: tuple[Release, ...]
    damaged: tuple[str, ...] = ()

    @cached_property
    def withdrawals(self) -> Mapping[str, Withdrawal]:
        """Return the notices of withdrawal, by the name of the release they take back."""
        notices = (release.manifest.withdrawn for release in self.releases)
        return {notice.name: notice for notice in notices if notice is not None}

    @property
    def standing(self) -> tuple[Release, ...]:
        """Return the releases that publish tables and were not withdrawn, oldest first."""
        return tuple(
            release for release in self.releases if release.cuboids and release.name not in self.withdrawals
        )

    @property
    def current(self) -> Release | None:
        """Return the newest release that stands."""
        return self.standing[-1] if self.standing else None

    @property
    def cuboids(self) -> tuple[str, ...]:
        """Return the names of all tables that some standing release has, sorted."""
        return tuple(sorted({cuboid for release in self.standing for cuboid in release.cuboids}))

    def release(self, name: str) -> Release:
        """Return the release of this name, withdrawn or not; raise TableNotPublished."""
        for release in self.releases:
            if release.name == name:
                return release
        raise TableNotPublished(release=name)

    def until(self, name: str) -> "Shelf":
        """Return the shelf as it stood when the release `name` was put on it; raise TableNotPublished."""
        index = self.releases.index(self.release(name))
        return replace(self, releases=self.releases[: index + 1])

    def rows(self, cuboid: str) -> list[Row]:
        """Return the cells of one table over all standing releases: each period from the newest that has it.

        Raises:
            TableNotPublished: no standing release has this table.
        """
        by_period: dict[str, list[Row]] = {}
        for release in self.standing:
            if cuboid not in release.cuboids:
                continue
            fresh: dict[str, list[Row]] = {}
            for row in release.rows(cuboid):
                fresh.setdefault(row.period, []).append(row)
            by_period.update(fresh)
        if not by_period:
            raise TableNotPublished(table=cuboid)
        return [row for period in sorted(by_period) for row in by_period[period]]


def canonical(manifest: Mapping[str, Any]) -> bytes:
    """Return the bytes that are signed: the manifest without its signature, sorted, without spaces, UTF-8."""
    signed = {key: value for key, value in manifest.items() if key != "signature"}
    return json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def read_release(folder: Path, public_key: PUBLIC_KEY) -> Release:
    """Return the release kept in `folder`, verified to the last byte.

    Args:
        folder: the release's own folder.
        public_key: the public half of the signing key (32 bytes), or several, newest first.

    Raises:
        ReleaseDamaged: a file is missing, added or changed, or the signature is not the office's.
    """
    keys = (public_key,) if isinstance(public_key, bytes) else tuple(public_key)
    name = folder.name
    try:
        raw = (folder / MANIFEST).read_bytes()
        told = json.loads(raw)
        manifest = ReleaseManifest.model_validate(told)
    except (OSError, ValueError, ValidationError) as error:
        raise ReleaseDamaged(release=name, file=MANIFEST) from error
    try:
        signature = base64.b64decode(manifest.signature, validate=True)
    except ValueError as error:
        raise ReleaseDamaged(release=name, file=MANIFEST) from error
    if not any(signing.verify(key, canonical(told), signature) for key in keys):
        raise ReleaseDamaged(release=name, file=MANIFEST)
    if manifest.name != name:
        raise ReleaseDamaged(release=name, file=MANIFEST)
    return Release(manifest, _read_files(folder, manifest), folder)


def read_shelf(folder: Path, public_key: PUBLIC_KEY) -> Shelf:
    """Return a shelf with every release on it that can be believed, oldest first.

    Raises:
        ShelfDamaged: the folder or its `shelf.json` is missing or not as agreed.
    """
    keys = (public_key,) if isinstance(public_key, bytes) else tuple(public_key)
    try:
        card = ShelfCard.model_validate_json((folder / SHELF_CARD).read_bytes())
    except (OSError, ValidationError) as error:
        raise ShelfDamaged(shelf=folder.name) from error
    releases: list[Release] = []
    damaged: list[str] = []
    for place in sorted(folder.iterdir()):
        if place.name.startswith(".") or not place.is_dir():
            continue
        try:
            release = read_release(place, keys)
        except ReleaseDamaged:
            damaged.append(place.name)
            continue
        if release.manifest.shelf == folder.name and release.manifest.source == card.source:
            releases.append(release)
        else:
            damaged.append(place.name)
    releases.sort(key=lambda one: (one.manifest.made_at, one.manifest.version, one.name))
    return Shelf(folder.name, card, tuple(releases), tuple(damaged))


def shelves(root: Path) -> tuple[str, ...]:
    """Return the names of the shelves kept under a shelf root, sorted."""
    if not root.is_dir():
        return ()
    return tuple(sorted(place.name for place in root.iterdir() if (place / SHELF_CARD).is_file()))


def _read_files(folder: Path, manifest: ReleaseManifest) -> dict[str, bytes]:
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.is_dir() or path.is_symlink()
    }
    for unexpected in sorted(found ^ (set(manifest.files) | {MANIFEST})):
        raise ReleaseDamaged(release=folder.name, file=unexpected)
    contents: dict[str, bytes] = {}
    for path, digest in manifest.files.items():
        try:
            contents[path] = (folder / path).read_bytes()
        except OSError as error:
            raise ReleaseDamaged(release=folder.name, file=path) from error
        if hashlib.sha256(contents[path]).hexdigest() != digest:
            raise ReleaseDamaged(release=folder.name, file=path)
    return contents


def _read_rows(raw: bytes, release: str) -> list[Row]:
    lines = csv.reader(io.StringIO(raw.decode("utf-8"), newline=""))
    columns = next(lines, [])
    dims = [column for column in columns if column not in LEADING and column not in MEASURES]
    if columns != [*LEADING, *dims, *MEASURES]:
        raise ReleaseDamaged(release=release)
    rows: list[Row] = []
    for line in lines:
        cell = dict(zip(columns, line, strict=True))
        if not re.fullmatch(r"\d+", cell["lo"]) or not re.fullmatch(r"\d+", cell["hi"]):
            raise ReleaseDamaged(release=release)
        rows.append(
            Row(
                period=cell["period"],
                period_basis=cell["period_basis"],
                universe=cell["universe"],
                dims={dim: cell[dim] for dim in dims},
                lo=int(cell["lo"]),
                hi=int(cell["hi"]),
                exact=cell["exact"] == "1",
                obs_status=cell["OBS_STATUS"],
                conf_status=cell["CONF_STATUS"],
                note_ids=tuple(cell["note_ids"].split()),
            )
        )
    return rows
