"""Every page × everybody × everything: it is there for whom the file says, and for all others there is nothing."""

from collections import Counter

from tests.casework.matrix.asking import (
    Ask,
    ask,
    asks,
    client_of,
    filling_of,
    is_sent_to_the_door,
    leaked,
    nobodys,
    seen,
)
from tests.casework.matrix.declared import OUTSIDE, declared, keys_of
from tests.casework.matrix.world import World
from office.stores.keyroom import ROLES

TELLS_NUMBERS = {
    "GET /{language}/timeline": "the office's own timeline names the reports of each line",
    "GET /{language}/traces": "who opened what, for the data protection officer",
}


def test_every_route_of_the_desk_and_every_role_has_its_line(world: World) -> None:
    told, there = declared(), keys_of(list(world.office.app.routes))
    named = set(told.routes) | set(told.elsewhere)
    assert there - named == set(), "no line in doors.toml"
    assert named - there == set(), "a line in doors.toml, and no such route"
    assert set(ROLES) - set(told.people.values()) == set(), "nobody in doors.toml has this role"


def test_every_page_is_there_for_whom_it_should_be_and_for_nobody_else(world: World) -> None:
    told = declared()
    wrong: list[str] = []
    counted: Counter[str] = Counter()
    shut = {who: seen(client_of(world, who).get("/es/nix"), {"path": "/nix"}) for who in told.people}
    for one in asks(told, "GET"):
        own = filling_of(world, one.subject)
        answer = ask(client_of(world, one.who), one.route, own)
        whole = all(own.get(name, "-") for name in one.route.names)
        may = whole and told.may(one.route, one.subject, one.who)
        counted["open" if may else "shut"] += 1
        wrong += [f"{one}: {why}" for why in _mistakes(world, one, may, answer, shut[one.who])]
    assert wrong == []
    assert counted["open"] > 500 < counted["shut"]


def _mistakes(world: World, one: Ask, may: bool, answer, shut) -> list[str]:  # type: ignore[no-untyped-def]
    raise NotImplementedError
