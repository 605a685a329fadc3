"""Key files: the two private keys that lie outside the stores, each readable by one service user only.

`statistics` (for the nightly hand-over of coded facts) and `notice` (for "you have news"). A file holds every
version, because what was sealed to an older one must still open.

    {"statistics.1": "<base64 of 32 bytes>", "statistics.2": "…"}
"""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from office.errors import Unavailable
from office.sealing.boxes import SealingKey
from office.sealing.public_keys import replace_file

FOR_ITS_USER_ONLY: Final = 0o600
OTHERS: Final = 0o077


class KeyFileMissing(Unavailable):
    """The key file is not there or cannot be read by this service."""

    code = "key_file_missing"
    sentence = "The key file this service needs is not there, or this service may not read it."


class KeyFileDamaged(Unavailable):
    """The key file is there but is not one."""

    code = "key_file_damaged"
    sentence = "The key file this service needs cannot be read as one."


class KeyFileOpenToOthers(Unavailable):
    """Other users of the machine could read the key file, so it is refused."""

    code = "key_file_open_to_others"
    sentence = "Other users of this machine can read the key file. Make it readable by its service only."


def load_key_file(path: Path) -> dict[str, SealingKey]:
    """Return every key of a file by its full name, such as `statistics.1`.

    Raises:
        KeyFileMissing: no file, or not for this user.
        KeyFileOpenToOthers: the file's mode lets other users read or change it.
        KeyFileDamaged: it is not what `add_to_key_file` writes.
    """
    try:
        if path.stat().st_mode & OTHERS:
            raise KeyFileOpenToOthers(file=path.name)
        text = path.read_text("utf-8")
    except OSError as error:
        raise KeyFileMissing(file=path.name) from error
    except ValueError as error:
        raise KeyFileDamaged(file=path.name) from error
    try:
        told = json.loads(text)
        return {
            name: SealingKey.from_private_bytes(base64.b64decode(kept, validate=True))
            for name, kept in told.items()
        }
    except Exception as error:  # whatever is wrong with it, the sentence is the same
        raise KeyFileDamaged(file=path.name) from error


def add_to_key_file(path: Path, keys: Mapping[str, SealingKey]) -> None:
    """Put `keys` beside those the file holds already, on the disk before this returns."""
    held = load_key_file(path) if path.exists() else {}
    told = {
        name: base64.b64encode(key.private_bytes).decode("ascii")
        for name, key in sorted({**held, **keys}.items())
    }
    replace_file(path, (json.dumps(told, indent=1) + "\n").encode(), mode=FOR_ITS_USER_ONLY)
