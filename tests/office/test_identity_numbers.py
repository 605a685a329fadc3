import pytest

from office.identity_numbers import REMOVED, find, numbers_in, removed


@pytest.mark.parametrize(
    "text",
    [
        "mi nie es X1234567L y me echaron",
        "NIE: x-1234567-l",
        "12.345.678-Z",
        "dni 12345678 z",
        "١٢٣٤٥٦٧٨Z",
        "pasaporte AAB123456",
        "passport no 123456789",
        "my TIE E12345678",
        "جواز السفر رقم ١٢٣٤٥٦٧",
        "12345678A with a wrong letter",
    ],
)
def test_an_identity_number_is_found_in_a_sentence_and_taken_out(text: str) -> None:
    assert find(text)
    without = removed(text)
    assert REMOVED in without
    assert not find(without)


@pytest.mark.parametrize(
    "text",
    [
        "call me on 612 345 678",
        "it was on 12/05/2026 at 10:30",
        "bus 95, stop 1234, plate 1234 BBC",
        "they asked 850 euros, then 1200 euros",
        "K4T7-2MPX-9",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find(text) == ()
    assert removed(text) == text


def test_several_numbers_are_all_found_in_order() -> None:
    text = "X1234567L, 12345678Z"
    assert [one.kind for one in find(text)] == ["nie", "dni"]
    assert removed(text) == f"{REMOVED}, {REMOVED}"


def test_a_number_typed_twice_is_told_once_and_the_order_is_kept() -> None:
    assert numbers_in("X1234567L, 12345678Z and again X1234567L") == ["X1234567L", "12345678Z"]
