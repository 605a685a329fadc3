"""The public halves of the office's keys, as a file: what the residents' door may know, and nothing else.

    {"story": [{"version": 1, "public_key": "<base64>", "active": true}], "contact": [...], ...}

At most one version of a key is active; the others stay for reading. A key is named `story.1`.
"""

import base64
import binascii
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from office.errors import Unavailable

KEY_BYTES: Final = 32
CLEAR_FOR_ALL: Final = 0o644
REPORT_KEYS: Final = ("story", "story-apart", "contact", "statistics")
"""What a report may be sealed to. Without an active version of each, the residents' form takes nothing."""


class NoActiveKey(Unavailable):
    """There is no key to seal to, so nothing may be taken."""

    code = "no_active_key"
    sentence = "We cannot take reports safely now, and nothing was kept. Please call the office."


class PublicKeysDamaged(Unavailable):
    """The file of public keys is there but cannot be read as one."""

    code = "public_keys_damaged"
    sentence = "The file of the office's public keys cannot be read."


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One version of one office key."""

    name: str
    version: int
    public_key: bytes
    is_active: bool

    @property
    def key_name(self) -> str:
        """Its full name, such as `story.1`."""
        return f"{self.name}.{self.version}"


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """Every public key of the office, in order of name and version."""

    keys: tuple[PublicKey, ...]

    @classmethod
    def of(cls, keys: Iterable[PublicKey]) -> Self:
        """Return `keys` in their order."""
        return cls(tuple(sorted(keys, key=lambda key: (key.name, key.version))))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the keys of a file; none if there is no file, so that asking for one is refused.

        Raises:
            PublicKeysDamaged: the file is not what this module writes.
        """
        try:
            told = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return cls(())
        except (OSError, ValueError) as error:
            raise PublicKeysDamaged(file=path.name) from error
        try:
            return cls.of(_key(name, entry) for name, entries in told.items() for entry in entries)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise PublicKeysDamaged(file=path.name) from error

    def active(self, name: str) -> tuple[str, bytes]:
        """Return the full name and the public half of the active version of `name`.

        Raises:
            NoActiveKey: there is none.
        """
        found = [key for key in self.keys if key.name == name and key.is_active]
        if not found:
            raise NoActiveKey(key=name)
        return found[-1].key_name, found[-1].public_key

    def has_active(self, *names: str) -> bool:
        """Return whether each of `names` has an active version."""
        return set(names) <= {key.name for key in self.keys if key.is_active}

    def save(self, path: Path) -> None:
        """Replace the file at `path` in one step, on the disk before this returns."""
        told: dict[str, list[dict[str, object]]] = {}
        for key in self.keys:
            told.setdefault(key.name, []).append(
                {
                    "version": key.version,
                    "public_key": base64.b64encode(key.public_key).decode("ascii"),
                    "active": key.is_active,
                }
            )
        replace_file(path, (json.dumps(told, indent=1) + "\n").encode(), mode=CLEAR_FOR_ALL)


def replace_file(path: Path, content: bytes, *, mode: int) -> None:
    """Write `content` beside `path`, force it to the disk, and put it in place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _key(name: str, entry: dict[str, object]) -> PublicKey:
    version, encoded, is_active = entry["version"], entry["public_key"], entry["active"]
    if not isinstance(version, int) or not isinstance(encoded, str) or not isinstance(is_active, bool):
        raise ValueError(name)
    try:
        public = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ValueError(name) from error
    if len(public) != KEY_BYTES:
        raise ValueError(name)
    return PublicKey(name=name, version=version, public_key=public, is_active=is_active)
