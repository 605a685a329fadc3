"""Puts a release together: its files, its signed `release.json`, and its place on a shelf, for good.

A folder is written beside its shelf, flushed to the disk, made read-only and renamed into place in one step:
it is there whole or not at all, and a name that is taken is refused.
"""

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from observatory.disclosure.bands import BandedTables
from observatory.errors import AlreadyPublished, WrongShelf
from observatory.lists import Lists
from observatory.open_data.quality import quality_note
from observatory.open_data.tables import (
    code_list_bytes,
    columns_of,
    csv_bytes,
    csvw,
    json_bytes,
    lines_of,
    notes_bytes,
    parquet_bytes,
)
from observatory.plan import PLAN_FILE, Plan
from office import signing
from office.handover.release import FORMAT, MANIFEST, SHELF_CARD, AuditSummary, Withdrawal, canonical

Contents = dict[str, bytes]
READ_ONLY_FILE: Final = 0o444
READ_ONLY_FOLDER: Final = 0o555
TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    "live": {
        "es": "Observatorio",
        "ca-valencia": "Observatori",
        "en": "Observatory",
        "fr": "Observatoire",
        "ar": "المرصد",
    },
    "demonstration": {
        "es": "Demostración con datos inventados",
        "ca-valencia": "Demostració amb dades inventades",
        "en": "Demonstration with invented data",
        "fr": "Démonstration avec des données inventées",
        "ar": "عرض ببيانات مخترعة",
    },
    "imported": {
        "es": "Historia importada: %s",
        "ca-valencia": "Història importada: %s",
        "en": "Imported history: %s",
        "fr": "Historique importé : %s",
        "ar": "سجل مستورد: %s",
    },
}


@dataclass(frozen=True, slots=True)
class About:
    """What a release says of itself before anybody signs it."""

    name: str
    source: str
    periods: tuple[str, ...]
    made_at: datetime
    title: Mapping[str, str] | None = None

    @property
    def version(self) -> int:
        """Return the number after the dot."""
        return int(self.name.rpartition(".")[2])

    @property
    def shelf(self) -> str:
        """Return the shelf this source belongs on."""
        return shelf_of(self.source)

    @property
    def period_basis(self) -> str:
        """Return what a period counts."""
        return basis_of(self.source)


def shelf_of(source: str) -> str:
    """Return the name of the only shelf on which a source may stand."""
    return source.replace(":", "-")


def basis_of(source: str) -> str:
    """Return what a period counts for a source."""
    return {"live": "registration", "demonstration": "demonstration"}.get(source, "imported")


def name_of(quarters: tuple[str, ...], version: int) -> str:
    """Return the name of a release: `2026Q3.1`, or `2021Q1-2025Q4.1` for several quarters."""
    first, last = quarters[0].replace("-", ""), quarters[-1].replace("-", "")
    return f"{first if first == last else f'{first}-{last}'}.{version}"


def contents_of(
    tables: BandedTables, about: About, *, plan: Plan, lists: Lists, audit: Mapping[str, Any]
) -> Contents:
    """Return every file of a release but `release.json`, by its path."""
    files: Contents = {}
    for cuboid, table in tables.items():
        columns, lines = columns_of(table), lines_of(table, about.period_basis)
        files[f"data/{cuboid}.csv"] = csv_bytes(columns, lines)
        files[f"data/{cuboid}.parquet"] = parquet_bytes(columns, lines)
        files[f"data/{cuboid}.csv-metadata.json"] = csvw(table, lists)
    for codes in lists.values():
        files[f"codes/{codes.name}.csv"] = code_list_bytes(codes)
    files["audit.json"] = json_bytes(audit)
    files["notes.json"] = notes_bytes(plan)
    files["errata.json"] = json_bytes({"errata": []})
    files["plan.toml"] = PLAN_FILE.read_bytes()
    files["quality.md"] = quality_note(about.source, about.periods, plan, audit).encode("utf-8")
    return files


def manifest_of(
    files: Contents,
    about: About,
    *,
    plan_version: str,
    audit: AuditSummary,
    signed_by: str,
    signed_on: date,
    key: bytes,
    withdrawn: Withdrawal | None = None,
) -> bytes:
    """Return `release.json`, signed with the private `key` (32 bytes) for the person `signed_by`."""
    told: dict[str, Any] = {
        "format": FORMAT,
        "name": about.name,
        "version": about.version,
        "shelf": about.shelf,
        "source": about.source,
        "period_basis": about.period_basis,
        "plan_version": plan_version,
        "periods": list(about.periods),
        "made_at": about.made_at.isoformat(),
        "signed_by": signed_by,
        "signed_on": signed_on.isoformat(),
        "files": {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())},
        "audit": audit.model_dump(),
        "withdrawn": None if withdrawn is None else withdrawn.model_dump(mode="json"),
        "title": None if about.title is None else dict(about.title),
    }
    told["signature"] = base64.b64encode(signing.sign(key, canonical(told))).decode("ascii")
    return json_bytes(told)


def open_shelf(root: Path, source: str) -> Path:
    """Return the shelf of a source under a shelf root, made with its `shelf.json` if it is not there.

    Raises:
        WrongShelf: the folder of that name belongs to another source.
    """
    shelf = root / shelf_of(source)
    card = shelf / SHELF_CARD
    if card.exists():
        if json.loads(card.read_bytes()).get("source") != source:
            raise WrongShelf(shelf=shelf.name, source=source)
        return shelf
    shelf.mkdir(parents=True, exist_ok=True)
    if any(shelf.iterdir()):
        raise WrongShelf(shelf=shelf.name, source=source)
    kind, _, imported = source.partition(":")
    title = {tag: words.replace("%s", imported) for tag, words in TITLES[kind].items()}
    told = {
        "source": source,
        "title": title,
        "period_basis": basis_of(source),
        "invented": source == "demonstration",
    }
    _write_whole(card, json_bytes(told))
    return shelf


def place(shelf: Path, name: str, files: Contents, manifest: bytes) -> Path:
    """Put a release on its shelf and return its folder.

    Raises:
        AlreadyPublished: the name is taken; nothing was changed.
    """
    final = shelf / name
    if final.exists():
        raise AlreadyPublished(release=name)
    beside = shelf / f".{name}.{os.getpid()}"
    if beside.exists():
        remove(beside)
    try:
        for path, data in {**files, MANIFEST: manifest}.items():
            _write_whole(beside / path, data)
        for folder in sorted((one for one in beside.rglob("*") if one.is_dir()), reverse=True):
            _flush(folder)
            folder.chmod(READ_ONLY_FOLDER)
        _flush(beside)
        # A folder is renamed before it loses its own write permission: some systems refuse it after.
        try:
            beside.rename(final)
        except OSError as error:
            raise AlreadyPublished(release=name) from error
        final.chmod(READ_ONLY_FOLDER)
        _flush(shelf)
    except BaseException:
        if beside.exists():
            remove(beside)
        raise
    return final


def remove(folder: Path) -> None:
    """Remove a folder that is not on a shelf, read-only parts included."""
    for one in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        one.chmod(0o755)
    shutil.rmtree(folder)


def _write_whole(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(READ_ONLY_FILE)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
