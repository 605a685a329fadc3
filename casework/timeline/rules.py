"""How an event is hashed into its chain, and how a chain is examined. Pure: rows in, findings out."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol
from uuid import UUID

OFFICE: Final = "office"
BEGINNING: Final = bytes(32)


class Link(Protocol):
    """What a row of the timeline looks like to the rules."""

    chain: str
    seq: int
    at: datetime
    kind: str
    by: UUID | None
    detail: str
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a chain: `seq` is the first row concerned."""

    chain: str
    seq: int
    what: str


def canonical(detail: Mapping[str, object]) -> str:
    """Return `detail` as JSON that is the same for the same content."""
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def written_in_utc(at: datetime) -> str:
    """Return the instant as it enters the hash; SQLite gives it back without its zone."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def link_hash(
    *, chain: str, seq: int, at: datetime, kind: str, by: UUID | None, detail: str, previous_hash: bytes
) -> bytes:
    """Return the hash that ties an event to everything before it in its chain."""
    told = [chain, seq, written_in_utc(at), kind, str(by) if by else None, detail, previous_hash.hex()]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).digest()


def examine(chain: str, links: Iterable[Link]) -> Iterator[Finding]:
    """Yield what is wrong in one chain, whose `links` come in the order of `seq`."""
    expected, previous = 1, BEGINNING
    for link in links:
        if link.seq != expected:
            yield Finding(chain, expected, "missing")
        elif link.previous_hash != previous:
            yield Finding(chain, link.seq, "does not follow the row before it")
        own = link_hash(
            chain=link.chain,
            seq=link.seq,
            at=link.at,
            kind=link.kind,
            by=link.by,
            detail=link.detail,
            previous_hash=link.previous_hash,
        )
        if own != link.hash:
            yield Finding(chain, link.seq, "edited")
        expected, previous = link.seq + 1, link.hash
