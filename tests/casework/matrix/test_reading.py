"""Every page × everybody × everything: there for whom the file says, and nothing for all others."""

from collections import Counter

import pytest

from office.stores.keyroom import ROLES
from tests.casework.api.nothing_more import looking_on
from tests.casework.desk import CITY
from tests.casework.matrix.asking import (
    ask,
    asks,
    client_of,
    expected,
    filling_of,
    mistakes,
    nobodys,
    pages_of_nothing,
    refusals,
)
from tests.casework.matrix.declared import declared, keys_of
from tests.casework.matrix.world import World

pytestmark = pytest.mark.timeout(2400)  # every role at every address; a slow machine is no fault


def test_every_route_of_the_desk_and_every_role_has_its_line(world: World) -> None:
    told, there = declared(), keys_of(list(world.office.app.routes))
    named = set(told.routes) | set(told.elsewhere)
    assert not there - named, f"no line in doors.toml: {sorted(there - named)}"
    assert not named - there, f"a line in doors.toml, and no such route: {sorted(named - there)}"
    assert not set(ROLES) - set(told.people.values()), "somebody of every role stands in doors.toml"
    asked = {name for kind in told.subjects.values() for one in kind for name in one.open_to}
    assert asked <= set(told.people), "only people of the file open something"


OTHERS = [tag for tag in CITY.languages.staff if tag != "es"]


@pytest.mark.parametrize("language", ["es", *(pytest.param(tag, marks=pytest.mark.long) for tag in OTHERS)])
def test_every_page_is_there_for_whom_it_should_be_and_for_nobody_else(world: World, language: str) -> None:
    told, nothing = declared(), pages_of_nothing(world, language)
    wrong: list[str] = []
    counted: Counter[bool] = Counter()
    with looking_on() as compared:
        for who in told.people:
            world.restore()
            before, refused = len(world.events()), []
            for one in asks(told, who, "GET"):
                own = filling_of(world, one.subject)
                may = expected(told, one, own)
                counted[may] += 1
                wrong += mistakes(world, one, own, nothing, may=may, language=language)
                refused += refusals(world, one, own, may=may)
            wrong += world.not_on_record(refused, before, who)
    wrong += [f"a program is told what the page does not show: {more}" for more in compared.more]
    assert not wrong, "\n".join(wrong)
    assert counted[True] > 900 and counted[False] > 2500
    assert len(compared.pages) > 80


def test_a_program_is_told_no_more_than_a_person(world: World) -> None:
    """What is walled and what does not exist have one code and one detail, that of what was asked for."""
    told, wrong, counted = declared(), [], 0
    for one in asks(told, "laila", "GET"):
        own = filling_of(world, one.subject)
        if one.subject.name not in ("recused", "city", "apart", "of_the_city", "mine") or expected(
            told, one, own
        ):
            continue
        bodies = []
        for filling in (own, nobodys(own)):
            answer = ask(
                world, client_of(world, "laila"), one.route, filling, headers={"Accept": "application/json"}
            )
            body = answer.text
            for name, value in filling.items():
                body = body.replace(value, name) if len(value) > len("done") else body
            bodies.append((answer.status_code, body))
        wrong += [str(one)] if bodies[0] != bodies[1] or bodies[0][0] != 404 else []
        counted += 1
    assert not wrong, "\n".join(wrong)
    assert counted > 80
