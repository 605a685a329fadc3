"""Whether keys, files and holders are in order. It changes nothing and opens nothing."""

import hashlib

from sqlmodel import Session

from office.errors import OfficeError
from office.keys.files import KeyFiles, public_halves
from office.keys.holders import holders_warning
from office.keys.names import PUBLISHED, SERVICE_KEYS
from office.sealing.key_files import load_key_file
from office.sealing.public_keys import PublicKeys
from office.signing import RELEASE_SIGNING, private_key_from, public_half


class KeysNotInOrder(OfficeError):
    """Something about the keys needs a person."""

    code = "keys_not_in_order"
    sentence = "The keys of the office are not in order."


def fingerprint(public_key: bytes) -> str:
    """Return a short form of a public key that two people can compare aloud."""
    digest = hashlib.sha256(public_key).hexdigest()[:20]
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def check_office(session: Session, files: KeyFiles) -> list[str]:
    """Return what is in order, a line each.

    Raises:
        KeysNotInOrder: a published key is not the keyroom's, a service's file lacks a version, or fewer
            than two people can open a key; `what` says which.
        NotBegun, KeyFileMissing, KeyFileOpenToOthers, NoSigningKey: as their names say.
    """
    warned = holders_warning(session)
    kept = public_halves(session)
    if PublicKeys.load(files.public_keys) != kept:
        raise KeysNotInOrder(what="the public-keys file is not what the keyroom says")
    if not kept.has_active(*PUBLISHED):
        raise KeysNotInOrder(what="a key has no active version")
    lines = [f"{files.public_keys.name}: as in the keyroom"]
    for name, path in zip(SERVICE_KEYS, (files.statistics, files.notice), strict=True):
        if path.exists():
            held = load_key_file(path)
            if {key.key_name: key.public_key for key in kept.keys if key.name == name} != {
                key_name: key.public for key_name, key in held.items()
            }:
                raise KeysNotInOrder(what=f"{path.name} does not hold every version")
            lines.append(f"{path.name}: every version is there")
        else:
            lines.append(f"{path.name}: not on this machine")
    if files.release_signing.exists():
        _, public = kept.active(RELEASE_SIGNING)
        if public_half(private_key_from(files.release_signing)) != public:
            raise KeysNotInOrder(what=f"{files.release_signing.name} is not the active key")
        lines.append(f"{files.release_signing.name}: the active key")
    else:
        lines.append(f"{files.release_signing.name}: not on this machine")
    if warned:
        told = ", ".join(f"{name} ({count})" for name, count in warned.items())
        raise KeysNotInOrder(what=f"fewer than two active holders of {told}")
    return [*lines, "every key has at least two active holders"]
