"""The invented years look like a city's: their size, season, waves, several grounds, every language."""

from collections import Counter
from datetime import date

import pytest

from casework.demonstration.invention import Invented, invent, weights
from office.vocabulary import load, load_city

UNTIL = date(2026, 11, 23)


@pytest.fixture(scope="module")
def years() -> list[Invented]:
    return list(invent(7, load_city("valencia"), UNTIL))


def test_five_years_at_a_citys_scale(years: list[Invented]) -> None:
    assert 2_700 <= len(years) <= 3_500
    assert {each.told_on.year for each in years} == {2021, 2022, 2023, 2024, 2025, 2026}
    assert max(each.told_on for each in years) <= UNTIL


def test_the_same_seed_gives_the_same_years_and_another_seed_others(years: list[Invented]) -> None:
    city = load_city("valencia")
    assert list(invent(7, city, UNTIL)) == years
    assert list(invent(8, city, UNTIL)) != years


def test_august_is_quiet_and_a_wave_is_seen(years: list[Invented]) -> None:
    months = Counter(each.record.month[5:] for each in years)
    assert months["08"] < 0.75 * sum(months.values()) / 12
    wave = Counter(each.record.month for each in years if "muslim" in each.record.ground_codes)
    assert max(wave, key=lambda month: wave[month]) in {"2023-10", "2023-11", "2023-12"}


def test_several_grounds_at_once_and_every_language_and_channel(years: list[Invented]) -> None:
    several = Counter(len(each.record.ground_codes) for each in years)
    assert several[2] > 500
    assert several[3] > 100
    assert {each.record.language for each in years} == set(weights()["languages"])
    assert {each.record.channel_code for each in years} == set(weights()["channels"])


def test_every_invented_code_is_in_a_vocabulary() -> None:
    for name, listed in (
        ("grounds", "grounds"),
        ("areas", "areas"),
        ("respondents", "respondents"),
        ("channels", "channels"),
        ("responses", "responses"),
        ("outcomes", "outcomes"),
        ("first_answer_bands", "first_answer_bands"),
        ("languages", "languages"),
    ):
        assert set(weights()[name]) - {"unknown"} <= set(load(listed).codes), name
