"""The signed heads: where each chain stood at the end of a day, kept in files outside the database.

Each file carries the chains that moved since the file before it. The files are mailed to the data
protection officer and go into the backup's manifest: only a copy the operator of the database cannot
reach makes a recomputed chain visible.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from office.errors import Unavailable
from office.sealing.public_keys import replace_file
from office.signing import new_private_key, public_half, sign, verify

KEY: Final = "timeline.key"
PUBLIC: Final = "timeline.pub"
FOR_ITS_USER_ONLY: Final = 0o600
CLEAR_FOR_ALL: Final = 0o644


class HeadsDamaged(Unavailable):
    """A file of signed heads was altered, or is signed by somebody else."""

    code = "heads_damaged"
    sentence = "A file of the timeline's signed heads was altered, or another key signed it."


@dataclass(frozen=True, slots=True)
class SignedHead:
    """Where one chain stood when a day's heads were signed."""

    day: date
    chain: str
    seq: int
    hash: bytes


def signing_key(folder: Path) -> bytes:
    """Return the key that signs heads, made at the first use; its public half lies beside it."""
    path = folder / KEY
    if path.exists():
        return path.read_bytes()
    private = new_private_key()
    replace_file(path, private, mode=FOR_ITS_USER_ONLY)
    replace_file(folder / PUBLIC, public_half(private), mode=CLEAR_FOR_ALL)
    return private


def write_heads(folder: Path, heads: Mapping[str, tuple[int, bytes]], *, on: date) -> Path | None:
    """Sign where the chains stand now; return the day's file, or None if nothing moved since the last."""
    private = signing_key(folder)
    before = {head.chain: (head.seq, head.hash) for head in read_heads(folder)}
    moved = {chain: head for chain, head in sorted(heads.items()) if before.get(chain) != head}
    if not moved:
        return None
    path = folder / f"{on.isoformat()}.{len(list(folder.glob(f'{on.isoformat()}.*.json'))) + 1:03d}.json"
    told = {
        "day": on.isoformat(),
        "heads": {chain: [seq, digest.hex()] for chain, (seq, digest) in moved.items()},
    }
    signature = base64.b64encode(sign(private, _signed_bytes(told))).decode("ascii")
    content = json.dumps({**told, "signature": signature}, indent=1) + "\n"
    replace_file(path, content.encode(), mode=CLEAR_FOR_ALL)
    return path


def read_heads(folder: Path, public: bytes | None = None) -> list[SignedHead]:
    """Return every signed head of a folder, the oldest first.

    Args:
        folder: the folder of the files, or of a copy of them kept elsewhere.
        public: public half of the signing key; the one in the folder if not given.

    Raises:
        HeadsDamaged: a file is not what was signed.
    """
    files = sorted(folder.glob("*.json"))
    if files and public is None:
        public = (folder / PUBLIC).read_bytes()
    return [head for path in files for head in _read(path, public or b"")]


def _read(path: Path, public: bytes) -> Iterable[SignedHead]:
    try:
        told = json.loads(path.read_text("utf-8"))
        signature = base64.b64decode(told.pop("signature"), validate=True)
        if not verify(public, _signed_bytes(told), signature):
            raise HeadsDamaged(file=path.name)
        day = date.fromisoformat(told["day"])
        return [
            SignedHead(day, chain, seq, bytes.fromhex(digest))
            for chain, (seq, digest) in told["heads"].items()
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise HeadsDamaged(file=path.name) from error


def _signed_bytes(told: Mapping[str, object]) -> bytes:
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
