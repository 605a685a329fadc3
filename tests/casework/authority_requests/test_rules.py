"""What the register counts, what it takes for a case number, and what the office does by default."""

from uuid import UUID

import pytest

from casework.authority_requests.rules import (
    ASKED,
    AUTHORITIES,
    DEFAULTS,
    USUAL,
    Standing,
    counts_of,
    default_for,
    names_a_case,
    parts_of,
    reference_of,
)
from casework.authority_requests.tables import AuthorityRequest
from office.ids import check_character, shown

NUMBER = "K4T72MPX"
NUMBER += check_character(NUMBER)


def one(place: int, answer: str = "", corrects: int | None = None, *, kind: str = "police") -> Standing:
    return Standing(UUID(int=place), 2026, kind, answer, UUID(int=corrects) if corrects else None)


def test_requests_are_counted_by_authority_and_answer_and_those_that_wait_too() -> None:
    register = [one(1, "refused"), one(2, "refused"), one(3), one(4, "given", kind="court")]
    assert counts_of(register, 2026) == {
        ("police", "refused"): 2,
        ("police", "waiting"): 1,
        ("court", "given"): 1,
    }
    assert counts_of(register, 2025) == {}


@pytest.mark.parametrize(
    ("register", "counted"),
    [
        ([one(1, "refused"), one(2, corrects=1)], ("police", "refused")),  # not signed: nothing has changed
        ([one(1, "refused"), one(2, "given", corrects=1)], ("police", "given")),
        ([one(1), one(2, corrects=1, kind="court")], ("court", "waiting")),
        ([one(1, "refused"), one(2, corrects=1), one(3, "given", corrects=2)], ("police", "given")),
        ([one(3, corrects=2), one(2, "partly", corrects=1), one(1, "refused")], ("police", "partly")),
    ],
)
def test_a_request_that_was_corrected_counts_once_as_it_was_last_signed(
    register: list[Standing], counted: tuple[str, str]
) -> None:
    assert counts_of(register, 2026) == {counted: 1}


@pytest.mark.parametrize(
    "text", [NUMBER, shown(NUMBER), shown(NUMBER).lower(), f"caso {shown(NUMBER).replace('-', ' ')}, urgente"]
)
def test_a_case_number_in_a_text_is_noticed_however_it_is_written(text: str) -> None:
    assert names_a_case(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ley Orgánica 7/2021, artículo 7",
        "presentar",
        "963 525 478",
        NUMBER[:-1],
        f"A{NUMBER}",
        "R-2026-7",
    ],
)
def test_other_words_and_numbers_are_left_alone(text: str) -> None:
    assert not names_a_case(text)


def test_a_reference_is_read_as_it_is_written_and_nothing_else_is_one() -> None:
    assert parts_of(reference_of(2026, 7)) == (2026, 7)
    for text in ("R-2026-0", "R-2026-07", "R-26-7", "r-2026-7", "2026-7", "R-2026-7 ", "R-٢٠٢٦-7"):
        assert parts_of(text) is None


def test_every_authority_has_a_default_and_immigration_control_is_refused() -> None:
    assert {default_for(code) for code in AUTHORITIES} == {USUAL, *DEFAULTS.values()}
    assert set(DEFAULTS) <= set(AUTHORITIES)
    assert default_for("immigration").startswith("Refuse")
    assert default_for("court") != default_for("police")


def test_all_that_can_be_asked_for_fits_into_its_column() -> None:
    column = AuthorityRequest.__table__.c.asked_codes  # type: ignore[attr-defined]
    assert len(" ".join(ASKED)) <= column.type.length
