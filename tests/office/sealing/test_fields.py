import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from office.sealing.boxes import CannotOpen, KeyUnusable
from office.sealing.fields import decrypt, encrypt

KEY = bytes(range(32))


def test_the_cipher_beneath_gives_the_published_answer() -> None:
    """Test case 16 of the GCM specification given to NIST (McGrew and Viega)."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    associated = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    inside = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    closed = bytes.fromhex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    assert AESGCM(key).encrypt(nonce, inside, associated) == closed
    assert AESGCM(key).decrypt(nonce, closed, associated) == inside


@pytest.mark.parametrize("text", [b"", b"x", b"y" * 5000])
def test_a_closed_field_opens_again(text: bytes) -> None:
    assert decrypt(KEY, encrypt(KEY, text, "note/1"), "note/1") == text


def test_a_field_moved_to_another_row_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        decrypt(KEY, encrypt(KEY, b"x", "note/1"), "note/2")


def test_another_key_does_not_open_a_field() -> None:
    with pytest.raises(CannotOpen):
        decrypt(bytes(32), encrypt(KEY, b"x", "a"), "a")


def test_a_change_of_any_byte_of_a_field_is_noticed() -> None:
    closed = encrypt(KEY, b"some words", "a")
    for place in range(len(closed)):
        altered = bytearray(closed)
        altered[place] ^= 0x80
        with pytest.raises(CannotOpen):
            decrypt(KEY, bytes(altered), "a")


@pytest.mark.parametrize("junk", [b"", b"\x01", b"\x01" + bytes(27)])
def test_what_is_no_field_does_not_open(junk: bytes) -> None:
    with pytest.raises(CannotOpen):
        decrypt(KEY, junk, "a")


def test_the_same_value_is_never_closed_to_the_same_bytes() -> None:
    assert encrypt(KEY, b"x", "a") != encrypt(KEY, b"x", "a")


def test_only_a_key_of_256_bits_is_taken() -> None:
    with pytest.raises(KeyUnusable):
        encrypt(bytes(16), b"x", "a")
    with pytest.raises(KeyUnusable):
        decrypt(bytes(16), encrypt(KEY, b"x", "a"), "a")
