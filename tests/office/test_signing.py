import base64
import json
from pathlib import Path

import pytest

from office import signing
from office.signing import (
    NoSigningKey,
    SigningKeyOpenToOthers,
    SigningKeyUnusable,
    new_private_key,
    public_half,
    sign,
    verify,
)

# RFC 8032, section 7.1, tests 1 and 2: private key, public key, message, signature.
PUBLISHED = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@pytest.mark.parametrize(("private", "public", "message", "signature"), PUBLISHED)
def test_signatures_are_those_of_the_published_examples(
    private: str, public: str, message: str, signature: str
) -> None:
    assert public_half(bytes.fromhex(private)).hex() == public
    assert sign(bytes.fromhex(private), bytes.fromhex(message)).hex() == signature
    assert verify(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))


def test_a_changed_text_a_changed_signature_and_another_key_are_noticed() -> None:
    private = new_private_key()
    public, signature = public_half(private), sign(private, b"release")
    assert verify(public, b"release", signature)
    assert not verify(public, b"Release", signature)
    assert not verify(public, b"release", signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not verify(public_half(new_private_key()), b"release", signature)


@pytest.mark.parametrize(("public", "signature"), [(b"", b""), (bytes(31), bytes(64)), (bytes(32), b"short")])
def test_what_is_no_key_or_no_signature_is_simply_not_valid(public: bytes, signature: bytes) -> None:
    assert not verify(public, b"release", signature)


def test_a_private_key_of_another_length_is_refused() -> None:
    with pytest.raises(SigningKeyUnusable):
        sign(bytes(31), b"release")


def test_the_private_key_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "signing.key").write_bytes(bytes(range(32)))
    (tmp_path / "signing.key").chmod(0o600)
    assert signing.private_key_from(tmp_path / "signing.key") == bytes(range(32))


def test_a_missing_or_damaged_key_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "short.key").write_bytes(b"short")
    (tmp_path / "short.key").chmod(0o600)
    for name in ("short.key", "missing.key"):
        with pytest.raises(NoSigningKey) as refusal:
            signing.private_key_from(tmp_path / name)
        assert refusal.value.detail == {"file": name}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_signing_key_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "signing.key"
    path.write_bytes(bytes(range(32)))
    path.chmod(mode)
    with pytest.raises(SigningKeyOpenToOthers):
        signing.private_key_from(path)


def test_every_public_half_that_ever_signed_is_told_newest_first(tmp_path: Path) -> None:
    entries = [
        {
            "version": version,
            "public_key": base64.b64encode(bytes([version]) * 32).decode(),
            "active": version == 2,
        }
        for version in (1, 2)
    ]
    path = tmp_path / "keys.json"
    path.write_text(json.dumps({"story": [], "release_signing": entries}), "utf-8")
    assert signing.release_public_keys(path) == (b"\x02" * 32, b"\x01" * 32)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"release_signing": []}',
        '{"release_signing": [{"version": 1, "public_key": "AA=="}]}',
    ],
)
def test_a_file_without_a_signing_key_is_one_clear_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content, "utf-8")
    with pytest.raises(NoSigningKey):
        signing.release_public_keys(path)
