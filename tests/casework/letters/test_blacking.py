"""What was to be blacked out is not left, however it is written in one text and in another."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from casework.dossiers.blacking import blacked, not_found
from casework.dossiers.rules import phrases_in

UNSEEN = "\u00ad\u200b\u200c\u200d\u200f\u2060\ufeff"
SIGNS = some.sampled_from(["a", "A", "b", "e", "é", "\u0301", "ñ", " ", "\n", "ل", *UNSEEN])


def as_read(text: str) -> str:
    """Return what an eye makes of a text, by a way of its own."""
    plain = "".join(sign for sign in text if sign not in UNSEEN)
    return " ".join(unicodedata.normalize("NFC", plain).lower().split())


@given(some.text(SIGNS, max_size=30), some.lists(some.text(SIGNS, min_size=1, max_size=4), max_size=4))
def test_no_phrase_is_left_in_what_goes_out(text: str, phrases: list[str]) -> None:
    left = as_read(blacked(text, phrases))
    assert not [one for one in phrases if as_read(one) and as_read(one) in left]


@pytest.mark.parametrize(
    ("text", "written", "left"),
    [
        ("Vino Ana López Ruiz.", "Ana López\nLópez Ruiz", "Vino █████."),
        ("Jose\u0301.pdf", "Jos\u00e9", "█████.pdf"),
        ("Jos\u00e9.pdf", "Jose\u0301", "█████.pdf"),
        ("Ana Ló\u00adpez y Ana\u200b López", "Ana López", "█████ y █████"),
        ("مهدی\u200cزاده", "مهدیزاده", "█████"),
        ("مهدیزاده", "مهدی\u200cزاده", "█████"),
        ("anana", "ana", "█████"),
        ("Jose\u034f\u0301", "José", "█████"),
    ],
)
def test_a_name_is_found_as_it_is_read(text: str, written: str, left: str) -> None:
    phrases = phrases_in(written)
    assert blacked(text, phrases) == left and not_found([text], phrases) == ()


def test_what_is_not_looked_for_stays_as_it_was_written() -> None:
    persian = "می\u200cخواهم با Rosa"
    assert blacked(persian, ["Rosa"]) == "می\u200cخواهم با █████"
    assert blacked("Jose\u0301", ["Ana", "Jose"]) == "Jose\u0301"
    assert not_found(["José"], ["Jose"]) == ("Jose",)
