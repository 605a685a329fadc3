import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import ids
from office.ids import (
    ALPHABET,
    CaseNumberInvalid,
    check_character,
    checked_case_number,
    new_case_number,
    shown,
)

BODIES = st.text(ALPHABET, min_size=8, max_size=8)


def test_new_case_numbers_have_nine_characters_that_are_not_misheard() -> None:
    numbers = {new_case_number() for _ in range(300)}
    assert len(numbers) == 300
    assert all(len(number) == 9 and set(number) <= set(ALPHABET) for number in numbers)
    assert not set("ILOU1") & set(ALPHABET)


def test_the_alphabet_has_a_prime_number_of_letters_or_the_check_would_not_hold() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 31


@given(BODIES)
def test_a_case_number_is_read_back_as_it_is_shown(body: str) -> None:
    number = body + check_character(body)
    assert re.fullmatch(r".{4}-.{4}-.", shown(number))
    assert checked_case_number(shown(number)) == number
    assert checked_case_number(f"  {shown(number).lower().replace('-', ' ')} ") == number


@pytest.mark.parametrize(
    "typed", ["k4t7 2mpx 9", "K4T7‑2MPX–9", "\u200eK4T7-2MPX-9\u200e\n", "K٤T٧ ٢MPX ٩", "K4T7\u00a02MPX.9"]
)
def test_a_case_number_is_taken_in_any_script_and_with_anything_between(typed: str) -> None:
    right = "K4T72MPX"
    typed = typed.replace("9", check_character(right)).replace("٩", check_character(right))
    assert checked_case_number(typed) == right + check_character(right)


@given(BODIES, st.integers(0, 8), st.integers(1, 30))
def test_one_wrong_character_is_always_noticed(body: str, place: int, by: int) -> None:
    number = body + check_character(body)
    wrong = ALPHABET[(ALPHABET.index(number[place]) + by) % 31]
    with pytest.raises(CaseNumberInvalid):
        checked_case_number(number[:place] + wrong + number[place + 1 :])


@given(BODIES, st.integers(0, 8), st.integers(0, 8))
def test_two_characters_swapped_are_always_noticed(body: str, one: int, other: int) -> None:
    number = list(body + check_character(body))
    if number[one] == number[other]:
        return
    number[one], number[other] = number[other], number[one]
    with pytest.raises(CaseNumberInvalid):
        checked_case_number("".join(number))


@pytest.mark.parametrize("typed", ["", "K4T7", "K4T7-2MPX-99", "K4T7-2MPU-9", "ñ" * 9])
def test_what_is_no_case_number_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(CaseNumberInvalid) as refusal:
        checked_case_number(typed)
    assert refusal.value.detail == {}


def test_an_o_is_read_as_a_zero() -> None:
    body = "0" * 8
    assert checked_case_number("O" * 8 + check_character(body)) == body + check_character(body)


def test_identifiers_are_random() -> None:
    assert len({ids.new_id() for _ in range(50)}) == 50
