import pytest

from intake_api.identity_numbers import REMOVED, control_letter, find, is_dni, is_nie, removed

# Worked examples of the published rule: the number modulo 23 names the letter; X, Y, Z stand for 0, 1, 2.
KNOWN_DNI = ["12345678Z", "00000000T", "99999999R", "00000001R", "11111111H"]
KNOWN_NIE = ["X1234567L", "Y1234567X", "Z1234567R", "X0000000T", "Y0000000Z", "Z0000000M"]


@pytest.mark.parametrize("number", KNOWN_DNI)
def test_the_letter_of_a_dni_fits_its_digits(number: str) -> None:
    assert is_dni(number)
    assert control_letter(int(number[:-1])) == number[-1]


@pytest.mark.parametrize("number", KNOWN_NIE)
def test_the_letter_of_a_nie_fits_its_digits(number: str) -> None:
    assert is_nie(number)


@pytest.mark.parametrize("number", ["12345678A", "X1234567A", "1234567Z", "W1234567L", "", "Z"])
def test_another_letter_or_length_is_no_number(number: str) -> None:
    assert not is_dni(number)
    assert not is_nie(number)


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
