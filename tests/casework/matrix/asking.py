"""Asking: each person's request to each route about each thing, and what a shut door may look like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import httpx2
from starlette.testclient import TestClient

from office.ids import new_case_number, new_id, shown
from tests.casework.desk import CITY
from tests.casework.matrix.declared import NOTHING, OUTSIDE, Declared, Route, Subject
from tests.casework.matrix.world import Filling, World

LANGUAGES: Final = tuple(one for one in CITY.languages.staff)
UUIDS: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Ask:
    """One combination: who, which route, about what."""

    who: str
    role: str
    route: Route
    subject: Subject

    def __str__(self) -> str:
        return f"{self.route} · {self.who} ({self.role}) · {self.subject or 'the page'}"


def filling_of(world: World, subject: Subject) -> Filling | None:
    """Return what fills the addresses of a thing."""
    return {} if subject is NOTHING else world.subjects[subject.kind][subject.name]


def asks(told: Declared, method: str) -> Iterator[Ask]:
    """Return every combination of the file, those of one person and one thing side by side."""
    for who, role in told.people.items():
        for subject in (NOTHING, *(one for kind in told.subjects.values() for one in kind)):
            for route in told.routes.values():
                if route.method == method and subject in told.of(route):
                    yield Ask(who, role, route, subject)


def client_of(world: World, who: str) -> TestClient:
    """Return the browser of somebody."""
    return world.office.stranger() if who == "stranger" else world.office.signed_in(who)


def ask(
    client: TestClient, route: Route, own: Filling, language: str = "es"
) -> httpx2.Response:
    """Send the request, with everything in its place."""
    given = {**own, "language": language, "served": "mark.svg"}
    path = re.sub(r":\w+}", "}", route.path).format(**given)
    form = {name: value.format(**given) for name, value in route.form.items()}
    return client.request(route.method, path, data=form if route.method == "POST" else None)


def nobodys(own: Filling) -> Filling:
    """Return the same of something that does not exist: each value in its shape, and nobody's."""
    return {name: _another(name, value) for name, value in own.items()}


def _another(name: str, value: str) -> str:
    if name == "number":
        return new_case_number()
    return str(new_id()) if UUIDS.fullmatch(value) else value


def seen(answer: httpx2.Response, own: Filling) -> tuple[int, tuple[tuple[str, str], ...], str]:
    """Return all that somebody sees of an answer, what they asked for themselves left out."""
    text = answer.text
    for name, value in own.items():
        if len(value) > len("done"):
            text = text.replace(value, f"‹{name}›")
        if name == "number":
            text = text.replace(shown(value), f"‹{name}›")
    headers = tuple(sorted((name, value) for name, value in answer.headers.items()))
    return answer.status_code, headers, text


def is_sent_to_the_door(ask_: Ask, answer: httpx2.Response) -> bool:
    """Say whether a stranger was sent to the door."""
    assert ask_.role in OUTSIDE
    if answer.status_code == 303:
        return "/sign-in" in answer.headers["location"]
    return answer.status_code == 403


def leaked(world: World, text: str, told: Declared, who: str) -> set[str]:
    """Return the numbers in a text that somebody must not see: those of what they may not open."""
    found = set()
    for number, (kind, name) in world.numbers.items():
        if number in text or shown(number) in text:
            subject = next((one for one in told.subjects[kind] if one.name == name), None)
            if subject is None or who not in subject.open_to | subject.known_to:
                found.add(f"{kind} {name}")
    return found
