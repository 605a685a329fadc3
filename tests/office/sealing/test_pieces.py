import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from office.sealing.boxes import SIZE_CLASSES, CannotOpen, KeyUnusable, TooLargeToSeal
from office.sealing.pieces import PIECE_BYTES, new_file_key, open_piece, pieces_of, seal_piece
from office.stores.columns import LARGEST_SEALED

KEY = bytes(range(32))
NUMBERS = st.integers(0, 199)


@given(NUMBERS, st.binary(max_size=5000))
def test_a_piece_opens_under_its_key_and_number(number: int, clear: bytes) -> None:
    assert open_piece(KEY, number, seal_piece(KEY, number, clear)) == clear


@given(NUMBERS, NUMBERS, st.binary(max_size=50))
def test_a_piece_put_in_the_place_of_another_does_not_open(number: int, other: int, clear: bytes) -> None:
    if number != other:
        with pytest.raises(CannotOpen):
            open_piece(KEY, other, seal_piece(KEY, number, clear))


@given(st.integers(0, 4096 + 28), st.integers(1, 255))
def test_a_change_of_any_byte_is_noticed(place: int, change: int) -> None:
    altered = bytearray(seal_piece(KEY, 0, b"photo"))
    altered[place] ^= change
    with pytest.raises(CannotOpen):
        open_piece(KEY, 0, bytes(altered))


def test_the_key_of_another_file_does_not_open_a_piece() -> None:
    with pytest.raises(CannotOpen):
        open_piece(new_file_key(), 0, seal_piece(KEY, 0, b"photo"))


def test_a_key_of_another_length_seals_nothing() -> None:
    with pytest.raises(KeyUnusable):
        seal_piece(b"short", 0, b"photo")


def test_a_piece_holds_what_it_says_and_no_byte_more() -> None:
    full = bytes(PIECE_BYTES)
    sealed = seal_piece(KEY, 0, full)
    assert len(sealed) <= LARGEST_SEALED
    assert open_piece(KEY, 0, sealed) == full
    with pytest.raises(TooLargeToSeal):
        seal_piece(KEY, 0, full + b"x")


@pytest.mark.parametrize("size", [0, 1, 4092, 4093, 70_000, PIECE_BYTES])
def test_the_length_of_a_first_piece_tells_only_its_size_class(size: int) -> None:
    assert len(seal_piece(KEY, 0, bytes(size))) - 29 in SIZE_CLASSES


@pytest.mark.parametrize("size", [0, 1, 70_000, PIECE_BYTES])
def test_every_further_piece_has_the_same_length(size: int) -> None:
    assert len(seal_piece(KEY, 3, bytes(size))) == SIZE_CLASSES[-1] + 29


def test_a_further_piece_that_is_shorter_is_not_taken_for_one() -> None:
    nonce = bytes(12)
    short = b"\x01" + nonce + AESGCM(KEY).encrypt(nonce, bytes(4096), b"\x01file/piece/2")
    with pytest.raises(CannotOpen):
        open_piece(KEY, 2, short)


@pytest.mark.parametrize(
    ("size", "count"),
    [(1, 1), (PIECE_BYTES, 1), (PIECE_BYTES + 1, 2), (2 * PIECE_BYTES, 2), (40 * 1024 * 1024, 41)],
)
def test_a_file_has_as_many_pieces_as_it_needs(size: int, count: int) -> None:
    assert pieces_of(size) == count


def test_a_piece_sealed_once_opens_for_ever() -> None:
    """A known answer: nonce of zeros, key 00..1f, piece 1 with the words `photo`."""
    nonce = bytes(12)
    filled = (5).to_bytes(4, "big") + b"photo"
    filled += bytes(1024 * 1024 - len(filled))
    sealed = b"\x01" + nonce + AESGCM(KEY).encrypt(nonce, filled, b"\x01file/piece/1")
    assert (
        hashlib.sha256(sealed).hexdigest()
        == "579c43aa231283e9ddcc07a9628c519f204ed5196f70b89e90449a352b583d1f"
    )
    assert open_piece(KEY, 1, sealed) == b"photo"
