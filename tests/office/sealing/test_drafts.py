import pytest

from office.sealing.boxes import CannotOpen, TooLargeToSeal
from office.sealing.drafts import draft_lookup, new_draft_code, open_draft, seal_draft


def test_a_draft_opens_with_its_code() -> None:
    code = new_draft_code()
    assert open_draft(code, seal_draft(code, b"half a story")) == b"half a story"


def test_another_code_neither_finds_nor_opens_a_draft() -> None:
    mine, yours = new_draft_code(), new_draft_code()
    assert draft_lookup(mine) != draft_lookup(yours)
    with pytest.raises(CannotOpen):
        open_draft(yours, seal_draft(mine, b"half a story"))


def test_a_code_has_256_random_bits() -> None:
    codes = {new_draft_code() for _ in range(100)}
    assert len(codes) == 100
    assert {len(code) for code in codes} == {43}


def test_what_is_kept_does_not_hold_the_code() -> None:
    code = new_draft_code()
    kept = draft_lookup(code) + seal_draft(code, b"half a story")
    assert code.encode() not in kept
    assert len(draft_lookup(code)) == 32


def test_drafts_of_one_class_are_kept_in_the_same_size() -> None:
    code = new_draft_code()
    assert len({len(seal_draft(code, b"x" * length)) for length in (0, 10, 4000)}) == 1


def test_a_draft_beyond_the_largest_size_is_refused() -> None:
    with pytest.raises(TooLargeToSeal):
        seal_draft(new_draft_code(), bytes(1_048_576))


def test_the_digits_of_a_receipt_can_be_a_code_too() -> None:
    code = "123456789012345678901234"
    assert open_draft(code, seal_draft(code, b"later")) == b"later"
