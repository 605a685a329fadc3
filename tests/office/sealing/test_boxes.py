import copy
import hmac
import pickle
import struct

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from office.sealing.boxes import (
    OVERHEAD,
    SIZE_CLASSES,
    CannotOpen,
    KeyUnusable,
    SealingKey,
    TooLargeToSeal,
    seal,
    unseal,
)

# RFC 9180, appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode.
INFO = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
EPHEMERAL = bytes.fromhex("f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600")
ENCAPSULATED = bytes.fromhex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a")
RECIPIENT = bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
RECIPIENT_PUBLIC = bytes.fromhex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a")
PLAINTEXT = bytes.fromhex("4265617574792069732074727574682c20747275746820626561757479")
ASSOCIATED = bytes.fromhex("436f756e742d30")
CIPHERTEXT = bytes.fromhex(
    "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
)

KEM_SUITE = b"KEM" + struct.pack(">H", 0x0020)
HPKE_SUITE = b"HPKE" + struct.pack(">HHH", 0x0020, 0x0001, 0x0003)


def extracted(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    """LabeledExtract of RFC 9180, section 4."""
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")


def expanded(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """LabeledExpand of RFC 9180, section 4."""
    told = struct.pack(">H", length) + b"HPKE-v1" + suite + label + info
    out, block, number = b"", b"", 1
    while len(out) < length:
        block = hmac.digest(secret, block + told + bytes([number]), "sha256")
        out, number = out + block, number + 1
    return out[:length]


def key_and_nonce(shared: bytes, encapsulated: bytes, recipient: bytes, info: bytes) -> tuple[bytes, bytes]:
    """ExtractAndExpand (section 4.1) and KeySchedule (section 5.1) in base mode, written from the RFC."""
    eae = extracted(KEM_SUITE, b"", b"eae_prk", shared)
    secret = expanded(KEM_SUITE, eae, b"shared_secret", encapsulated + recipient, 32)
    context = (
        b"\x00"
        + extracted(HPKE_SUITE, b"", b"psk_id_hash", b"")
        + extracted(HPKE_SUITE, b"", b"info_hash", info)
    )
    schedule = extracted(HPKE_SUITE, secret, b"secret", b"")
    return (
        expanded(HPKE_SUITE, schedule, b"key", context, 32),
        expanded(HPKE_SUITE, schedule, b"base_nonce", context, 12),
    )


def opened_by_the_rfc(message: bytes, private: bytes, info: bytes, associated: bytes) -> bytes:
    key = X25519PrivateKey.from_private_bytes(private)
    shared = key.exchange(X25519PublicKey.from_public_bytes(message[:32]))
    aead, nonce = key_and_nonce(shared, message[:32], key.public_key().public_bytes_raw(), info)
    return ChaCha20Poly1305(aead).decrypt(nonce, message[32:], associated)


def sealed_by_the_rfc(
    inside: bytes, recipient: bytes, ephemeral: bytes, info: bytes, associated: bytes
) -> bytes:
    key = X25519PrivateKey.from_private_bytes(ephemeral)
    encapsulated = key.public_key().public_bytes_raw()
    shared = key.exchange(X25519PublicKey.from_public_bytes(recipient))
    aead, nonce = key_and_nonce(shared, encapsulated, recipient, info)
    return encapsulated + ChaCha20Poly1305(aead).encrypt(nonce, inside, associated)


def test_the_rfc_written_out_here_opens_and_makes_the_published_ciphertext() -> None:
    assert SealingKey.from_private_bytes(RECIPIENT).public == RECIPIENT_PUBLIC
    assert opened_by_the_rfc(ENCAPSULATED + CIPHERTEXT, RECIPIENT, INFO, ASSOCIATED) == PLAINTEXT
    made = sealed_by_the_rfc(PLAINTEXT, RECIPIENT_PUBLIC, EPHEMERAL, INFO, ASSOCIATED)
    assert made == ENCAPSULATED + CIPHERTEXT


def test_the_library_and_the_rfc_open_each_other_with_the_published_keys() -> None:
    """The library takes no associated data, which the vector has; so with none, and both ways."""
    made = sealed_by_the_rfc(PLAINTEXT, RECIPIENT_PUBLIC, EPHEMERAL, INFO, b"")
    assert made[:32] == ENCAPSULATED
    assert SealingKey.from_private_bytes(RECIPIENT).open(made, INFO) == PLAINTEXT

    box = seal(PLAINTEXT, RECIPIENT_PUBLIC, about="statistics")
    filled = opened_by_the_rfc(box[1:], RECIPIENT, b"convivencia/1/statistics", b"")
    assert filled == struct.pack(">I", len(PLAINTEXT)) + PLAINTEXT + bytes(4096 - 4 - len(PLAINTEXT))


@pytest.mark.parametrize("length", [0, 1, 4091, 4092, 4093, 65_532, 65_533, 1_048_572])
def test_what_was_sealed_opens_again(length: int) -> None:
    key = SealingKey.generate()
    text = (b"quiet " * (length // 6 + 1))[:length]
    assert unseal(seal(text, key.public, about="story/X"), key, about="story/X") == text


@given(st.binary(max_size=20_000))
def test_a_box_shows_only_its_size_class(text: bytes) -> None:
    box = seal(text, RECIPIENT_PUBLIC, about="story/X")
    assert len(box) - OVERHEAD == min(size for size in SIZE_CLASSES if size >= len(text) + 4)


def test_texts_of_one_class_are_sealed_to_the_same_size() -> None:
    assert len({len(seal(b"x" * n, RECIPIENT_PUBLIC, about="story/X")) for n in (0, 1, 700, 4092)}) == 1


def test_the_same_text_is_never_sealed_to_the_same_bytes() -> None:
    assert seal(b"x", RECIPIENT_PUBLIC, about="a") != seal(b"x", RECIPIENT_PUBLIC, about="a")


def test_more_than_the_largest_class_is_refused_and_says_how_much_is_taken() -> None:
    with pytest.raises(TooLargeToSeal) as refusal:
        seal(bytes(1_048_573), RECIPIENT_PUBLIC, about="story/X")
    assert refusal.value.detail == {"bytes": "1048573", "most": "1048572"}


def test_a_box_moved_to_another_case_does_not_open() -> None:
    key = SealingKey.generate()
    box = seal(b"told in confidence", key.public, about="story/K4T72MPX9")
    with pytest.raises(CannotOpen) as refusal:
        unseal(box, key, about="story/23456789A")
    assert refusal.value.detail == {"about": "story/23456789A"}


def test_another_key_does_not_open() -> None:
    box = seal(b"x", SealingKey.generate().public, about="a")
    with pytest.raises(CannotOpen):
        unseal(box, SealingKey.generate(), about="a")


def test_a_change_of_any_byte_of_a_box_is_noticed() -> None:
    key = SealingKey.generate()
    box = seal(b"x", key.public, about="a")
    for place in (*range(0, 40), 100, 2000, len(box) - 16, len(box) - 1):
        altered = bytearray(box)
        altered[place] ^= 1
        with pytest.raises(CannotOpen):
            unseal(bytes(altered), key, about="a")


@pytest.mark.parametrize("junk", [b"", b"\x01", b"junk", bytes(4145), b"\x01" + bytes(4144)])
def test_what_is_no_box_does_not_open(junk: bytes) -> None:
    with pytest.raises(CannotOpen):
        unseal(junk, SealingKey.generate(), about="a")


def test_a_box_with_a_hidden_tail_after_the_text_does_not_open() -> None:
    key = SealingKey.generate()
    filled = struct.pack(">I", 1) + b"x" + b"tail" + bytes(4096 - 9)
    made = sealed_by_the_rfc(filled, key.public, EPHEMERAL, b"convivencia/1/a", b"")
    with pytest.raises(CannotOpen):
        unseal(b"\x01" + made, key, about="a")


def test_a_box_that_claims_more_than_it_holds_does_not_open() -> None:
    key = SealingKey.generate()
    made = sealed_by_the_rfc(
        struct.pack(">I", 9999) + bytes(4092), key.public, EPHEMERAL, b"convivencia/1/a", b""
    )
    with pytest.raises(CannotOpen):
        unseal(b"\x01" + made, key, about="a")


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(33), bytes(32), b"\x01" + bytes(31)])
def test_degenerate_public_keys_are_refused(public: bytes) -> None:
    with pytest.raises(KeyUnusable):
        seal(b"x", public, about="a")


def test_a_private_key_of_another_length_is_refused() -> None:
    with pytest.raises(KeyUnusable):
        SealingKey.from_private_bytes(bytes(31))


def test_a_private_key_comes_back_from_its_bytes() -> None:
    key = SealingKey.generate()
    assert SealingKey.from_private_bytes(key.private_bytes).public == key.public


def test_a_private_key_does_not_show_itself_and_cannot_be_copied_out() -> None:
    key = SealingKey.generate()
    assert key.private_bytes.hex() not in repr(key) + str(key)
    assert not hasattr(key, "__dict__")
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(TypeError):
        copy.copy(key)
