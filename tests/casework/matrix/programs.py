"""The same questions asked by a program: by the other address, in JSON, through the same doors."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import httpx2
import jsonschema_rs

from casework.api.acts import acts, field_of
from casework.api.described import CONVERTER, described
from casework.api.door import BELOW_LANGUAGE, JSON, NOT_FOR_PROGRAMS, PREFIX
from casework.api.errors import FieldOfAnotherKind, FieldUnknown, NotJson
from casework.doors import PUBLIC
from casework.routers import ROUTERS
from office.web.problems import PROBLEM_JSON
from tests.casework.matrix.asking import Ask, Page, asks, client_of, leaked, path_of, seen
from tests.casework.matrix.declared import OUTSIDE, Declared, Route
from tests.casework.matrix.world import Filling, World

ANSWERED: Final = (200, 403, 409, 422)
"""What an act may be answered with by a door that is open: done, or a refusal in words."""
UNREAD: Final = frozenset({FieldUnknown.code, FieldOfAnotherKind.code, NotJson.code})
"""Codes of what was not taken in: whoever is answered so has asked nothing of the act."""


def asks_of_programs(told: Declared, who: str, method: str) -> Iterator[Ask]:
    """Return every combination of one person whose page answers at an address for programs."""
    for one in asks(told, who, method):
        below = one.route.path.removeprefix(BELOW_LANGUAGE)
        has_its_own = f"{method} {PREFIX}{below}" in told.routes
        if one.route.path.startswith(BELOW_LANGUAGE) and below not in NOT_FOR_PROGRAMS and not has_its_own:
            yield one


def address(world: World, route: Route, own: Filling) -> str:
    """Return the address for programs, with everything in its place."""
    return PREFIX + path_of(world, route, own, "es").removeprefix("/es/")


def ask(world: World, client: Any, route: Route, own: Filling) -> httpx2.Response:
    """Send the request as a program does."""
    path = address(world, route, own)
    if route.method == "GET":
        return client.request("GET", path)  # type: ignore[no-any-return]  # a client of the tests
    return client.request("POST", path, json=sent(route, own))  # type: ignore[no-any-return]  # the same


def sent(route: Route, own: Filling) -> dict[str, Any]:
    """Return the least that an act must be sent, each value of the kind of its field.

    What a line of `doors.toml` names only so that there is such a thing, no act reads.
    """
    act = acts().get(route.path.removeprefix(BELOW_LANGUAGE), {})
    read = {name: field for name in route.form if (field := field_of(act, name))}
    return {name: _of_its_kind(field.kind, route.form[name].format(**own)) for name, field in read.items()}


def _of_its_kind(kind: str, value: str) -> Any:
    if kind == "number":
        return int(value)
    return [value] if kind == "codes" else value


def page_of_nothing(world: World) -> Page:
    """Return what a program is told at an address that nobody has."""
    return seen(client_of(world, "laila").get(f"{PREFIX}nix"), f"{PREFIX}nix")


def mistakes(world: World, one: Ask, own: Filling, nothing: Page, *, may: bool) -> list[str]:
    """Ask as a program, and return what is wrong with the answer; what an open door changed is put back."""
    answer = ask(world, client_of(world, one.who), one.route, own)
    found = _not_open(world, one, answer) if may else _not_shut(world, one, own, answer, nothing)
    return [f"{one}, by a program: {why}" for why in found]


def _not_shut(world: World, one: Ask, own: Filling, answer: httpx2.Response, nothing: Page) -> list[str]:
    status = answer.status_code
    if one.role in OUTSIDE and one.route.path not in PUBLIC:
        return [] if status == 401 else [f"is answered {status} and should be told to sign in"]
    was = seen(answer, address(world, one.route, own))
    told = [
        name
        for name, mine, theirs in zip(("status", "headers", "body"), was, nothing, strict=True)
        if mine != theirs
    ]
    return [f"differs from an address nobody has in its {' and '.join(told)} ({status})"] if told else []


def _not_open(world: World, one: Ask, answer: httpx2.Response) -> list[str]:
    found, status = [], answer.status_code
    if one.route.method == "GET" and status not in one.route.answers:
        found.append(f"is answered {status} and should be there: {answer.text[:200]}")
    if one.route.method == "POST" and status not in ANSWERED:
        found.append(f"is answered {status} and should be taken or refused in words: {answer.text[:200]}")
    if answer.headers.get("content-type", "") == PROBLEM_JSON and answer.json()["code"] in UNREAD:
        found.append(f"was not read: {answer.text[:200]}")
    if why := unlike(one.route, answer):
        found.append(why)
    if one.route.method == "POST" and status == 200:
        world.restore()
        if world.office.come_back():
            world.restore()
    numbers = leaked(world, answer.text, one.who)
    if not one.route.tells and one.role not in one.route.numbers and numbers:
        found.append(f"shows {', '.join(sorted(numbers))}")
    return found


def unlike(route: Route, answer: httpx2.Response) -> str:
    """Return in what an answer is unlike its description; empty if it is as described."""
    kind = answer.headers.get("content-type", "")
    if 300 <= answer.status_code < 400:
        return ""
    if answer.status_code >= 400:
        if kind != PROBLEM_JSON:
            return f"is a refusal of the media type {kind}"
        schema = as_described({"$ref": "#/components/schemas/problem"})
    else:
        path = PREFIX + CONVERTER.sub("}", route.path.removeprefix(BELOW_LANGUAGE))
        content = told()["paths"][path][route.method.lower()]["responses"]["200"]["content"]
        if kind != JSON or JSON not in content:
            return "" if _is_file(kind, content) else f"is of the media type {kind}, which is not described"
        schema = as_described(content[JSON].get("schema", {}))
    error = next(schema.iter_errors(answer.json()), None)
    return f"is unlike its description at {error.instance_path}: {error.message[:300]}" if error else ""


def _is_file(kind: str, content: dict[str, Any]) -> bool:
    return bool({"*/*", kind.partition(";")[0]} & content.keys()) and not kind.startswith("text/html")


@cache
def told() -> dict[str, Any]:
    """Return the description of the interface."""
    return described([route for router in ROUTERS for route in router.routes], ["es"])


def as_described(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """Return what compares an answer with a schema of the description."""
    return _made(json.dumps(schema))


@cache
def _made(schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({**json.loads(schema), "components": told()["components"]})
