"""A draft: a release on its way to a signature, kept where people can look at it, never on a shelf.

Its steps leave a mark each, and each mark names what it was made for: a draft whose facts, files or shelf
have changed since must go back. A draft holds bands like any release, and no true count.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from observatory.disclosure.audit import Progress
from observatory.errors import DraftNotReady, DraftUnknown, SnapshotChanged
from observatory.extract import Snapshot, digest_of
from observatory.lists import Lists
from observatory.open_data.tables import json_bytes
from observatory.plan import plan_digest
from observatory.releases.building import Build, as_release, build, check, next_name, sign
from observatory.releases.folder import About, Contents, place, remove, shelf_of
from observatory.tabulate import Kept
from office.handover.release import MANIFEST, AuditSummary, Shelf

SNAPSHOT: Final = "snapshot.json"
TABULATED: Final = "tabulated.json"
CHECKED: Final = "checked.json"
FILES: Final = "files"


class Draft:
    """One draft in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        """Return the draft's name: its shelf and the release it is to become."""
        return self.folder.name

    @property
    def snapshot(self) -> Snapshot:
        """Return the facts it is made of; raise DraftUnknown, or SnapshotChanged if it tells other things."""
        told = self._told(SNAPSHOT)
        try:
            return Snapshot(**{**told, "quarters": tuple(told["quarters"])})
        except (KeyError, TypeError) as error:
            raise SnapshotChanged(draft=self.name) from error

    def tabulate(
        self,
        facts: pd.DataFrame,
        *,
        kept: Kept,
        title: Mapping[str, str] | None = None,
        shelf: Shelf,
        lists: Lists,
        at: datetime,
        progress: Progress,
    ) -> Build:
        """Count, protect and write the tables of the draft.

        Raises:
            SnapshotChanged: the facts are no longer those that were frozen.
        """
        snapshot = self.snapshot
        if digest_of(facts, kept) != snapshot.digest:
            raise SnapshotChanged(draft=self.name)
        built = build(
            facts,
            quarters=snapshot.quarters,
            source=snapshot.source,
            shelf=shelf,
            lists=lists,
            at=at,
            kept=kept,
            title=title,
            progress=progress,
        )
        self._forget(TABULATED, CHECKED, MANIFEST)
        if (self.folder / FILES).exists():
            remove(self.folder / FILES)
        for path, data in built.files.items():
            place_of = self.folder / FILES / path
            place_of.parent.mkdir(parents=True, exist_ok=True)
            place_of.write_bytes(data)
        self._mark(
            TABULATED,
            {
                "name": built.about.name,
                "source": built.about.source,
                "periods": list(built.about.periods),
                "made_at": built.about.made_at.isoformat(),
                "title": None if title is None else dict(title),
                "summary": built.summary.model_dump(),
                "over": [release.name for release in shelf.releases],
                "plan": plan_digest(),
                "files": _digest(built.files),
            },
        )
        return built

    def check(self, shelf: Shelf, *, progress: Progress) -> None:
        """Recompute the audit from the draft's own files next to the whole shelf; raise AuditDiffers."""
        built = self._built(shelf)
        unsigned = as_release(sign(built, signed_by="-", signed_on=date.min, key=bytes(32)), built.files)
        check(unsigned, shelf.releases, progress=progress)
        self._mark(CHECKED, {"files": _digest(built.files)})

    def approve(self, shelf: Shelf, *, signed_by: str, signed_on: date, key: bytes) -> None:
        """Sign the draft for a named person; raise DraftNotReady unless its files passed the check."""
        built = self._built(shelf)
        if self._told(CHECKED)["files"] != _digest(built.files):
            raise DraftNotReady(draft=self.name, step="check")
        (self.folder / MANIFEST).write_bytes(sign(built, signed_by=signed_by, signed_on=signed_on, key=key))

    def publish(self, shelf: Shelf, folder: Path) -> Path:
        """Put the signed draft on its shelf and remove the draft; return the release's folder."""
        built = self._built(shelf)
        if self._told(CHECKED)["files"] != _digest(built.files):
            raise DraftNotReady(draft=self.name, step="check")
        self._told(MANIFEST)
        manifest = (self.folder / MANIFEST).read_bytes()
        published = place(folder, built.about.name, built.files, manifest)
        remove(self.folder)
        return published

    def _built(self, shelf: Shelf) -> Build:
        """Return what the draft holds, if it was made with this plan and next to this shelf."""
        told = self._told(TABULATED)
        about = About(
            told["name"],
            told["source"],
            tuple(told["periods"]),
            datetime.fromisoformat(told["made_at"]),
            told["title"],
        )
        root = self.folder / FILES
        files: Contents = {
            path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
        }
        same_shelf = told["over"] == [release.name for release in shelf.releases]
        if told["plan"] != plan_digest() or told["files"] != _digest(files) or not same_shelf:
            raise DraftNotReady(draft=self.name, step="tabulate")
        return Build(about, files, AuditSummary(**told["summary"]))

    def _told(self, mark: str) -> dict[str, Any]:
        try:
            told = json.loads((self.folder / mark).read_bytes())
        except (OSError, ValueError) as error:
            if mark == SNAPSHOT:
                raise DraftUnknown(draft=self.name) from error
            raise DraftNotReady(draft=self.name, step=STEPS[mark]) from error
        return dict(told)

    def _mark(self, mark: str, told: dict[str, Any]) -> None:
        (self.folder / mark).write_bytes(json_bytes(told))

    def _forget(self, *marks: str) -> None:
        for mark in marks:
            (self.folder / mark).unlink(missing_ok=True)


STEPS: Final = {TABULATED: "tabulate", CHECKED: "check", MANIFEST: "approve"}


def new_draft(drafts: Path, snapshot: Snapshot, shelf: Shelf) -> Draft:
    """Begin a draft from frozen facts; an unfinished draft of the same name is begun anew."""
    draft = Draft(drafts / f"{shelf_of(snapshot.source)}-{next_name(snapshot.quarters, shelf)}")
    if draft.folder.exists():
        remove(draft.folder)
    draft.folder.mkdir(parents=True, mode=0o700)
    draft._mark(SNAPSHOT, snapshot.told())
    return draft


def draft_named(drafts: Path, name: str | None) -> Draft:
    """Return a draft by its name, or the only one there is; raise DraftUnknown."""
    there: Sequence[Path] = sorted(drafts.iterdir()) if drafts.is_dir() else ()
    found = [folder for folder in there if name is None or folder.name == name]
    if len(found) != 1:
        raise DraftUnknown(draft=name or f"{len(found)} drafts")
    return Draft(found[0])


def _digest(files: Contents) -> str:
    lines = [f"{path} {hashlib.sha256(data).hexdigest()}" for path, data in sorted(files.items())]
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()
