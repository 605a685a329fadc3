"""A verified release and a shelf of them, answered from memory."""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from office.handover.release.manifest import (
    ReleaseDamaged,
    ReleaseManifest,
    ShelfCard,
    TableNotPublished,
    Withdrawal,
)

MEASURES: Final = ("lo", "hi", "exact", "OBS_STATUS", "CONF_STATUS", "note_ids")

LEADING: Final = ("period", "period_basis", "universe")

LABEL_PREFIX: Final = "label_"


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
