"""The interface as it describes itself: OpenAPI 3.1, from routes, shapes and the fields of the acts."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, get_type_hints

from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.routing import BaseRoute

from casework.api.acts import Field, acts
from casework.api.answers import KIND, kind_of
from casework.api.door import BELOW_LANGUAGE, JSON, NOT_FOR_PROGRAMS, PREFIX, SPOKEN
from casework.api.schemas import DONE, KINDS, PROBLEM, TOLD
from casework.api.shapes import AT_THE_DOOR, SHAPES
from casework.doors import COOKIE, PUBLIC
from office.web.problems import PROBLEM_JSON

FILE: Final = Path(__file__).with_name("answers.toml")
REF: Final = "#/components/schemas/"
CONVERTER: Final = re.compile(r":\w+}")
NAMES: Final = re.compile(r"{(\w+)}")
ABOUT: Final = (
    "Everything the pages of the desk do, through the same doors: an address here is the page of the same "
    "address below a language. Sign in with POST sign-in; the session is the cookie it sets. Every act is "
    "sent as application/json, also one without fields. Corrections and refusals come as RFC 9457 has it."
)

UNDONE: Final = (
    "Nothing was done; only after `commit_unknown` nobody knows. Send it again by yourself where there is "
    "a `Retry-After`, and not before."
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What an address ends in.

    Attributes: `pages` by kind, the media type of a `file`, and the names in its `query`.
    """

    pages: tuple[str, ...] = ()
    file: str = ""
    query: tuple[str, ...] = ()


@cache
def answers() -> dict[str, Answers]:
    """Return what each address ends in, by method and path below the language."""
    told = tomllib.loads(FILE.read_text())
    return {
        key: Answers(tuple(one.get("pages", ())), one.get("file", ""), tuple(one.get("query", ())))
        for key, one in told.items()
    }


def models() -> dict[str, type[BaseModel]]:
    """Return the model of every page, by its kind."""
    return {kind_of(name): get_type_hints(shape)["return"] for name, shape in (SHAPES | AT_THE_DOOR).items()}


def described(routes: Iterable[BaseRoute], languages: Iterable[str]) -> dict[str, Any]:
    """Return the description of the interface, as OpenAPI writes it."""
    own = [one for one in routes if isinstance(one, APIRoute)]
    schemas, named = _schemas([one.response_model for one in own if _is_own(one)])
    paths: dict[str, dict[str, Any]] = {}
    for route in own:
        for method in sorted((route.methods or set()) - {"HEAD"}):
            if route.path.startswith(BELOW_LANGUAGE):
                below = route.path.removeprefix(BELOW_LANGUAGE)
                if below in NOT_FOR_PROGRAMS or not below:
                    continue
                path, told = PREFIX + CONVERTER.sub("}", below), answers().get(f"{method} {below}", Answers())
                good = _good(method, told)
            elif _is_own(route):
                path, told = route.path, Answers()
                good = {"200": _body("What was asked for.", {JSON: named[route.response_model]})}
            else:
                continue
            paths.setdefault(path, {})[method.lower()] = _operation(route, method, path, told, good)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Convivencia: the desk for programs", "version": "1", "description": ABOUT},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {**schemas, "done": DONE, "problem": PROBLEM},
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": COOKIE}},
            "parameters": {
                SPOKEN: {
                    "name": SPOKEN,
                    "in": "query",
                    "description": "The language of sentences; without it, that of Accept-Language.",
                    "schema": {"type": "string", "enum": list(languages)},
                }
            },
        },
        "security": [{"session": []}],
    }


def _is_own(route: APIRoute) -> bool:
    """Say whether something of its own answers here in JSON, and no page."""
    return route.path.startswith(PREFIX) and route.response_model is not None


def _operation(
    route: APIRoute, method: str, path: str, told: Answers, good: dict[str, Any]
) -> dict[str, Any]:
    summary, _, more = (route.endpoint.__doc__ or "").strip().partition("\n")
    feature = route.endpoint.__module__.split(".")[1]
    named = re.sub(r"[^a-z]+", "_", path.removeprefix(PREFIX).lower()).strip("_")
    found: dict[str, Any] = {
        "operationId": f"{method.lower()}_{named}",
        "tags": [feature],
        "summary": summary,
        "description": re.sub(r"\s+", " ", more).strip(),
        "parameters": [
            *(
                {"name": one, "in": "path", "required": True, "schema": _segment(one)}
                for one in NAMES.findall(path)
            ),
            *({"name": one, "in": "query", "schema": {"type": "string"}} for one in told.query),
            {"$ref": f"#/components/parameters/{SPOKEN}"},
        ],
        "responses": {
            **good,
            "4XX": _body("Nothing was done.", {PROBLEM_JSON: {"$ref": f"{REF}problem"}}),
            "5XX": _body(UNDONE, {PROBLEM_JSON: {"$ref": f"{REF}problem"}}),
        },
    }
    if method == "POST":
        fields = acts().get(route.path.removeprefix(BELOW_LANGUAGE), {})
        found["requestBody"] = {"required": True, "content": {JSON: {"schema": _sent(fields)}}}
    if route.path in PUBLIC:
        found["security"] = []
    return found


def _segment(name: str) -> dict[str, Any]:
    return (
        {"type": "integer"} if name == "year" else {"type": "string", "minLength": 1, "pattern": r"^[^/?#]+$"}
    )


def _good(method: str, told: Answers) -> dict[str, Any]:
    """Return the answers that say that all went well."""
    choices = [{"$ref": REF + kind} for kind in told.pages]
    if method == "POST":
        choices.append({"$ref": f"{REF}done"})
    content: dict[str, Any] = (
        {JSON: choices[0] if len(choices) == 1 else {"anyOf": choices}} if choices else {}
    )
    if told.file:
        content.setdefault(told.file, {})
    found = {"200": _body("What the page shows, or what was done.", content)}
    if method == "GET":
        found["303"] = {"description": "Go on to the address in `Location`."}
    return found


def _body(description: str, content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "description": description,
        "content": {kind: {"schema": schema} if schema else {} for kind, schema in content.items()},
    }


def _sent(fields: Mapping[str, Field]) -> dict[str, Any]:
    """Return the schema of what an act is sent; null is the same as not sent."""
    each = {one.name: _field(one) for one in fields.values()}
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: one for name, one in each.items() if "{}" not in name},
        "additionalProperties": False,
    }
    if many := {_names(fields, fields[name]): one for name, one in each.items() if "{}" in name}:
        schema["patternProperties"] = many
    if needed := [one.name for one in fields.values() if one.is_needed]:
        schema["required"] = needed
    return schema


def _names(fields: Mapping[str, Field], field: Field) -> str:
    """Return what the names of a field look like that has many, without those that mean another field."""
    others = [
        one.pattern
        for one in fields.values()
        if ("{}" not in one.name and re.fullmatch(field.pattern, one.name))
        or ("{}" in one.name and len(one.name) > len(field.name))
    ]
    but_not = f"(?!(?:{'|'.join(others)})$)" if others else ""
    return f"^{but_not}{field.pattern}$"


def _field(field: Field) -> dict[str, Any]:
    schema = dict(KINDS[field.kind])
    if field.name in TOLD:
        schema["description"] = TOLD[field.name]
    if field.is_needed:
        return schema
    return {"anyOf": [schema, {"type": "null"}]}


def _schemas(own: list[Any]) -> tuple[dict[str, Any], dict[Any, dict[str, Any]]]:
    """Return the schemas of every page, its kind among what it has, and of all that stands in them.

    With them comes how those of `own` are named, which are no pages.
    """
    pages = models()
    asked = [(model, "serialization") for model in dict.fromkeys([*pages.values(), *own])]
    named, told = models_json_schema(asked, ref_template=REF + "{model}")  # type: ignore[arg-type]  # a literal
    found = dict(told.get("$defs", {}))
    for kind, model in pages.items():
        place = str(named[model, "serialization"]["$ref"]).removeprefix(REF)
        plain = told["$defs"][place]
        found[kind] = {
            **plain,
            "properties": {KIND: {"const": kind, "type": "string"}, **plain.get("properties", {})},
            "required": [KIND, *plain.get("required", ())],
        }
    return found, {model: dict(named[model, "serialization"]) for model in own}
