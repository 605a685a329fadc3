"""Every act × everybody × everything: who may is answered, who may not finds nothing and changes nothing."""

from collections import Counter

import pytest

from tests.casework.matrix.asking import (
    Ask,
    ask,
    asks,
    client_of,
    expected,
    filling_of,
    mistakes,
    pages_of_nothing,
    refusals,
)
from tests.casework.matrix.declared import Subject, declared
from tests.casework.matrix.world import Filling, World

pytestmark = pytest.mark.timeout(2400)  # every role at every address; a slow machine is no fault


def test_who_may_not_act_finds_nothing_and_changes_nothing(world: World) -> None:
    told, nothing = declared(), pages_of_nothing(world)
    wrong: list[str] = []
    counted = 0
    for who in told.people:
        world.restore()
        before, refused, shut = len(world.events()), [], []
        for one in asks(told, who, "POST"):
            own = filling_of(world, one.subject)
            if not expected(told, one, own):
                shut.append(one)
                wrong += mistakes(world, one, own, nothing, may=False)
                refused += refusals(world, one, own, may=False)
        wrong += world.not_on_record(refused, before, who)
        if world.changed():
            wrong += _what_changed(world, shut)
        counted += len(shut)
    assert not wrong, "\n".join(wrong)
    assert counted > 3000


def test_who_may_act_is_answered(world: World) -> None:
    told, nothing = declared(), pages_of_nothing(world)
    wrong: list[str] = []
    counted: Counter[str] = Counter()
    for who in told.people:
        for one in asks(told, who, "POST"):
            own = filling_of(world, one.subject)
            if expected(told, one, own):
                counted[one.role] += 1
                wrong += mistakes(world, one, own, nothing, may=True)
    assert not wrong, "\n".join(wrong)
    assert counted["adviser"] > 250 and counted["supervisor"] > 1000


def test_what_belongs_to_another_case_is_not_found_under_the_number_of_ones_own(world: World) -> None:
    """A number one may open does not open the advice, file, track … of a case one may not, nor of another."""
    told, nothing = declared(), pages_of_nothing(world)
    mixed = {**world.subjects["case"]["colleagues"], "number": world.subjects["case"]["mine"]["number"]}
    wrong, counted = [], 0
    for who in ("laila", "amparo"):
        for route in told.routes.values():
            if route.of == "case" and route.names & OF_ONE_CASE:
                one = Ask(who, told.people[who], route, Subject("case", "mine, of another", frozenset()))
                wrong += mistakes(world, one, mixed, nothing, may=False)
                counted += 1
    if world.changed():
        wrong.append("something changed")
    assert not wrong, "\n".join(wrong)
    assert counted > 60


OF_ONE_CASE = {"file_id", "deadline", "advice_id", "track", "mediation", "task", "referral"} | {
    "letter_id",
    "dossier_id",
    "appointment",
}
"""Names of addresses behind which stands one thing of one case."""


def _what_changed(world: World, shut: list[Ask]) -> list[str]:
    """Return which of these requests changed the store, each sent once more by itself."""
    found = []
    for one in shut:
        world.restore()
        own: Filling = filling_of(world, one.subject)
        ask(world, client_of(world, one.who), one.route, own)
        if changed := world.changed():
            found.append(f"{one}: changed {', '.join(changed)}")
    world.restore()
    return found or ["something changed, and none of the requests does it by itself"]
