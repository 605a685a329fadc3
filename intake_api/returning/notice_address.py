"""The address somebody leaves to be told "you have news": read from the form, sealed to a key of its own.

Only the office's mailer opens it. Where that key or the mailer's means are missing it is not asked for, and
reports are taken all the same.
"""

import itertools
import secrets
from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

from office.handover.notice import NoticeAddress
from office.sealing.boxes import seal
from office.sealing.public_keys import PublicKeys

NOTICE_KEY: Final = "notice"
NONE: Final = "none"
KINDS: Final = ("email", "sms")
NOTICE_COLUMNS: Final = ("notice_key_name", "sealed_notice")

SealedNotice = tuple[str, bytes] | tuple[None, None]
"""Name of the key and what is sealed to it; or neither."""


def kinds_offered(keys: PublicKeys, wanted: str) -> tuple[str, ...]:
    """Return how somebody can be told: what the office's mailer can do, and nothing without its key.

    Args:
        keys: the office's public keys.
        wanted: the setting, such as `email sms`.
    """
    return tuple(kind for kind in KINDS if kind in wanted.split()) if keys.has_active(NOTICE_KEY) else ()


def address_of(kind: str, value: str, tag: str = "es") -> NoticeAddress | None:
    """Return the address told, or None where nobody is to be told."""
    if kind == "email":
        return NoticeAddress(kind="email", value=value[:300], language=tag)
    if kind == "sms":
        return NoticeAddress(kind="sms", value=value[:300], language=tag)
    return None


def told_in(kind: Iterable[str], value: Iterable[str], tag: str) -> NoticeAddress | None:
    """Return the address in the answers of the form, if there is one that can be written to."""
    address = address_of(next(iter(kind), ""), next(iter(value), ""), tag)
    return address if address is not None and address.goes_to is not None else None


def sealed_notice(address: NoticeAddress | None, keys: PublicKeys, case_number: str) -> SealedNotice:
    """Return the address sealed for the mailer; neither name nor box without an address or the key."""
    if address is None or not keys.has_active(NOTICE_KEY):
        return None, None
    name, public = keys.active(NOTICE_KEY)
    return name, seal(address.as_bytes(), public, about=f"notice/{case_number}")


_places: Iterator[int] = itertools.count(secrets.randbits(63))


def id_in_order() -> UUID:
    """Return an id that sorts after every one given before, and after those of reports.

    The courier takes what waits by id. Whoever mends an address at once, or takes it back, must not find the
    earlier one kept. The id tells the order and no time, and is kept nowhere but in the mailbox.
    """
    return UUID(int=(0xFFFFFFFF << 96) | (next(_places) << 32) | secrets.randbits(32))
