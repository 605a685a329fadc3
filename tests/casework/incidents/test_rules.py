"""When two accounts are proposed as one event: codes and days only, and always with the reasons."""

from dataclasses import replace
from datetime import date

import pytest

from casework.incidents.rules import Account, best_of, compared

ONE = Account(
    "A",
    told_on=date(2026, 11, 23),
    day=date(2026, 11, 20),
    month="2026-11",
    district="14",
    area="public_space",
    respondent="private_person",
    acts=frozenset({"insulted"}),
    grounds=frozenset({"roma"}),
)


def test_the_same_codes_on_the_same_day_are_proposed_with_all_reasons() -> None:
    found = compared(ONE, replace(ONE, number="B"))
    assert found.is_enough
    assert found.agrees == ("day", "district", "area", "respondent", "acts", "grounds")
    assert found.differs == ()


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, day=date(2026, 11, 17)),
        replace(ONE, day=None, month="2026-10"),
        replace(ONE, district="3"),
    ],
    ids=["three days apart", "another month", "another district"],
)
def test_another_day_month_or_district_is_another_event(other: Account) -> None:
    assert not compared(ONE, other).agrees
    assert not compared(other, ONE).is_enough


def test_what_nobody_said_neither_agrees_nor_differs() -> None:
    found = compared(ONE, replace(ONE, district="unknown", respondent="unknown"))
    assert found.agrees == ("day", "area", "acts", "grounds")
    assert found.is_enough


def test_two_accounts_that_say_nothing_in_common_but_the_day_are_not_proposed() -> None:
    bare = Account("B", told_on=ONE.told_on, day=ONE.day, month=ONE.month)
    assert compared(ONE, bare).agrees == ("day",)
    assert not compared(ONE, bare).is_enough


def test_another_area_and_another_respondent_speak_against_it() -> None:
    found = compared(ONE, replace(ONE, area="housing", respondent="landlord", acts=frozenset()))
    assert found.differs == ("area", "respondent")
    assert not found.is_enough


def test_without_a_day_it_counts_when_it_was_told() -> None:
    undated = replace(ONE, day=None, month=None)
    assert compared(undated, ONE).agrees[0] == "told"
    assert compared(undated, replace(ONE, told_on=date(2026, 11, 1))).agrees == ()


def test_the_strongest_of_several_counts() -> None:
    far, near = replace(ONE, number="F", district="3"), replace(ONE, number="N", day=date(2026, 11, 21))
    assert best_of(ONE, [far, near]).agrees[0] == "near"
    assert best_of(ONE, []).agrees == ()
