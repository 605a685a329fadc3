from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.sealing.boxes import CannotOpen, KeyUnusable
from office.sealing.streams import open_stream, seal_stream

KEY = bytes(range(32))


def opened(pieces: Iterable[bytes], key: bytes = KEY) -> bytes:
    return b"".join(open_stream(pieces, key))


@given(st.lists(st.binary(max_size=300), max_size=6), st.integers(1, 200))
def test_a_stream_opens_again_however_it_is_cut_on_the_way(chunks: list[bytes], cut: int) -> None:
    sealed = b"".join(seal_stream(chunks, KEY))
    recut = [sealed[start : start + cut] for start in range(0, len(sealed), cut)]
    assert opened(recut) == b"".join(chunks)


def test_a_stream_of_nothing_is_a_stream() -> None:
    assert opened(seal_stream([], KEY)) == b""


def three_pieces() -> list[bytes]:
    return list(seal_stream([b"a" * 100, b"b" * 100, b"c" * 100], KEY))


def test_a_stream_cut_off_at_the_end_is_noticed() -> None:
    for pieces in (three_pieces()[:-1], three_pieces()[:-2], three_pieces()[:1], []):
        with pytest.raises(CannotOpen):
            opened(pieces)


def test_pieces_swapped_repeated_or_left_out_are_noticed() -> None:
    head, first, second, third = three_pieces()
    for pieces in ([head, second, first, third], [head, first, first, second, third], [head, first, third]):
        with pytest.raises(CannotOpen):
            opened(pieces)


def test_bytes_after_the_end_are_noticed() -> None:
    with pytest.raises(CannotOpen):
        opened([*three_pieces(), b"x"])


def test_another_key_does_not_open_a_stream() -> None:
    with pytest.raises(CannotOpen):
        opened(three_pieces(), bytes(32))


def test_a_change_of_any_byte_of_a_stream_is_noticed() -> None:
    sealed = b"".join(seal_stream([b"ab", b"c"], KEY))
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(CannotOpen):
            opened([bytes(altered)])


def test_a_piece_that_claims_a_gigabyte_is_refused_before_it_is_read() -> None:
    head = three_pieces()[0]

    def endless() -> Iterable[bytes]:
        yield head + (1 << 30).to_bytes(4, "big")
        raise AssertionError("it was read")

    with pytest.raises(CannotOpen):
        opened(endless())


def test_only_a_key_of_256_bits_is_taken() -> None:
    with pytest.raises(KeyUnusable):
        list(seal_stream([b"x"], bytes(16)))
    with pytest.raises(KeyUnusable):
        opened(three_pieces(), bytes(16))


def test_a_chunk_larger_than_a_piece_is_refused() -> None:
    with pytest.raises(ValueError, match="1 MiB"):
        list(seal_stream([bytes(1024 * 1024 + 1)], KEY))
