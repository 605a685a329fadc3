"""The blind index of names: what can be looked for without any name in clear in the store.

A term is an HMAC under a key derived from the office key `names`, which is open only in the memory of those
signed in who hold it. Who has the store and not the key cannot try out names; who has both can.
"""

import hmac
from collections.abc import Iterable

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlmodel import Session, select

from casework.conflicts.content import PartyName
from casework.conflicts.errors import NamesKeyNeeded
from casework.conflicts.names import variants
from casework.conflicts.rules import Likeness
from casework.conflicts.tables import PartyTerm
from casework.staff.sessions import SignedIn
from office.keys.holders import held_by, newest, opened_grant
from office.keys.names import full_name, stem

NAMES = "names"
INFO = b"convivencia/1/blind-index"

IndexKeys = dict[str, bytes]
"""The keys of the index, by the full name of the office key each comes from."""


def index_keys(session: Session, who: SignedIn) -> IndexKeys:
    """Return the keys of the index, of every version the person holds.

    Raises:
        NamesKeyNeeded: they lack the newest version, or one under which a name lies: a match would be missed.
    """
    held = {
        each.key_name: opened_grant(each, who).private_bytes
        for each in held_by(session, who.id)
        if stem(each.key_name) == NAMES
    }
    present = newest(session, NAMES).version
    missing = {full_name(NAMES, version) for version in range(1, present + 1)} - set(held)
    if any(name == full_name(NAMES, present) or _is_used(session, name) for name in missing):
        raise NamesKeyNeeded
    return {
        key_name: HKDF(algorithm=SHA256(), length=32, salt=None, info=INFO).derive(private)
        for key_name, private in held.items()
    }


def terms_of(called: PartyName, *, is_organisation: bool, keys: IndexKeys) -> list[PartyTerm]:
    """Return the terms of a name and its aliases, without whose they are, under every key given."""
    forms = set[tuple[Likeness, str]]().union(
        *(variants(name, is_organisation=is_organisation) for name in (called.name, *called.aliases))
    )
    return [
        PartyTerm(term=_term(key, likeness, form), likeness=likeness, key_name=key_name)
        for key_name, key in keys.items()
        for likeness, form in sorted(forms)
    ]


def has_letters(names: Iterable[str], *, is_organisation: bool) -> bool:
    """Say whether every name has something it can be found by."""
    return all(variants(name, is_organisation=is_organisation) for name in names)


def _is_used(session: Session, key_name: str) -> bool:
    wanted = select(PartyTerm.party_id).where(PartyTerm.key_name == key_name)
    return session.exec(wanted.limit(1)).first() is not None


def _term(key: bytes, likeness: str, form: str) -> bytes:
    return hmac.digest(key, f"{likeness}\0{form}".encode(), "sha256")
