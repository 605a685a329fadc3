"""Every page and every act × everybody × everything, asked by programs: no door is wider than the page's."""

import random
from collections import Counter

import pytest

from tests.casework.matrix.asking import Ask, expected, filling_of, refusals
from tests.casework.matrix.declared import declared
from tests.casework.matrix.programs import asks_of_programs, mistakes, page_of_nothing
from tests.casework.matrix.world import World

SEED = 20190410
SOME = 120
"""How many shut doors are asked in each run; all of them take as long as the pages' own matrix."""


def shut(world: World, method: str) -> list[Ask]:
    told = declared()
    return [
        one
        for who in told.people
        for one in asks_of_programs(told, who, method)
        if not expected(told, one, filling_of(world, one.subject))
    ]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_some_shut_doors_are_as_shut_for_programs(world: World, method: str) -> None:
    """Which, the seed says; each is like an address that nobody has, and what was refused is on record."""
    nothing, found = page_of_nothing(world), shut(world, method)
    drawn = random.Random(SEED).sample(found, SOME)
    wrong: list[str] = []
    for who in dict.fromkeys(one.who for one in drawn):
        before, refused = len(world.events()), []
        for one in (one for one in drawn if one.who == who):
            own = filling_of(world, one.subject)
            wrong += mistakes(world, one, own, nothing, may=False)
            refused += refusals(world, one, own, may=False)
        wrong += world.not_on_record(refused, before, who)
    wrong += [f"changed: {table}" for table in world.changed()]
    assert not wrong, "\n".join(wrong)
    assert len(found) > 2500


@pytest.mark.long
def test_programs_are_shown_what_people_are_and_nothing_else(world: World) -> None:
    told, nothing = declared(), page_of_nothing(world)
    wrong: list[str] = []
    counted: Counter[bool] = Counter()
    for who in told.people:
        world.restore()
        before, refused = len(world.events()), []
        for one in asks_of_programs(told, who, "GET"):
            own = filling_of(world, one.subject)
            may = expected(told, one, own)
            counted[may] += 1
            wrong += mistakes(world, one, own, nothing, may=may)
            refused += refusals(world, one, own, may=may)
        wrong += world.not_on_record(refused, before, who)
    assert not wrong, "\n".join(wrong)
    assert counted[True] > 900 and counted[False] > 2500


@pytest.mark.long
def test_who_may_not_act_does_not_by_a_program_either(world: World) -> None:
    told, nothing = declared(), page_of_nothing(world)
    wrong: list[str] = []
    counted = 0
    for who in told.people:
        world.restore()
        before, refused = len(world.events()), []
        for one in asks_of_programs(told, who, "POST"):
            own = filling_of(world, one.subject)
            if not expected(told, one, own):
                counted += 1
                wrong += mistakes(world, one, own, nothing, may=False)
                refused += refusals(world, one, own, may=False)
        wrong += world.not_on_record(refused, before, who)
        if changed := world.changed():
            wrong.append(f"{who} changed {', '.join(changed)}")
    assert not wrong, "\n".join(wrong)
    assert counted > 3000


@pytest.mark.long
def test_who_may_act_is_answered_by_program_too(world: World) -> None:
    told, nothing = declared(), page_of_nothing(world)
    wrong: list[str] = []
    asked: Counter[str] = Counter()
    for who in told.people:
        for one in asks_of_programs(told, who, "POST"):
            own = filling_of(world, one.subject)
            if expected(told, one, own):
                asked[str(one.route)] += 1
                wrong += mistakes(world, one, own, nothing, may=True)
    assert not wrong, "\n".join(wrong)
    assert len(asked) > 110
