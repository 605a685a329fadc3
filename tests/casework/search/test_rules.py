"""How what somebody looks for is read."""

import pytest

from casework.search.rules import begins_with, folded, numbers_meant
from office.ids import new_case_number


def test_a_right_number_means_itself_only() -> None:
    own = new_case_number()
    assert numbers_meant(f" {own[:4].lower()}-{own[4:8]}.{own[8]} ") == [own]


def test_two_neighbours_that_changed_places_are_put_right() -> None:
    own = "K4T72MPX"
    from office.ids import check_character

    number = own + check_character(own)
    assert number in numbers_meant("4K" + number[2:])


def test_signs_no_number_has_are_read_as_what_they_look_like_and_too_many_as_nothing() -> None:
    from office.ids import check_character

    number = "7VT02MPX" + check_character("7VT02MPX")
    assert number in numbers_meant("IUT02MPX" + number[8])
    assert numbers_meant("IIUT2LLL1") == []
    assert numbers_meant("no es un número") == []


@pytest.mark.parametrize(
    ("typed", "beginning"), [("k4t", "K4T"), ("K4-T7 2", "K4T72"), ("K4", ""), ("K4T!", "")]
)
def test_three_signs_are_a_beginning(typed: str, beginning: str) -> None:
    assert begins_with(typed) == beginning


def test_accents_capitals_and_blanks_make_no_difference_to_words() -> None:
    assert folded("  ESCÁLERA\nçedilla ") == "escalera cedilla"
    assert folded("En la ESCALERA\n") == "en la escalera"
    assert folded("Straße") == folded("STRASSE") == "strasse"
    assert folded("مَطعم") == "مطعم"
