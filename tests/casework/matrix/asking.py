"""Asking: each person's request to each route about each thing, and what a shut door may look like."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import httpx2
from starlette.testclient import TestClient

from casework.doors import PUBLIC
from office.ids import new_case_number, new_id, shown
from tests.casework.matrix.declared import NOTHING, OUTSIDE, Declared, Route, Subject, declared
from tests.casework.matrix.world import Filling, World

ANSWERED: Final = (200, 303, 403, 409, 422)
"""What an act may be answered with by a door that is open: done, or a refusal in words on its own page."""

UUIDS: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OPENS_CASES: Final = ("adviser", "supervisor")
Page = tuple[int, tuple[tuple[str, str], ...], str]


@dataclass(frozen=True, slots=True)
class Ask:
    """One combination: who, which route, about what."""

    who: str
    role: str
    route: Route
    subject: Subject

    def __str__(self) -> str:
        return f"{self.route} · {self.who} ({self.role}) · {self.subject}"


def asks(told: Declared, who: str, method: str) -> Iterator[Ask]:
    """Return every combination of one person, those about one thing side by side."""
    for subject in (NOTHING, *(one for kind in told.subjects.values() for one in kind)):
        for route in told.routes.values():
            if route.method == method and subject in told.of(route):
                yield Ask(who, told.people[who], route, subject)


def expected(told: Declared, one: Ask, own: Filling) -> bool:
    """Say whether this door is open; where the thing has nothing of the kind it is open to nobody."""
    has_it = all(own[name] for name in one.route.names if name in own)
    return has_it and told.may(one.route, one.subject, one.who)


def filling_of(world: World, subject: Subject) -> Filling:
    """Return what fills the addresses of a thing."""
    return {} if subject is NOTHING else world.subjects[subject.kind][subject.name]


def client_of(world: World, who: str) -> TestClient:
    """Return the browser of somebody."""
    return world.office.nobody if who == "stranger" else world.office.signed_in(who)


def path_of(world: World, route: Route, own: Filling, language: str) -> str:
    """Return the address of a route with everything in its place."""
    given = {**own, "language": language, "served": world.served}
    return re.sub(r":\w+}", "}", route.path).format(**{name: value or "0" for name, value in given.items()})


def ask(
    world: World,
    client: TestClient,
    route: Route,
    own: Filling,
    language: str = "es",
    headers: Mapping[str, str] | None = None,
) -> httpx2.Response:
    """Send the request, with everything in its place."""
    form = {name: value.format(**own) for name, value in route.form.items()}
    path = path_of(world, route, own, language)
    return client.request(route.method, path, data=form if route.method == "POST" else None, headers=headers)


def nobodys(own: Filling) -> Filling:
    """Return the same of something that does not exist: each value in its shape, and nobody's."""
    return {name: _another(name, value) for name, value in own.items()}


def _another(name: str, value: str) -> str:
    if name == "number":
        return new_case_number()
    return str(new_id()) if UUIDS.fullmatch(value) else value


def seen(answer: httpx2.Response, path: str) -> Page:
    """Return all that somebody sees of an answer but the address they asked for themselves."""
    below = path.partition("/")[2].partition("/")[2]
    text = answer.text.replace(f"/{below}", "/‹here›")
    headers = [(name, value) for name, value in answer.headers.items() if name != "content-length"]
    return answer.status_code, tuple(sorted(headers)), text


def pages_of_nothing(world: World, language: str = "es") -> Mapping[str, Page]:
    """Return, for each beginning of an address, the page of an address that nobody has."""
    client = client_of(world, "laila")
    found = {}
    for begins in (f"/{language}", "/api", "/calendar"):
        path = f"{begins}/nix"
        found[begins] = seen(client.get(path), path)
    return found


def mistakes(
    world: World,
    one: Ask,
    own: Filling,
    nothing: Mapping[str, Page],
    *,
    may: bool,
    language: str = "es",
) -> list[str]:
    """Ask, and return what is wrong with the answer; what an open door changed is put back."""
    answer = ask(world, client_of(world, one.who), one.route, own, language)
    if not may:
        return [f"{one}: {why}" for why in _not_shut(world, one, own, answer, nothing, language)]
    found = []
    status = answer.status_code
    if one.route.method == "GET" and status not in one.route.answers:
        found.append(f"is answered {status} and should be there")
    if one.route.method == "POST":
        if status not in ANSWERED:
            found.append(f"is answered {status} and should be taken or refused in words")
        if status in (200, 303):
            world.restore()
            if world.office.come_back():
                world.restore()
    if (
        not one.route.tells
        and one.role not in one.route.numbers
        and (numbers := leaked(world, answer.text, one.who))
    ):
        found.append(f"shows {', '.join(sorted(numbers))}")
    return [f"{one}: {why}" for why in found]


def _not_shut(
    world: World, one: Ask, own: Filling, answer: httpx2.Response, nothing: Mapping[str, Page], language: str
) -> list[str]:
    status = answer.status_code
    if one.role in OUTSIDE and one.route.path not in PUBLIC:
        is_sent_away = status in (401, 403) or (status == 303 and "/sign-in" in answer.headers["location"])
        return [] if is_sent_away else [f"is answered {status} and should lead to the door"]
    path = path_of(world, one.route, own, language)
    page = nothing["/" + path.split("/")[1]]
    was = seen(answer, path)
    if status != page[0]:
        return [f"is answered {status} and should not be found"]
    told = [
        name
        for name, mine, theirs in zip(("status", "headers", "page"), was, page, strict=True)
        if mine != theirs
    ]
    return [f"differs from an address nobody has in its {' and '.join(told)}"] if told else []


def refusals(world: World, one: Ask, own: Filling, *, may: bool) -> list[tuple[str, str]]:
    """Return the number that must be on record, its case or report having stayed shut, with who asked."""
    number = own.get("number")
    if may or one.role in OUTSIDE or one.route.untraced or not number:
        return []
    subject = one.subject
    if subject.kind == "report":
        shut = one.who not in subject.open_to or one.role not in (*OPENS_CASES, "triage")
    else:
        case = _case_of(world, number)
        shut = one.who not in case.open_to or one.role not in OPENS_CASES
    return [(number, str(one))] if shut else []


def _case_of(world: World, number: str) -> Subject:
    kind, name = world.numbers[number]
    return next(one for one in declared().subjects[kind] if one.name == name)


def leaked(world: World, text: str, who: str) -> set[str]:
    """Return what of a text somebody must not see: the numbers of what they may not open."""
    found = set()
    for number, (kind, name) in world.numbers.items():
        if number in text or shown(number) in text:
            subject = _case_of(world, number)
            if who not in subject.open_to | subject.known_to:
                found.add(f"the number of {kind} {name}")
    return found
