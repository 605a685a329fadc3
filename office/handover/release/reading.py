"""Reading releases and shelves from their folders, and believing nothing.

Every file must have the hash that `release.json` says, no file may be missing or added, and `release.json`
must carry the office's signature.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from office import signing
from office.handover.release.contents import Release, Shelf
from office.handover.release.manifest import (
    MANIFEST,
    SHELF_CARD,
    ReleaseDamaged,
    ReleaseManifest,
    ShelfCard,
    ShelfDamaged,
    canonical,
)

PUBLIC_KEY = bytes | Iterable[bytes]


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
