"""Every page × everybody × everything: there for whom the file says, and nothing for all others."""

from collections import Counter

from office.stores.keyroom import ROLES
from tests.casework.matrix.asking import asks, expected, filling_of, mistakes, pages_of_nothing, refusals
from tests.casework.matrix.declared import declared, keys_of
from tests.casework.matrix.world import World


def test_every_route_of_the_desk_and_every_role_has_its_line(world: World) -> None:
    told, there = declared(), keys_of(list(world.office.app.routes))
    named = set(told.routes) | set(told.elsewhere)
    assert not there - named, f"no line in doors.toml: {sorted(there - named)}"
    assert not named - there, f"a line in doors.toml, and no such route: {sorted(named - there)}"
    assert not set(ROLES) - set(told.people.values()), "somebody of every role stands in doors.toml"
    asked = {name for kind in told.subjects.values() for one in kind for name in one.open_to}
    assert asked <= set(told.people), "only people of the file open something"


def test_every_page_is_there_for_whom_it_should_be_and_for_nobody_else(world: World) -> None:
    told, nothing = declared(), pages_of_nothing(world)
    wrong: list[str] = []
    counted: Counter[bool] = Counter()
    for who in told.people:
        before, refused = len(world.events()), []
        for one in asks(told, who, "GET"):
            own = filling_of(world, one.subject)
            may = expected(told, one, own)
            counted[may] += 1
            wrong += mistakes(world, one, own, nothing, may=may)
            refused += refusals(world, one, own, may=may)
        wrong += world.not_on_record(refused, before, who)
    assert not wrong, "\n".join(wrong)
    assert counted[True] > 900 and counted[False] > 2500
